"""Let a call go to the neighbouring town it is about, and back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_moved_call"
down_revision = "2026_11_22_ticket_place"


def upgrade() -> None:
    for name in ("moved_to", "moved_from"):
        op.add_column("call", sa.Column(name, sa.Uuid(), nullable=True))


def downgrade() -> None:
    for name in ("moved_from", "moved_to"):
        op.drop_column("call", name)
