"""Evidence that can be checked without us, surveys with margins, and the rules."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

import surveys
import tickets
from portal.town.printing import CannotPrint, loaded
from portal.town.tickets.evidence import intact
from surveys import Answers
from surveys.models import Invitation
from surveys.service.invitations import digest
from tenants import examples
from tests.portal.town.cast import Clerk
from tests.portal.town.nights import Night
from tickets import Caller, Ticket
from townline import proof

TOWN = "/town/riverton"


@pytest.fixture
def relayed(night: Night) -> Ticket:
    """Told to Dan, and accepted by a key that Ana pressed."""
    ticket = night.report()
    for _ in range(8):
        night.pass_time(minutes=1)
    night.presses("ana-ruiz")
    return ticket


def evidence(clerk: Clerk, ticket: Ticket) -> dict[str, Any]:
    answer = clerk.look(f"{TOWN}/tickets/{ticket.tracking}/evidence.json")
    sheet: dict[str, Any] = answer.json()
    return sheet


def test_anybody_can_compute_the_digests_of_the_evidence(
    priya: Clerk, relayed: Ticket
) -> None:
    sheet = evidence(priya, relayed)

    for each in sheet["entries"]:
        since = datetime.fromisoformat(each["at"]) - datetime.fromisoformat(
            "1970-01-01T00:00:00+00:00"
        )
        fields = (
            sheet["tenant"], each["id"], each["number"],
            since // timedelta(microseconds=1), each["actor"], each["event"],
            each["subject"], each["facts"],
        )  # fmt: skip
        words = "\n".join(map(str, fields)).encode()
        sealed = sha256(bytes.fromhex(each["previous"]) + words).hexdigest()
        assert (sealed, each["intact"]) == (each["digest"], True)


def test_the_evidence_names_its_clock_its_zone_and_the_carriers_numbers(
    priya: Clerk, relayed: Ticket
) -> None:
    sheet = evidence(priya, relayed)

    assert sheet["time_zone"] == "America/Chicago"
    assert "UTC" in sheet["clock"]
    assert sheet["made_by"] == "Priya Nair"
    assert sheet["entries"][0]["local_time"].endswith("-06:00")
    assert {each["destination"] for each in sheet["sent"]} > {"+13125550112"}
    assert all(each["carrier_number"] for each in sheet["sent"])


def test_the_sheet_vouches_for_the_chain_around_the_ticket(
    priya: Clerk, night: Night, relayed: Ticket
) -> None:
    """What the town did in between is walked too, and a missing entry is noticed."""
    whole = evidence(priya, relayed)["chain"]
    with night.town() as db:
        kept = proof.verify_stretch(db, first=whole["first"], last=whole["last"])
        missing = proof.verify_stretch(db, first=1, last=whole["head"] + 1)

    assert whole["intact"]
    assert whole["checked"] == whole["last"] - whole["first"] + 1 == kept.entries
    assert kept.head.hex() == whole["last_digest"]
    assert missing.broken_at == whole["head"] + 1


def test_the_evidence_is_printed(priya: Clerk, relayed: Ticket) -> None:
    answer = priya.look(f"{TOWN}/tickets/{relayed.tracking}/evidence.pdf")

    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert relayed.tracking in answer.headers["content-disposition"]


def test_who_prints_on_a_server_without_pango_hears_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = 'raise OSError("cannot load library libpango-1.0-0")'
    (tmp_path / "printer_without_pango.py").write_text(words)
    monkeypatch.syspath_prepend(tmp_path)

    with pytest.raises(CannotPrint, match="Pango"):
        loaded("printer_without_pango")


def test_a_changed_entry_is_noticed(night: Night, relayed: Ticket) -> None:
    with night.town() as db:
        entries = list(proof.timeline(db, relayed.id))
        assert intact(entries)

        db.session.expunge_all()
        entries[0].facts = entries[0].facts.replace("water", "fire")

        assert not intact(entries)


def test_the_whole_chain_is_walked_when_asked_for(
    priya: Clerk, relayed: Ticket
) -> None:
    shown = priya.get(f"{TOWN}/chain")

    assert "The chain is whole" in shown


def test_the_timeline_shows_the_exact_words_and_who_picked_up(
    priya: Clerk, relayed: Ticket
) -> None:
    shown = priya.get(f"{TOWN}/tickets/{relayed.tracking}")

    assert "picked up, pressed 1" in shown
    assert "Accepted by Ana Ruiz" in shown
    assert "Elm St and 4th Ave" in shown
    assert "the exact words" in shown
    assert "none changed since they were written" in shown


def test_survey_results_carry_their_margin_and_name_nobody(
    priya: Clerk, night: Night
) -> None:
    for score in (5, 5, 4, 4, 3, 1):
        answered(night, score)

    shown = priya.get(f"{TOWN}/surveys")

    assert "±" in shown
    assert "6 answers of" in shown
    assert '<tr><td>5</td><td class="end">2</td></tr>' in shown
    assert "Helen" not in shown


def test_too_few_answers_make_no_mean(priya: Clerk, night: Night) -> None:
    answered(night, 5)

    shown = priya.get(f"{TOWN}/surveys")

    assert "too few to say anything" in shown
    assert "±" not in shown


def test_a_bad_answer_needs_somebody_in_the_morning(priya: Clerk, night: Night) -> None:
    ticket = answered(night, 1, comment="Truck came, bags left.")

    shown = priya.get(TOWN)

    assert "“Truck came, bags left.”" in shown
    assert ticket.tracking in shown


def test_the_rules_are_read_and_downloaded_as_they_were_published(
    priya: Clerk,
) -> None:
    shown = priya.get(f"{TOWN}/rules")
    document = priya.look(f"{TOWN}/rules.toml")

    assert "whoever is on duty in “Water on call”" in shown
    assert "Dan Ortiz" in shown
    assert document.text == examples.text("riverton")
    assert tomllib.loads(document.text)["slug"] == "riverton"


def answered(night: Night, score: int, *, comment: str = "") -> Ticket:
    """A hydrant seen to, its resident asked, and their answer."""
    # Whoever wants no message is not asked by chance as well.
    ticket = night.report("fire-hydrant", caller=Caller(name="Helen Marsh"))
    night.crew_is(ticket, "done", note="Valve turned and greased.")
    token = f"token-{ticket.tracking}"
    with night.town() as db:
        (reporter,) = tickets.reporters(db, ticket.id)
        asked = Invitation(
            ticket_id=ticket.id,
            reporter_id=reporter.id,
            channel="sms",
            destination="+13125550142",
            language="en",
            due_at=night.clock(),
            sent_at=night.clock(),
            token_digest=digest(token),
        )
        db.add(asked)
        db.session.flush()
        said = Answers("yes" if score > 3 else "no", score, comment)
        surveys.answer(db, token, said, at=night.clock())
    return ticket
