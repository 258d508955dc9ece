"""Say why a message waits, and in whose message its words went out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from townline.migrations.security import protect

revision = "2026_11_22_held_and_merged"
down_revision = "2026_11_22_dials"

WAITING = sa.text("state in ('pending', 'held')")
PENDING = sa.text("state = 'pending'")
DUE = ["tenant_id", "lane", "due_at"]


def upgrade() -> None:
    # A default only for the rows that are there; the application names every value.
    held_for = sa.Column("held_for", sa.String(8), nullable=False, server_default="")
    op.add_column("notification", held_for)
    op.alter_column("notification", "held_for", server_default=None)
    op.add_column("notification", sa.Column("carried_by", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        "fk_notification_carried_by",
        "notification",
        "notification",
        ["tenant_id", "carried_by"],
        ["tenant_id", "id"],
    )
    op.drop_index("ix_notification_due", "notification", postgresql_where=PENDING)
    op.create_index(
        "ix_notification_due", "notification", DUE, postgresql_where=WAITING
    )
    carries = sa.Column(
        "carries", sa.SmallInteger(), nullable=False, server_default="0"
    )
    op.add_column("attempt", carries)
    op.alter_column("attempt", "carries", server_default=None)
    _create_carried()
    protect("carried")


def downgrade() -> None:
    op.drop_table("carried")
    op.drop_column("attempt", "carries")
    op.drop_index("ix_notification_due", "notification", postgresql_where=WAITING)
    op.create_index(
        "ix_notification_due", "notification", DUE, postgresql_where=PENDING
    )
    op.drop_constraint("fk_notification_carried_by", "notification")
    op.drop_column("notification", "carried_by")
    op.drop_column("notification", "held_for")


def _create_carried() -> None:
    op.create_table(
        "carried",
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("notification_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("token", sa.String(length=12), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "attempt_id"],
            ["attempt.tenant_id", "attempt.id"],
            name=op.f("fk_carried_attempt"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "notification_id"],
            ["notification.tenant_id", "notification.id"],
            name=op.f("fk_carried_notification"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_carried")),
        sa.UniqueConstraint(
            "tenant_id", "token", name=op.f("uq_carried_tenant_id_token")
        ),
    )
    op.create_index("ix_carried_attempt", "carried", ["tenant_id", "attempt_id"])
    op.create_index(
        "ix_carried_notification", "carried", ["tenant_id", "notification_id"]
    )
