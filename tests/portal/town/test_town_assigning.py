"""Whoever is given a ticket on its page, or among many, is written to by the house."""

from __future__ import annotations

import tickets
from notify import Notification
from portal.town.tickets.bulk_work import carry_on
from tests.portal.town.cast import Clerk
from tests.portal.town.nights import Night
from tickets import Ticket
from townline import auth

TICKETS = "/town/riverton/tickets"


def account_of(night: Night, name: str) -> str:
    with night.town() as db:
        found = auth.people(db, roles=("manager", "dispatcher"))
        return next(str(each.account_id) for each in found if each.name == name)


def written_to(night: Night, ticket: Ticket) -> list[str]:
    with night.town() as db:
        ours = db.rows(Notification).where(
            Notification.template == "assigned", Notification.subject_id == ticket.id
        )
        by_age = ours.order_by(Notification.id)
        return [each.recipient_name for each in db.session.scalars(by_age)]


def test_a_colleague_is_written_to_and_nobody_by_themselves(
    priya: Clerk, tom: Clerk, claire: Clerk, night: Night
) -> None:
    ticket = night.report()
    there, toms = f"{TICKETS}/{ticket.tracking}", account_of(night, "Tom Hale")

    tom.send(f"{there}/assignment", assignee=toms)
    assert written_to(night, ticket) == []
    priya.send(f"{there}/assignment", assignee="")
    priya.send(f"{there}/assignment", assignee=toms)

    assert written_to(night, ticket) == ["Tom Hale"]
    assert "Tom Hale looks after it" in tom.get(there)
    assert claire.send(f"{there}/assignment", assignee=toms).status_code == 404


def test_so_it_is_when_many_are_given_at_once(
    priya: Clerk, tom: Clerk, night: Night
) -> None:
    mine, toms = night.report("pothole"), night.report("pothole")
    for ticket, name in ((mine, "Priya Nair"), (toms, "Tom Hale")):
        form = {"act": "assign", "assignee": account_of(night, name)}
        sent = {"tickets": ticket.tracking, "confirmed": "yes", **form}
        priya.send(f"{TICKETS}/bulk", **sent)

    carry_on(night.engine, at=night.clock())

    with night.town() as db:
        assert tickets.assignment(db, mine.id) is not None
    assert written_to(night, mine) == []
    assert written_to(night, toms) == ["Tom Hale"]
