"""Find what is due in any town without reading what waits in all of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_due_everywhere"
down_revision = "2026_11_22_append_log"

_WAITING = sa.text("state in ('pending', 'held')")
_DUE = sa.text("state = 'due'")


def upgrade() -> None:
    op.create_index(
        "ix_notification_due_everywhere",
        "notification",
        ["lane", "due_at", "tenant_id"],
        postgresql_where=_WAITING,
    )
    op.create_index(
        "ix_timer_due_everywhere",
        "timer",
        ["due_at", "level", "tenant_id"],
        postgresql_where=_DUE,
    )


def downgrade() -> None:
    op.drop_index("ix_timer_due_everywhere", table_name="timer", postgresql_where=_DUE)
    op.drop_index(
        "ix_notification_due_everywhere",
        table_name="notification",
        postgresql_where=_WAITING,
    )
