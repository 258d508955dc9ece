"""Before each night a town hears of its holes; during it, every finished run is tried.

Both go by the town's own clock. Whoever comes first writes the letter: its key is the
day's, so that another worker, or the same again, finds it written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from uuid import UUID

import notify
import tenants
from escalation.conformance import conform as replay_finished
from notify import Message, Recipient
from tenants import Knowledge, NotPublished, Weakness
from tenants.town import Town
from townline import auth, localtime
from townline.db import Database
from townline.tenancy import TenantSession, town

# Contracts ask for the warning daily at four; who restarts then still writes by six.
AFTERNOON = range(16, 18)
# While the fewest tickets are open.
SMALL_HOURS = range(2, 6)
AHEAD = timedelta(days=14)
SILENT_FOR = timedelta(days=60)
# What can still be put right before the night; the shape of the rules is for the day
# on which they are published.
TOLD = frozenset({"roster-ends", "holiday", "silent"})


def warn(database: Database, *, at: datetime) -> int:
    """How many letters were promised, of all towns whose afternoon it is."""
    return sum(
        _warn(database, tenant_id, rules, at=at)
        for tenant_id, rules in _towns(database).items()
        if _hour(rules, at) in AFTERNOON
    )


def conform(database: Database, *, at: datetime) -> int:
    """How many finished runs were replayed, of all towns whose small hours it is."""
    return sum(
        _conform(database, tenant_id, at=at)
        for tenant_id, rules in _towns(database).items()
        if _hour(rules, at) in SMALL_HOURS
    )


def holes(db: TenantSession, rules: Town, *, at: datetime) -> tuple[Weakness, ...]:
    """What a town should put right in the next fourteen days."""
    known = knowledge(db, at=at)
    found = tenants.lint(rules, at=at, ahead=AHEAD, known=known)
    return tuple(e for e in found if e.severity == "error" or e.kind in TOLD)


def knowledge(
    db: TenantSession, others: Iterable[Town] = (), *, at: datetime
) -> Knowledge:
    """What the database knows of the town's people. A town that has never sent
    anything to anybody has no silent numbers."""
    heard = notify.last_heard(db, since=at - SILENT_FOR)
    return Knowledge(
        opted_out=notify.opted_out(db), heard=heard or None, elsewhere=tuple(others)
    )


def _warn(database: Database, tenant_id: UUID, rules: Town, *, at: datetime) -> int:
    with town(database, tenant_id) as db:
        found = holes(db, rules, at=at)
        messages = list(_letters(db, rules, found, at=at)) if found else []
        notify.promise_all(db, messages, at=at)
        return len(messages)


def _letters(
    db: TenantSession, rules: Town, found: Sequence[Weakness], *, at: datetime
) -> Iterator[Message]:
    today = localtime.wall(at, rules.time_zone).date()
    for name, email, language in _readers(db, rules):
        yield Message(
            key=_key(email, today),
            to=Recipient("town", rules.slug, name, language),
            channel="email",
            destination=email,
            purpose="notice",
            template="town_holes",
            context={"holes": [f"{e.path}: {e.says.in_(language)}" for e in found]},
            subject_id=db.tenant_id,
            level=3,
            due_at=at,
        )


def _readers(db: TenantSession, rules: Town) -> Iterator[tuple[str, str, str]]:
    """The town's managers; while it has none, its own address."""
    first = rules.languages[0]
    managers = auth.managers(db)
    for account in managers:
        yield account.name, account.email, account.language or first
    if not managers:
        yield rules.name.in_(first), rules.email, first


def _key(email: str, today: date) -> str:
    return f"holes/{today}/{email}"


def _conform(database: Database, tenant_id: UUID, *, at: datetime) -> int:
    with town(database, tenant_id) as db:
        return replay_finished(db, at=at)


def _towns(database: Database) -> dict[UUID, Town]:
    """Every town that has rules, as they are now."""
    with database.everybody() as session:
        ids = [each.id for each in tenants.all_towns(session)]
    found = {}
    for tenant_id in ids:
        with town(database, tenant_id) as db, suppress(NotPublished):
            found[tenant_id] = tenants.current(db).town
    return found


def _hour(rules: Town, at: datetime) -> int:
    return localtime.wall(at, rules.time_zone).hour
