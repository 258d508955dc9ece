"""The list of tickets, and what a town's people do about one."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

import tickets
from tests.portal.phones import picture
from tests.portal.town.cast import MAYA, Clerk
from tests.portal.town.nights import Night
from tickets import Caller, Ticket

TICKETS = "/town/riverton/tickets"


def page_of(ticket: Ticket) -> str:
    return f"{TICKETS}/{ticket.tracking}"


def test_the_list_is_narrowed_by_its_filters(priya: Clerk, night: Night) -> None:
    grave = night.report()
    pothole = night.report("pothole", place="31 Orchard Ln")

    assert pothole.tracking not in priya.get(TICKETS, level="1")
    assert grave.tracking not in priya.get(TICKETS, department="streets")
    assert grave.tracking not in priya.get(TICKETS, text="orchard")
    assert grave.tracking not in priya.get(TICKETS, state="closed")


def test_a_number_is_found_whatever_the_filters_say(priya: Clerk, night: Night) -> None:
    ticket = night.report("pothole")

    shown = priya.get(TICKETS, text=ticket.tracking, level="1", state="closed")

    assert f'href="{page_of(ticket)}"' in shown


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        pytest.param({"level": "5"}, "At every level, there is 1.", id="level"),
        pytest.param({"state": "closed"}, "Open or closed, there is 1.", id="state"),
        pytest.param(
            {"department": "parks"}, "In every department, there is 1.", id="department"
        ),
        pytest.param(
            {"level": "5", "department": "parks"},
            "Without the filters, there is 1.",
            id="two at once",
        ),
    ],
)
def test_an_empty_list_says_what_its_filters_hide(
    priya: Clerk, night: Night, asked: dict[str, str], said: str
) -> None:
    night.report("pothole")

    shown = priya.get(TICKETS, **asked)

    assert "No such ticket" in shown
    assert said in shown


def test_the_list_goes_on_where_its_page_ended(priya: Clerk, night: Night) -> None:
    made = [night.report("pothole").tracking for _ in range(51)]

    first = priya.get(TICKETS)
    address = re.search(r'href="/town/riverton/tickets\?([^"]+)" rel="next"', first)
    assert address is not None
    second = priya.get(f"{TICKETS}?{address[1].replace('&amp;', '&')}")

    assert made[0] not in first
    assert made[0] in second
    assert made[1] not in second


@pytest.mark.parametrize("after", ["nonsense", "2026-02-11T08:12:00~nonsense"])
def test_a_page_that_never_was_is_refused(priya: Clerk, after: str) -> None:
    answer = priya.look(TICKETS, after=after)

    assert answer.status_code == 422
    assert "start again from its newest ticket" in answer.text


def test_a_ticket_shows_what_its_town_may_know(priya: Clerk, night: Night) -> None:
    hidden = Caller(
        identity="confidential", name="Ed Stone", phone="+13125550173", tell_by="sms"
    )
    ticket = night.report(caller=hidden)

    shown = priya.get(page_of(ticket))

    assert "Ed Stone" in shown
    assert "Hidden from crews and the public" in shown
    assert "(312) 555-0173" in shown
    assert "One lane" in shown


def test_an_anonymous_caller_is_counted_and_not_named(
    priya: Clerk, night: Night
) -> None:
    ticket = night.report(caller=Caller(identity="anonymous", name="Ed Stone"))

    shown = priya.get(page_of(ticket))

    assert "Somebody who gave no name" in shown
    assert "Ed Stone" not in shown


def test_a_note_is_kept_for_its_audience(tom: Clerk, night: Night) -> None:
    ticket = night.report()

    answer = tom.send(f"{page_of(ticket)}/notes", body="Gate 4711", audience="dispatch")

    assert answer.status_code == 303
    with night.town() as db:
        (note,) = tickets.notes(db, ticket.id)
    assert (note.author, note.audience) == ("Tom Hale", "dispatch")
    assert "Tom Hale wrote a note" in tom.get(page_of(ticket))


@pytest.mark.parametrize(
    ("form", "said"),
    [
        pytest.param({"body": "  ", "audience": "town"}, "", id="without words"),
        pytest.param(
            {"body": "Kept", "audience": "everybody"},
            "Choose who may read this note.",
            id="for nobody we know",
        ),
    ],
)
def test_a_refused_note_keeps_what_was_typed(
    tom: Clerk, night: Night, form: dict[str, str], said: str
) -> None:
    ticket = night.report()

    answer = tom.send(f"{page_of(ticket)}/notes", **form)

    assert answer.status_code == 422
    assert said in answer.text
    assert form["body"].strip() in answer.text
    assert "Nothing was saved" in answer.text


def test_closing_asks_first_and_then_closes(priya: Clerk, night: Night) -> None:
    ticket = night.report("fire-hydrant")
    closing = {"reason": "done", "note": "Valve turned and greased."}

    asked = priya.attach(f"{page_of(ticket)}/closure", **closing)
    assert "Valve turned and greased." in asked.text
    assert "Nobody has accepted it yet" in asked.text
    with night.town() as db:
        assert tickets.closure(db, ticket.id) is None

    answer = priya.attach(f"{page_of(ticket)}/closure", **closing, confirmed="yes")
    assert answer.status_code == 303
    with night.town() as db:
        closed = tickets.closure(db, ticket.id)
    assert closed is not None
    assert (closed.by, closed.reason) == ("Priya Nair", "done")
    assert "Close the ticket" not in priya.get(page_of(ticket))


@pytest.mark.parametrize(
    ("form", "said"),
    [
        pytest.param(
            {"note": "x"}, "Choose why this ticket is closed.", id="no reason"
        ),
        pytest.param(
            {"reason": "done", "note": "done", "confirmed": "yes"},
            "Say in a sentence what was done or found",
            id="words that say nothing",
        ),
    ],
)
def test_a_closing_without_its_proof_is_refused_and_kept(
    priya: Clerk, night: Night, form: dict[str, str], said: str
) -> None:
    ticket = night.report("fire-hydrant")

    answer = priya.attach(f"{page_of(ticket)}/closure", **form)

    assert answer.status_code == 422
    assert said in answer.text
    assert f">{form['note']}</textarea>" in answer.text


def test_who_closes_second_is_told_that_the_first_stands(
    priya: Clerk, tom: Clerk, night: Night
) -> None:
    ticket = night.report("fire-hydrant")
    form = {"reason": "duplicate", "note": "", "confirmed": "yes"}

    priya.attach(f"{page_of(ticket)}/closure", **form)

    assert tom.attach(f"{page_of(ticket)}/closure", **form).status_code == 409


def test_a_photo_is_only_a_photo(priya: Clerk, night: Night) -> None:
    ticket, other = night.report(), night.report()
    with night.town() as db:
        photo = tickets.add_photo(
            db, ticket.id, picture(), audience="town", by=MAYA, at=night.clock()
        )

    shown = priya.look(f"{page_of(ticket)}/photos/{photo.id}")

    assert shown.headers["x-content-type-options"] == "nosniff"
    assert shown.headers["content-type"] == "image/jpeg"
    assert "sandbox" in shown.headers["content-security-policy"]
    assert priya.look(f"{page_of(other)}/photos/{photo.id}").status_code == 404


def test_an_open_ticket_asks_for_its_news_and_gets_none_while_nothing_happens(
    priya: Clerk, night: Night
) -> None:
    ticket = night.report()
    shown = priya.get(page_of(ticket))
    asks = re.search(r'hx-get="([^"]+)" hx-trigger="every 5s"', shown)
    assert asks is not None

    assert priya.look(asks[1]).status_code == 204

    night.texts(ticket, "dan-ortiz")
    news = priya.get(asks[1])
    assert "Accepted by Dan Ortiz" in news
    assert 'id="standing"' in news
    assert "<html" not in news


def test_a_closed_ticket_asks_for_nothing_more(priya: Clerk, night: Night) -> None:
    ticket = night.report("fire-hydrant")
    seen = priya.get(page_of(ticket))
    assert "hx-trigger" in seen
    night.crew_is(ticket, "done", note="Valve turned and greased.")

    news = priya.get(f"{page_of(ticket)}/timeline", seen="1")

    assert "Closed: Done" in news
    assert "hx-trigger" not in news


def test_what_happens_next_is_shown_while_nobody_has_it(
    priya: Clerk, night: Night
) -> None:
    ticket = night.report()
    night.pass_time(seconds=1)

    shown = priya.get(page_of(ticket))

    following = shown[shown.index('id="next"') :]
    assert "If nobody answers:" in following
    assert "Ana Ruiz" in following


def test_the_promise_is_told_kept_or_missed(priya: Clerk, night: Night) -> None:
    kept, missed = night.report(), night.report()
    night.crew_is(kept, "on_site")
    night.clock.at = missed.promised_at + timedelta(minutes=1)

    assert "Promise kept" in priya.get(page_of(kept))
    assert "Promise missed" in priya.get(page_of(missed))
