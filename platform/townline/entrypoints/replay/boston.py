"""Boston's service requests: one line each, with its true times and closing words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from tickets import Channel, Reason
from townline.entrypoints.replay.lots import Lots
from townline.entrypoints.replay.rows import Row, Unreadable, cell

CHANNELS: dict[str, Channel] = {
    "Constituent Call": "phone",
    "Employee Generated": "web",
    "Self Service": "web",
    "Citizens Connect App": "web",
    "Maximo Integration": "web",
    "Twitter": "text",
}
# What the first words of a closure mean; the capitals are the inspectors' own codes.
REASONS: tuple[tuple[str, Reason], ...] = (
    ("Case Scheduled", "scheduled"),
    ("Case Noted", "no_action_policy"),
    ("Case Invalid", "not_found"),
    ("Duplicate", "duplicate"),
    ("Case Referred", "other_owner"),
    ("ROA", "other_owner"),
    ("NOVIO", "not_found"),
    ("NOACC", "not_found"),
    ("NOBASE", "not_found"),
    ("ADCLSD", "no_action_policy"),
)
CLOSED = "Case Closed "


def row(number: int, line: Mapping[str, str], lots: Lots) -> Row:
    opens, closes = _time(line, "open_dt"), cell(line, "closed_dt")
    if opens is None:
        raise Unreadable("no opening time")
    note = cell(line, "closure_reason").removeprefix(CLOSED)
    return Row(
        number=number,
        opens=opens,
        category=cell(line, "type"),
        channel=CHANNELS.get(cell(line, "source"), "web"),
        language="en",
        place=cell(line, "location"),
        latitude=_degrees(line, "latitude"),
        longitude=_degrees(line, "longitude"),
        words=cell(line, "case_title"),
        closed=bool(closes),
        closes=_time(line, "closed_dt"),
        reason=_reason(note),
        note=note,
    )


def _reason(note: str) -> Reason:
    for start, reason in REASONS:
        if note.startswith(start):
            return reason
    return "done"


def _time(line: Mapping[str, str], name: str) -> datetime | None:
    """Wall time, without a zone: Boston writes its own, and we take it for ours."""
    written = cell(line, name)
    if not written:
        return None
    try:
        return datetime.fromisoformat(written).replace(tzinfo=None)
    except ValueError:
        raise Unreadable(f"{name} is not a time") from None


def _degrees(line: Mapping[str, str], name: str) -> float | None:
    written = cell(line, name)
    try:
        return float(written) if written else None
    except ValueError:
        raise Unreadable(f"{name} is not a number") from None
