"""Every 30 seconds: is anything as it must not be, and can it be put right?"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import escalation.audit
import notify.audit
from townline import watch
from townline.db import Database
from townline.entrypoints.watch.rules import Found
from townline.logs import logger
from townline.tenancy import town
from townline.watch import Check

NAME = "auditor"
CHECKS: tuple[Check, ...] = (*notify.audit.CHECKS, *escalation.audit.CHECKS)
# Any number of workers tick each 30 seconds; a little earlier it is another's pass.
EVERY = 25.0
log = logger("watch")


def audit(database: Database, *, at: datetime) -> int:
    """One pass, by one of the workers; how many findings there were."""
    with database.everybody() as session:
        if not watch.begin(session, NAME, every=EVERY, at=at):
            return 0
    found = look(database, at=at)
    with database.everybody() as session:
        told = {name: each.told() for name, each in found.items()}
        watch.end(session, NAME, found=told, at=at)
    return sum(each.number for each in found.values())


def look(database: Database, *, at: datetime) -> dict[str, Found]:
    """All checks; one that fails is a finding itself, and holds up no other."""
    return {check.name: _look(database, check, at=at) for check in CHECKS}


def _look(database: Database, check: Check, *, at: datetime) -> Found:
    try:
        with database.everybody() as session:
            towns = watch.towns_with(session, check, at=at)
    except Exception:
        log.exception("watch.check_failed", check=check.name)
        return Found(grave=check.grave, failed=True)
    mended = [_mend(database, check, tenant_id, at=at) for tenant_id in towns]
    done = sum(each for each in mended if each is not None)
    found = Found(
        number=sum(towns.values()),
        mended=done,
        grave=check.grave,
        failed=None in mended,
    )
    if found.number:
        say = log.error if found.is_alarm else log.warning
        say("watch.found", check=check.name, number=found.number, mended=done)
    return found


def _mend(
    database: Database, check: Check, tenant_id: UUID, *, at: datetime
) -> int | None:
    """In one transaction of that town; None if it failed."""
    if check.mend is None:
        return 0
    try:
        with town(database, tenant_id) as db:
            broken = watch.broken_in(db, check, at=at)
            return check.mend(db, broken, at=at) if broken else 0
    except Exception:
        log.exception("watch.mend_failed", check=check.name, town=str(tenant_id))
        return None
