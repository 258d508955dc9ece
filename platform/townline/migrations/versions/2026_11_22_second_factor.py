"""Ask for a second factor: a code from the telephone after the password.

Browsers that were signed in before sign in once more: what they are still to prove
was never asked of them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_second_factor"
down_revision = "2026_11_22_call_in_line"


def upgrade() -> None:
    instant = sa.DateTime(timezone=True)
    op.add_column("account", sa.Column("second_factor", sa.String()))
    op.add_column("account", sa.Column("second_factor_at", instant))
    op.add_column("account", sa.Column("last_step", sa.Integer()))
    op.execute("delete from login_session")
    for name, kind in (("id", sa.Uuid()), ("address", sa.String())):
        op.add_column("login_session", sa.Column(name, kind, nullable=False))
    stage = sa.Column("stage", sa.String(length=8), nullable=False)
    op.add_column("login_session", stage)
    op.create_unique_constraint(op.f("uq_login_session_id"), "login_session", ["id"])
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_recovery_code_account")
        ),
        sa.UniqueConstraint(
            "account_id", "digest", name=op.f("uq_recovery_code_account_id_digest")
        ),
    )


def downgrade() -> None:
    op.drop_table("recovery_code")
    for column in ("id", "address", "stage"):
        op.drop_column("login_session", column)
    for column in ("second_factor", "second_factor_at", "last_step"):
        op.drop_column("account", column)
