"""Which of the workers wrote which row: PostgreSQL notes the name of the connection.

Only of whoever is watched, so that nobody else's work costs more than a look.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

import psycopg

from tests.chaos.rest import ask

NOTED = """
create schema watching;
create table watching.watched (worker text primary key);
create table watching.written (
  worker text, relation text, held text, at timestamptz default clock_timestamp()
);
create function watching.note() returns trigger language plpgsql
security definer set search_path = pg_catalog as $$
declare
  it jsonb := to_jsonb(coalesce(new, old));
begin
  if exists (
    select from watching.watched where worker = current_setting('application_name')
  ) then
    insert into watching.written (worker, relation, held)
    values (
      current_setting('application_name'), tg_table_name,
      coalesce(it ->> 'notification_id', it ->> 'subject_id', it ->> 'id')
    );
  end if;
  return null;
end
$$
"""
EVERY_TABLE = """
select format(
  'create trigger watching after insert or update or delete on %I.%I '
  'for each row execute function watching.note()', schemaname, tablename
) from pg_tables where schemaname = 'public'
"""
WATCH = "insert into watching.watched values (%s)"
WRITTEN = "select relation, held from watching.written where worker = %s"
# A promise in hand by any name that a row may know it by, and the mark of its try.
IN_HAND = """
select n.id::text, n.subject_id::text, a.id::text, a.token
from notification n
join attempt a on (a.tenant_id, a.notification_id, a.number)
  = (n.tenant_id, n.id, n.tries)
where n.state = 'sending' and n.holder = %s
"""
BUSY = """
select count(*) from pg_stat_activity
where application_name = %s and state = 'active'
"""
IN_TRANSACTION = """
select count(*) from pg_stat_activity
where application_name = %s and xact_start is not null
"""


@dataclass(frozen=True, slots=True)
class InHand:
    """What one worker had claimed and not yet ended, at one instant."""

    names: frozenset[str]
    tokens: frozenset[str]

    def __len__(self) -> int:
        return len(self.tokens)


@dataclass(frozen=True, slots=True)
class Deeds:
    """What a worker has done: with what it had in hand, and besides."""

    of_its_claims: Counter[str]
    besides: Counter[str]
    sent: list[str]


def lay_out(admin_url: str) -> None:
    """Before any worker begins: a trigger waits for nobody's transaction then."""
    with psycopg.connect(admin_url) as line:
        line.execute(NOTED)
        for (trigger,) in line.execute(EVERY_TABLE).fetchall():
            line.execute(trigger)


def watch(admin_url: str, worker: str) -> None:
    with psycopg.connect(admin_url) as line:
        line.execute(WATCH, [worker])


def in_hand(admin_url: str, holder: int) -> InHand:
    with psycopg.connect(admin_url) as line:
        rows = line.execute(IN_HAND, [holder]).fetchall()
    return InHand(
        names=frozenset(name for row in rows for name in row[:3]),
        tokens=frozenset(row[3] for row in rows),
    )


def is_idle(admin_url: str, worker: str) -> bool:
    """Whether PostgreSQL has done all that a worker, stopped since, had asked of it."""
    with psycopg.connect(admin_url) as line:
        return line.execute(BUSY, [worker]).fetchone() == (0,)


def has_transactions(admin_url: str, worker: str) -> bool:
    with psycopg.connect(admin_url) as line:
        return line.execute(IN_TRANSACTION, [worker]).fetchone() != (0,)


def last_said(carrier_url: str) -> int:
    return max((each["seq"] for each in ask(carrier_url, "/oracle/log")), default=0)


def deeds(
    admin_url: str, carrier_url: str, worker: str, held: InHand, *, since: int
) -> Deeds:
    """By the rows it wrote since it was watched, and what the carrier took after the
    entry ``since`` under a try that was in its hands."""
    with psycopg.connect(admin_url) as line:
        rows = line.execute(WRITTEN, [worker]).fetchall()
    return Deeds(
        of_its_claims=Counter(table for table, it in rows if it in held.names),
        besides=Counter(table for table, it in rows if it not in held.names),
        sent=_sent(carrier_url, held.tokens, since),
    )


def _sent(carrier_url: str, tokens: Collection[str], since: int) -> list[str]:
    bodies = [
        each["body"]
        for each in ask(carrier_url, f"/oracle/log?since={since}")
        if each["what"] == "accepted"
    ]
    return [token for token in tokens if any(token in body for body in bodies)]
