"""Montréal's requests: of each one only the month, the day of the week and the hour.

A lot puts a row on one of the month's days that fit, at a minute of its hour; where
it happened nobody says either.
"""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Mapping
from datetime import datetime

from tickets import Channel, Reason
from townline.entrypoints.replay.lots import Lots
from townline.entrypoints.replay.rows import Row, Unreadable, cell

WEEK = ("Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi", "Samedi", "Dimanche")
CHANNELS: dict[str, Channel] = {
    "Téléphone": "phone",
    "Mobile": "web",
    "Site internet": "web",
    "Courriel": "email",
    "En personne": "walk_in",
    "Courrier": "walk_in",
}
# What became of it; a row with any other status is still open.
REASONS: dict[str, Reason] = {
    "Terminée": "done",
    "Annulée": "no_action_policy",
    "Supprimée": "no_action_policy",
    "Refusée": "no_action_policy",
}


def row(number: int, line: Mapping[str, str], lots: Lots) -> Row:
    status = cell(line, "dernier_statut")
    # Several ways in are joined by bars, the first one first.
    came_by = cell(line, "provenances").split("|")[0]
    return Row(
        number=number,
        opens=_opens(line, lots),
        category=cell(line, "activite"),
        channel=CHANNELS.get(came_by, "web"),
        language="fr",
        words=cell(line, "nature"),
        closed=status in REASONS,
        reason=REASONS.get(status, "done"),
        note=f"{status} : {cell(line, 'activite')}",
    )


def _opens(line: Mapping[str, str], lots: Lots) -> datetime:
    try:
        year, month = map(int, cell(line, "mois").split("-"))
        hour, weekday = int(cell(line, "heure")), WEEK.index(cell(line, "jour_semaine"))
        days = [
            day
            for day, on in Calendar().itermonthdays2(year, month)
            if day and on == weekday
        ]
        minute, second = lots.number(0, 59), lots.number(0, 59)
        return datetime(year, month, lots.one_of(days), hour, minute, second)  # noqa: DTZ001 - a wall time
    except ValueError:
        raise Unreadable("no month, weekday and hour") from None
