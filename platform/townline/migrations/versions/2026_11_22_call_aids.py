"""Keep how a call was made possible, and what it was about when it made no ticket."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_call_aids"
down_revision = "2026_11_22_second_factor"

COLUMNS = ("tty", "interpreter", "interpreter_minutes", "topic")


def upgrade() -> None:
    # Processes of the release before know nothing of it and write none.
    no = sa.false()
    tty: sa.Column[bool] = sa.Column(
        "tty", sa.Boolean, server_default=no, nullable=False
    )
    op.add_column("call", tty)
    op.add_column("call", sa.Column("interpreter", sa.String(), nullable=True))
    minutes = sa.Column("interpreter_minutes", sa.Integer(), nullable=True)
    op.add_column("call", minutes)
    op.add_column("call", sa.Column("topic", sa.String(length=40), nullable=True))


def downgrade() -> None:
    for column in COLUMNS:
        op.drop_column("call", column)
