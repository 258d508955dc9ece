"""What callers hear before an agent has them, and what is kept of it."""

from __future__ import annotations

from typing import TypeVar
from xml.etree import ElementTree

from calls import Call
from calls.returning import CallBack, Voicemail
from tests.calls.cast import Switch, said
from townline.tenancy import TenantSession

MENU = {"menu": "public-works", "tries": "0", "turns": "0"}
RECORDED = {
    "RecordingSid": "RE" + "1" * 32,
    "RecordingUrl": "https://carrier.example/RE1",
    "RecordingDuration": "14",
}
Kept = TypeVar("Kept", CallBack, Voicemail)


def words(document: ElementTree.Element) -> list[str]:
    return [each for _, each in said(document)]


def pressed(switch: Switch, digits: str, **state: str) -> list[str]:
    query = "&".join(f"{name}={value}" for name, value in (MENU | state).items())
    return words(switch.hears(f"/menu?{query}", Digits=digits))


def fresh(db: TenantSession, model: type[Kept]) -> list[Kept]:
    db.session.rollback()
    statement = db.rows(model).execution_options(populate_existing=True)
    return list(db.session.scalars(statement))


def owed(db: TenantSession) -> CallBack:
    (entry,) = fresh(db, CallBack)
    return entry


def both_calls(db: TenantSession) -> list[Call]:
    db.session.rollback()
    statement = db.rows(Call).order_by(Call.outbound, Call.id)
    return list(db.session.scalars(statement.execution_options(populate_existing=True)))
