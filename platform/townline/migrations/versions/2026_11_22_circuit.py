"""Keep how each way of sending is doing, so that all workers leave a bad one alone.

An attempt remembers its provider. Workers of the release before go on writing none:
what they send goes through the one provider that they know.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from townline.migrations.security import protect

revision = "2026_11_22_circuit"
down_revision = "2026_11_22_longer_codes"


def upgrade() -> None:
    op.add_column(
        "attempt",
        sa.Column(
            "provider", sa.String(length=12), server_default="twilio", nullable=False
        ),
    )
    # Row security binds the owner too, who belongs to no town.
    op.execute("alter table attempt no force row level security")
    op.execute("update attempt set provider = 'sendgrid' where channel = 'email'")
    op.execute("alter table attempt force row level security")
    op.create_table(
        "circuit",
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("provider", sa.String(length=12), nullable=False),
        sa.Column("ours", sa.String(), nullable=False),
        sa.Column("in_a_row", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tried", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("open_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("probed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("trips", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_circuit")),
        sa.UniqueConstraint(
            "tenant_id", "channel", "provider", "ours", name="uq_circuit_way"
        ),
    )
    op.create_index(
        "ix_circuit_open",
        "circuit",
        ["tenant_id", "open_until"],
        unique=False,
        postgresql_where=sa.text("open_until is not null"),
    )
    protect("circuit", board=True)


def downgrade() -> None:
    op.drop_table("circuit")
    op.drop_column("attempt", "provider")
