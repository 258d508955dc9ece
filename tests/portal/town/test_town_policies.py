"""A manager edits a ladder where it is read; it is a draft until it is published."""

from __future__ import annotations

import re
from html import unescape

from portal.town.policies.typed import written
from tenants import drafting
from tenants.town import Policy
from tests.portal.town.cast import Clerk
from tests.portal.town.nights import Night

LADDERS = "/town/riverton/rules/policies"
WATER = f"{LADDERS}/water-night"
FIELD = re.compile(
    r'<input (?:type="(?P<type>\w+)" )?[^>]*?name="(?P<name>[^"]+)"[^>]*>'
)
CHOSEN = re.compile(r'<select [^>]*?name="([^"]+)"[^>]*>(.*?)</select>', re.DOTALL)


def form_on(page: str) -> dict[str, str]:
    """What a browser would send of the ladder's form, were nothing touched."""
    form = page.partition('<section class="panel" aria-labelledby="steps">')
    was = re.findall(r'name="was" value="(\w+)"', page)[0]
    found = {"was": was}
    inside = form[2].partition('<datalist id="waits">')[0]
    for name, options in CHOSEN.findall(inside):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = unescape(chosen[1]) if chosen else ""
    for field in FIELD.finditer(inside):
        written = re.search(r'value="([^"]*)"', field[0])
        if field["type"] == "checkbox":
            found |= {field["name"]: "on"} if "checked" in field[0] else {}
        else:
            found[field["name"]] = unescape(written[1]) if written else ""
    return found


def ladders(night: Night) -> dict[str, Policy]:
    with night.town() as db:
        return {each.key: each for each in drafting.editing(db).town.policies}


def ladder(night: Night) -> Policy:
    return ladders(night)["water-night"]


def sent(policy: Policy) -> dict[str, str]:
    """The same without the page: a test proves that both say the same."""
    typed = written(policy)
    found = {"name.en": typed.name.en, "name.fr": typed.name.fr, **typed.plain}
    found |= {f"levels.{each}": "on" for each in typed.levels}
    found |= {f"departments.{each}": "on" for each in typed.departments}
    found |= {f"last_resort.{n}": who for n, who in enumerate(typed.last_resort)}
    for number, step in enumerate(typed.steps):
        place = f"steps.{number}"
        found |= {f"{place}.wait": step.wait, f"{place}.repeat": step.repeat}
        found |= {f"{place}.to.{n}": who for n, who in enumerate(step.to)}
        for n, way in enumerate(step.ways):
            found[f"{place}.rungs.{n}.channel"] = way.channel
            found[f"{place}.rungs.{n}.after"] = way.after
    return found | {"keep_acceptances": "on", "was": drafting.mark(policy)}


def test_a_ladder_that_is_read_and_kept_as_it_is_changes_nothing(
    priya: Clerk, night: Night
) -> None:
    before, page = ladder(night), priya.get(WATER)

    form = form_on(page)
    answer = priya.send(WATER, **form)

    assert answer.status_code == 303
    assert ladder(night) == before
    assert {(name, each) for name, each in sent(before).items() if each} <= {
        *form.items()
    }
    assert 'value="after 2 minutes"' in page
    assert "nothing to warn of" in page
    # It is tried on a night on which it would be used.
    assert "“Water emergencies at night” applies" in page
    assert 'data-xs="' in page


def test_a_change_is_kept_tried_beside_what_holds_and_its_fault_stands_at_its_step(
    priya: Clerk, night: Night
) -> None:
    """The second step's call would come when that step is over."""
    changes = {"steps.0.wait": "7 min", "steps.0.rungs.2.after": "90 s"}
    changes["steps.1.rungs.1.after"] = "after 5 minutes"
    priya.send(WATER, **sent(ladder(night)) | changes)

    changed, page = ladder(night), priya.get(WATER)
    assert changed.steps[0].wait == 420
    assert changed.steps[0].rungs[2].after == 90
    assert 'value="7 minutes"' in page
    assert "What holds: Water emergencies at night" in page
    assert "The draft: Water emergencies at night" in page
    step = page.partition('id="step-2"')[2].partition("</li>")[0]
    assert "This rung never fires" in step
    assert "1 error stops publishing" in page


def test_whom_by_what_and_when_are_all_edited_in_one_form(
    priya: Clerk, night: Night
) -> None:
    changes = {
        "do": "add",
        "steps.0.to.1": "contact:ana-ruiz",
        "steps.0.number": "(312) 555-0177",
        "steps.2.rungs.1.channel": "",
        "name.en": "Water on winter nights",
        "levels.2": "on",
        "days.sat": "on",
        "calendar": "holiday",
        "seasons.0.first": "11-15",
        "seasons.0.last": "03-31",
        "times.0.starts": "22:00",
        "times.0.ends": "06:00",
        "on_site_within": "",
    }

    priya.send(WATER, **sent(ladder(night)) | changes)

    after = ladder(night)
    first = ("roster:water", "contact:ana-ruiz", "number:+13125550177")
    assert after.steps[0].to == first
    assert [rung.channel for rung in after.steps[2].rungs] == ["voice"]
    assert len(after.steps) == 4
    assert (after.name.en, after.levels) == ("Water on winter nights", (1, 2))
    assert (after.days, after.calendar) == (("sat",), "holiday")
    assert after.seasons[0].last == "03-31"
    assert f"{after.times[0].starts:%H:%M}" == "22:00"
    assert after.on_site_within is None


def test_what_cannot_be_kept_stands_in_the_form_as_it_was_typed(
    priya: Clerk, night: Night
) -> None:
    mine = sent(ladder(night))
    unclear = {"steps.0.wait": "a while", "steps.1.to.0": ""}

    refused = priya.send(WATER, **mine | unclear)
    priya.send(WATER, **mine | {"steps.0.wait": "6 minutes"})
    late = priya.send(WATER, **mine | {"steps.0.wait": "8 minutes"})

    assert refused.status_code == 422
    assert "Write how long, as in “5 minutes” or “1 h 30”." in refused.text
    assert 'value="a while"' in refused.text
    assert late.status_code == 409
    assert "keep it again to write over the other" in late.text
    assert 'value="8 minutes"' in late.text
    assert ladder(night).steps[0].wait == 360


def test_a_new_ladder_begins_like_another_and_can_go_again(
    priya: Clerk, night: Night
) -> None:
    answer = priya.send(LADDERS, name="Gas smells!", like="emergency")
    priya.send(f"{LADDERS}/gas-smells/place", to="up")
    made = ladders(night)
    priya.send(f"{LADDERS}/gas-smells/removal")

    assert answer.headers["location"] == f"{LADDERS}/gas-smells"
    assert made["gas-smells"].steps == made["emergency"].steps
    assert [*made][-2:] == ["gas-smells", "information"]
    assert "gas-smells" not in ladders(night)


def test_which_ladder_wins_is_said_until_a_level_has_none(priya: Clerk) -> None:
    asked = {"category": "water-main-break", "level": "1", "at": "2026-12-25T02:00"}
    before = priya.get(LADDERS, **asked)
    priya.send(f"{LADDERS}/routine/removal")

    page = priya.get(LADDERS)

    assert "“Water emergencies at night” applies" in before
    assert "would apply too, but" in before
    assert "Cannot be published so" in page
    assert "nothing to warn of" not in page
    assert "Which one wins" not in page
    assert "put right" in priya.get(WATER)
    assert "This is of what holds" in priya.get("/town/riverton/rules/rehearsal")


def test_a_ladder_that_is_not_there_is_not_found(priya: Clerk) -> None:
    for address in ("", "/place", "/removal"):
        assert priya.send(f"{LADDERS}/nonsense{address}").status_code == 404
    assert priya.look(f"{LADDERS}/nonsense").status_code == 404
