"""Keep every event that a run decided about, so that it can be decided anew.

``run_replayed`` says which finished runs have been, and in what one differed.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from townline.migrations.security import append_only, protect

revision = "2026_11_22_run_event"
down_revision = "2026_11_21_surveys"


def upgrade() -> None:
    op.create_table(
        "run_event",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("people_version", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "run_id"],
            ["run.tenant_id", "run.id"],
            name=op.f("fk_run_event_run"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "people_version"],
            ["town_version.tenant_id", "town_version.id"],
            name=op.f("fk_run_event_town_version"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_run_event")),
        sa.UniqueConstraint(
            "tenant_id",
            "run_id",
            "seq",
            name=op.f("uq_run_event_tenant_id_run_id_seq"),
        ),
    )
    op.create_table(
        "run_replayed",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("deviation", sa.String(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "run_id"],
            ["run.tenant_id", "run.id"],
            name=op.f("fk_run_replayed_run"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_run_replayed")),
        sa.UniqueConstraint(
            "tenant_id", "run_id", name=op.f("uq_run_replayed_tenant_id_run_id")
        ),
    )
    op.create_index(
        "ix_run_replayed_deviation",
        "run_replayed",
        ["tenant_id", "at"],
        unique=False,
        postgresql_where=sa.text("deviation <> ''"),
    )
    protect("run_event", "run_replayed")
    append_only("run_event", "run_replayed")


def downgrade() -> None:
    op.drop_index(
        "ix_run_replayed_deviation",
        table_name="run_replayed",
        postgresql_where=sa.text("deviation <> ''"),
    )
    op.drop_table("run_replayed")
    op.drop_table("run_event")
