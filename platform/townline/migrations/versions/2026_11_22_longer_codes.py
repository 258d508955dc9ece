"""Let a phone that has used all codes of two and three digits have four."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_longer_codes"
down_revision = "2026_11_22_throttle"

TABLES = ("notification", "reply_code")


def upgrade() -> None:
    for table in TABLES:
        op.alter_column(table, "code", type_=sa.String(4))


def downgrade() -> None:
    """What does not fit could never be answered: it is the code that goes."""
    op.execute("delete from reply_code where length(code) > 3")
    op.execute("update notification set code = null where length(code) > 3")
    for table in TABLES:
        op.alter_column(table, "code", type_=sa.String(3))
