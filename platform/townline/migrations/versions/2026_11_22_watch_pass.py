"""Keep when the system last looked at itself, and what it found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_22_watch_pass"
down_revision = "2026_11_22_run_event"


def upgrade() -> None:
    op.create_table(
        "watch_pass",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("found", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_watch_pass")),
    )


def downgrade() -> None:
    op.drop_table("watch_pass")
