"""Keep what a town knows is going on, and who called about it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from townline.migrations.security import protect

revision = "2026_11_22_known_events"
down_revision = "2026_11_22_learnt_likeness"


def upgrade() -> None:
    op.create_table(
        "known_event",
        sa.Column("client_key", sa.Uuid(), nullable=False),
        sa.Column("title", JSONB(), nullable=False),
        sa.Column("say", JSONB(), nullable=False),
        sa.Column("ending", JSONB(), nullable=False),
        sa.Column("categories", JSONB(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("radius", sa.Double(), nullable=True),
        sa.Column("polygon", JSONB(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expected_end", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ticket_id", sa.Uuid(), nullable=True),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "ticket_id"],
            ["ticket.tenant_id", "ticket.id"],
            name=op.f("fk_known_event_ticket"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_known_event")),
        sa.UniqueConstraint(
            "tenant_id", "client_key", name=op.f("uq_known_event_tenant_id_client_key")
        ),
    )
    op.create_index(
        "ix_known_event_open",
        "known_event",
        ["tenant_id", "starts_at"],
        unique=False,
        postgresql_where=sa.text("ended_at is null"),
    )
    op.create_table(
        "event_caller",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("client_key", sa.Uuid(), nullable=False),
        sa.Column("reporter_id", sa.Uuid(), nullable=True),
        sa.Column("call_id", sa.Uuid(), nullable=True),
        sa.Column("identity", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("phone", sa.String(length=16), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("tell_by", sa.String(length=5), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "event_id"],
            ["known_event.tenant_id", "known_event.id"],
            name=op.f("fk_event_caller_known_event"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "reporter_id"],
            ["reporter.tenant_id", "reporter.id"],
            name=op.f("fk_event_caller_reporter"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_event_caller")),
        sa.UniqueConstraint(
            "tenant_id", "client_key", name=op.f("uq_event_caller_tenant_id_client_key")
        ),
    )
    op.create_index(
        "ix_event_caller_event", "event_caller", ["tenant_id", "event_id"], unique=False
    )
    protect("known_event", board=True)
    protect("event_caller", board=True)


def downgrade() -> None:
    op.drop_table("event_caller")
    op.drop_table("known_event")
