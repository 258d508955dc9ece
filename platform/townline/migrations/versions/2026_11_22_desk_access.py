"""Let a board of towns show who serves them: the floor lists its agents."""

from __future__ import annotations

from alembic import op

from townline.roles import APP, ENGINE

revision = "2026_11_22_desk_access"
down_revision = "2026_11_22_call_backs"

# Only of the towns that the transaction's board names already.
_DESK_ACCESS = """
create function desk_access()
returns table (account_id uuid, tenant_id uuid, role varchar)
language plpgsql stable security definer set search_path = public as $$
begin
    return query select held.account_id, held.tenant_id, held.role
    from town_access as held
    where held.role in ('agent', 'supervisor') and held.tenant_id = any(
        string_to_array(nullif(current_setting('townline.board', true), ''), ',')
        ::uuid[]
    );
end
$$
"""


def upgrade() -> None:
    op.execute(_DESK_ACCESS)
    op.execute("revoke execute on function desk_access() from public")
    op.execute(f"grant execute on function desk_access() to {APP}, {ENGINE}")


def downgrade() -> None:
    op.execute("drop function desk_access()")
