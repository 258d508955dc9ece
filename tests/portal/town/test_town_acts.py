"""What a town's people do about a ticket from its page, all of it without script."""

from __future__ import annotations

import re

import tickets
from tests.portal.phones import picture
from tests.portal.town.cast import Clerk, Hire
from tests.portal.town.nights import PRIYA, Night
from tickets import Caller, Ticket

TICKETS = "/town/riverton/tickets"
BOB = Caller(name="Bob Lang", phone="+13125550199", tell_by="sms")


def page_of(ticket: Ticket) -> str:
    return f"{TICKETS}/{ticket.tracking}"


def closed(night: Night) -> Ticket:
    ticket = night.report("fire-hydrant")
    with night.town() as db:
        note = "The cap is tight again."
        tickets.close(
            db, ticket.id, reason="done", note=note, by=PRIYA, at=night.clock()
        )
    return ticket


def test_a_ticket_is_taken_and_given_away(
    priya: Clerk, tom: Clerk, night: Night
) -> None:
    ticket = night.report()
    page = tom.get(page_of(ticket))
    ids = dict(re.findall(r'<option value="([\w-]+)" ?>([^<(]+)', page))
    toms = next(id for id, name in ids.items() if name.strip() == "Tom Hale")
    assert "Nobody looks after it" in page

    answer = tom.send(f"{page_of(ticket)}/assignment", assignee=toms)

    assert answer.status_code == 303
    page = priya.get(page_of(ticket))
    assert "Tom Hale looks after it" in page
    assert "Tom Hale took charge of it" in page
    for nobody in ("not-an-id", ticket.id.hex):
        refused = priya.send(f"{page_of(ticket)}/assignment", assignee=nobody)
        assert refused.status_code == 422
        assert "Choose somebody of the town who works on tickets" in refused.text
    priya.send(f"{page_of(ticket)}/assignment", assignee="")
    assert "Priya Nair took it from Tom Hale" in priya.get(page_of(ticket))


def test_a_photo_and_a_caller_are_added_once(priya: Clerk, night: Night) -> None:
    ticket = night.report()
    form = {"name": "Bob Lang", "phone": "312 555 0199", "tell_by": "sms"}
    form |= {"key": "0192f000-0000-7000-8000-000000000009"}

    for _ in range(2):
        shot = priya.attach(f"{page_of(ticket)}/photos", picture())
        assert shot.status_code == 303
        assert priya.send(f"{page_of(ticket)}/reporters", **form).status_code == 303

    page = priya.get(page_of(ticket))
    assert page.count("Photo by Priya Nair") == 1
    assert page.count(">Bob Lang<") == 1


def test_what_is_refused_is_said_and_kept(priya: Clerk, night: Night) -> None:
    ticket = night.report()
    bob = {"name": "Bob Lang", "phone": "12"}

    half = priya.send(f"{page_of(ticket)}/reporters", **bob, tell_by="sms")
    pigeon = priya.send(f"{page_of(ticket)}/reporters", **bob, tell_by="pigeon")
    nothing = priya.attach(f"{page_of(ticket)}/photos")

    assert "Check the number, area code first." in half.text
    assert "Choose how this person wishes to hear of it" in pigeon.text
    assert "could not be read as one" in nothing.text
    assert {each.status_code for each in (half, pigeon, nothing)} == {422}
    assert 'value="Bob Lang"' in half.text


def test_a_closed_ticket_is_opened_again_with_all_it_sets_going(
    tom: Clerk, night: Night
) -> None:
    ticket = closed(night)
    page = tom.get(page_of(ticket))
    assert "1 resident is told, if they wished to be." in page
    refused = tom.send(f"{page_of(ticket)}/reopening", reason=" ")
    assert "Say in a sentence why it is not done" in refused.text
    night.clock.later(hours=2)

    tom.send(f"{page_of(ticket)}/reopening", reason="It drips again.")

    page = tom.get(page_of(ticket))
    assert "Tom Hale opened it again" in page
    assert "A new promise, due" in page
    assert "The cap is tight again." in page
    assert "that it is open again, and what is promised" in page
    assert page.count("Relay started") == 2
    again = tom.send(f"{page_of(ticket)}/reopening", reason="It drips again.")
    assert again.status_code == 409


def test_two_tickets_are_shown_beside_each_other_and_merged(
    tom: Clerk, night: Night
) -> None:
    ticket, into = night.report(caller=BOB), night.report()
    look = tom.get(f"{page_of(ticket)}/merging")
    assert into.tracking in look
    both = tom.get(f"{page_of(ticket)}/merging", into=into.tracking)
    assert "This one closes" in both

    form = {"into": into.tracking, "confirmed": "yes"}
    answer = tom.send(f"{page_of(ticket)}/merging", **form)

    assert answer.headers["location"] == page_of(into)
    stays, gone = tom.get(page_of(into)), tom.get(page_of(ticket))
    assert "2 callers" in stays
    assert f"{ticket.tracking} goes on here" in stays
    assert f"It goes on as {into.tracking}" in gone


def test_what_may_not_be_merged_is_said_where_it_was_asked(
    tom: Clerk, night: Night
) -> None:
    ticket, lighter = night.report(), night.report("pothole")

    for into, said in (
        ("RIV-482-731-7", "No ticket that you may see has this number"),
        ("what", "No ticket that you may see has this number"),
        (ticket.tracking, "Choose another ticket"),
    ):
        answer = tom.look(f"{page_of(ticket)}/merging", into=into)
        assert answer.status_code == 422
        assert said in answer.text
    shown = tom.get(f"{page_of(ticket)}/merging", into=lighter.tracking)
    assert "The other must be as grave" in shown
    assert "Merge them" not in shown
    form = {"into": lighter.tracking, "confirmed": "yes"}
    answer = tom.send(f"{page_of(ticket)}/merging", **form)
    assert answer.status_code == 422
    assert "The other must be as grave" in answer.text
    assert tom.send(f"{page_of(ticket)}/merging").status_code == 422


def test_a_second_problem_is_taken_out_and_linked(tom: Clerk, night: Night) -> None:
    ticket = night.report()
    page = tom.get(f"{page_of(ticket)}/parts")
    helen = re.search(r'name="reporter" value="([\w-]+)" checked', page)
    key = re.search(r'name="key" value="([\w-]+)"', page)
    assert helen
    assert key
    form = {"category": "pothole", "place": "9 Oak St", "key": key[1]}
    refused = tom.send(f"{page_of(ticket)}/parts", **form, reporter=helen[1])
    assert refused.status_code == 422
    assert 'value="9 Oak St"' in refused.text

    for _ in range(2):
        tom.send(f"{page_of(ticket)}/parts", **form, words="A hole", reporter=helen[1])

    page = tom.get(page_of(ticket))
    assert "Tom Hale took a second problem out of it" in page
    assert page.count("Of the same call:") == 1


def test_a_reader_is_offered_no_act_and_a_lead_only_their_departments(
    hire: Hire, night: Night
) -> None:
    ticket, hole = night.report(), night.report("pothole")
    viewer = hire("Vera Cole", night.tenant_id, role="viewer")
    lead = hire("Lea Ray", night.tenant_id, role="lead", departments=(hole.department,))

    assert "What you can do" not in viewer.get(page_of(ticket))
    assert "What you can do" in lead.get(page_of(hole))
    form = {"into": ticket.tracking, "confirmed": "yes"}
    hidden = lead.send(f"{page_of(hole)}/merging", **form)
    assert "No ticket that you may see has this number" in hidden.text
    assert lead.look(f"{page_of(ticket)}/parts").status_code == 404
