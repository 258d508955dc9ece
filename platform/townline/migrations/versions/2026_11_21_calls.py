"""Keep calls."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from townline.migrations.security import protect

revision = "2026_11_21_calls"
down_revision = "2026_11_21_tickets"


def upgrade() -> None:
    op.create_table(
        "call",
        sa.Column("sid", sa.String(length=64), nullable=False),
        sa.Column("line", sa.String(length=16), nullable=False),
        sa.Column("caller", sa.String(length=16), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_by", sa.Uuid(), nullable=True),
        sa.Column("claimed_by_name", sa.String(), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("connected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disposition", sa.String(length=20), nullable=True),
        sa.Column("billable", sa.Boolean(), nullable=True),
        sa.Column("disposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disposed_by", sa.String(), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_call")),
        sa.UniqueConstraint("tenant_id", "sid", name=op.f("uq_call_tenant_id_sid")),
    )
    op.create_index(
        "ix_call_caller", "call", ["tenant_id", "caller", "arrived_at"], unique=False
    )
    op.create_index("ix_call_newest", "call", ["tenant_id", "arrived_at"], unique=False)
    op.create_index(
        "ix_call_waiting",
        "call",
        ["tenant_id", "arrived_at"],
        unique=False,
        postgresql_where=sa.text("ended_at is null and connected_at is null"),
    )
    protect("call", board=True)


def downgrade() -> None:
    op.drop_index(
        "ix_call_waiting",
        table_name="call",
        postgresql_where=sa.text("ended_at is null and connected_at is null"),
    )
    op.drop_index("ix_call_newest", table_name="call")
    op.drop_index("ix_call_caller", table_name="call")
    op.drop_table("call")
