"""What must not last among runs, timers and fences, and the figures of them.

Each selection is of one town, ``t.id``, and leads with the index named beside it.
"""

from __future__ import annotations

from escalation import mending
from townline.watch import Check, Reading

CHECKS = (
    # I1, by ix_run_open. A timer of an older epoch moves nothing, and counts as none.
    Check(
        name="stranded_run",
        broken="""
select r.id from run r
where r.tenant_id = t.id and r.state in ('running', 'exhausted', 'paused')
and not exists (
  select from timer m where m.tenant_id = t.id and m.run_id = r.id
  and m.state = 'due' and m.epoch = r.epoch
)
and not exists (
  select from notification n where n.tenant_id = t.id and n.fence_id = r.id
  and n.state in ('pending', 'held', 'sending', 'ambiguous') and n.epoch = r.epoch
)
""",
        mend=mending.set_going,
    ),
    # ix_timer_due. The workers look each second.
    Check(
        name="timer_overdue",
        broken="""
select m.id from timer m
where m.tenant_id = t.id and m.state = 'due'
and m.due_at < :at - interval '30 seconds'
order by m.due_at
""",
        mend=mending.void_timers,
    ),
    # ix_fence_open. What waits behind it could be sent after somebody has accepted.
    Check(
        name="fence_outlives_run",
        broken="""
select f.id from fence f
join run r on r.tenant_id = t.id and r.id = f.id
where f.tenant_id = t.id and f.closed_at is null
and r.state in ('accepted', 'closed', 'superseded')
""",
        mend=mending.align_fences,
    ),
    # ix_run_open. Whatever the run promises behind it would be cancelled unsent.
    Check(
        name="fence_keeps_run_back",
        broken="""
select r.id from run r
left join fence f on f.tenant_id = t.id and f.id = r.id
where r.tenant_id = t.id and r.state in ('running', 'exhausted', 'paused')
and (f.id is null or f.closed_at is not null or f.epoch <> r.epoch)
""",
        mend=mending.align_fences,
    ),
)
READINGS = (
    Reading(
        name="townline_runs_deviated",
        meaning="Finished runs that are not what their recorded events make of them.",
        rows="""
select 1 as value from run_replayed p
where p.tenant_id = t.id and p.deviation <> ''
""",
        value="count(value)",
    ),
    Reading(
        name="townline_timer_lag_seconds",
        meaning="How long the oldest timer that is due has waited.",
        rows="""
select extract(epoch from :at - m.due_at) as value from timer m
where m.tenant_id = t.id and m.state = 'due' and m.due_at <= :at
order by m.due_at limit 1
""",
    ),
    *(
        Reading(
            name="townline_runs",
            meaning="Tickets that nobody human has taken, by how their relay stands.",
            rows=f"""
select 1 as value from run r
where r.tenant_id = t.id and r.state in ('running', 'exhausted', 'paused')
and r.state = '{state}'
""",  # noqa: S608 - one of three words below
            value="count(value)",
            labels={"state": state},
        )
        for state in ("running", "exhausted", "paused")
    ),
)
