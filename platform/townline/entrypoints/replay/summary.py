"""What came of a replay, as the tables and the log have it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import TextClause, text

from townline import proof
from townline.entrypoints.replay.planning import Plan
from townline.tenancy import TenantSession

LEVELS = text("""
select ticket.level,
  count(distinct ticket.id) as tickets,
  count(run.id) filter (where run.accepted_at is not null) as accepted,
  count(run.id) filter (where exists (
    select from log_entry where tenant_id = :town and subject_id = ticket.id
    and event = 'relay.exhausted' and facts::jsonb ->> 'run' = run.id::text
  )) as exhausted,
  percentile_disc(array[0.5, 0.95, 0.99]) within group (
    order by first.at - run.started_at) as waited
from ticket
join run on run.tenant_id = :town and run.ticket_id = ticket.id
left join lateral (
  select min(at) as at from acceptance
  where tenant_id = :town and run_id = run.id and via <> 'earlier run') first on true
where ticket.tenant_id = :town and ticket.opened_by = :edition
group by grouping sets ((ticket.level), ())
order by ticket.level nulls last
""")
RELAYS = text("""
select ticket.level, count(*) from attempt
join notification n on n.tenant_id = :town and n.id = attempt.notification_id
join ticket on ticket.tenant_id = :town and ticket.id = n.subject_id
where attempt.tenant_id = :town and n.purpose = 'relay'
and ticket.opened_by = :edition
group by grouping sets ((ticket.level), ())
""")
MESSAGES = text("""
select n.purpose || ' by ' || attempt.channel, count(*) from attempt
join notification n on n.tenant_id = :town and n.id = attempt.notification_id
join ticket on ticket.tenant_id = :town and ticket.id = n.subject_id
where attempt.tenant_id = :town and ticket.opened_by = :edition
group by 1 order by 2 desc
""")
FOLLOW_UPS = text("""
select f.kind || ': ' || coalesce(f.outcome, 'to come'), count(*) from follow_up f
join ticket on ticket.tenant_id = :town and ticket.id = f.ticket_id
where f.tenant_id = :town and ticket.opened_by = :edition
group by 1 order by 1
""")
ANSWERS = text("""
select entry.event || coalesce(' by ' || (entry.facts::jsonb ->> 'via'), ''), count(*)
from log_entry entry
join ticket on ticket.tenant_id = :town and ticket.id = entry.subject_id
where entry.tenant_id = :town and ticket.opened_by = :edition
and entry.event in ('relay.accepted', 'relay.declined', 'relay.stale_answer',
                    'relay.deadline_missed', 'relay.reopened')
group by 1 order by 1
""")
WITHOUT_CODE = text("""
select count(*) from notification n
join ticket on ticket.tenant_id = :town and ticket.id = n.subject_id
where n.tenant_id = :town and ticket.opened_by = :edition
and n.purpose = 'relay' and n.channel = 'sms' and n.tries > 0 and n.code is null
""")
TOTALS = text("""
select count(*) as tickets,
  count(closed_at) as closed,
  count(*) filter (where closed_at <= promised_at) as kept,
  min(opened_at) as since, max(closed_at) as until
from ticket where tenant_id = :town and opened_by = :edition
""")
SURVEYS = text("""
select count(i.sent_at), count(i.answered_at), avg(r.score)::float from invitation i
join ticket on ticket.tenant_id = :town and ticket.id = i.ticket_id
left join response r on r.tenant_id = :town and r.invitation_id = i.id
where i.tenant_id = :town and ticket.opened_by = :edition
""")


class Level(Struct, frozen=True, kw_only=True):
    """Times are from a run's start to its first acceptance, on the replay's clock."""

    level: int | None
    tickets: int
    relays: int
    accepted: int
    exhausted: int
    p50: timedelta | None
    p95: timedelta | None
    p99: timedelta | None


class Summary(Struct, frozen=True, kw_only=True):
    """The last of ``levels`` is of all tickets. The chain is the whole town's."""

    town: str
    edition: str
    rows: int
    refused: Mapping[str, int]
    tickets: int
    since: datetime | None
    until: datetime | None
    levels: tuple[Level, ...]
    messages: Mapping[str, int]
    texts_without_code: int
    answers: Mapping[str, int]
    follow_ups: Mapping[str, int]
    surveys_sent: int
    surveys_answered: int
    mean_score: float | None
    closed: int
    promises_kept: int
    log_entries: int
    chain_broken_at: int | None


def summarise(db: TenantSession, plan: Plan) -> Summary:
    known = {"town": db.tenant_id, "edition": str(plan.edition)}
    totals = db.session.execute(TOTALS, known).mappings().one()
    sent, answered, score = db.session.execute(SURVEYS, known).one()
    verdict = proof.verify(db)
    return Summary(
        town=plan.town.slug,
        edition=str(plan.edition),
        rows=plan.rows,
        refused=dict(sorted(plan.refused.items(), key=lambda each: -each[1])),
        tickets=totals["tickets"],
        since=totals["since"],
        until=totals["until"],
        levels=_levels(db, known),
        messages=_counted(db, MESSAGES, known),
        texts_without_code=db.session.execute(WITHOUT_CODE, known).scalar_one(),
        answers=_counted(db, ANSWERS, known),
        follow_ups=_counted(db, FOLLOW_UPS, known),
        surveys_sent=sent,
        surveys_answered=answered,
        mean_score=score and round(score, 2),
        closed=totals["closed"],
        promises_kept=totals["kept"],
        log_entries=verdict.entries,
        chain_broken_at=verdict.broken_at,
    )


def _levels(db: TenantSession, known: Mapping[str, Any]) -> tuple[Level, ...]:
    relays = _counted(db, RELAYS, known)
    return tuple(
        Level(
            level=row["level"],
            tickets=row["tickets"],
            relays=relays.get(row["level"], 0),
            accepted=row["accepted"],
            exhausted=row["exhausted"],
            **dict(
                zip(("p50", "p95", "p99"), row["waited"] or (None,) * 3, strict=True)
            ),
        )
        for row in db.session.execute(LEVELS, known).mappings()
    )


def _counted(
    db: TenantSession, counting: TextClause, known: Mapping[str, Any]
) -> dict[Any, int]:
    return {name: number for name, number in db.session.execute(counting, known)}
