"""Keep who is asked to take whose shift, and which calendars read a roster.

Both are questions and addresses, not rules: the town's file has what came of them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from townline.migrations.security import protect

revision = "2026_11_22_roster_swaps"
down_revision = "2026_11_22_ticket_lists"


def upgrade() -> None:
    op.create_table(
        "roster_swap",
        sa.Column("roster", sa.String(length=40), nullable=False),
        sa.Column("giver", sa.String(length=40), nullable=False),
        sa.Column("taker", sa.String(length=40), nullable=False),
        sa.Column("starts", sa.String(length=16), nullable=False),
        sa.Column("ends", sa.String(length=16), nullable=False),
        sa.Column("back_starts", sa.String(length=16), nullable=True),
        sa.Column("back_ends", sa.String(length=16), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(length=9), nullable=True),
        sa.Column("answered_by", sa.String(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_roster_swap")),
        sa.UniqueConstraint(
            "tenant_id", "digest", name=op.f("uq_roster_swap_tenant_id_digest")
        ),
    )
    op.create_table(
        "roster_feed",
        sa.Column("kind", sa.String(length=7), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_by", sa.String(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_roster_feed")),
        sa.UniqueConstraint(
            "tenant_id", "digest", name=op.f("uq_roster_feed_tenant_id_digest")
        ),
    )
    protect("roster_swap", "roster_feed")


def downgrade() -> None:
    op.drop_table("roster_feed")
    op.drop_table("roster_swap")
