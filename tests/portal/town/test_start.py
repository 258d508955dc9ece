"""The manager of a new town goes through it once, and sees that it works."""

from __future__ import annotations

from notify import Notification
from tenants import drafting
from tenants.drafting import Drop
from tests.portal.town.cast import Clerk
from tests.portal.town.nights import PRIYA, Night

HERE = "/town/riverton/start"


def test_a_manager_sees_what_is_left_the_linters_verdict_and_a_night(
    priya: Clerk, tom: Clerk
) -> None:
    page = priya.get(HERE)

    assert "Colleagues who come in here" in page
    assert "/town/riverton/rules/boundary" in page
    assert "and nobody answers" in page
    assert tom.look(HERE).status_code == 403


def test_what_other_towns_are_asked_for_goes_into_the_draft(
    claire: Clerk, priya: Clerk, night: Night
) -> None:
    everything = priya.get(f"{HERE}/catalogue")
    refused = priya.send(f"{HERE}/catalogue", **{"categories.nonsense": "on"})
    with night.town() as db:
        [key, *_] = [each.key for each in drafting.editing(db).town.categories]
        drafting.edit(db, Drop(table="categories", key=key), by=PRIYA, at=night.clock())

    offered = priya.get(f"{HERE}/catalogue")
    taken = priya.send(f"{HERE}/catalogue", **{f"categories.{key}": "on"})

    assert "The town has all of them." in everything
    assert refused.status_code == 422
    assert f'name="categories.{key}"' in offered
    assert taken.headers["location"] == HERE
    with night.town() as db:
        assert drafting.editing(db).town.category(key).key == key
    assert "La ville les a toutes." in claire.get("/town/sainte-aurore/start/catalogue")


def test_ones_own_telephone_is_tried_over_the_towns_own_line(
    priya: Clerk, claire: Clerk, night: Night
) -> None:
    sent = priya.send(f"{HERE}/drill", phone="(312) 555-0177", how="sms")
    page = priya.look(sent.headers["location"].partition("#")[0]).text
    refused = priya.send(f"{HERE}/drill", phone="nobody")

    assert "The test for" in page
    with night.town() as db:
        [test] = db.session.scalars(
            db.rows(Notification).where(Notification.purpose == "test")
        )
    assert test.recipient_name == "Priya Nair"
    assert refused.status_code == 422
    other = f"/town/sainte-aurore/start?drill={test.subject_id}"
    assert claire.client.get(other, headers={"accept": "text/html"}).status_code == 404
