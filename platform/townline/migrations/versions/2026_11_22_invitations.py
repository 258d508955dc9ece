"""Let people in by invitation, as one of seven roles, and to some departments only.

Who was staff is a dispatcher from now on: they may do what they could before.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from townline.migrations.security import protect
from townline.roles import APP, ENGINE

revision = "2026_11_22_invitations"
down_revision = "2026_11_22_rules_on_boards"

_TOWNS_OF = """
create function towns_of(account uuid)
returns table (tenant_id uuid, role varchar{more})
language plpgsql stable security definer set search_path = public as $$
begin
    return query select town_access.tenant_id, town_access.role{column}
    from town_access where town_access.account_id = account;
end
$$
"""


def upgrade() -> None:
    op.alter_column("town_access", "role", type_=sa.String(length=16))
    op.add_column("town_access", sa.Column("departments", postgresql.JSONB()))
    _rename(was="staff", becomes="dispatcher")
    _replace(
        _TOWNS_OF.format(more=", departments jsonb", column=", town_access.departments")
    )
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "invitation_to_join",
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("departments", postgresql.JSONB(), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("invited_by", sa.String(), nullable=False),
        sa.Column("invited_at", instant, nullable=False),
        sa.Column("expires_at", instant, nullable=False),
        sa.Column("times_sent", sa.Integer(), nullable=False),
        sa.Column("accepted_at", instant, nullable=True),
        sa.Column("withdrawn_at", instant, nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_invitation_to_join")),
        sa.UniqueConstraint(
            "tenant_id", "digest", name=op.f("uq_invitation_to_join_tenant_id_digest")
        ),
    )
    protect("invitation_to_join")


def downgrade() -> None:
    op.drop_table("invitation_to_join")
    _replace(_TOWNS_OF.format(more="", column=""))
    for role in ("dispatcher", "lead", "viewer"):
        _rename(was=role, becomes="staff")
    _rename(was="administrator", becomes="supervisor")
    op.drop_column("town_access", "departments")
    op.alter_column("town_access", "role", type_=sa.String(length=12))


def _rename(*, was: str, becomes: str) -> None:
    """In all towns: row security would show the owner none of them."""
    op.execute("alter table town_access no force row level security")
    op.execute(
        f"update town_access set role = '{becomes}' where role = '{was}'"  # noqa: S608 - our own words
    )
    op.execute("alter table town_access force row level security")


def _replace(definition: str) -> None:
    op.execute("drop function towns_of(uuid)")
    op.execute(definition)
    op.execute("revoke execute on function towns_of(uuid) from public")
    op.execute(f"grant execute on function towns_of(uuid) to {APP}, {ENGINE}")
