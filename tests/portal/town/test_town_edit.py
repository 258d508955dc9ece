"""Priya changes what Riverton's file says, on pages and without any script."""

from __future__ import annotations

import re

from msgspec.structs import replace

from notify import Notification
from portal.town.sections import SECTIONS
from tenants import drafting
from tenants.town import Town
from tests.portal.town.cast import Clerk
from tests.portal.town.filled import sent
from tests.portal.town.nights import Night

EDIT = "/town/riverton/rules/edit"
CONTACT = f"{EDIT}/contacts/dan-ortiz"
CODES = "/town/riverton/rules/contacts/dan-ortiz"
NEW_PHONE = "+13125550177"


def drafted(night: Night) -> Town:
    with night.town() as db:
        return drafting.editing(db).town


def mark_in(page: str) -> str:
    return re.findall(r'name="was" value="([\w ]*)"', page)[0]


def another(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def spaced(code: str) -> str:
    """As people read it out."""
    return f"{code[:3]} {code[3:]}"


def test_every_section_is_listed_and_opens(priya: Clerk) -> None:
    contents = priya.get(EDIT)

    for each in SECTIONS:
        assert f'href="{EDIT}/{each.key}"' in contents
        assert priya.look(f"{EDIT}/{each.key}").status_code == 200, each.key


def test_an_entry_is_changed_in_the_draft_and_nothing_else_is(
    priya: Clerk, night: Night
) -> None:
    before = drafted(night)
    line = before.lines[1]
    page = priya.get(f"{EDIT}/lines/{line.number}")
    words = {"label.en": "Streets and water", "was": mark_in(page)}

    answer = priya.send(f"{EDIT}/lines/{line.number}", **sent(line, before) | words)

    after = drafted(night)
    assert answer.headers["location"] == f"{EDIT}/lines"
    assert after.lines[1].label.en == "Streets and water"
    assert replace(after, lines=before.lines) == before


def code_in(night: Night) -> str:
    with night.town() as db:
        newest = db.rows(Notification).where(
            Notification.template == "destination_code"
        )
        sent = db.session.scalars(newest.order_by(Notification.id.desc())).first()
        assert sent is not None
        assert (sent.channel, sent.destination) == ("sms", NEW_PHONE)
        return str(sent.context["secret"])


def test_a_new_telephone_is_confirmed_by_the_code_that_was_sent_to_it(
    priya: Clerk, night: Night
) -> None:
    page = priya.get(CONTACT)
    dan = drafted(night).contact("dan-ortiz")
    form = sent(dan, drafted(night)) | {"mobile": "312 555 0177", "was": mark_in(page)}
    priya.send(CONTACT, **form)
    assert drafted(night).contact("dan-ortiz").unverified == (NEW_PHONE,)

    priya.send(f"{CODES}/codes", destination=NEW_PHONE, channel="sms")
    code = code_in(night)
    wrong = priya.send(
        f"{CODES}/confirmations", destination=NEW_PHONE, code=another(code)
    )
    priya.send(f"{CODES}/confirmations", destination=NEW_PHONE, code=spaced(code))

    assert wrong.status_code == 422
    assert "That is not the code." in wrong.text
    assert drafted(night).contact("dan-ortiz").unverified == ()
