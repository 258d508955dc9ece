"""Keep every look at a resident's identity, where nobody can take it back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from townline.migrations.security import append_only, protect

revision = "2026_11_22_identity_looks"
down_revision = "2026_11_22_api_keys"


def upgrade() -> None:
    op.create_table(
        "identity_look",
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("door", sa.String(length=8), nullable=False),
        sa.Column("subject", sa.String(length=12), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("residents", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_identity_look")),
    )
    for name, columns in (
        ("ix_identity_look_at", ["tenant_id", "at", "id"]),
        ("ix_identity_look_subject", ["tenant_id", "subject_id", "at"]),
        ("ix_identity_look_actor", ["tenant_id", "actor", "at"]),
    ):
        op.create_index(name, "identity_look", columns)
    protect("identity_look")
    append_only("identity_look")


def downgrade() -> None:
    op.drop_table("identity_look")
