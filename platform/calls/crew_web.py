"""The door for crews who call: each turn of such a call, and the keys they press."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from litestar import Controller, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath
from litestar.status_codes import HTTP_200_OK

from calls import crew
from calls.answering import Arrival
from calls.reception import stand_in_line
from notify.channels import twiml
from notify.web.callers import Callback, signed_by_twilio
from notify.web.inbox import inbox_of
from notify.web.patience import ON_THE_LINE, in_thread, in_time
from notify.web.turns import Turn
from townline.settings import Settings
from townline.tenancy import TenantSession

XML = "text/xml"
DESK = "0"


class CrewController(Controller):
    path = crew.CREW
    dependencies = {  # noqa: RUF012 - Litestar's
        "callback": Provide(signed_by_twilio),
        "inbox": Provide(inbox_of),
    }

    @post(status_code=HTTP_200_OK, media_type=XML)
    async def menu(self, callback: NamedDependency[Callback]) -> str:
        turn = Turn.of(callback)
        if turn.digit == DESK:
            return _to_the_desk(turn.language)
        offered = callback.query.get("of", "").split(",")
        if found := crew.chosen(turn.digit, [each for each in offered if each]):
            asked = f"language={turn.language}"
            return twiml.lead_to(f"{crew.CREW}/{found}?{asked}", language=turn.language)
        phone = callback.form.get("From", "")
        return await _said(
            turn, lambda db: crew.again(db, phone, language=turn.language)
        )

    @post("/{code_id:uuid}", status_code=HTTP_200_OK, media_type=XML)
    async def one(
        self, code_id: FromPath[UUID], callback: NamedDependency[Callback]
    ) -> str:
        turn = Turn.of(callback)
        phone, language = callback.form.get("From", ""), turn.language
        return await _said(
            turn, lambda db: crew.about(db, phone, code_id, language=language)
        )

    @post("/{code_id:uuid}/key", status_code=HTTP_200_OK, media_type=XML)
    async def pressed(
        self, code_id: FromPath[UUID], callback: NamedDependency[Callback]
    ) -> str:
        turn = Turn.of(callback)
        if turn.digit == DESK:
            return _to_the_desk(turn.language)
        spoken = await turn.pressed("crew_key", reply_code=str(code_id))
        if spoken is None:
            return turn.again()
        asked = f"language={turn.language}"
        if not spoken:
            page = f"{crew.CREW}/{code_id}?{asked}"
            return twiml.lead_to(page, language=turn.language)
        return twiml.lead_to(
            f"{crew.CREW}?{asked}", language=turn.language, words=spoken
        )

    @post(["/desk", "/desk/{prefix:str}"], status_code=HTTP_200_OK, media_type=XML)
    async def desk(
        self,
        callback: NamedDependency[Callback],
        settings: NamedDependency[Settings],
    ) -> str:
        """A call of ours has the town's line at the other end than a call of theirs."""
        theirs, ours = callback.form.get("From", ""), callback.form.get("To", "")
        if callback.prefix:
            theirs, ours = ours, theirs
        turn = Turn.of(callback)
        arrival = Arrival(
            sid=callback.form.get("CallSid", ""),
            line=ours,
            caller=theirs,
            language=turn.language,
        )
        url, at = settings.public_url, callback.at
        stand = partial(stand_in_line, arrival=arrival, public_url=url, at=at)
        return await _said(turn, stand)


def _to_the_desk(language: str) -> str:
    return twiml.lead_to(f"{crew.CREW}/desk?language={language}", language=language)


async def _said(turn: Turn, words: Callable[[TenantSession], str]) -> str:
    """What one transaction has to say, or a moment's patience."""
    saying = in_thread(partial(_in_town, turn.callback, words))
    return await in_time(saying, ON_THE_LINE.deciding) or turn.again()


def _in_town(callback: Callback, words: Callable[[TenantSession], str]) -> str:
    with callback.town() as db:
        return words(db)
