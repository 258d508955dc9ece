"""The desk goes from one shift to the next by two signatures of two people."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from calls import handover
from calls.handover import Handover, changes
from tests.conftest import NIGHT
from tests.portal.desk.cast import Agent, ring
from townline import proof
from townline.tenancy import TenantSession


def sign_over(agent: Agent) -> str:
    """The outgoing signature; the shift it made."""
    page = agent.get("/desk/handover")
    shift = page.split('name="shift" value="')[1].split('"')[0]
    assert agent.send("/desk/handover", shift=shift)[0] == 303
    return shift


def part(db: TenantSession, shift: str) -> Handover:
    db.session.expire_all()
    found = handover.of_shift(db, UUID(shift))
    assert found is not None
    return found


def test_an_open_emergency_and_its_ladder_are_on_the_board(
    maya: Agent, reported: UUID
) -> None:
    page = maya.get("/desk/handover")

    assert page.count(f'href="/desk/tickets/riverton/{reported}"') >= 2
    assert "No instruction is in force." in page


def test_both_signatures_are_in_the_log_of_every_town(
    maya: Agent, louis: Agent, riverton: TenantSession, sainte_aurore: TenantSession
) -> None:
    shift = sign_over(maya)

    status, _ = louis.send(f"/desk/handover/{shift}/signature")

    assert status == 303
    for db in (riverton, sainte_aurore):
        signed = part(db, shift)
        assert (signed.outgoing, signed.incoming) == ("Maya Okafor", "Louis Tremblay")
        told = proof.timeline(db, UUID(shift))
        assert [(each.event, each.actor) for each in told] == [
            ("handover.signed_out", "agent Maya Okafor"),
            ("handover.signed_in", "agent Louis Tremblay"),
        ]
    assert "Louis Tremblay" in maya.get("/desk/handover").split("Past handovers")[1]


def test_a_form_that_is_sent_twice_signs_once(
    maya: Agent, louis: Agent, riverton: TenantSession
) -> None:
    shift = sign_over(maya)
    maya.send("/desk/handover", shift=shift)

    for _ in ("once", "and again"):
        assert louis.send(f"/desk/handover/{shift}/signature")[0] == 303

    assert len(proof.timeline(riverton, UUID(shift))) == 2


def test_nobody_takes_the_desk_over_from_themselves(
    maya: Agent, riverton: TenantSession
) -> None:
    shift = sign_over(maya)

    status, _ = maya.send(f"/desk/handover/{shift}/signature")

    assert status == 409
    assert part(riverton, shift).incoming is None


def test_only_one_takes_it_over(
    maya: Agent, louis: Agent, tom: Agent, riverton: TenantSession
) -> None:
    shift = sign_over(maya)
    louis.send(f"/desk/handover/{shift}/signature")

    assert tom.send(f"/desk/handover/{shift}/signature")[0] == 409
    assert part(riverton, shift).incoming == "Louis Tremblay"


def test_what_changed_between_the_signatures_is_shown(
    maya: Agent, tom: Agent, riverton: TenantSession
) -> None:
    sign_over(maya)
    maya.clock.at = NIGHT + timedelta(minutes=5)
    reminder = {"town": "riverton", "at": "03:30", "words": "Crew", "whose": "desk"}
    maya.send("/desk/minders", **reminder)

    page = tom.get("/desk/handover")

    assert "<b>new</b> 03:30 Crew" in page


def test_a_note_is_read_until_both_have_signed(
    maya: Agent, louis: Agent, tom: Agent
) -> None:
    maya.send("/desk/handover/notes", town="riverton", body="Gate code has changed")
    maya.send("/desk/handover/notes", town="sainte-aurore", body="Pompe no 2 en panne")
    assert "Pompe" not in tom.get("/desk/handover/now")
    shift = sign_over(maya)
    assert "Gate code has changed" in louis.get("/desk/handover/now")

    louis.send(f"/desk/handover/{shift}/signature")

    assert "Gate code has changed" not in louis.get("/desk/handover/now")


def test_who_serves_one_town_takes_over_that_town_alone(
    maya: Agent, tom: Agent, riverton: TenantSession, sainte_aurore: TenantSession
) -> None:
    shift = sign_over(maya)

    tom.send(f"/desk/handover/{shift}/signature")

    assert part(riverton, shift).incoming == "Tom Hale"
    assert part(sainte_aurore, shift).incoming is None


def test_another_towns_handover_is_not_there(
    tom: Agent, sainte_aurore: TenantSession
) -> None:
    ring(sainte_aurore, "CA1", at=NIGHT, language="fr")
    sainte_aurore.session.commit()

    assert tom.send(f"/desk/handover/{uuid4()}/signature")[0] == 404
    note = {"town": "sainte-aurore", "body": "Rien"}
    assert tom.send("/desk/handover/notes", **note)[0] == 404


def test_changes_are_what_came_and_what_went() -> None:
    then, now = {"a": "one", "b": "two"}, {"b": "two, later", "c": "three"}

    found = changes(then, now)

    assert (found.came, found.went, found.counts) == (("three",), ("one",), (1, 1))
