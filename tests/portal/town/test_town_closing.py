"""The photo of the finished work comes with the closing, and only with it."""

from __future__ import annotations

import tickets
from tests.portal.phones import picture
from tests.portal.town.cast import Clerk
from tests.portal.town.nights import Night
from tickets import Ticket


def page_of(ticket: Ticket) -> str:
    return f"/town/riverton/tickets/{ticket.tracking}"


def test_a_photo_is_sent_with_the_closing_that_asks_for_it(
    tom: Clerk, night: Night
) -> None:
    ticket = night.report()
    closing = f"{page_of(ticket)}/closure"
    without = tom.attach(closing, reason="done", confirmed="yes")
    assert "Add a photo of the finished work first" in without.text
    assert "This category asks for a photo" in without.text

    tom.attach(closing, picture(), reason="done", confirmed="yes")

    page = tom.get(page_of(ticket))
    assert "Closed: Done" in page
    assert "Open it again" in page


def test_the_photo_of_a_closing_that_is_not_confirmed_is_not_kept(
    tom: Clerk, night: Night
) -> None:
    ticket = night.report()
    closing = f"{page_of(ticket)}/closure"

    asked = tom.attach(closing, picture(), reason="done")
    torn = tom.attach(closing, b"no picture", reason="done", confirmed="yes")
    other = tom.attach(closing, picture(), reason="none", confirmed="yes")

    assert 'name="photo"' in asked.text
    assert torn.status_code == other.status_code == 422
    assert "this file could not be read as one" in torn.text
    assert "Choose why this ticket is closed." in other.text
    with night.town() as db:
        assert tickets.photos(db, ticket.id) == []
        assert tickets.closure(db, ticket.id) is None
