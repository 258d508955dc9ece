"""Whom each kind of target means."""

from __future__ import annotations

from datetime import datetime

import pytest
from msgspec.structs import replace

from tenants.rules import called, is_known, meant, resolve
from tenants.town import Contact, Crew, DutyDesk, Town, Vacation
from tests.tenants.larkfield import LARKFIELD, both, utc

NOW = utc("2026-01-28T06:00")
AWAY = Vacation(
    starts=datetime.fromisoformat("2026-01-27T00:00"),
    ends=datetime.fromisoformat("2026-02-01T00:00"),
)
ROLES = {"ana": ("foreman",), "dan": ("welder",), "desk": ("foreman", "clerk")}


def staffed_town(*away: str) -> Town:
    """Larkfield with roles, a crew and a duty desk; ``away`` are on vacation."""

    def told(contact: Contact) -> Contact:
        vacations = (AWAY,) if contact.key in away else ()
        return replace(contact, roles=ROLES[contact.key], vacations=vacations)

    team = Crew(
        key="team",
        name=both("Night team", "Équipe de nuit"),
        department="water",
        members=("dan", "ana"),
    )
    desk = DutyDesk(name="Town hall desk", phone="+13125550160", language="fr")
    contacts = tuple(told(each) for each in LARKFIELD.contacts)
    return replace(LARKFIELD, contacts=contacts, crews=(team,), duty_desk=desk)


@pytest.mark.parametrize(
    ("target", "department", "away", "expected"),
    [
        pytest.param("roster:water", "water", (), ["dan"], id="who is on call"),
        pytest.param("roster:water", "water", ("dan",), [], id="unless on vacation"),
        pytest.param("contact:desk", "water", (), ["desk"], id="one contact"),
        pytest.param("contact:desk", "water", ("desk",), [], id="who may be away"),
        pytest.param("crew:team", "water", (), ["dan", "ana"], id="a crew, together"),
        pytest.param("crew:team", "water", ("dan",), ["ana"], id="who is left of it"),
        pytest.param("role:foreman", "water", (), ["ana"], id="the department's own"),
        pytest.param("role:foreman", "streets", (), ["desk"], id="another's own"),
        pytest.param("role:foreman", "parks", (), ["ana", "desk"], id="or all of them"),
        pytest.param(
            "role:foreman", "water", ("ana",), ["desk"], id="or who is not away"
        ),
        pytest.param("role:mayor", "water", (), [], id="nobody has it"),
        pytest.param("department", "water", (), ["ana", "dan"], id="the department"),
        pytest.param("department", "water", ("ana",), ["dan"], id="who works today"),
        pytest.param("duty-desk", "water", (), ["duty-desk"], id="the duty desk"),
        pytest.param(
            "number:+13125550199", "water", (), ["+13125550199"], id="a number outside"
        ),
    ],
)
def test_a_target_means_people(
    target: str, department: str, away: tuple[str, ...], expected: list[str]
) -> None:
    found = resolve(staffed_town(*away), target, department=department, at=NOW)

    assert [each.key for each in found] == expected


def test_the_duty_desk_rings_on_its_own_number_in_its_own_language() -> None:
    [desk] = resolve(staffed_town(), "duty-desk", department="water", at=NOW)

    assert (desk.name, desk.landline, desk.language) == (
        "Town hall desk",
        "+13125550160",
        "fr",
    )


def test_an_outside_number_is_texted_and_rung() -> None:
    [pump] = resolve(staffed_town(), "number:+13125550199", department="water", at=NOW)

    assert (pump.mobile, pump.language) == ("+13125550199", "en")


def test_everybody_a_roster_may_ever_mean() -> None:
    found = meant(staffed_town(), "roster:water", department="water")

    assert [each.key for each in found] == ["ana", "dan"]


@pytest.mark.parametrize(
    ("target", "known"),
    [
        pytest.param("roster:water", True, id="a roster"),
        pytest.param("roster:gone", False, id="a roster that is no more"),
        pytest.param("crew:gone", False, id="a crew that is no more"),
        pytest.param("contact:gone", False, id="somebody who left"),
        pytest.param("duty-desk", True, id="the duty desk"),
        pytest.param("department", True, id="any department"),
    ],
)
def test_what_a_newer_file_still_knows(target: str, known: bool) -> None:  # noqa: FBT001 - a table's column
    assert is_known(staffed_town(), target) is known


def test_a_town_without_a_duty_desk_does_not_know_it() -> None:
    assert not is_known(LARKFIELD, "duty-desk")


@pytest.mark.parametrize(
    ("target", "said"),
    [
        pytest.param("roster:water", "Garde de l’eau", id="by its name"),
        pytest.param("crew:team", "Équipe de nuit", id="a crew by its name"),
        pytest.param("role:foreman", "rôle « foreman »", id="a role by its word"),
        pytest.param("contact:ana", "Ana Ruiz", id="a person"),
        pytest.param("duty-desk", "Town hall desk", id="the desk"),
        pytest.param("department", "le service de la catégorie", id="a department"),
    ],
)
def test_targets_are_spoken_of(target: str, said: str) -> None:
    assert called(staffed_town(), target).fr.replace("\u00a0", " ") == said
