"""Keep what each further caller was promised: it is not what the first one was."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_own_promise"
down_revision = "2026_11_22_ticket_cell"


def upgrade() -> None:
    op.add_column(
        "reporter",
        sa.Column("promised_at", sa.DateTime(timezone=True), nullable=True),
    )
    op.add_column("reporter", sa.Column("promise", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("reporter", "promise")
    op.drop_column("reporter", "promised_at")
