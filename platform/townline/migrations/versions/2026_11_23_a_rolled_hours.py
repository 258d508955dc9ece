"""Keep the tallies of calls by the hour: a year of them is read in a moment.

A board of a hundred towns looks at tens of thousands of such rows. Row security asks
of each row whether its town is on the board, which costs more than adding it up, so
two functions take the board once and look only at its towns.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from townline.migrations.security import protect
from townline.roles import APP, ENGINE, OWNER

revision = "2026_11_23_a_rolled_hours"
down_revision = "2026_11_22_closure_at"

_NUMBERS = (
    "answered",
    "answered_in_time",
    "abandoned",
    "abandoned_in_time",
    "short",
    "in_menu",
    "excluded",
    "transferred",
    "contacts",
    "resolved",
)
_SECONDS = ("waited", "talked", "held", "wrapped_up")

# ``mine`` is what the transaction may see, whether it named one town or a board. Each
# goes through its own stretch of the index: joined at once, every hour of every year
# would be looked at.
_TALLIES = """
create function rolled_tallies(
    towns uuid[], sinces timestamptz[], untils timestamptz[], thresholds int[],
    zones varchar[], per varchar
) returns table (
    tenant_id uuid, passed timestamptz, shown int, agent_id uuid, agent varchar,
    answered bigint, answered_in_time bigint, abandoned bigint,
    abandoned_in_time bigint, short bigint, in_menu bigint, excluded bigint,
    transferred bigint, contacts bigint, resolved bigint, waited float,
    talked float, held float, wrapped_up float
)
language plpgsql stable security definer set search_path = public as $$
declare
    mine uuid[] := string_to_array(
        nullif(current_setting('townline.board', true), ''), ',')::uuid[]
        || nullif(current_setting('townline.tenant', true), '')::uuid;
begin
    return query
    select asked.town, each.*
    from unnest(towns, sinces, untils, thresholds, zones)
        as asked (town, since, until, threshold, zone),
    lateral (
        select
            case when per = 'hour' then kept.hour end as passing,
            case when per = 'clock'
                then extract(hour from timezone(asked.zone, kept.hour))::int
                end as named,
            case when per = 'agent' then kept.agent_id end as who,
            case when per = 'agent' then kept.agent end as called,
            sum(kept.answered), sum(kept.answered_in_time), sum(kept.abandoned),
            sum(kept.abandoned_in_time), sum(kept.short), sum(kept.in_menu),
            sum(kept.excluded), sum(kept.transferred), sum(kept.contacts),
            sum(kept.resolved), sum(kept.waited), sum(kept.talked), sum(kept.held),
            sum(kept.wrapped_up)
        from rolled_hour as kept
        where kept.tenant_id = asked.town and kept.threshold = asked.threshold
        and kept.hour >= asked.since and kept.hour < asked.until
        group by passing, named, who, called
    ) as each
    where asked.town = any(mine);
end
$$
"""
_ENDINGS = """
create function rolled_endings(
    towns uuid[], sinces timestamptz[], untils timestamptz[]
) returns table (disposition varchar, calls bigint)
language plpgsql stable security definer set search_path = public as $$
declare
    mine uuid[] := string_to_array(
        nullif(current_setting('townline.board', true), ''), ',')::uuid[]
        || nullif(current_setting('townline.tenant', true), '')::uuid;
begin
    return query
    select each.*
    from unnest(towns, sinces, untils) as asked (town, since, until),
    lateral (
        select kept.disposition, sum(kept.calls)
        from rolled_ending as kept
        where kept.tenant_id = asked.town
        and kept.hour >= asked.since and kept.hour < asked.until
        group by kept.disposition
    ) as each
    where asked.town = any(mine);
end
$$
"""
_SIGNATURES = (
    "rolled_tallies(uuid[], timestamptz[], timestamptz[], int[], varchar[], varchar)",
    "rolled_endings(uuid[], timestamptz[], timestamptz[])",
)


def upgrade() -> None:
    _create_span()
    _create_hour()
    _create_ending()
    _create_late_fact()
    for table in ("rolled_hour", "rolled_ending"):
        op.execute(
            f"create policy owner_reads on {table} for select to {OWNER} using (true)"
        )
    for function in (_TALLIES, _ENDINGS):
        op.execute(function)
    for signature in _SIGNATURES:
        op.execute(f"revoke execute on function {signature} from public")
        op.execute(f"grant execute on function {signature} to {APP}, {ENGINE}")


def downgrade() -> None:
    for signature in _SIGNATURES:
        op.execute(f"drop function {signature}")
    for table in ("late_fact", "rolled_ending", "rolled_hour", "rolled_span"):
        op.drop_table(table)


def _create_span() -> None:
    op.create_table(
        "rolled_span",
        sa.Column("threshold", sa.Integer(), nullable=False),
        _instant("since"),
        _instant("until"),
        *_owned("rolled_span"),
        sa.UniqueConstraint("tenant_id", name=op.f("uq_rolled_span_tenant_id")),
    )
    protect("rolled_span", board=True)


def _create_hour() -> None:
    op.create_table(
        "rolled_hour",
        sa.Column("threshold", sa.Integer(), nullable=False),
        _instant("hour"),
        sa.Column("agent_id", sa.Uuid(), nullable=True),
        sa.Column("agent", sa.String(), nullable=True),
        *(sa.Column(each, sa.Integer(), nullable=False) for each in _NUMBERS),
        *(sa.Column(each, sa.Double(), nullable=False) for each in _SECONDS),
        *_owned("rolled_hour"),
    )
    op.create_index(
        "ix_rolled_hour_hour", "rolled_hour", ["tenant_id", "threshold", "hour"]
    )
    protect("rolled_hour", board=True)


def _create_ending() -> None:
    op.create_table(
        "rolled_ending",
        _instant("hour"),
        sa.Column("disposition", sa.String(length=20), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        *_owned("rolled_ending"),
    )
    op.create_index("ix_rolled_ending_hour", "rolled_ending", ["tenant_id", "hour"])
    protect("rolled_ending", board=True)


def _create_late_fact() -> None:
    op.create_table("late_fact", _instant("arrived_at"), *_owned("late_fact"))
    op.create_index("ix_late_fact_arrived", "late_fact", ["tenant_id", "arrived_at"])
    protect("late_fact", board=True)


def _instant(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _owned(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{table}")),
    )
