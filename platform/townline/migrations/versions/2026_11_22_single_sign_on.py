"""Let a town's own provider sign its people in, to that town and no other."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_single_sign_on"
down_revision = "2026_11_22_article_use"


def upgrade() -> None:
    op.add_column("login_session", sa.Column("only_town", sa.Uuid()))


def downgrade() -> None:
    # What was one town's alone must not become every town's.
    op.execute("delete from login_session where only_town is not null")
    op.drop_column("login_session", "only_town")
