"""Lay the kernel: who the transaction is for, accounts, and the town's log.

The functions come first since every later table's security rests on them.
"""

from __future__ import annotations

from alembic import op

from townline.migrations.security import append_only, protect
from townline.roles import APP, ENGINE, OWNER, grant_defaults

revision = "2026_11_21_kernel"
down_revision = None

_TABLES = (
    """
    create table account (
        id uuid not null,
        email varchar not null,
        name varchar not null,
        password varchar not null,
        language varchar(2),
        extension varchar,
        constraint pk_account primary key (id),
        constraint uq_account_email unique (email)
    )
    """,
    """
    create table town_access (
        tenant_id uuid not null,
        id uuid not null,
        account_id uuid not null,
        role varchar(12) not null,
        granted_at timestamptz not null,
        constraint pk_town_access primary key (tenant_id, id),
        constraint uq_town_access_tenant_id_account_id unique (tenant_id, account_id),
        constraint fk_town_access_account foreign key (account_id) references account
    )
    """,
    """
    create table login_session (
        digest bytea not null,
        account_id uuid not null,
        opened_at timestamptz not null,
        expires_at timestamptz not null,
        browser varchar not null,
        constraint pk_login_session primary key (digest),
        constraint fk_login_session_account foreign key (account_id) references account
    )
    """,
    "create index ix_login_session_account_id on login_session (account_id)",
    """
    create table login_attempt (
        id uuid not null,
        email varchar not null,
        address varchar not null,
        at timestamptz not null,
        constraint pk_login_attempt primary key (id)
    )
    """,
    "create index ix_login_attempt_email on login_attempt (email, at)",
    "create index ix_login_attempt_address on login_attempt (address, at)",
    """
    create table log_entry (
        tenant_id uuid not null,
        id uuid not null,
        seq bigint not null,
        at timestamptz not null,
        actor varchar not null,
        event varchar not null,
        subject_id uuid not null,
        facts varchar not null,
        previous bytea not null,
        digest bytea not null,
        constraint pk_log_entry primary key (tenant_id, id),
        constraint uq_log_entry_tenant_id_seq unique (tenant_id, seq)
    )
    """,
    "create index ix_log_entry_subject on log_entry (tenant_id, subject_id, seq)",
    """
    create table log_head (
        tenant_id uuid not null,
        id uuid not null,
        seq bigint not null,
        digest bytea not null,
        constraint pk_log_head primary key (tenant_id, id)
    )
    """,
)

_SET_TENANT = """
create function set_tenant(town uuid) returns void language plpgsql as $$
begin
    -- SET travels to the nodes of a distributed database; set_config would not.
    execute format('set local townline.tenant = %L', town);
end
$$
"""
_SET_BOARD = """
create function set_board(towns uuid[]) returns void language plpgsql as $$
begin
    execute format('set local townline.board = %L', array_to_string(towns, ','));
end
$$
"""
_REFUSE_CHANGE = """
create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name
        using errcode = 'insufficient_privilege';
end
$$
"""
_TOWNS_OF = """
create function towns_of(account uuid) returns table (tenant_id uuid, role varchar)
language plpgsql stable security definer set search_path = public as $$
begin
    return query select town_access.tenant_id, town_access.role
    from town_access where town_access.account_id = account;
end
$$
"""
_APPEND_LOG = """
create function append_log(town uuid, entries jsonb) returns void
language plpgsql security definer set search_path = public as $$
declare
    link log_head;
    entry jsonb;
    instant timestamptz;
    before bytea;
begin
    insert into log_head (tenant_id, id, seq, digest)
    values (town, town, 0, decode(repeat('00', 32), 'hex')) on conflict do nothing;
    select * into link from log_head where tenant_id = town and id = town for update;
    for entry in select value from jsonb_array_elements(entries) with ordinality
        order by ordinality
    loop
        before := link.digest;
        instant := (entry ->> 'at')::timestamptz;
        link.seq := link.seq + 1;
        link.digest := sha256(before || convert_to(concat_ws(E'\\n',
            town, entry ->> 'id', link.seq,
            (extract(epoch from instant) * 1000000)::bigint, entry ->> 'actor',
            entry ->> 'event', entry ->> 'subject', entry ->> 'facts'), 'UTF8'));
        insert into log_entry (tenant_id, id, seq, at, actor, event, subject_id,
            facts, previous, digest)
        values (town, (entry ->> 'id')::uuid, link.seq, instant, entry ->> 'actor',
            entry ->> 'event', (entry ->> 'subject')::uuid, entry ->> 'facts',
            before, link.digest);
    end loop;
    update log_head set seq = link.seq, digest = link.digest
    where tenant_id = town and id = town;
end
$$
"""
_FUNCTIONS = {
    "set_tenant(uuid)": _SET_TENANT,
    "set_board(uuid[])": _SET_BOARD,
    "refuse_change()": _REFUSE_CHANGE,
    "towns_of(uuid)": _TOWNS_OF,
    "append_log(uuid, jsonb)": _APPEND_LOG,
}


def upgrade() -> None:
    grant_defaults(op.get_bind())
    for statement in (*_TABLES, *_FUNCTIONS.values()):
        op.execute(statement)
    for name in _FUNCTIONS:
        op.execute(f"revoke execute on function {name} from public")
        op.execute(f"grant execute on function {name} to {APP}, {ENGINE}")
    protect("town_access", "log_entry", "log_head")
    append_only("log_entry")
    # Only append_log writes here, and it runs as the owner.
    op.execute(f"revoke insert on log_entry from {APP}, {ENGINE}")
    op.execute(
        f"revoke insert, update, delete, truncate on log_head from {APP}, {ENGINE}"
    )
    # towns_of looks across towns for one account, before any town is known.
    op.execute(
        f"create policy sign_in on town_access for select to {OWNER} using (true)"
    )


def downgrade() -> None:
    tables = "log_head, log_entry, login_attempt, login_session, town_access, account"
    op.execute(f"drop table {tables}")
    for name in _FUNCTIONS:
        op.execute(f"drop function {name}")
