"""Invite the operator's people to many towns by one letter, and list them at once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from townline.roles import APP, ENGINE

revision = "2026_11_22_operator_staff"
down_revision = "2026_11_22_bulk_items"

# Only of the towns that the transaction's board names already, as ``desk_access``.
_STAFF = """
create function staff_access()
returns table (account_id uuid, tenant_id uuid, role varchar)
language plpgsql stable security definer set search_path = public as $$
begin
    return query select held.account_id, held.tenant_id, held.role
    from town_access as held
    where held.role in ('agent', 'supervisor', 'administrator')
    and held.tenant_id = any(
        string_to_array(nullif(current_setting('townline.board', true), ''), ',')
        ::uuid[]
    );
end
$$
"""


def upgrade() -> None:
    op.add_column("invitation_to_join", sa.Column("also", postgresql.JSONB()))
    op.execute(_STAFF)
    op.execute("revoke execute on function staff_access() from public")
    op.execute(f"grant execute on function staff_access() to {APP}, {ENGINE}")


def downgrade() -> None:
    op.execute("drop function staff_access()")
    op.drop_column("invitation_to_join", "also")
