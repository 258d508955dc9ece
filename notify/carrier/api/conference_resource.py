"""Conferences, who is in them and what is recorded, as Twilio's interface writes it."""

from __future__ import annotations

from msgspec import Struct

from notify.carrier.api.lists import Page
from notify.carrier.clock import rfc2822
from notify.carrier.voice.calls import Call
from notify.carrier.voice.conferences import Conference, Participant
from notify.carrier.voice.recordings import Recording

API_VERSION = "2010-04-01"
STATUSES = {"queued": "queued", "ringing": "ringing", "in-progress": "connected"}


class ConferenceResource(Struct, kw_only=True):
    account_sid: str
    api_version: str
    call_sid_ending_conference: str | None
    date_created: str | None
    date_updated: str | None
    friendly_name: str
    reason_conference_ended: str | None
    region: str = "us1"
    sid: str
    status: str
    subresource_uris: dict[str, str]
    uri: str

    @classmethod
    def of(cls, conference: Conference, account_sid: str) -> ConferenceResource:
        uri = f"/{API_VERSION}/Accounts/{account_sid}/Conferences/{conference.sid}"
        ended_by = conference.ended_by
        return cls(
            account_sid=account_sid,
            api_version=API_VERSION,
            call_sid_ending_conference=ended_by.sid if ended_by else None,
            date_created=rfc2822(conference.created),
            date_updated=rfc2822(conference.updated),
            friendly_name=conference.name,
            reason_conference_ended=conference.reason_ended,
            sid=conference.sid,
            status=conference.status,
            subresource_uris={
                "participants": f"{uri}/Participants.json",
                "recordings": f"{uri}/Recordings.json",
            },
            uri=f"{uri}.json",
        )


class ConferencePage(Page, kw_only=True):
    conferences: list[ConferenceResource]


class ParticipantResource(Struct, kw_only=True):
    account_sid: str
    call_sid: str
    call_sid_to_coach: str | None = None
    coaching: bool = False
    conference_sid: str
    date_created: str | None
    date_updated: str | None
    end_conference_on_exit: bool
    hold: bool
    label: str | None
    muted: bool
    queue_time: str = "0"
    start_conference_on_enter: bool
    status: str
    uri: str

    @classmethod
    def of(
        cls, it: Participant, conference_sid: str, account_sid: str
    ) -> ParticipantResource:
        account = f"/{API_VERSION}/Accounts/{account_sid}"
        uri = f"{account}/Conferences/{conference_sid}/Participants/{it.call.sid}.json"
        return cls(
            account_sid=account_sid,
            call_sid=it.call.sid,
            conference_sid=conference_sid,
            date_created=rfc2822(it.entered),
            date_updated=rfc2822(it.updated),
            end_conference_on_exit=it.end_on_exit,
            hold=it.held,
            label=it.label or None,
            muted=it.muted,
            start_conference_on_enter=it.start_on_enter,
            status=_status(it.call),
            uri=uri,
        )


class ParticipantPage(Page, kw_only=True):
    participants: list[ParticipantResource]


class RecordingResource(Struct, kw_only=True):
    account_sid: str
    api_version: str
    call_sid: str
    channels: int = 1
    conference_sid: str | None
    date_created: str | None
    date_updated: str | None
    duration: str | None
    encryption_details: None = None
    error_code: None = None
    media_url: str
    price: None = None
    price_unit: str = "USD"
    sid: str
    source: str
    start_time: str | None
    status: str
    subresource_uris: dict[str, str] = {}
    uri: str

    @classmethod
    def of(cls, recording: Recording, account_sid: str) -> RecordingResource:
        over = recording.status == "completed"
        return cls(
            account_sid=account_sid,
            api_version=API_VERSION,
            call_sid=recording.call_sid,
            conference_sid=recording.conference_sid or None,
            date_created=rfc2822(recording.started),
            date_updated=rfc2822(recording.started),
            duration=str(recording.seconds) if over else None,
            media_url=recording.url,
            sid=recording.sid,
            source="Conference" if recording.conference_sid else "RecordVerb",
            start_time=rfc2822(recording.started),
            status=recording.status,
            uri=f"/{API_VERSION}/Accounts/{account_sid}/Recordings/{recording.sid}.json",
        )


class RecordingPage(Page, kw_only=True):
    recordings: list[RecordingResource]


def _status(call: Call) -> str:
    return STATUSES.get(call.status, "complete" if call.started else "failed")
