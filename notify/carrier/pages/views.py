"""What the bench shows of telephones and letters, for people and for programs."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct, field

from notify.carrier.mail.letters import Letter
from notify.carrier.phones import Phone
from notify.carrier.texts.messages import Message
from notify.carrier.voice.calls import Call


class UtteranceView(Struct, frozen=True):
    speaker: str
    text: str
    at: datetime
    language: str


class CallView(Struct, frozen=True, kw_only=True):
    sid: str
    line: str
    status: str
    direction: str
    answered_by: str
    listening: str
    transcript: list[UtteranceView]

    @property
    def is_over(self) -> bool:
        return self.status not in {"queued", "ringing", "in-progress"}

    @classmethod
    def of(cls, call: Call) -> CallView:
        return cls(
            sid=call.sid,
            line=call.line,
            status=call.status,
            direction=call.direction,
            answered_by=call.answered_by,
            listening=call.listening,
            transcript=[
                UtteranceView(u.speaker, u.text, u.at, u.language)
                for u in call.transcript
            ],
        )


class TextView(Struct, frozen=True, kw_only=True):
    sid: str
    sender: str = field(name="from")
    to: str
    body: str
    at: datetime
    status: str
    segments: int

    @classmethod
    def of(cls, message: Message) -> TextView:
        return cls(
            sid=message.sid,
            sender=message.sender,
            to=message.to,
            body=message.body,
            at=message.updated,
            status=message.status,
            segments=message.segments,
        )


class PhoneView(Struct, frozen=True, kw_only=True):
    number: str
    name: str
    role: str
    state: str
    call: CallView | None
    texts: list[TextView]

    @property
    def key(self) -> str:
        """The number as a part of an element's id, which bears no plus sign."""
        return self.number.lstrip("+")

    @classmethod
    def of(cls, phone: Phone) -> PhoneView:
        shown = phone.ringing or phone.talking or phone.last_call
        return cls(
            number=phone.number,
            name=phone.name,
            role=phone.role,
            state=_state(phone),
            call=CallView.of(shown) if shown else None,
            texts=[TextView.of(message) for message in phone.texts],
        )


class LetterView(Struct, frozen=True, kw_only=True):
    sid: str
    sender: str = field(name="from")
    sender_name: str
    to: str
    subject: str
    text: str
    html: str
    reply_to: str
    at: datetime
    events: list[str]
    message_id: str
    marks: dict[str, str]
    headers: dict[str, str]
    attachments: list[str]

    @classmethod
    def of(cls, letter: Letter) -> LetterView:
        return cls(
            sid=letter.sid,
            sender=letter.sender,
            sender_name=letter.sender_name,
            to=letter.to,
            subject=letter.subject_line,
            text=letter.text,
            html=letter.html,
            reply_to=letter.reply_to,
            at=letter.at,
            events=letter.events,
            message_id=letter.message_id,
            marks=letter.marks,
            headers=letter.headers,
            attachments=[attachment.name for attachment in letter.attachments],
        )


def _state(phone: Phone) -> str:
    if phone.ringing:
        return "ringing"
    call = phone.talking
    if call is None:
        return "idle"
    return "dialling" if call.is_dialling else "talking"
