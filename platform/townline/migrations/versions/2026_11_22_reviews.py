"""Keep what supervisors made of the calls drawn for review, and the answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from townline.migrations.security import protect

revision = "2026_11_22_reviews"
down_revision = "2026_11_22_minders"


def upgrade() -> None:
    op.create_table(
        "review",
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("agent", sa.String(), nullable=False),
        sa.Column("greeting", sa.SmallInteger(), nullable=False),
        sa.Column("script", sa.SmallInteger(), nullable=False),
        sa.Column("read_back", sa.SmallInteger(), nullable=False),
        sa.Column("tone", sa.SmallInteger(), nullable=False),
        sa.Column("accuracy", sa.SmallInteger(), nullable=False),
        sa.Column("remarks", sa.String(), nullable=False),
        sa.Column("reviewer_id", sa.Uuid(), nullable=False),
        sa.Column("reviewer", sa.String(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "call_id"],
            ["call.tenant_id", "call.id"],
            name=op.f("fk_review_call"),
        ),
        sa.UniqueConstraint(
            "tenant_id", "call_id", name=op.f("uq_review_tenant_id_call_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_review")),
    )
    op.create_index(
        "ix_review_agent", "review", ["tenant_id", "agent_id", "reviewed_at"]
    )
    protect("review", board=True)


def downgrade() -> None:
    op.drop_index("ix_review_agent", table_name="review")
    op.drop_table("review")
