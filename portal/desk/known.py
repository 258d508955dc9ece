"""Is it known already: what is near, what is going on, and what to tell the caller."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import tenants
import tickets
from calls import Call
from portal.desk import closing
from portal.desk.draft import Draft
from portal.desk.typed import me_too_of, typed_of
from tenants.town import Category, Text, Town
from tickets import duplicates, events
from tickets.duplicates import Candidate
from tickets.events import Concerned, EventCaller
from townline.auth import Person
from townline.i18n import gettext, ngettext
from townline.proof import Actor
from townline.tenancy import TenantSession
from townline.words import NO_BREAK, moment, spoken_time

# Below it, two points are the same front door.
SAME_DOOR = 15


@dataclass(frozen=True, slots=True)
class Likely:
    """A ticket the caller may mean, and the sentence to say if it is."""

    found: Candidate
    category: Category
    because: str
    promise: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Announced:
    """A known event, as it is read to this caller."""

    it: Concerned
    title: str
    say: str
    until: str


@dataclass(frozen=True, slots=True)
class Panel:
    town: Town
    call: Call
    language: str
    announced: tuple[Announced, ...]
    likely: tuple[Likely, ...]
    has_looked: bool


def panel_of(db: TenantSession, call: Call, draft: Draft, *, at: datetime) -> Panel:
    town = tenants.current(db).town
    typed = typed_of(draft)
    concerned = events.concerning(db, category=draft.category, point=draft.point, at=at)
    found = duplicates.search(db, typed, at=at)
    return Panel(
        town=town,
        call=call,
        language=draft.language,
        announced=tuple(_announced(each, draft, town) for each in concerned),
        likely=tuple(_likely(db, each, draft, at=at) for each in found),
        has_looked=typed.says_where,
    )


def join_event(
    db: TenantSession,
    call_id: UUID,
    event_id: UUID,
    draft: Draft,
    *,
    by: Person,
    at: datetime,
) -> EventCaller:
    """Me too, with one key: the caller is added, and the call is accounted for."""
    call = db.get(Call, call_id, lock=True)
    agent = Actor("agent", by.name)
    joined = events.join_event(
        db, event_id, me_too_of(draft), at=at, by=agent, call_id=call_id
    )
    closing.end_as(db, call, draft, "added_to_existing", by=agent, at=at)
    return joined


def _announced(each: Concerned, draft: Draft, town: Town) -> Announced:
    event = each.event
    until = event.expected_end
    return Announced(
        it=each,
        title=Text(**event.title).in_(draft.language),
        say=Text(**event.say).in_(draft.language),
        until=spoken_time(until, town.time_zone) if until else "",
    )


def _likely(
    db: TenantSession, found: Candidate, draft: Draft, *, at: datetime
) -> Likely:
    ticket = tickets.get(db, found.id)
    town = tenants.rules_of(db, ticket.version_id).town
    promised = tickets.own_promise(town, ticket, at=at)
    reasons = because(found, town=town, at=at)
    return Likely(
        found=found,
        category=town.category(found.category),
        because=" · ".join(reasons),
        promise=promised.say.in_(draft.language),
        is_open=found.is_open(at=at),
    )


def because(found: Candidate, *, town: Town, at: datetime) -> Iterator[str]:
    """Why it is proposed, in the words and the order that an agent checks it by."""
    if found.same_place:
        yield gettext("same place")
    elif found.metres is not None:
        yield away(found.metres)
    yield age(found, town=town, at=at)
    if found.shares_words:
        yield gettext("same words")
    if found.callers > 1:
        said = ngettext("{count} caller", "{count} callers", found.callers)
        yield said.format(count=found.callers)


def away(metres: float) -> str:
    """To ten metres: a point on a map is no better."""
    if metres < SAME_DOOR:
        return gettext("a few steps away")
    said = f"{round(metres, -1):.0f}{NO_BREAK}m"
    return gettext("{distance} away").format(distance=said)


def age(found: Candidate, *, town: Town, at: datetime) -> str:
    minutes = int((at - found.opened_at).total_seconds() // 60)
    if minutes < 60:
        said = ngettext("{count} minute ago", "{count} minutes ago", minutes)
        return said.format(count=minutes)
    if minutes < 24 * 60:
        hours = minutes // 60
        said = ngettext("{count} hour ago", "{count} hours ago", hours)
        return said.format(count=hours)
    return moment(found.opened_at, town.time_zone)
