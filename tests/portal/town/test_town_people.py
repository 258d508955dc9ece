"""Priya lets people into Riverton's pages, changes what they may do, and ends it."""

from __future__ import annotations

import re

import pytest

from notify import Notification
from tests.portal.town.cast import Clerk, Hire
from tests.portal.town.nights import Night
from townline import auth, proof
from townline.errors import Conflict, NotFound
from townline.tenancy import town

WORDS = "kettle onward plaid"
PEOPLE = "/town/riverton/people"
NORA = {"email": "Nora@hall.example ", "name": "Nora Wells", "role": "dispatcher"}


def link(night: Night) -> str:
    """The token in the newest letter."""
    with night.town() as db:
        newest = (
            db.rows(Notification)
            .where(Notification.template == "invitation")
            .order_by(Notification.id.desc())
        )
        return str(db.session.scalars(newest).first().context["token"])  # type: ignore[union-attr]


def test_somebody_is_invited_by_letter_and_comes_in(
    priya: Clerk, stranger: Clerk, night: Night
) -> None:
    answer = priya.send(f"{PEOPLE}/invitations", **NORA)
    token = link(night)

    page = stranger.get(f"/join/RIV/{token}")
    weak = stranger.send(f"/join/RIV/{token}", name="Nora Wells", password="nora1234")
    came = stranger.send(f"/join/RIV/{token}", name="Nora Wells", password=WORDS)
    stranger.send("/login", email="nora@hall.example", password=WORDS)

    assert answer.status_code == 303
    assert (
        "Priya Nair lets you into the pages of City of Riverton as dispatcher." in page
    )
    assert weak.status_code == 422
    assert "quickly guessed" in weak.text
    assert came.headers["location"] == "/login"
    assert stranger.look("/town/riverton/tickets").status_code == 200
    assert "Nora Wells" in priya.get(PEOPLE)


def test_a_link_opens_once(priya: Clerk, stranger: Clerk, night: Night) -> None:
    priya.send(f"{PEOPLE}/invitations", **NORA)
    address = f"/join/RIV/{link(night)}"
    stranger.send(address, name="Nora", password=WORDS)

    assert stranger.look(address).status_code == 404
    assert stranger.send(address, name="Eve", password=WORDS).status_code == 404


def test_a_link_is_over_after_a_week_and_can_be_sent_again(
    priya: Clerk, stranger: Clerk, night: Night, hire: Hire
) -> None:
    priya.send(f"{PEOPLE}/invitations", **NORA)
    first = link(night)
    night.clock.later(days=8)
    manager = hire_again(hire, night)
    page = manager.get(PEOPLE)
    again = re.findall(rf"{PEOPLE}/invitations/[0-9a-f-]+/again", page)

    manager.send(again[0])

    assert "The link is over since" in page
    assert stranger.look(f"/join/RIV/{first}").status_code == 404
    assert stranger.look(f"/join/RIV/{link(night)}").status_code == 200


def hire_again(hire: Hire, night: Night) -> Clerk:
    """Another manager, whose session is of now."""
    clerk = hire("Quinn Abel", night.tenant_id)
    clerk.send("/login", email="quinn@hall.example", password="night-and-day")
    return clerk


def test_an_invitation_that_was_withdrawn_opens_nothing(
    priya: Clerk, stranger: Clerk, night: Night
) -> None:
    priya.send(f"{PEOPLE}/invitations", **NORA)
    [address] = re.findall(
        rf"{PEOPLE}/invitations/[0-9a-f-]+/withdraw", priya.get(PEOPLE)
    )

    priya.send(address)
    priya.send(address)

    assert stranger.look(f"/join/RIV/{link(night)}").status_code == 404
    assert "Invited" not in priya.get(PEOPLE)


def test_anothers_town_does_not_know_the_link(
    priya: Clerk, stranger: Clerk, night: Night
) -> None:
    priya.send(f"{PEOPLE}/invitations", **NORA)

    assert stranger.look(f"/join/SAU/{link(night)}").status_code == 404
    assert stranger.look(f"/join/XYZ/{link(night)}").status_code == 404


def test_whoever_has_an_account_gives_its_password(
    priya: Clerk, claire: Clerk, stranger: Clerk, night: Night
) -> None:
    priya.send(
        f"{PEOPLE}/invitations",
        **{**NORA, "email": "claire@hall.example", "name": "Claire Bouchard"},
    )
    address = f"/join/RIV/{link(night)}"

    wrong = stranger.send(address, password=WORDS)
    right = stranger.send(address, password="night-and-day")

    assert wrong.status_code == 422
    assert "this is not its password" in wrong.text
    assert right.status_code == 302
    assert claire.look("/town/riverton/tickets").status_code == 200


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        pytest.param({"email": "nobody"}, "Write an email address", id="no address"),
        pytest.param({"name": " "}, "Write their name.", id="no name"),
        pytest.param({"role": "agent"}, "Choose one of the roles.", id="not a town's"),
        pytest.param({"role": "lead"}, "Choose the departments", id="leads nothing"),
        pytest.param(
            {"email": "priya@hall.example"}, "They can come in already.", id="is in"
        ),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(
    priya: Clerk, wrong: dict[str, str], says: str
) -> None:
    answer = priya.send(f"{PEOPLE}/invitations", **{**NORA, **wrong})

    assert answer.status_code == 422
    assert says in answer.text
    assert "Nora Wells" in answer.text or "name" in wrong


def test_the_last_manager_stays(priya: Clerk, night: Night, database: object) -> None:
    [mine] = re.findall(rf"{PEOPLE}/[0-9a-f-]+/end", priya.get(PEOPLE))

    ended = priya.send(mine)
    lowered = priya.send(mine.replace("/end", "/role"), role="viewer")

    assert (ended.status_code, lowered.status_code) == (409, 409)
    assert "last manager" in ended.text
    assert priya.look(PEOPLE).status_code == 200


def test_a_role_is_changed_and_taken_from_the_next_page_on(
    priya: Clerk, tom: Clerk, night: Night
) -> None:
    with night.town() as db:
        [toms] = auth.people(db, roles={"dispatcher"})

    priya.send(f"{PEOPLE}/{toms.account_id}/role", role="manager")
    promoted = tom.look(PEOPLE).status_code
    priya.send(f"{PEOPLE}/{toms.account_id}/end")

    assert promoted == 200
    assert tom.look("/town/riverton/tickets").status_code == 404
    with night.town() as db:
        told = [each.event for each in proof.timeline(db, toms.account_id)]
    assert told == ["access.granted", "access.granted", "access.revoked"]


def test_another_towns_people_are_not_there_to_be_changed(
    priya: Clerk, claire: Clerk, night: Night
) -> None:
    with town(night.database, night.tenant_id) as db, pytest.raises(NotFound):
        auth.end_access(
            db, auth.account_of(db.session, "claire@hall.example").id,
            at=night.clock(), by=proof.ENGINE,
        )  # fmt: skip


def test_an_invitation_that_was_accepted_is_not_withdrawn(night: Night) -> None:
    wish = auth.Wish(email="n@hall.example", name="N", role="viewer")
    with night.town() as db:
        sent = auth.invite(db, wish, by=proof.ENGINE, at=night.clock())
        auth.join(db, sent.token, password=WORDS, name="N", at=night.clock())

        with pytest.raises(Conflict):
            auth.withdraw(db, sent.invitation.id, by=proof.ENGINE, at=night.clock())


@pytest.fixture
def lead(hire: Hire, night: Night) -> Clerk:
    """Hal leads the streets department, and sees nothing of water's tickets."""
    return hire("Hal Ivey", night.tenant_id, role="lead", departments=("streets",))


def test_a_lead_sees_the_tickets_of_their_departments_alone(
    lead: Clerk, night: Night
) -> None:
    main_break = night.report()
    pothole = night.report("pothole", place="9 Oak St")

    listed = lead.get("/town/riverton/tickets", state="all")
    by_number = lead.get("/town/riverton/tickets", text=main_break.tracking)

    assert pothole.tracking in listed
    assert main_break.tracking not in listed
    assert f"/tickets/{main_break.tracking}" not in by_number
    assert lead.look(f"/town/riverton/tickets/{pothole.tracking}").status_code == 200
    for address in ("", "/timeline", "/evidence.json"):
        theirs = f"/town/riverton/tickets/{main_break.tracking}{address}"
        assert lead.look(theirs).status_code == 404
    note = lead.send(
        f"/town/riverton/tickets/{main_break.tracking}/notes", body="x", audience="town"
    )
    assert note.status_code == 404


def test_a_lead_begins_with_the_list_and_hears_nothing_of_all_departments(
    lead: Clerk, night: Night
) -> None:
    assert lead.look("/town/riverton/").headers["location"].endswith("/tickets")
    assert lead.look("/town/riverton/surveys").status_code == 403


def test_a_reader_sees_no_form_that_would_be_refused(hire: Hire, night: Night) -> None:
    ticket = night.report()
    reader = hire("Rea Dahl", night.tenant_id, role="viewer")

    page = reader.get(f"/town/riverton/tickets/{ticket.tracking}")

    assert "/closure" not in page
    assert "/notes" not in page
