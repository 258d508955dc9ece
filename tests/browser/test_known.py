"""A known event at night: read, joined with one key, and ended; nobody is shut out."""

from __future__ import annotations

from uuid import UUID

import pytest
from playwright.sync_api import expect

from notify import Notification
from tenants.town import Text
from tests.browser.barriers import at_each, barriers
from tests.browser.chromium import Faults
from tests.browser.conftest import Visit
from tests.browser.desk import LIVE, Desk, press, sign_in
from tests.browser.house import House
from tests.browser.nights import ring
from tests.browser.scenes import Scene, in_both_towns
from tickets import events
from tickets.events import EventTerms
from townline.db import new_id
from townline.proof import Actor

pytestmark = pytest.mark.browser

SAY = Text(
    en="A main broke on Elm Street. A crew is there.",
    fr="Une conduite a cédé rue des Pins. Une équipe est là.",
)
OVER = Text(en="The water is back.", fr="L’eau est revenue.")


def going_on(house: House, scene: Scene) -> UUID:
    """Said by a colleague to every caller of the town."""
    terms = EventTerms(title=Text(en="No water", fr="Pas d’eau"), say=SAY, ending=OVER)
    agent = Actor("agent", "Tom Hale")
    with house.town(scene.slug) as db:
        made = events.make(db, terms, client_key=new_id(), at=house.clock(), by=agent)
        return made.id


@in_both_towns
def test_an_event_is_joined_by_one_key_and_its_end_reaches_the_caller(
    house: House, visit: Visit, scene: Scene, faults: Faults
) -> None:
    event = going_on(house, scene)
    desk = Desk(visit(scene.language), scene)
    sign_in(desk.page, scene.agent.email, at="/desk")
    expect(desk.page.locator(f"#said-{event}")).to_be_visible(timeout=LIVE)
    found = barriers(desk.page)
    ring(house, scene)
    expect(desk.page.locator("#waiting tr.next")).to_be_visible(timeout=LIVE)
    desk.take_next()
    expect(desk.page.locator("#known .say")).to_contain_text(SAY.in_(scene.language))
    found += barriers(desk.page)
    desk.page.locator("#tell-by").select_option("sms")

    desk.page.keyboard.press("Alt+J")
    desk.page.wait_for_url("**/desk")
    found += at_each(desk.page, f"/desk/events/{scene.slug}/{event}")
    press(desk.page, scene, "It is over: tell them")

    with house.town(scene.slug) as db:
        news = db.rows(Notification).where(Notification.template == "event_ended")
        told = [(n.destination, n.context["words"]) for n in db.session.scalars(news)]
    assert told == [(scene.caller.number, OVER.in_(scene.language))]
    faults.forgive("htmx:")  # leaving a page gives up what it still asks for
    assert not found, "\n".join(found)
