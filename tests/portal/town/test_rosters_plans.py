"""What becomes of a roster when somebody stands in, and what no form may ask for."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from portal.town.rosters.exceptions import form_of, with_entry
from portal.town.rosters.forms import Form, Refused, entry_of
from portal.town.rosters.plans import Kind, beside, dropped, exchanged, instead
from portal.town.rosters.stretches import stretches
from portal.town.rosters.swaps import request_of
from tenants.rules import on_call
from tenants.town import Absence, Override, Roster, Temporary
from tests.tenants.larkfield import LARKFIELD, WATER
from tests.tenants.test_rosters_by_the_clock import PEOPLE, rosters
from townline import localtime

ZONE, HOUR = LARKFIELD.time_zone, timedelta(hours=1)
# Clocks are set back in the night of that day.
AUTUMN = datetime.fromisoformat("2026-11-01T02:00")
hours = st.integers(-40, 40)
windows = st.tuples(hours, hours).filter(lambda ends: ends[0] < ends[1])


def standing_in(window: tuple[int, int], who: str = "eve") -> Override:
    starts, ends = (AUTUMN + HOUR * each for each in window)
    return Override(contact=who, starts=starts, ends=ends)


@given(roster=rosters(AUTUMN), window=windows, share=hours, who=st.sampled_from(PEOPLE))
def test_who_stands_in_is_alone_then_and_everything_else_is_as_it_was(
    roster: Roster, window: tuple[int, int], share: int, who: str
) -> None:
    present = structs.replace(roster, absences=())
    new = standing_in(window, who)

    after = instead(present, new)

    at = localtime.starts(AUTUMN, ZONE) + HOUR * share
    since, until = (localtime.instants(wall, ZONE) for wall in (new.starts, new.ends))
    if since[1] <= at < until[0]:
        assert on_call(after, ZONE, at=at) == (who,)
    elif at < since[0] or at >= until[1]:
        before = on_call(present, ZONE, at=at)
        assert set(on_call(after, ZONE, at=at)) == set(before)


def test_who_only_joins_leaves_the_others_on_call() -> None:
    new = standing_in((0, 12))
    starts, ends = (localtime.starts(each, ZONE) for each in (new.starts, new.ends))
    found = stretches(WATER, ZONE, since=starts, until=ends)

    after = beside(WATER, new, found, zone=ZONE)

    both = on_call(after, ZONE, at=starts + HOUR)
    assert set(both) == {"eve", *on_call(WATER, ZONE, at=starts + HOUR)}


def test_an_exchange_gives_each_the_others_time() -> None:
    given_, returned = standing_in((0, 12), "ana"), standing_in((48, 60), "dan")

    after = exchanged(WATER, given_, returned)

    assert after.overrides == (given_, returned)
    assert exchanged(WATER, given_, None).overrides == (given_,)


def test_of_two_that_say_the_same_one_is_taken_out() -> None:
    twice = structs.replace(WATER, overrides=(standing_in((0, 12)),) * 2)

    assert dropped(twice, standing_in((0, 12))).overrides == (standing_in((0, 12)),)
    assert dropped(WATER, standing_in((0, 12))) == WATER


EVENING = {"contact": "ana", "starts": "2026-02-12T18:00", "ends": "2026-02-13T07:00"}
AWAY = Absence(
    contact="ana",
    starts=datetime.fromisoformat("2026-02-12T20:00"),
    ends=datetime.fromisoformat("2026-02-12T21:00"),
)


@pytest.mark.parametrize(
    ("kind", "typed", "field"),
    [
        pytest.param("overrides", {"contact": "zoe"}, "contact", id="nobody of ours"),
        pytest.param("overrides", {"contact": ""}, "contact", id="nobody"),
        pytest.param("absences", {"ends": "2026-02-12T18:00"}, "ends", id="no time"),
        pytest.param("absences", {"starts": "soon"}, "starts", id="no date"),
        pytest.param("overrides", {"ends": ""}, "ends", id="no end"),
        pytest.param("temporary", {"days": "0"}, "members", id="nobody takes turns"),
        pytest.param(
            "temporary", {"member.1": "ana", "days": "x"}, "days", id="no number"
        ),
    ],
)
def test_what_a_form_lacks_is_said_beside_its_field(
    kind: Kind, typed: dict[str, str], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        entry_of(kind, Form(EVENING | typed), LARKFIELD)

    assert refused.value.form.fault(field)
    assert refused.value.form.typed == EVENING | typed


def test_nobody_stands_in_who_is_away_for_some_of_it() -> None:
    roster, form = structs.replace(WATER, absences=(AWAY,)), Form(EVENING)

    with pytest.raises(Refused) as refused:
        with_entry(LARKFIELD, roster, entry_of("overrides", form, LARKFIELD), form)

    assert "away" in refused.value.form.fault("contact")


def test_members_stand_in_the_order_in_which_they_were_chosen() -> None:
    typed = {"member.10": "ana", "member.2": "dan", "member.3": "", "member.x": "ana"}

    assert Form(typed).members == ("dan", "ana")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        pytest.param({"taker": "dan"}, "giver", id="of oneself"),
        pytest.param({"taker": ""}, "taker", id="nobody"),
        pytest.param({"back_ends": "2026-02-17T07:00"}, "back_starts", id="half back"),
    ],
)
def test_what_a_question_lacks_is_said_beside_its_field(
    typed: dict[str, str], field: str
) -> None:
    asked = {**EVENING, "giver": "dan", "taker": "ana"}

    with pytest.raises(Refused) as refused:
        request_of(Form({**asked, **typed}), LARKFIELD, WATER)

    assert refused.value.form.fault(field)


def test_another_schedule_is_kept_for_as_long_as_it_was_asked_for() -> None:
    typed = {"starts": "2026-02-12T08:00", "ends": "2026-02-14T08:00", "days": "1"}
    form = Form({**typed, "member.1": "dan", "member.2": "ana"})
    entry = entry_of("temporary", form, LARKFIELD)

    after = with_entry(LARKFIELD, WATER, entry, form)

    nights = [localtime.starts(entry.starts + HOUR * each, ZONE) for each in (12, 36)]
    assert [on_call(after, ZONE, at=at) for at in nights] == [("dan",), ("ana",)]
    assert isinstance(entry, Temporary)
    assert form_of(entry).members == ("dan", "ana")
