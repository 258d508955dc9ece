"""Keep what each agent does, did and speaks: a call finds who is free for it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_agent_state"
down_revision = "2026_11_22_call_sheets"


def upgrade() -> None:
    op.create_table(
        "agent_state",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("chosen", sa.String(length=12), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("call_town", sa.Uuid(), nullable=True),
        sa.Column("call_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_agent_state")),
    )
    op.create_index("ix_agent_state_call_id", "agent_state", ["call_id"])
    op.create_table(
        "agent_spell",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agent_spell")),
    )
    op.create_index("ix_agent_spell_until", "agent_spell", ["account_id", "until"])
    op.create_table(
        "agent_language",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_agent_language_account")
        ),
        sa.PrimaryKeyConstraint(
            "account_id", "language", name=op.f("pk_agent_language")
        ),
    )


def downgrade() -> None:
    op.drop_table("agent_language")
    op.drop_index("ix_agent_spell_until", table_name="agent_spell")
    op.drop_table("agent_spell")
    op.drop_index("ix_agent_state_call_id", table_name="agent_state")
    op.drop_table("agent_state")
