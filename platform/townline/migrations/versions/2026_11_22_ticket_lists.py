"""Carry what lists are narrowed by in the index of the newest: a filter that few of a
hundred thousand tickets pass would otherwise read them all."""

from __future__ import annotations

from alembic import op

revision = "2026_11_22_ticket_lists"
down_revision = "2026_11_22_second_thoughts"

COLUMNS = ["tenant_id", "opened_at", "id"]
NARROWED_BY = [
    "category",
    "department",
    "level",
    "channel",
    "promised_at",
    "closed_at",
]


def upgrade() -> None:
    op.drop_index("ix_ticket_newest", table_name="ticket")
    op.create_index(
        "ix_ticket_newest", "ticket", COLUMNS, postgresql_include=NARROWED_BY
    )


def downgrade() -> None:
    op.drop_index("ix_ticket_newest", table_name="ticket")
    op.create_index("ix_ticket_newest", "ticket", COLUMNS)
