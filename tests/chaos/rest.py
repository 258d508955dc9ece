"""Waiting until nothing is due, and everything that there was at that instant.

What is read then is one snapshot: nobody can end, retry or promise anything between
the look that finds nothing due and the look that counts. The carrier is asked before
and after it, because what it takes meanwhile belongs to attempts we do not see.
"""

from __future__ import annotations

import json
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, LiteralString
from urllib.request import Request, urlopen

import psycopg
from psycopg.rows import dict_row

Row = dict[str, Any]

# What still waits for a worker: what is due, what was tried and must be tried again,
# and what is on its way. An agent's own dialling (lane 3) waits for the agent.
WAITING = """
select count(*) as left from notification
where lane <> 3 and (
  state in ('pending', 'held') and (due_at <= now() or tries > 0) or state = 'sending'
)
"""
# The same, and what is in doubt.
UNSETTLED = f"{WAITING} or state = 'ambiguous'"
# For stories in which everything is due at once: what a lane has put off is as well.
UNSENT = """
select count(*) as left from notification
where lane <> 3 and state in ('pending', 'held', 'sending', 'ambiguous')
"""

ATTEMPTS = """
select a.id::text, a.token, a.sid, a.status, n.id::text as notification, n.state,
  n.key, n.channel, n.tries, n.lease, n.fence_id::text as run, t.slug
from attempt a
join notification n on (n.tenant_id, n.id) = (a.tenant_id, a.notification_id)
join tenant t on t.id = a.tenant_id
"""
# What has been tried was due, whenever it is to be tried again.
PROMISES = """
select n.id::text, n.key, n.state, n.why, n.due_at <= now() or n.tries > 0 as is_due,
  coalesce(n.carried_by, n.id)::text as carrier, c.state as carriers_state
from notification n
left join notification c on (c.tenant_id, c.id) = (n.tenant_id, n.carried_by)
where n.lane <> 3
"""
# An attempt's doubt is logged with its id; the log's numbers are the order of commits.
LOG = """
select tenant_id::text as town, subject_id::text as subject, seq, event,
  facts::jsonb as facts
from log_entry where event like 'relay.%' order by tenant_id, seq
"""
TICKETS = "select client_key::text from ticket"
WITHOUT_A_FUTURE = """
select k.id::text from ticket k
left join run r on (r.tenant_id, r.ticket_id) = (k.tenant_id, k.id)
  and r.state <> 'superseded'
where r.id is null or (
  r.state in ('running', 'exhausted', 'paused') and not exists (
    select from timer m where (m.tenant_id, m.run_id) = (r.tenant_id, r.id)
    and m.state = 'due' and m.due_at > now() - interval '10 seconds'
  )
)
"""


@dataclass(frozen=True, slots=True)
class Scene:
    """``left`` is what was still to do; all that the carrier took up to ``known`` was
    asked for by attempts that are here."""

    left: int
    seconds: float
    known: int
    attempts: list[Row]
    promises: list[Row]
    history: list[Row]
    tickets: list[str]
    stranded: list[str]

    @property
    def settled(self) -> bool:
        return self.left == 0


def settle(admin_url: str, *, within: float, until_none: LiteralString) -> bool:
    """Wait until nothing is left to do; False if that took too long."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        with suppress(psycopg.Error), psycopg.connect(admin_url) as line:
            if line.execute(until_none).fetchone() == (0,):
                return True
        time.sleep(0.2)
    return False


def come_to_rest(
    admin_url: str, carrier_url: str, *, within: float, until_none: LiteralString
) -> Scene:
    """What there is when nothing is left to do, or when that has taken too long."""
    began = time.monotonic()
    while True:
        time_left = within - (time.monotonic() - began)
        settle(admin_url, within=time_left, until_none=until_none)
        scene = _scene(admin_url, carrier_url, until_none, began)
        if scene.settled or time_left <= 0:
            return scene


def _scene(
    admin_url: str, carrier_url: str, until_none: LiteralString, began: float
) -> Scene:
    known = max((each["seq"] for each in ask(carrier_url, "/oracle/log")), default=0)
    with psycopg.connect(admin_url, row_factory=dict_row) as line:
        line.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ

        def rows(statement: LiteralString) -> list[Row]:
            return line.execute(statement).fetchall()

        return Scene(
            left=rows(until_none)[0]["left"],
            seconds=time.monotonic() - began,
            known=known,
            attempts=rows(ATTEMPTS),
            promises=rows(PROMISES),
            history=rows(LOG),
            tickets=[row["client_key"] for row in rows(TICKETS)],
            stranded=[row["id"] for row in rows(WITHOUT_A_FUTURE)],
        )


def ask(carrier_url: str, path: str) -> Any:  # noqa: ANN401 - whatever it says
    wanted = Request(f"{carrier_url}{path}", headers={"Accept": "application/json"})  # noqa: S310 - on this machine
    with urlopen(wanted, timeout=30) as answer:  # noqa: S310
        return json.load(answer)
