"""What must never be, counted in the tables themselves: every count must be 0."""

# Put together from its own sentences alone.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import text

from townline.entrypoints.replay.planning import Edition
from townline.tenancy import TenantSession

# A run lets people alone once enough of them have accepted: the log tells which
# acceptance that was, by not saying how many are still needed.
SETTLED = """
select entry.facts::jsonb ->> 'run' as run_id, entry.at as at from log_entry entry
join ticket on ticket.tenant_id = :town and ticket.id = entry.subject_id
where entry.tenant_id = :town and entry.event = 'relay.accepted'
and not entry.facts::jsonb ? 'still_needed' and ticket.opened_by = :edition
"""

RUNS = """
run join ticket on ticket.tenant_id = :town and ticket.id = run.ticket_id
where run.tenant_id = :town and ticket.opened_by = :edition
"""

COUNTS: Mapping[str, str] = {
    "live runs without a timer or an open notification": f"""
        select count(*) from {RUNS}
        and run.state in ('running', 'exhausted', 'paused')
        and not exists (select from timer where timer.tenant_id = :town
                        and timer.run_id = run.id and timer.state = 'due')
        and not exists (select from notification n where n.tenant_id = :town
                        and n.fence_id = run.id
                        and n.state in ('pending', 'held', 'sending', 'ambiguous'))
    """,
    "tickets with more than one live run": f"""
        select count(*) from (
            select run.ticket_id from {RUNS} and run.ended_at is null
            group by run.ticket_id having count(*) > 1) doubled
    """,
    "notifications twice under one key": """
        select count(*) from (
            select key from notification where tenant_id = :town
            group by key having count(*) > 1) doubled
    """,
    "accepted runs without a human acceptance": f"""
        select count(*) from {RUNS} and run.accepted_at is not null
        and not exists (select from acceptance where acceptance.tenant_id = :town
                        and acceptance.run_id = run.id
                        and acceptance.via <> 'earlier run')
    """,
    "messages sent after their run was accepted": f"""
        select count(*) from attempt
        join notification n on n.tenant_id = :town and n.id = attempt.notification_id
        join ({SETTLED}) settled on settled.run_id = n.fence_id::text
        where attempt.tenant_id = :town and n.promised_at <= settled.at
        and attempt.intended_at > settled.at
    """,
    "messages sent by a run while it is accepted": f"""
        select count(*) from attempt
        join notification n on n.tenant_id = :town and n.id = attempt.notification_id
        where attempt.tenant_id = :town and exists (
            select from {RUNS} and run.state = 'accepted' and run.id = n.fence_id
            and attempt.intended_at > run.accepted_at)
    """,
    "relays to crews that the log does not tell of": """
        select count(*) from attempt
        join notification n on n.tenant_id = :town and n.id = attempt.notification_id
        join ticket on ticket.tenant_id = :town and ticket.id = n.subject_id
        where attempt.tenant_id = :town and n.recipient_kind = 'contact'
        and ticket.opened_by = :edition
        and not exists (
            select from log_entry entry where entry.tenant_id = :town
            and entry.subject_id = n.subject_id and entry.event = 'relay.attempted'
            and entry.facts::jsonb ->> 'attempt' = attempt.id::text)
    """,
}


def broken(db: TenantSession, edition: Edition) -> dict[str, int]:
    """Each invariant, and how often it does not hold."""
    known = {"town": db.tenant_id, "edition": str(edition)}
    return {
        name: db.session.execute(text(counting), known).scalar_one()
        for name, counting in COUNTS.items()
    }
