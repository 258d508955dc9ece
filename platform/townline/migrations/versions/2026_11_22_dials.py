"""Keep which agent dials whom by hand, so that no two ever dial the same."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from townline.migrations.security import protect

revision = "2026_11_22_dials"
down_revision = "2026_11_22_open_fences"


def upgrade() -> None:
    op.create_table(
        "dial",
        sa.Column("notification_id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=True),
        sa.Column("agent_id", sa.Uuid(), nullable=False),
        sa.Column("agent", sa.String(), nullable=False),
        sa.Column("voicemail", sa.String(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result", sa.String(length=16), nullable=True),
        sa.Column("again_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "notification_id"],
            ["notification.tenant_id", "notification.id"],
            name=op.f("fk_dial_notification"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "attempt_id"],
            ["attempt.tenant_id", "attempt.id"],
            name=op.f("fk_dial_attempt"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_dial")),
    )
    op.create_index(
        "ix_dial_notification", "dial", ["tenant_id", "notification_id"], unique=False
    )
    op.create_index(
        "uq_dial_open",
        "dial",
        ["tenant_id", "notification_id"],
        unique=True,
        postgresql_where=sa.text("ended_at is null"),
    )
    protect("dial", board=True)


def downgrade() -> None:
    op.drop_index(
        "uq_dial_open", table_name="dial", postgresql_where=sa.text("ended_at is null")
    )
    op.drop_index("ix_dial_notification", table_name="dial")
    op.drop_table("dial")
