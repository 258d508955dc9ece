"""What became of a town's tickets: calls, relays, crews' words, closings and the log.

Those that are looked at were lived through by the product's own verbs; what lies around
them was made at speed, so that every index is as large as in a town of that age.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import psycopg
from sqlalchemy import make_url

import calls
import escalation
import notify
import tickets
from notify.channels.recording import RecordingCarrier
from tests.bench.stage import Stage
from tests.bench.world.towns import EXCHANGE, Place
from tickets import Caller, Intake, Ticket
from townline.auth import Person
from townline.clock import utc_now
from townline.db import new_id
from townline.proof import Actor
from townline.tenancy import town

MAYA, ANA = Actor("agent", "Maya Okafor"), Actor("crew", "Ana Ruiz")
HELEN = Caller(name="Helen Marsh", phone="+13125550142", tell_by="sms")
# Of each ticket: as many entries as a relay that two people were asked in has.
ENTRIES = 10
MASS = (
    """
insert into milestone (tenant_id, id, ticket_id, kind, by, at)
select tenant_id, gen_random_uuid(), id, 'on_site', 'Ana Ruiz',
  opened_at + interval '40 minutes'
from ticket where tenant_id = %(town)s and closed_at is not null
on conflict do nothing
""",
    """
insert into closure (tenant_id, id, ticket_id, reason, note, by, at)
select tenant_id, gen_random_uuid(), id, 'done', 'Clamped.', 'Ana Ruiz', closed_at
from ticket where tenant_id = %(town)s and closed_at is not null
on conflict do nothing
""",
    """
insert into run (tenant_id, id, ticket_id, version_id, policy, level, state, epoch,
  opening, round, step, repeat, planned_at, step_started_at, started_at, accepted_at,
  waiting, declined, holders, reached)
select t.tenant_id, gen_random_uuid(), t.id, t.version_id, 'water', t.level,
  case when t.closed_at is null then 'accepted' else 'closed' end, 2, 0, 0, 0, 0,
  t.opened_at, t.opened_at, t.opened_at, t.opened_at + interval '5 minutes',
  '[]', '[]', '["ana-ruiz"]', '[]'
from ticket t where t.tenant_id = %(town)s
and not exists (
  select from run r where r.tenant_id = t.tenant_id and r.ticket_id = t.id)
""",
    """
insert into call (tenant_id, id, sid, line, caller, language, priority, arrived_at,
  queued_at, claimed_by_name, claimed_at, connected_at, ended_at, disposition,
  disposed_at)
select t.tenant_id, gen_random_uuid(), 'CA' || gen_random_uuid(), %(line)s,
  '+1312' || lpad((random() * 9999999)::int::text, 7, '0'), 'en', 3,
  t.opened_at - n * interval '7 hours', t.opened_at - n * interval '7 hours',
  'Maya Okafor', t.opened_at - n * interval '7 hours' + interval '12 seconds',
  t.opened_at - n * interval '7 hours' + interval '20 seconds',
  t.opened_at - n * interval '7 hours' + interval '4 minutes',
  case n when 0 then 'ticket_created' else 'information_given' end,
  t.opened_at - n * interval '7 hours' + interval '5 minutes'
from ticket t, generate_series(0, 1) n where t.tenant_id = %(town)s
""",
    # Numbered backwards: the town's own chain begins at one, and stays whole.
    """
insert into log_entry (tenant_id, id, seq, at, actor, event, subject_id, facts,
  previous, digest)
select t.tenant_id, gen_random_uuid(),
  -(row_number() over ()) - (select count(*) from log_entry where tenant_id = %(town)s),
  t.opened_at, 'townline engine', 'relay.attempted', t.id,
  '{"channel":"sms","to":"Ana Ruiz","text":"RIV L1 Water Main Break, Elm St"}',
  decode(repeat('00', 32), 'hex'), decode(repeat('00', 32), 'hex')
from ticket t, generate_series(1, %(entries)s) n where t.tenant_id = %(town)s
and not exists (
  select from log_entry e where e.tenant_id = t.tenant_id and e.subject_id = t.id)
""",
)


def fill_lives(stage: Stage, tenant_id: UUID, number: int) -> None:
    """Of every ticket of the town that has not lived yet."""
    line = f"+1312{EXCHANGE + number}0100"
    here = make_url(stage.admin).set(
        database=make_url(stage.engine.url).database, drivername="postgresql"
    )
    of = {"town": tenant_id, "line": line, "entries": ENTRIES}
    with psycopg.connect(here.render_as_string(hide_password=False)) as connection:
        connection.execute("set local session_replication_role = replica")
        for statement in MASS:
            connection.execute(statement, of)


def live_through(stage: Stage, place: Place, line: str, many: int) -> list[str]:
    """The numbers of tickets, half of them closed, that went the whole way: a call, a
    relay to two people, a key pressed, notes, a crew on its way, residents told."""
    begun = utc_now() - timedelta(hours=many)
    return [
        _one(
            stage, place, line, at=begun + timedelta(hours=turn), is_over=turn % 2 == 0
        )
        for turn in range(many)
    ]


def _one(stage: Stage, place: Place, line: str, *, at: datetime, is_over: bool) -> str:
    ticket = _reported(stage, place, line, at=at)
    for minute in range(1, 9):
        now = at + timedelta(minutes=minute)
        escalation.tick(stage.engine, at=now)
        notify.send_due(stage.engine, RecordingCarrier().everywhere(), at=now)
    taken = at + timedelta(minutes=9)
    with town(stage.app, place.tenant_id) as db:
        run = escalation.state_of(db, ticket.id)
        if run is None:
            raise AssertionError("A ticket of the bench has no relay.")
        escalation.accept(db, run.run_id, contact="ana-ruiz", via="sms", at=taken)
        for audience in ("public", "town", "dispatch"):
            body = f"For the {audience}: the valve is under the bench."
            tickets.add_note(db, ticket.id, body, audience=audience, by=MAYA, at=taken)
        tickets.mark(db, ticket.id, "on_site", by=ANA, at=taken)
        if is_over:
            tickets.close(
                db, ticket.id, reason="not_found", note="Dry.", by=ANA, at=taken
            )
    return ticket.tracking


def _reported(stage: Stage, place: Place, line: str, *, at: datetime) -> Ticket:
    sid = f"CA{new_id().hex}"
    maya = Person(new_id(), MAYA.name, "", "en", "+1", {place.tenant_id: "agent"})
    with town(stage.app, place.tenant_id) as db:
        call = calls.arrive(
            db, sid, line=line, caller="+13125550142", language="en", at=at
        )
        calls.claim(db, call.id, by=maya, at=at)
        calls.connected(db, call.id, at=at)
        intake = Intake(
            client_key=new_id(),
            category="water-main-break",
            channel="phone",
            caller=HELEN,
            place="Elm St and 4th Ave",
            latitude=41.8901,
            longitude=-87.9123,
            words="Water is coming up through the street.",
            answers={"flow": "stream", "cars": "one-lane"},
            call_id=call.id,
            read_back=True,
        )
        ticket = tickets.open(db, intake, at=at, by=MAYA)
        calls.end(db, sid, at=at)
        calls.wrap_up(db, call.id, "ticket_created", by=MAYA, at=at)
        return ticket
