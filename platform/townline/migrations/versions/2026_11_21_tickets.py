"""Keep tickets and what belongs to them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from townline.migrations.security import protect

revision = "2026_11_21_tickets"
down_revision = "2026_11_21_notify"


def upgrade() -> None:
    op.create_table(
        "ticket",
        sa.Column("tracking", sa.String(length=20), nullable=False),
        sa.Column("client_key", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("read_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("directions", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("answers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("promised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("promise", sa.String(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_ticket")),
        sa.UniqueConstraint(
            "tenant_id", "client_key", name=op.f("uq_ticket_tenant_id_client_key")
        ),
        sa.UniqueConstraint(
            "tenant_id", "tracking", name=op.f("uq_ticket_tenant_id_tracking")
        ),
    )
    op.create_index("ix_ticket_call", "ticket", ["tenant_id", "call_id"], unique=False)
    op.create_index(
        "ix_ticket_newest", "ticket", ["tenant_id", "opened_at", "id"], unique=False
    )
    op.create_index(
        "ix_ticket_open",
        "ticket",
        ["tenant_id", "opened_at", "id"],
        unique=False,
        postgresql_where=sa.text("closed_at is null"),
    )
    op.create_table(
        "closure",
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "ticket_id"],
            ["ticket.tenant_id", "ticket.id"],
            name=op.f("fk_closure_ticket"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_closure")),
        sa.UniqueConstraint(
            "tenant_id", "ticket_id", name=op.f("uq_closure_tenant_id_ticket_id")
        ),
    )
    op.create_table(
        "milestone",
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "ticket_id"],
            ["ticket.tenant_id", "ticket.id"],
            name=op.f("fk_milestone_ticket"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_milestone")),
        sa.UniqueConstraint(
            "tenant_id",
            "ticket_id",
            "kind",
            name=op.f("uq_milestone_tenant_id_ticket_id_kind"),
        ),
    )
    op.create_table(
        "note",
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("audience", sa.String(length=8), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "ticket_id"],
            ["ticket.tenant_id", "ticket.id"],
            name=op.f("fk_note_ticket"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_note")),
    )
    op.create_index(
        "ix_note_ticket", "note", ["tenant_id", "ticket_id", "at"], unique=False
    )
    op.create_table(
        "photo",
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("audience", sa.String(length=8), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("media_type", sa.String(length=16), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "ticket_id"],
            ["ticket.tenant_id", "ticket.id"],
            name=op.f("fk_photo_ticket"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_photo")),
        sa.UniqueConstraint(
            "tenant_id",
            "ticket_id",
            "digest",
            name=op.f("uq_photo_tenant_id_ticket_id_digest"),
        ),
    )
    op.create_table(
        "reporter",
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("client_key", sa.Uuid(), nullable=False),
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
            ["tenant_id", "ticket_id"],
            ["ticket.tenant_id", "ticket.id"],
            name=op.f("fk_reporter_ticket"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_reporter")),
        sa.UniqueConstraint(
            "tenant_id", "client_key", name=op.f("uq_reporter_tenant_id_client_key")
        ),
    )
    op.create_index(
        "ix_reporter_phone", "reporter", ["tenant_id", "phone"], unique=False
    )
    op.create_index(
        "ix_reporter_ticket", "reporter", ["tenant_id", "ticket_id"], unique=False
    )
    protect("note", "photo")
    protect("ticket", "closure", "milestone", "reporter", board=True)


def downgrade() -> None:
    op.drop_index("ix_reporter_ticket", table_name="reporter")
    op.drop_index("ix_reporter_phone", table_name="reporter")
    op.drop_table("reporter")
    op.drop_table("photo")
    op.drop_index("ix_note_ticket", table_name="note")
    op.drop_table("note")
    op.drop_table("milestone")
    op.drop_table("closure")
    op.drop_index(
        "ix_ticket_open",
        table_name="ticket",
        postgresql_where=sa.text("closed_at is null"),
    )
    op.drop_index("ix_ticket_newest", table_name="ticket")
    op.drop_index("ix_ticket_call", table_name="ticket")
    op.drop_table("ticket")
