"""Keeping how each way is doing: read by every claim, written when something is wrong.

A way that only works has no row, and costs nobody anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from operator import itemgetter

from sqlalchemy import ColumnElement, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

import tenants
from notify.channels import Parcel
from notify.message import Channel
from notify.models import Attempt
from notify.rules.circuits import CLOSED, PROBES, Circuit, Heard, heard
from notify.rules.outcomes import FailureKind
from notify.rules.routing import Mail, Way, telephone_ways
from notify.ways import CircuitRow
from townline import live
from townline.db import new_id
from townline.logs import logger
from townline.prepared import Prepared
from townline.tenancy import TenantSession

log = logger("notify")
Standing = Mapping[Channel, dict[Way, Circuit]]
FACTS = [each.name for each in fields(Circuit)]
STANDING = Prepared(
    select(
        CircuitRow.channel,
        CircuitRow.provider,
        CircuitRow.ours,
        *(getattr(CircuitRow, name) for name in FACTS),
    ).where(CircuitRow.tenant_id == bindparam("town"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What an attempt over ``channel`` by ``way`` told of it, or of its account."""

    channel: Channel
    way: Way
    heard: Heard
    of_account: bool = False


def standing(db: TenantSession) -> Standing:
    """The ways that are not known to be well, by channel."""
    found: dict[Channel, dict[Way, Circuit]] = defaultdict(dict)
    for channel, provider, ours, *facts in STANDING(db):
        circuit = Circuit(**dict(zip(FACTS, facts, strict=True)))
        if circuit != CLOSED:
            found[channel][Way(provider, ours)] = circuit
    return found


def take_probe(db: TenantSession, channel: Channel, way: Way, *, at: datetime) -> bool:
    """Of all that ask at once, one may try the way again."""
    taken = (
        update(CircuitRow)
        .where(*_is(db, channel, way), CircuitRow.open_until <= at)
        .values(probed_at=at, open_until=at + PROBES)
        .returning(CircuitRow.id)
        .execution_options(synchronize_session=False)
    )
    return db.session.scalar(taken) is not None


def note(
    db: TenantSession,
    words: Iterable[Word],
    *,
    at: datetime,
    patient: bool = True,
) -> None:
    """Fold what was heard into each way it tells of; operations hear what is shut.

    Whoever is not ``patient`` passes over a way that another is just writing.
    """
    told: dict[tuple[Channel, Way], list[Heard]] = defaultdict(list)
    for word in words:
        for place in _concerned(db, word):
            told[place].append(word.heard)
    # In one order, so that no two ever wait for each other.
    for place, said in sorted(told.items(), key=itemgetter(0)):
        if not all(each.ok for each in said):
            _ensure(db, *place, at=at)
        if row := _locked(db, *place, patient=patient):
            _fold(db, row, said, at=at)


def word_of(
    attempt: Parcel | Attempt,
    kind: FailureKind | None = None,
    code: str = "",
) -> Word | None:
    """None for an answer that says nothing of the way it came."""
    known = heard(kind, code, intended_at=attempt.intended_at)
    if known is None:
        return None
    way, of_account = Way(attempt.provider, attempt.ours), kind == "operations"
    return Word(channel=attempt.channel, way=way, heard=known, of_account=of_account)


def suspect(
    db: TenantSession, attempt: Attempt, kind: FailureKind, code: str, *, at: datetime
) -> None:
    """A receipt may say what is wrong with our own way, long after it was taken."""
    word = word_of(attempt, kind, code)
    if word and not word.heard.ok:
        # The town's log is locked already: whoever has the way may wait for that.
        note(db, [word], at=at, patient=False)


def _concerned(db: TenantSession, word: Word) -> Sequence[tuple[Channel, Way]]:
    """The way itself, or all of the town's that hang on the same account."""
    if word.of_account and word.way.provider == "twilio":
        return telephone_ways(tenants.current(db).town, Mail(sender=""))
    return [(word.channel, word.way)]


def _locked(
    db: TenantSession,
    channel: Channel,
    way: Way,
    *,
    patient: bool,
) -> CircuitRow | None:
    statement = (
        db.rows(CircuitRow)
        .where(*_is(db, channel, way))
        .with_for_update(skip_locked=not patient)
        .execution_options(populate_existing=True)
    )
    return db.session.scalar(statement)


def _ensure(db: TenantSession, channel: Channel, way: Way, *, at: datetime) -> None:
    once = ["tenant_id", "channel", "provider", "ours"]
    db.session.execute(
        insert(CircuitRow)
        .values(
            tenant_id=db.tenant_id,
            id=new_id(),
            channel=channel,
            provider=way.provider,
            ours=way.ours,
            changed_at=at,
            **asdict(CLOSED),
        )
        .on_conflict_do_nothing(index_elements=once)
    )


def _fold(
    db: TenantSession, row: CircuitRow, said: Iterable[Heard], *, at: datetime
) -> None:
    before = after = row.circuit
    for each in said:
        after = after.after(each, at=at)
    if after == before:
        return
    row.circuit = after
    if after.is_open != before.is_open:
        row.changed_at = at
    facts = {
        "town": str(db.tenant_id),
        "channel": row.channel,
        "provider": row.provider,
        "ours": row.ours,
    }
    if after.is_open and not before.is_open:
        log.error("relay.way_shut", why=after.why, **facts)
        live.announce(db, "runs")
    elif before.is_open and not after.is_open:
        log.warning("relay.way_opened", **facts)
        live.announce(db, "runs")


def _is(
    db: TenantSession, channel: Channel, way: Way
) -> tuple[ColumnElement[bool], ...]:
    return (
        CircuitRow.tenant_id == db.tenant_id,
        CircuitRow.channel == channel,
        CircuitRow.provider == way.provider,
        CircuitRow.ours == way.ours,
    )
