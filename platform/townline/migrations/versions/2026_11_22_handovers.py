"""Keep both signatures of a shift handover, what stood then, and what was noted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from townline.migrations.security import protect

revision = "2026_11_22_handovers"
down_revision = "2026_11_22_exclusions"


def upgrade() -> None:
    op.create_table(
        "handover",
        sa.Column("shift_id", sa.Uuid(), nullable=False),
        sa.Column("outgoing_id", sa.Uuid(), nullable=False),
        sa.Column("outgoing", sa.String(), nullable=False),
        sa.Column("outgoing_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("standing", postgresql.JSONB(), nullable=False),
        sa.Column("incoming_id", sa.Uuid(), nullable=True),
        sa.Column("incoming", sa.String(), nullable=True),
        sa.Column("incoming_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "incoming_id <> outgoing_id", name=op.f("ck_handover_two_people")
        ),
        sa.UniqueConstraint(
            "tenant_id", "shift_id", name=op.f("uq_handover_tenant_id_shift_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_handover")),
    )
    op.create_index("ix_handover_newest", "handover", ["tenant_id", "outgoing_at"])
    op.create_table(
        "handover_note",
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_handover_note")),
    )
    op.create_index(
        "ix_handover_note_newest", "handover_note", ["tenant_id", "written_at"]
    )
    protect("handover", "handover_note", board=True)


def downgrade() -> None:
    op.drop_index("ix_handover_note_newest", table_name="handover_note")
    op.drop_table("handover_note")
    op.drop_index("ix_handover_newest", table_name="handover")
    op.drop_table("handover")
