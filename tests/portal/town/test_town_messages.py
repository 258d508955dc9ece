"""What the town sends is read before anybody gets it."""

from __future__ import annotations

import re
from html import unescape

from notify.samples import SAMPLES
from tenants import drafting
from tests.portal.town.cast import Clerk
from tests.portal.town.nights import Night
from tests.tenants.example_towns import TOWNS

MESSAGES = "rules/messages"
RELAY = f"/town/riverton/{MESSAGES}/relay.sms"
WORDS = {"text.en": "Go to {place}, {code}"}


def mark_in(page: str) -> str:
    found = re.search(r'name="was" value="(\w*)"', page)
    assert found is not None
    return found[1]


def test_every_message_is_there_in_both_languages_with_its_segments(
    claire: Clerk,
) -> None:
    page = unescape(claire.get(f"/town/sainte-aurore/{MESSAGES}"))

    assert [each for each in SAMPLES if f'id="kind-{each}"' not in page] == []
    assert "Répondez 41 pour prendre" in page
    assert "Reply 41 to take it" in page
    assert "2 segments" in page
    names = [each.name.fr for each in TOWNS["sainte-aurore"].categories]
    assert [name for name in names if f"<td>{name}</td>" not in page] == []
    nowhere = claire.look(f"/town/sainte-aurore/{MESSAGES}", category="nonsense")
    assert nowhere.status_code == 404
    assert claire.look(f"/town/riverton/{MESSAGES}").status_code == 404


def test_a_message_is_put_into_the_towns_own_words_and_back_into_ours(
    priya: Clerk, night: Night
) -> None:
    listed = priya.get(f"/town/riverton/{MESSAGES}")
    blank = priya.get(RELAY)
    kept = priya.send(RELAY, **WORDS)
    worded = unescape(priya.get(RELAY))
    changes = unescape(priya.get("/town/riverton/rules/changes"))
    gone = priya.send(f"{RELAY}/removal", was=mark_in(worded))

    assert f'href="{RELAY}"' in listed
    assert "{category}, {place}. Reply {code} to take it" in unescape(blank)
    assert kept.headers["location"] == RELAY
    assert "RIV L1 Go to Elm Street at 4th Avenue, 41 #" in worded
    assert "A ticket, to whoever is asked to take it (Text)" in changes
    assert gone.headers["location"].endswith("messages#kind-relay")
    with night.town() as db:
        assert drafting.editing(db).town.messages == ()


def test_words_that_cannot_be_sent_are_kept_and_say_why(priya: Clerk) -> None:
    useless = {"text.en": "Go there! {cod}"}

    tried = priya.send(f"{RELAY}/preview", **useless)
    kept = priya.send(RELAY, **useless)
    page = unescape(priya.get(RELAY))

    assert "This cannot be sent yet. Write one of {category}" in unescape(tried.text)
    assert "Write {code} somewhere" not in unescape(
        priya.get(RELAY.replace("sms", "voice"))
    )
    assert kept.status_code == 303
    assert 'id="error-text.en"' in page
    assert "Write {code} somewhere: without it this message is of no use." in page
    assert f'href="{RELAY}"' in priya.get("/town/riverton/rules/changes")


def test_a_long_or_strange_text_says_what_it_costs(claire: Clerk) -> None:
    address = f"/town/sainte-aurore/{MESSAGES}/resident_done.sms/preview"
    form = {"text.en": "Done \U0001f6a7 {link}", "text.fr": "Fini {link} " + "a" * 150}

    page = unescape(claire.send(address, **form).text)

    assert "2 segments" in page
    assert "L’alphabet du téléphone n’a pas \U0001f6a7" in page
    assert "à 24 personnes par minute; à 48 s’il tenait en un segment" in page


def test_a_letter_is_worded_with_its_subject_and_what_they_wrote_stays_text(
    priya: Clerk,
) -> None:
    letter = RELAY.replace("sms", "email")
    hostile = "<script>alert(1)</script> {place}"

    priya.send(letter, **{"text.en": hostile, "subject.en": "Now: {place}"})
    page = priya.get(letter)

    assert "RIV level 1: Now: Elm Street at 4th Avenue" in unescape(page)
    assert "<script>alert" not in page


def test_whoever_words_a_message_second_is_told(priya: Clerk) -> None:
    priya.send(RELAY, **WORDS)

    again = priya.send(RELAY, **WORDS | {"text.en": "Quick! {place} {code}"})

    assert again.status_code == 409
    assert "yours is what counts" in unescape(again.text)
    settled = priya.send(
        RELAY, **{"was": mark_in(again.text), "text.en": "Quick! {place} {code}"}
    )
    assert settled.status_code == 303


def test_only_messages_of_ones_own_town_that_a_town_may_word(
    priya: Clerk, claire: Clerk
) -> None:
    strange = f"/town/riverton/{MESSAGES}/destination_code.sms"

    for address in (strange, f"/town/riverton/{MESSAGES}/relay.agent"):
        assert priya.look(address).status_code == 404
        assert priya.send(address, **WORDS).status_code == 404
    for below in ("", "/preview", "/removal"):
        assert claire.send(f"{RELAY}{below}", **WORDS).status_code == 404
    assert claire.look(RELAY).status_code == 404
