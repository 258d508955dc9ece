"""A manager edits what callers are told, and sees how agents will find it."""

from __future__ import annotations

from html import unescape

from portal.town.forms.flat import typed_of
from tenants import drafting
from tests.portal.town.cast import Clerk
from tests.portal.town.nights import Night
from tests.tenants.example_towns import TOWNS

RULES = "/town/riverton/rules"
SHUT_OFF = f"{RULES}/articles/shut-off-water"
FORM = typed_of(TOWNS["riverton"].article("shut-off-water"))


def test_an_answer_is_changed_made_and_taken_out_in_the_draft(
    priya: Clerk, night: Night
) -> None:
    changed = {"audience": "agents", "valid_until": "2026-12-31", "pinned": "yes"}
    kept = priya.send(SHUT_OFF, **{**FORM, **changed})
    new = {"title.en": "Where is the dump?", "body.en": "At 4 Pine.", "order": "5"}
    made = priya.send(f"{RULES}/articles", **new, audience="public")
    unsure = priya.send(f"{RULES}/articles/missed-garbage/removal")
    priya.send(f"{RULES}/articles/missed-garbage/removal", sure="yes")

    assert kept.headers["location"] == SHUT_OFF
    assert made.headers["location"] == f"{RULES}/articles/where-is-the-dump"
    assert unsure.status_code == 422
    with night.town() as db:
        town = drafting.editing(db).town
    assert str(town.article("shut-off-water").valid_until) == "2026-12-31"
    assert town.article("where-is-the-dump").order == 5
    page = priya.get(f"{RULES}/articles")
    assert "agents only" in page
    assert "was not picked up" not in page


def test_the_words_of_a_caller_are_tried_before_anybody_calls(
    priya: Clerk, claire: Clerk
) -> None:
    form = {**FORM, "synonyms": "stopcock", "entry": "shut-off-water"}
    address = f"{RULES}/article-preview"

    found = unescape(priya.send(address, **{**form, "try": "stopcok"}).text)
    lost = unescape(priya.send(address, **{**form, "try": "zeppelin"}).text)
    refused = priya.send(SHUT_OFF, **{**FORM, "season.first": "winter"})

    assert "Found, as number 1 of" in found
    assert "Not found with these words" in lost
    assert refused.status_code == 422
    assert 'id="error-season.first"' in refused.text
    assert 'value="winter"' in refused.text
    there = "/town/sainte-aurore/rules/articles/shut-off-water"
    assert claire.look(there).status_code == 404
    assert claire.send(there, **FORM).status_code == 404
    assert claire.send(f"{there}/removal", sure="yes").status_code == 404
