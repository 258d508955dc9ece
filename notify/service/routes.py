"""By which way each message of a claim goes, and what happens to one that has none.

A relay that no way would carry ends its rung at once, so that the ladder goes on by
another channel; everything else waits until a way may be free again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select, update

from notify.channels.errors import kind_of
from notify.message import Channel
from notify.models import Attempt, Notification
from notify.rules import receipts
from notify.rules.circuits import CLOSED, Circuit
from notify.rules.outcomes import FailureKind
from notify.rules.routing import Choice, Mail, Tried, Way, choose, ways
from notify.service import circuits
from notify.service.circuits import Word
from notify.service.due import Due
from notify.service.lines import landlines
from notify.service.outcomes import Outcome
from notify.service.relaylog import told
from notify.service.wording import Desk, Draft
from tenants.town import Town
from townline.prepared import Prepared
from townline.sets import given, to_be_among
from townline.tenancy import TenantSession

LANDLINE = Choice(why="landline")
TRIED = Prepared(
    select(
        Attempt.notification_id,
        Attempt.channel,
        Attempt.provider,
        Attempt.ours,
        Attempt.status,
        Attempt.error,
    ).where(
        Attempt.tenant_id == bindparam("town"), to_be_among(Attempt.notification_id)
    )
)


@dataclass(frozen=True, slots=True)
class _Left:
    id: UUID
    why: str


@dataclass(frozen=True, slots=True)
class _Postponed:
    id: UUID
    due_at: datetime


def address(
    db: TenantSession, due: Sequence[Due], town: Town, desk: Desk, *, at: datetime
) -> list[Draft]:
    """Those that have a way, with it; a few statements, however many there are."""
    fixed = landlines(db, {e.destination for e in due if e.channel == "sms"}, at=at)
    crossing = _Crossing(db, town, desk, at)
    tried = _tried(db, [each.id for each in due if each.tries])
    drafts, stranded = [], []
    for each in due:
        if each.channel == "sms" and each.destination in fixed:
            stranded.append((each, LANDLINE))
            continue
        choice = crossing.choose(each.channel, tried.get(each.id, ()))
        if choice.way:
            drafts.append(crossing.draft(each, choice.way))
        else:
            stranded.append((each, choice))
    _strand(db, stranded, at=at)
    return drafts


class _Crossing:
    """The ways as one claim sees them: once it probes one, nobody else does."""

    def __init__(self, db: TenantSession, town: Town, desk: Desk, at: datetime) -> None:
        self._db = db
        self._town = town
        self._mail = Mail(sender=desk.mail_sender, providers=desk.mail_providers)
        self._at = at
        self._ways: dict[Channel, tuple[Way, ...]] = {}
        self._standing = circuits.standing(db)

    def choose(self, channel: Channel, tried: Collection[Tried]) -> Choice:
        offered = self._offered(channel)
        known = self._standing[channel]
        choice = choose(offered, known, tried, at=self._at)
        while choice.way and choice.probe:
            way = choice.way
            won = circuits.take_probe(self._db, channel, way, at=self._at)
            known[way] = known[way].probe(at=self._at)
            if won:
                return choice
            choice = choose(offered, known, tried, at=self._at)
        return choice

    def draft(self, due: Due, way: Way) -> Draft:
        return Draft(
            due=due,
            ours=way.ours,
            code=due.code,
            provider=way.provider,
            watched=self._circuit(due.channel, way) != CLOSED,
            answer_to=self._mail.sender,
        )

    def _circuit(self, channel: Channel, way: Way) -> Circuit:
        return self._standing[channel].get(way, CLOSED)

    def _offered(self, channel: Channel) -> tuple[Way, ...]:
        if channel not in self._ways:
            self._ways[channel] = ways(self._town, channel, self._mail)
        return self._ways[channel]


def news(outcomes: Iterable[Outcome]) -> list[Word]:
    """What a batch of answers tells of its ways: most of the time, nothing new."""
    found = []
    for each in outcomes:
        parcel, answer = each.parcel, each.answer
        if isinstance(answer, str):
            word = circuits.word_of(parcel) if parcel.watched else None
        else:
            word = circuits.word_of(parcel, answer.kind, answer.code)
        # That a way works is news only where it was thought that it may not.
        if word and (parcel.watched or not word.heard.ok):
            found.append(word)
    return found


def _tried(db: TenantSession, ids: Sequence[UUID]) -> Mapping[UUID, Collection[Tried]]:
    """What came of the earlier attempts at these."""
    if not ids:
        return {}
    found: dict[UUID, list[Tried]] = defaultdict(list)
    for id, channel, provider, ours, status, error in TRIED(db, among=ids):
        kind = _kind(channel, status, error)
        if kind:
            found[id].append(Tried(Way(provider, ours), kind))
    return found


def _kind(channel: Channel, status: str, error: str) -> FailureKind | None:
    if status == receipts.NOT_SENT:
        return "ambiguous"
    if status == receipts.REFUSED or status in receipts.LOST:
        return kind_of(channel, error)
    return None


def _strand(
    db: TenantSession, stranded: Sequence[tuple[Due, Choice]], *, at: datetime
) -> None:
    """What cannot go now: its listener hears of it from the sweep, or it waits."""
    left = []
    postponed = []
    for due, choice in stranded:
        if choice.wait_until and due.purpose != "relay":
            postponed.append(_Postponed(due.id, choice.wait_until))
        else:
            told(db, due, "relay.passed_over", at=at, reason=choice.why)
            left.append(_Left(due.id, choice.why))
    if left:
        these = given(left, Notification.id, Notification.why)
        _update(db, these.c.id, why=these.c.why)
    if postponed:
        these = given(postponed, Notification.id, Notification.due_at)
        _update(db, these.c.id, due_at=these.c.due_at)


def _update(db: TenantSession, id: object, **values: object) -> None:
    db.session.execute(
        update(Notification)
        .where(Notification.tenant_id == db.tenant_id, Notification.id == id)
        .values(values)
        .execution_options(synchronize_session=False)
    )
