"""Give anonymous callers a code of their own: nothing else tells that they asked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_lookup_codes"
down_revision = "2026_11_22_linked_tickets"


def upgrade() -> None:
    op.add_column("reporter", sa.Column("lookup", sa.String(length=16), nullable=True))
    op.create_unique_constraint(
        op.f("uq_reporter_tenant_id_lookup"), "reporter", ["tenant_id", "lookup"]
    )


def downgrade() -> None:
    op.drop_constraint(op.f("uq_reporter_tenant_id_lookup"), "reporter", type_="unique")
    op.drop_column("reporter", "lookup")
