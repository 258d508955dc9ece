"""The telephones and addresses of a contact, and which of them nobody has confirmed."""

from __future__ import annotations

from msgspec.structs import replace

from tenants.town import Contact, Part


def destinations(contact: Contact) -> tuple[str, ...]:
    """Each once, in the order in which they are asked for."""
    found = (contact.mobile, contact.landline, contact.email)
    return tuple(dict.fromkeys(each for each in found if each))


def with_unverified(part: Part, before: Part | None) -> Part:
    """What is new has not been confirmed; what was there stays as it was."""
    if not isinstance(part, Contact):
        return part
    known, waiting = set[str](), set[str]()
    if isinstance(before, Contact):
        known, waiting = {*destinations(before)}, {*before.unverified}
    unverified = (
        each for each in destinations(part) if each in waiting or each not in known
    )
    return replace(part, unverified=tuple(unverified))
