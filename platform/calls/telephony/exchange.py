"""Twilio, or whatever answers at ``settings.twilio.base_url`` in its manner."""

from __future__ import annotations

# Twilio ships no type marks.
# mypy: disable-error-code="no-untyped-call"
from collections.abc import Callable, Sequence
from itertools import cycle, islice
from typing import Any, TypeVar

import requests
from requests import RequestException
from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from calls.telephony.documents import (
    CALLER,
    EVENTS,
    TRANSFER_SECONDS,
    entering,
    leg_address,
    passing_on,
    room_address,
)
from calls.telephony.wishes import (
    CallGone,
    ExchangeDown,
    Invite,
    PassOn,
    PutThrough,
    Room,
)
from townline.settings import Settings, Twilio

# What the carrier's edge needs at its slowest; past it the request is lost (stack).
REST_SECONDS = 5.0
TRIES = 2
# Five rings. An agent who is there has picked up; the caller hears no ringing.
RING_SECONDS = 20
# Twilio's code for a call that is no longer in progress; one it has forgotten is 404.
OVER, FORGOTTEN = 21220, 404
# A telephone call that goes on, by Twilio's words for it.
LIVE = frozenset(("queued", "ringing", "in-progress"))
CURRENT = "Twilio.CURRENT"
# Not let in, or too many at once: nothing has been done.
SURELY_NOT = frozenset((401, 429))

Answer = TypeVar("Answer")
# Twilio's library says of its answers that they are classes where they are words.
Twilios = Any


class Exchange:
    def __init__(self, settings: Settings) -> None:
        self._public_url = settings.public_url
        self._twilio = settings.twilio
        # While one token is exchanged for another, the second try is made with that.
        tokens = islice(cycle(settings.twilio.tokens), TRIES)
        self._clients = [_client(settings.twilio, token) for token in tokens]

    def put_through(self, wish: PutThrough) -> str:
        """No agent is rung for a caller who has hung up in this very moment."""
        if wish.sid and self._ask(_status_of(wish.sid)) not in LIVE:
            raise CallGone
        here = leg_address(self._public_url, wish.tenant_id, wish.leg_id)
        sid: str = self._ask(
            lambda twilio: (
                twilio.calls.create(
                    to=wish.extension,
                    from_=wish.line,
                    url=here,
                    timeout=RING_SECONDS,
                    status_callback=f"{here}/status",
                    status_callback_event=["completed"],
                ).sid
            )
        )
        return sid

    def bring_in(self, room: Room, sid: str) -> None:
        document = entering(room, self._public_url)
        self._ask(lambda twilio: twilio.calls(sid).update(twiml=document))

    def invite(self, wish: Invite) -> str:
        room = wish.room
        here = room_address(self._public_url, room)
        told = f"{here}/caller"
        if wish.leg_id:
            leg = leg_address(self._public_url, room.tenant_id, wish.leg_id)
            told = f"{leg}/status"
        # Whoever is third does not end the room; the caller ends it with the agent.
        sid: str = self._once(
            lambda twilio: (
                twilio.conferences(room.name)
                .participants.create(
                    from_=room.line,
                    to=wish.number,
                    label=str(wish.leg_id) if wish.leg_id else CALLER,
                    timeout=TRANSFER_SECONDS,
                    early_media=True,
                    beep="false",
                    end_conference_on_exit=wish.leg_id is None,
                    status_callback=told,
                    status_callback_event=["answered", "completed"],
                    conference_status_callback=here,
                    conference_status_callback_event=EVENTS.split(),
                )
                .call_sid
            )
        )
        return sid

    def hold(self, room: Room, sid: str) -> None:
        music = f"{room_address(self._public_url, room)}/music"
        self._change(room, sid, hold=True, hold_url=music)

    def take_off_hold(self, room: Room, sid: str) -> None:
        self._change(room, sid, hold=False)

    def is_held(self, room: Room, sid: str) -> bool:
        there = self._sid_of(room)
        return bool(
            self._ask(
                lambda twilio: twilio.conferences(there).participants(sid).fetch().hold
            )
        )

    def end_with(self, room: Room, sids: Sequence[str]) -> None:
        for sid in sids:
            self._change(room, sid, end_conference_on_exit=True)

    def outlive(self, room: Room, sids: Sequence[str]) -> None:
        for sid in sids:
            self._change(room, sid, end_conference_on_exit=False)

    def drop(self, sid: str) -> None:
        self._ask(lambda twilio: twilio.calls(sid).update(status="completed"))

    def send_back(self, room: Room, sid: str) -> None:
        over = f"{room_address(self._public_url, room)}/over"
        self._ask(lambda twilio: twilio.calls(sid).update(url=over))

    def pass_on(self, wish: PassOn) -> None:
        document = passing_on(wish, self._public_url)
        self._ask(lambda twilio: twilio.calls(wish.sid).update(twiml=document))

    def pause_recording(self, room: Room) -> None:
        self._record(room, status="paused", pause_behavior="silence")

    def resume_recording(self, room: Room) -> None:
        self._record(room, status="in-progress")

    def sound_of(self, recording: str) -> bytes:
        """The library knows no sound; its address is the resource's, with an ending."""
        base = self._twilio.base_url or "https://api.twilio.com"
        account = f"{base}/2010-04-01/Accounts/{self._twilio.account_sid}"
        key = (self._twilio.account_sid, self._twilio.auth_token)
        address = f"{account}/Recordings/{recording}.wav"
        try:
            answer = requests.get(address, auth=key, timeout=REST_SECONDS)
        except RequestException as lost:
            raise ExchangeDown from lost
        if answer.status_code == FORGOTTEN:
            raise CallGone
        if not answer.ok:
            raise ExchangeDown
        return answer.content

    def delete_recording(self, recording: str) -> None:
        self._ask(lambda twilio: twilio.recordings(recording).delete())

    def _change(self, room: Room, sid: str, **wishes: object) -> None:
        there = self._sid_of(room)
        self._ask(
            lambda twilio: twilio.conferences(there).participants(sid).update(**wishes)
        )

    def _record(self, room: Room, **wishes: str) -> None:
        there = self._sid_of(room)
        self._ask(
            lambda twilio: (
                twilio.conferences(there).recordings(CURRENT).update(**wishes)
            )
        )

    def _sid_of(self, room: Room) -> str:
        """What is known of the room may be on its way to us still."""
        if room.sid:
            return room.sid
        found = self._ask(
            lambda twilio: twilio.conferences.list(friendly_name=room.name, limit=5)
        )
        going_on = [each.sid for each in found if each.status != "completed"]
        if not going_on:
            raise CallGone
        return str(going_on[0])

    def _ask(self, wish: Callable[[Twilios], Answer]) -> Answer:
        for client in self._clients:
            try:
                return wish(client)
            except TwilioRestException as refusal:
                _check_gone(refusal)
                continue
            except RequestException:
                continue
        raise ExchangeDown

    def _once(self, wish: Callable[[Twilios], Answer]) -> Answer:
        """Asked again only where it was surely not heard: nobody is rung twice."""
        for client in self._clients:
            try:
                return wish(client)
            except TwilioRestException as refusal:
                _check_gone(refusal)
                if refusal.status not in SURELY_NOT:
                    raise ExchangeDown from refusal
            except RequestException as lost:
                raise ExchangeDown from lost
        raise ExchangeDown


def _check_gone(refusal: TwilioRestException) -> None:
    if refusal.code == OVER or refusal.status == FORGOTTEN:
        raise CallGone from refusal


def _status_of(sid: str) -> Callable[[Twilios], str]:
    return lambda twilio: str(twilio.calls(sid).fetch().status)


def _client(settings: Twilio, token: str) -> Client:
    client = Client(
        settings.account_sid,
        token,
        http_client=TwilioHttpClient(timeout=REST_SECONDS),
    )
    if settings.base_url:
        client.api.base_url = settings.base_url
    return client
