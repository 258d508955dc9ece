"""Confirm a contact by a code sent to their telephone: digest, end and tries."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from townline.migrations.security import protect

revision = "2026_11_22_destination_codes"
down_revision = "2026_11_22_town_drafts"


def upgrade() -> None:
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "destination_code",
        sa.Column("contact", sa.String(length=40), nullable=False),
        sa.Column("destination", sa.String(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("sent_by", sa.String(), nullable=False),
        sa.Column("sent_at", instant, nullable=False),
        sa.Column("expires_at", instant, nullable=False),
        sa.Column("tries", sa.SmallInteger(), nullable=False),
        sa.Column("used_at", instant, nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_destination_code")),
    )
    op.create_index(
        "ix_destination_code_sent",
        "destination_code",
        ["tenant_id", "destination", "sent_at"],
    )
    protect("destination_code")


def downgrade() -> None:
    op.drop_table("destination_code")
