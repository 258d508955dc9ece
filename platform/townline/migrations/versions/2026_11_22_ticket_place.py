"""Say what kind of place a ticket names, how sure it is, and the reporter's own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_ticket_place"
down_revision = "2026_11_22_places"


def upgrade() -> None:
    for name, length in (("place_kind", 12), ("location_confidence", 9)):
        op.add_column(
            "ticket",
            sa.Column(
                name, sa.String(length), nullable=False, server_default="described"
            ),
        )
    op.add_column("ticket", sa.Column("asset", sa.String(40), nullable=True))
    op.add_column("reporter", sa.Column("address", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("reporter", "address")
    for name in ("asset", "location_confidence", "place_kind"):
        op.drop_column("ticket", name)
