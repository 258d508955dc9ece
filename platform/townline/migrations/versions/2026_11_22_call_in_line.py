"""Keep when a caller began to wait for a person, how urgently, and who carries them.

Until now every call stood in line from its arrival. The table's owner sets that for
those that have come; like everybody it sees no town's rows unless told otherwise.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_call_in_line"
down_revision = "2026_11_22_due_everywhere"

_WAITED = sa.text("ended_at is null and connected_at is null")
_WAITS = sa.text("queued_at is not null and ended_at is null and connected_at is null")


def upgrade() -> None:
    op.add_column("call", sa.Column("queued_at", sa.DateTime(timezone=True)))
    normal = sa.Column(
        "priority", sa.SmallInteger(), nullable=False, server_default="3"
    )
    op.add_column("call", normal)
    twilio = sa.Column(
        "provider", sa.String(length=20), nullable=False, server_default="twilio"
    )
    op.add_column("call", twilio)
    op.execute("alter table call no force row level security")
    op.execute("update call set queued_at = arrived_at")
    op.execute("alter table call force row level security")
    op.drop_index("ix_call_waiting", table_name="call", postgresql_where=_WAITED)
    op.create_index(
        "ix_call_waiting",
        "call",
        ["tenant_id", "priority", "queued_at"],
        unique=False,
        postgresql_where=_WAITS,
    )


def downgrade() -> None:
    op.drop_index("ix_call_waiting", table_name="call", postgresql_where=_WAITS)
    op.create_index(
        "ix_call_waiting",
        "call",
        ["tenant_id", "arrived_at"],
        unique=False,
        postgresql_where=_WAITED,
    )
    op.drop_column("call", "provider")
    op.drop_column("call", "priority")
    op.drop_column("call", "queued_at")
