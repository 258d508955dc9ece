"""Priya changes what Riverton's file says, on pages and without any script."""

from __future__ import annotations

import re

from portal.town.sections import SECTIONS
from tenants import drafting
from tenants.town import Town
from tests.portal.town.cast import Clerk
from tests.portal.town.filled import sent
from tests.portal.town.nights import Night

EDIT = "/town/riverton/rules/edit"
CONTACT = f"{EDIT}/contacts/dan-ortiz"


def drafted(night: Night) -> Town:
    with night.town() as db:
        return drafting.editing(db).town


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
    was = re.findall(r'name="was" value="(\w+)"', page)[0]
    form = sent(line, before) | {"label.en": "Streets and water", "was": was}

    answer = priya.send(f"{EDIT}/lines/{line.number}", **form)

    after = drafted(night)
    assert answer.headers["location"] == f"{EDIT}/lines"
    assert after.lines[1].label.en == "Streets and water"
    assert [
        e for e in Town.__struct_fields__ if getattr(after, e) != getattr(before, e)
    ] == ["lines"]
