"""Append what a transaction logs as one set: hashed in order, written at once.

The chain is what it was, to the letter.
"""

from __future__ import annotations

from alembic import op

revision = "2026_11_22_append_log"
down_revision = "2026_11_22_merged_lately"

_FIELDS = "id uuid, at timestamptz, actor text, event text, subject uuid, facts text"
_HASH = """
        link.seq := link.seq + 1;
        link.digest := sha256(before || convert_to(concat_ws(E'\\n',
            town, entry.id, link.seq,
            (extract(epoch from entry.at) * 1000000)::bigint, entry.actor,
            entry.event, entry.subject, entry.facts), 'UTF8'));
"""
_FUNCTION = """
create or replace function append_log(town uuid, entries jsonb) returns void
language plpgsql security definer set search_path = public as $$
declare
    link log_head;
    entry record;
    before bytea;
    {more}
begin
    insert into log_head (tenant_id, id, seq, digest)
    values (town, town, 0, decode(repeat('00', 32), 'hex')) on conflict do nothing;
    select * into link from log_head where tenant_id = town and id = town for update;
    {body}
    update log_head set seq = link.seq, digest = link.digest
    where tenant_id = town and id = town;
end
$$
"""
_AS_A_SET = """
    first := link.seq;
    for entry in
        select * from rows from (jsonb_to_recordset(entries) as ({fields}))
            with ordinality as told (id, at, actor, event, subject, facts, nth)
        order by nth
    loop
        before := link.digest;
        befores := befores || before;
        {hash}
        digests := digests || link.digest;
    end loop;
    insert into log_entry (tenant_id, id, seq, at, actor, event, subject_id,
        facts, previous, digest)
    select town, id, first + nth, at, actor, event, subject, facts, previous, digest
    from rows from (
        jsonb_to_recordset(entries) as ({fields}), unnest(befores), unnest(digests)
    ) with ordinality
        as told (id, at, actor, event, subject, facts, previous, digest, nth);
"""
_ONE_BY_ONE = """
    for entry in
        select * from rows from (jsonb_to_recordset(entries) as ({fields}))
            with ordinality as told (id, at, actor, event, subject, facts, nth)
        order by nth
    loop
        before := link.digest;
        {hash}
        insert into log_entry (tenant_id, id, seq, at, actor, event, subject_id,
            facts, previous, digest)
        values (town, entry.id, link.seq, entry.at, entry.actor, entry.event,
            entry.subject, entry.facts, before, link.digest);
    end loop;
"""
_LISTS = """first bigint;
    befores bytea[] := '{}';
    digests bytea[] := '{}';"""


def upgrade() -> None:
    body = _AS_A_SET.format(fields=_FIELDS, hash=_HASH)
    op.execute(_FUNCTION.format(more=_LISTS, body=body))


def downgrade() -> None:
    body = _ONE_BY_ONE.format(fields=_FIELDS, hash=_HASH)
    op.execute(_FUNCTION.format(more="", body=body))
