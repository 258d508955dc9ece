from __future__ import annotations

from datetime import time, timedelta

import pytest
from msgspec.structs import replace

import tenants
from tenants import examples
from tenants.town import (
    Absence,
    Department,
    Override,
    Policy,
    QuietHours,
    Rung,
    Town,
)
from tests.tenants.larkfield import EVERYDAY, LARKFIELD, WATER, both, utc

AT = utc("2026-02-12T09:12")
STEP = EVERYDAY.steps[0]
REST = replace(EVERYDAY, key="rest")
LANDLINE = replace(LARKFIELD.contacts[0], mobile=None, landline="+13125550151")
MAIL = replace(LARKFIELD.contacts[0], mobile=None, email="ana@larkfield.example")
PARKS = Department(key="parks", name=both("Parks", "Parcs"))


def town(policy: Policy, **changes: object) -> Town:
    return replace(LARKFIELD, policies=(policy,), **changes)


def with_step(**changes: object) -> Policy:
    return replace(EVERYDAY, steps=(replace(STEP, **changes),))


def said(checked: Town, severity: str = "error") -> list[str]:
    found = tenants.lint(checked, at=AT, ahead=timedelta(days=14))
    return [
        str(each).replace("\u00a0", " ") for each in found if each.severity == severity
    ]


def test_sound_rules_have_no_weakness() -> None:
    assert said(LARKFIELD) == []


@pytest.mark.parametrize(
    ("checked", "weakness"),
    [
        pytest.param(
            town(EVERYDAY, contacts=(LANDLINE, *LARKFIELD.contacts[1:])),
            'error, policies "everyday".steps[1]: +13125550151 is a landline: Ana Ruiz '
            "cannot be texted. Add a mobile, or call only.",
            id="a text to a landline",
        ),
        pytest.param(
            town(EVERYDAY, contacts=(MAIL, *LARKFIELD.contacts[1:])),
            'error, policies "everyday".steps[1]: Ana Ruiz has no mobile number: this '
            "rung never arrives.",
            id="a text to nowhere",
        ),
        pytest.param(
            town(
                with_step(rungs=(Rung(channel="voice"),)),
                contacts=(MAIL, *LARKFIELD.contacts[1:]),
            ),
            'error, policies "everyday".steps[1]: Ana Ruiz has no telephone number: '
            "this rung never arrives.",
            id="a call to nowhere",
        ),
        pytest.param(
            town(with_step(to=("contact:desk",), rungs=(Rung(channel="email"),))),
            'error, policies "everyday".steps[1]: Duty desk has no email address: this '
            "rung never arrives.",
            id="a letter to nowhere",
        ),
        pytest.param(
            town(
                with_step(rungs=(Rung(channel="sms"), Rung(channel="sms", after=300)))
            ),
            'error, policies "everyday".steps[1]: The rung at 300 seconds never fires: '
            "the step is over by then.",
            id="a rung after the end of its step",
        ),
        pytest.param(
            town(
                replace(EVERYDAY, last_resort=("contact:ana",)),
                contacts=(MAIL, *LARKFIELD.contacts[1:]),
                rosters=(replace(WATER, members=("dan",)),),
            ),
            'error, policies "everyday".last_resort: Nobody in the last resort has a '
            "telephone: it could not be rung.",
            id="a last resort that cannot be rung",
        ),
        pytest.param(
            town(replace(EVERYDAY, quiet=QuietHours(starts=time(22), ends=time(7)))),
            'error, policies "everyday".quiet: Quiet hours would hold an emergency: '
            "take level 1 out, or them.",
            id="quiet hours on level 1",
        ),
        pytest.param(
            town(replace(EVERYDAY, on_the_way_within=None)),
            'error, policies "everyday".on_the_way_within: Nobody checks that who '
            "accepts sets out: levels 1 and 2 need a time to be on the way.",
            id="no deadline on a grave level",
        ),
        pytest.param(
            town(EVERYDAY, rosters=(replace(WATER, members=()),)),
            'error, policies "everyday".steps[1]: Nobody is on call from 3:12 a.m. '
            "until 3:12 a.m. on Thursday 26 February.",
            id="a roster without members",
        ),
        pytest.param(
            town(
                with_step(to=("department",)),
                departments=(*LARKFIELD.departments, PARKS),
                categories=(replace(LARKFIELD.categories[1], department="parks"),),
            ),
            'error, policies "everyday".steps[1]: Nobody would be told: Parks has no '
            "contacts.",
            id="a department without contacts",
        ),
    ],
)
def test_a_weakness_is_named(checked: Town, weakness: str) -> None:
    assert weakness in said(checked)


def away(contact: str, starts: str, ends: str) -> Absence:
    whole = (utc(f"2026-{each}").replace(tzinfo=None) for each in (starts, ends))
    first, last = whole
    return Absence(contact=contact, starts=first, ends=last)


# Ana's week is from the 2nd and again from the 16th of February; Dan's between.
DAN_ILL = away("dan", "02-13T18:00", "02-14T12:00")
OTHER = replace(
    WATER, key="other", absences=(away("dan", "02-14T06:00", "02-20T00:00"),)
)


@pytest.mark.parametrize(
    ("to", "gap"),
    [
        pytest.param(
            ("roster:water",),
            "from 6:00 p.m. on Friday 13 February until 12:00 p.m. on Saturday 14 "
            "February",
            id="one roster is empty",
        ),
        pytest.param(
            ("roster:water", "roster:other"),
            "from 6:00 a.m. on Saturday 14 February until 12:00 p.m. on Saturday 14 "
            "February",
            id="two rosters are empty at the same time",
        ),
        pytest.param(
            ("department", "roster:water"), None, id="the department is there too"
        ),
        pytest.param(
            ("roster:water", "contact:desk"), None, id="a contact is there too"
        ),
    ],
)
def test_a_stretch_without_anybody_is_told(
    to: tuple[str, ...], gap: str | None
) -> None:
    rosters = (replace(WATER, absences=(DAN_ILL,)), OTHER)

    found = said(town(with_step(to=to), rosters=rosters))

    told = f'error, policies "everyday".steps[1]: Nobody is on call {gap}.'
    assert found == ([] if gap is None else [told])


def test_a_stretch_beyond_two_weeks_is_not_told_yet() -> None:
    later = away("ana", "03-03T00:00", "03-05T00:00")

    assert said(town(EVERYDAY, rosters=(replace(WATER, absences=(later,)),))) == []


def test_who_stands_in_must_be_reached_too() -> None:
    override = Override(
        contact="desk",
        starts=utc("2026-02-13T18:00").replace(tzinfo=None),
        ends=utc("2026-02-14T12:00").replace(tzinfo=None),
    )
    by_mail = with_step(rungs=(Rung(channel="email"),))

    found = said(town(by_mail, rosters=(replace(WATER, overrides=(override,)),)))

    assert any("Duty desk has no email address" in each for each in found)


@pytest.mark.parametrize(
    ("policy", "reached"),
    [
        pytest.param(
            {"departments": ("streets",)}, ["Duty desk"], id="the named department's"
        ),
        pytest.param(
            {"categories": ("main-break",)},
            ["Ana Ruiz", "Dan Ortiz"],
            id="the named category's department",
        ),
        pytest.param({}, ["Ana Ruiz", "Dan Ortiz", "Duty desk"], id="anybody's"),
    ],
)
def test_a_department_means_those_of_the_tickets_concerned(
    policy: dict[str, tuple[str, ...]], reached: list[str]
) -> None:
    by_mail = with_step(to=("department",), rungs=(Rung(channel="email"),))

    checked = replace(LARKFIELD, policies=(replace(by_mail, **policy), REST))

    found = said(checked)

    assert [each.split(": ")[1].split(" has")[0] for each in found] == reached


def test_weaknesses_are_told_in_french() -> None:
    checked = town(replace(EVERYDAY, on_the_way_within=None))

    [weakness, *_] = tenants.lint(checked, at=AT)

    assert weakness.says.fr.replace("\u00a0", " ") == (
        "Personne ne vérifie que celui qui accepte part : "
        "les niveaux 1 et 2 exigent un délai pour être en route."
    )


@pytest.mark.parametrize("name", examples.names())
def test_nobody_is_missing_in_the_examples_when_they_start(name: str) -> None:
    checked = tenants.read(examples.text(name), source=name)

    assert not [each for each in said(checked) if "on call" in each]
