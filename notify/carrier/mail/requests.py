"""What a client of SendGrid's ``mail/send`` asks for, and what is wrong with it."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator

from msgspec import Struct, field

from notify.carrier.identifiers import new_letter_id
from notify.carrier.mail.letters import Attachment, Letter


class Address(Struct, frozen=True):
    email: str = ""
    name: str = ""


class Part(Struct, frozen=True):
    type: str = "text/plain"
    value: str = ""


class Enclosure(Struct, frozen=True):
    content: str = ""
    filename: str = ""
    type: str = "application/octet-stream"


class Personalization(Struct, frozen=True):
    to: list[Address] = []
    cc: list[Address] = []
    bcc: list[Address] = []
    subject: str = ""
    headers: dict[str, str] = {}
    custom_args: dict[str, str] = {}


class MailRequest(Struct, frozen=True):
    personalizations: list[Personalization] = []
    sender: Address = field(name="from", default_factory=Address)
    reply_to: Address = field(default_factory=Address)
    subject: str = ""
    content: list[Part] = []
    attachments: list[Enclosure] = []
    headers: dict[str, str] = {}
    categories: list[str] = []
    custom_args: dict[str, str] = {}

    @property
    def first_to(self) -> str:
        people = [person for part in self.personalizations for person in part.to]
        return people[0].email if people else ""


class Fault(Struct, frozen=True):
    """One complaint in SendGrid's shape."""

    message: str
    field: str | None = None
    help: str | None = None


def faults(request: MailRequest) -> Iterator[Fault]:
    if not request.personalizations:
        yield Fault(
            "The personalizations field is required and must have at least one"
            " personalization.",
            "personalizations",
        )
    for place, part in enumerate(request.personalizations):
        yield from _personal_faults(part, f"personalizations.{place}")
    if "@" not in request.sender.email:
        yield Fault(
            "The from object must be provided for every email send. It is an object"
            " that requires the email parameter, but may also contain a name"
            " parameter.",
            "from.email",
        )
    if not request.subject and not all(p.subject for p in request.personalizations):
        yield Fault("The subject is required.", "subject")
    yield from _content_faults(request)


def letters(request: MailRequest) -> list[Letter]:
    """Write one letter for each person the request names."""
    sid = new_letter_id()
    enclosed = tuple(
        Attachment(e.filename, e.type, base64.b64decode(e.content))
        for e in request.attachments
    )
    return [
        _letter(request, part, person, sid=sid, enclosed=enclosed)
        for part in request.personalizations
        for person in (*part.to, *part.cc, *part.bcc)
    ]


def _letter(
    request: MailRequest,
    part: Personalization,
    person: Address,
    *,
    sid: str,
    enclosed: tuple[Attachment, ...],
) -> Letter:
    return Letter(
        sid=sid,
        sender=request.sender.email,
        sender_name=request.sender.name,
        to=person.email,
        subject_line=part.subject or request.subject,
        text=_content(request, "text/plain"),
        html=_content(request, "text/html"),
        reply_to=request.reply_to.email or request.sender.email,
        marks={**request.custom_args, **part.custom_args},
        categories=tuple(request.categories),
        headers={**request.headers, **part.headers},
        attachments=enclosed,
    )


def _content(request: MailRequest, media_type: str) -> str:
    parts = (part.value for part in request.content if part.type == media_type)
    return next(parts, "")


def _personal_faults(part: Personalization, where: str) -> Iterator[Fault]:
    if not part.to:
        yield Fault(
            "The to array is required for all personalization objects, and must have"
            " at least one email object with a valid email address.",
            f"{where}.to",
        )
    for place, person in enumerate(part.to):
        if "@" not in person.email:
            yield Fault(
                "Does not contain a valid address.", f"{where}.to.{place}.email"
            )


def _content_faults(request: MailRequest) -> Iterator[Fault]:
    if not request.content:
        yield Fault(
            "Unless a valid template_id is provided, the content parameter is"
            " required. There must be at least one defined content block.",
            "content",
        )
    for place, part in enumerate(request.content):
        if not part.value:
            yield Fault(
                "The content value must be a string at least one character in length.",
                f"content.{place}.value",
            )
    for place, enclosure in enumerate(request.attachments):
        if not _is_base64(enclosure.content):
            yield Fault(
                "The attachment content must be base64 encoded.",
                f"attachments.{place}.content",
            )


def _is_base64(content: str) -> bool:
    try:
        return bool(base64.b64decode(content, validate=True))
    except binascii.Error:
        return False
