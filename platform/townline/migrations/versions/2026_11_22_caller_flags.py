"""Keep who is difficult on the telephone, for how long, and until when to appeal.

What every desk of the operator must know is of no town, and holds no town's words.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from townline.migrations.security import protect

revision = "2026_11_22_caller_flags"
down_revision = "2026_11_22_lookup_codes"


def upgrade() -> None:
    op.create_table(
        "caller_flag",
        *_common(),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("terms", sa.String(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_caller_flag")),
    )
    op.create_index(
        "ix_caller_flag_number", "caller_flag", ["tenant_id", "number"], unique=False
    )
    protect("caller_flag")
    op.create_table(
        "operator_flag",
        sa.Column("id", sa.Uuid(), nullable=False),
        *_common(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operator_flag")),
    )
    op.create_index("ix_operator_flag_number", "operator_flag", ["number"])


def downgrade() -> None:
    op.drop_table("operator_flag")
    op.drop_table("caller_flag")


def _common() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("appeal_by", sa.Date(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
    )
