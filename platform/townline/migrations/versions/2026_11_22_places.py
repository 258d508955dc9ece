"""Keep each town's own streets, addresses, landmarks and numbered things."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from townline.migrations.security import protect

revision = "2026_11_22_places"
down_revision = "2026_11_22_agent_state"

CROSSING = sa.text("cross_id is not null")
CODED = sa.text("code is not null")


def upgrade() -> None:
    _create_lists()
    _create_streets()
    _create_places()
    _index_places()
    protect("place_list", "place_street", "place")


def downgrade() -> None:
    op.drop_table("place")
    op.drop_table("place_street")
    op.drop_table("place_list")


def _create_lists() -> None:
    op.create_table(
        "place_list",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("imported_by", sa.String(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_place_list")),
        sa.UniqueConstraint(
            "tenant_id", "name", name=op.f("uq_place_list_tenant_id_name")
        ),
    )


def _create_streets() -> None:
    op.create_table(
        "place_street",
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("locality", sa.String(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_place_street")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "list_id"],
            ["place_list.tenant_id", "place_list.id"],
            name=op.f("fk_place_street_place_list"),
        ),
    )
    op.create_index("ix_place_street_list", "place_street", ["tenant_id", "list_id"])


def _create_places() -> None:
    op.create_table(
        "place",
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("street_id", sa.Uuid(), nullable=True),
        sa.Column("cross_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("suffix", sa.String(length=10), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("zip", sa.String(length=10), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=False),
        sa.Column("longitude", sa.Double(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_place")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "list_id"],
            ["place_list.tenant_id", "place_list.id"],
            name=op.f("fk_place_place_list"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "street_id"],
            ["place_street.tenant_id", "place_street.id"],
            name=op.f("fk_place_place_street"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "cross_id"],
            ["place_street.tenant_id", "place_street.id"],
            name="fk_place_cross",
        ),
    )


def _index_places() -> None:
    index = op.create_index
    index("ix_place_list", "place", ["tenant_id", "list_id", "kind"])
    index("ix_place_number", "place", ["tenant_id", "street_id", "number"])
    crosses = ["tenant_id", "cross_id"]
    index("ix_place_cross", "place", crosses, postgresql_where=CROSSING)
    index("ix_place_code", "place", ["tenant_id", "code"], postgresql_where=CODED)
    index("ix_place_asset", "place", ["tenant_id", "number"], postgresql_where=CODED)
