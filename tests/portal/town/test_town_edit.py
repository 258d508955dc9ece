"""Priya changes what Riverton's file says, on pages and without any script."""

from __future__ import annotations

import re

from msgspec.structs import replace

from notify import Notification
from portal.town.fields.wholes import Opening
from portal.town.sections import SECTIONS
from tenants import drafting
from tenants.town import Contact, Town
from tests.portal.town.cast import Clerk
from tests.portal.town.filled import sent
from tests.portal.town.nights import Night

EDIT = "/town/riverton/rules/edit"
HOURS = f"{EDIT}/hours"
CONTACT = f"{EDIT}/contacts/dan-ortiz"
CODES = "/town/riverton/rules/contacts/dan-ortiz"
NEW_PHONE = "+13125550177"


def drafted(night: Night) -> Town:
    with night.town() as db:
        return drafting.editing(db).town


def dan(night: Night) -> Contact:
    return drafted(night).contact("dan-ortiz")


def mark_in(page: str) -> str:
    found = re.search(r'name="was" value="([\w ]*)"', page)
    assert found is not None
    return found[1]


def another(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def spaced(code: str) -> str:
    """As people read it out."""
    return f"{code[:3]} {code[3:]}"


def code_in(night: Night) -> str:
    with night.town() as db:
        newest = db.rows(Notification).where(
            Notification.template == "destination_code"
        )
        sent = db.session.scalars(newest.order_by(Notification.id.desc())).first()
        assert sent is not None
        assert (sent.channel, sent.destination) == ("sms", NEW_PHONE)
        return str(sent.context["secret"])


def test_a_list_grows_on_the_page_and_nothing_is_kept_before_it_is_asked(
    priya: Clerk, night: Night
) -> None:
    town = drafted(night)
    form = sent(Opening(hours=town.hours), town) | {"was": mark_in(priya.get(HOURS))}

    longer = priya.send(HOURS, **form, do="add hours")
    unfilled = priya.send(HOURS, **form, **{"hours.2.days.sun": "on"})
    day = {
        "hours.2.days.sun": "on",
        "hours.2.opens": "10:00",
        "hours.2.closes": "12:00",
    }
    kept = priya.send(HOURS, **form, **day)

    assert 'name="hours.2.opens"' in longer.text
    assert unfilled.status_code == 422
    assert "Fill this in: a time, as in 08:00." in unfilled.text
    assert 'name="hours.2.days.sun" checked' in unfilled.text
    assert kept.status_code == 303
    assert [each.days for each in drafted(night).hours][-1] == ("sun",)
    assert len(town.hours) == 2


def test_entries_are_added_moved_and_taken_out(priya: Clerk, night: Night) -> None:
    before = [each.key for each in drafted(night).departments]
    new = f"{EDIT}/departments"

    priya.send(new, **{"key": "", "name.en": "Harbor and Docks"})
    priya.send(f"{new}/harbor-and-docks/place", before=before[0])
    moved = [each.key for each in drafted(night).departments]
    again = priya.send(new, **{"key": before[0], "name.en": "Another"})
    gone = priya.send(f"{new}/harbor-and-docks/removal")

    assert moved == ["harbor-and-docks", *before]
    assert "is taken by entry 2 of the list" in again.text
    assert gone.headers["location"] == new
    assert [each.key for each in drafted(night).departments] == before


def test_a_table_that_may_be_missing_comes_and_goes(priya: Clerk, night: Night) -> None:
    recording = f"{EDIT}/recording"
    assert "Nothing is said of this yet." in priya.get(recording)
    form = {"announce.en": "This call is recorded.", "keep_days": "30"}

    priya.send(recording, **form, was=mark_in(priya.get(recording)))
    there = drafted(night).recording
    priya.send(f"{recording}/_it/removal", was=mark_in(priya.get(recording)))

    assert there is not None
    assert there.keep_days == 30
    assert drafted(night).recording is None
    assert priya.send(f"{EDIT}/survey/_it/removal").status_code == 404


def test_every_section_opens_and_says_what_forbids_publishing(
    priya: Clerk, night: Night
) -> None:
    town = drafted(night)
    gone = town.departments[0].key
    key = next(each.key for each in town.contacts if each.department == gone)

    priya.send(f"{EDIT}/departments/{gone}/removal")

    contents = priya.get(EDIT)
    pages = {each.key: priya.get(f"{EDIT}/{each.key}") for each in SECTIONS}
    assert all(f'href="{EDIT}/{each}"' in contents for each in pages)
    assert "to put right" in contents
    wrong = f"Name an entry of departments: there is no &#34;{gone}&#34;"
    assert wrong in pages["contacts"]
    page = priya.get(f"{EDIT}/contacts/{key}")
    assert wrong in page
    assert 'id="why-department"' in page


def test_an_entry_is_changed_in_the_draft_and_nobody_is_written_over(
    priya: Clerk, night: Night
) -> None:
    before = drafted(night)
    line = before.lines[1]
    address = f"{EDIT}/lines/{line.number}"
    opened = sent(line, before) | {"was": mark_in(priya.get(address))}

    kept = priya.send(address, **opened | {"label.en": "Streets and water"})
    late = priya.send(address, **opened | {"label.en": "Streets"})

    after = drafted(night)
    assert kept.headers["location"] == f"{EDIT}/lines"
    assert after.lines[1].label.en == "Streets and water"
    assert replace(after, lines=before.lines) == before
    assert late.status_code == 409
    assert 'value="Streets"' in late.text


def test_a_new_telephone_is_confirmed_by_the_code_that_was_sent_to_it(
    priya: Clerk, night: Night
) -> None:
    page = priya.get(CONTACT)
    form = sent(dan(night), drafted(night)) | {"mobile": "312 555 0177"}
    changed = priya.send(CONTACT, **form, was=mark_in(page))
    assert changed.headers["location"] == f"{CONTACT}#destinations"
    assert dan(night).unverified == (NEW_PHONE,)

    priya.send(f"{CODES}/codes", destination=NEW_PHONE, channel="sms")
    code = code_in(night)
    guessed, told = (
        priya.send(f"{CODES}/confirmations", destination=NEW_PHONE, code=each)
        for each in (another(code), spaced(code))
    )

    assert guessed.status_code == 422
    assert "That is not the code." in guessed.text
    assert told.status_code == 303
    assert dan(night).unverified == ()


def test_the_town_takes_back_its_word_for_a_number_and_gives_it_again(
    priya: Clerk, night: Night
) -> None:
    mobile = dan(night).mobile or ""

    priya.send(f"{CODES}/doubts", destination=mobile)
    doubted = dan(night).unverified
    priya.send(f"{CODES}/vouchings", destination=mobile)
    strange = priya.send(f"{CODES}/codes", destination=NEW_PHONE, channel="sms")

    assert doubted == (mobile,)
    assert dan(night).unverified == ()
    assert strange.status_code == 404
