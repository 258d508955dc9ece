"""Files of a few rows, as the cities publish theirs, and the stage they play on."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import msgspec

from tenants import examples, files
from tenants.town import Town
from townline.entrypoints import replay as again
from townline.entrypoints.replay import Plan, Progress, Stage, Summary
from townline.entrypoints.replay.course import Watch
from townline.entrypoints.replay.planning import Edition, edition_of
from townline.tenancy import town

RIVERTON: Town = files.recall(examples.text("riverton"))
SAINTE_AURORE: Town = files.recall(examples.text("sainte-aurore"))

Lines = Sequence[Mapping[str, str]]


def boston(opened: str, kind: str, closed: str = "", **others: str) -> dict[str, str]:
    """One of Boston's rows: an address, a call, and resolved when it is closed."""
    return {
        "case_enquiry_id": "101000295613",
        "open_dt": opened,
        "closed_dt": closed,
        "closure_reason": "Case Closed Case Resolved crew filled it with hot mix",
        "case_title": kind,
        "type": kind,
        "location": "27 Hunnewell Ave  Brighton  MA  02135",
        "latitude": "42.3498",
        "longitude": "-71.1680",
        "source": "Constituent Call",
    } | others


def montreal(month: str, weekday: str, hour: str, **others: str) -> dict[str, str]:
    """One of Montréal's rows: a pothole somebody called about, done since."""
    return {
        "mois": month,
        "nature": "Requete",
        "activite": "Nid-de-poule",
        "dernier_statut": "Terminée",
        "provenances": "Téléphone",
        "jour_semaine": weekday,
        "heure": hour,
    } | others


# A Friday and the weekend after it: every level, by day and by night.
WEEKEND: Lines = (
    boston("2011-07-01 08:15:00", "Request for Pothole Repair", "2011-07-01 15:30:00"),
    boston("2011-07-01 09:02:10", "Street Light Outages", "2011-07-08 10:00:00"),
    boston("2011-07-01 09:40:00", "Traffic Signal Repair", "2011-07-01 12:10:00"),
    boston("2011-07-01 11:00:00", "Graffiti Removal", "2011-07-05 09:00:00"),
    boston("2011-07-01 23:50:00", "Tree Emergencies", "2011-07-02 02:20:00"),
    boston("2011-07-02 02:31:00", "Street Light Knock Downs", "2011-07-02 08:00:00"),
    boston("2011-07-02 10:00:00", "Notification"),
    boston("2011-07-02 14:00:00", "Sidewalk Repair (Make Safe)", "2011-07-06 16:00:00"),
    boston("2011-07-03 10:30:00", "Schedule a Bulk Item Pickup", "2011-07-03 10:45:00"),
    boston("2011-07-03 21:00:00", "Unsafe Dangerous Conditions", "2011-07-05 11:00:00"),
)


def written(path: Path, lines: Lines) -> Path:
    """The rows as a file; packed if its name says so."""
    text = StringIO()
    table = csv.DictWriter(text, list(lines[0]))
    table.writeheader()
    table.writerows(lines)
    raw = text.getvalue().encode()
    path.write_bytes(gzip.compress(raw) if path.suffix == ".gz" else raw)
    return path


def planned(
    file: Path, of: Town, *, format: str = "boston", seed: int = 1, turn: int = 0
) -> Plan:
    edition = edition_of(file, seed=seed, turn=turn)
    return again.plan(file, of, edition, format=format, limit=None)


@dataclass(slots=True)
class Clock:
    """Stops a replay after so many steps, as Ctrl-C does; None lets it run."""

    steps: int | None = None
    seen: int = 0

    def __call__(self, progress: Progress) -> bool:
        self.seen += 1
        return self.seen == self.steps


def played(stage: Stage, plan: Plan, *, stopping: Watch | None = None) -> Progress:
    return again.replay(stage, plan, stopping=stopping or Clock())


def summed_up(stage: Stage, plan: Plan) -> Summary:
    with town(stage.engine, stage.tenant_id) as db:
        return again.summarise(db, plan)


def broken(stage: Stage, edition: Edition) -> dict[str, int]:
    with town(stage.engine, stage.tenant_id) as db:
        return again.broken(db, edition)


def besides_surveys(summary: Summary) -> Summary:
    """Who is asked is drawn from the tickets' ids, which are new in every replay.

    The edition's name has its turn in it, and the log is the whole town's.
    """
    messages = {
        name: number
        for name, number in summary.messages.items()
        if not name.startswith("survey")
    }
    return msgspec.structs.replace(
        summary,
        edition="",
        messages=dict(sorted(messages.items())),
        surveys_sent=0,
        surveys_answered=0,
        mean_score=None,
        log_entries=0,
    )
