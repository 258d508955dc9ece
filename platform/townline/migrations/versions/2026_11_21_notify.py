"""Keep promises, attempts and what carriers report."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from townline.migrations.security import protect

revision = "2026_11_21_notify"
down_revision = "2026_11_21_tenants"


def upgrade() -> None:
    op.create_table(
        "fence",
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_fence")),
    )
    op.create_table(
        "opt_out",
        sa.Column("destination", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_opt_out")),
        sa.UniqueConstraint(
            "tenant_id", "destination", name=op.f("uq_opt_out_tenant_id_destination")
        ),
    )
    op.create_table(
        "provider_event",
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("dedupe_key", sa.String(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=True),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_provider_event")),
        sa.UniqueConstraint(
            "tenant_id",
            "dedupe_key",
            name=op.f("uq_provider_event_tenant_id_dedupe_key"),
        ),
    )
    op.create_index(
        "ix_provider_event_unapplied",
        "provider_event",
        ["tenant_id", "received_at"],
        unique=False,
        postgresql_where=sa.text("applied_at is null"),
    )
    op.create_table(
        "notification",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(length=12), nullable=False),
        sa.Column("recipient_kind", sa.String(length=12), nullable=False),
        sa.Column("recipient_key", sa.String(), nullable=False),
        sa.Column("recipient_name", sa.String(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("destination", sa.String(), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("context", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("fence_id", sa.Uuid(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("lane", sa.SmallInteger(), nullable=False),
        sa.Column("wants_code", sa.Boolean(), nullable=False),
        sa.Column("code", sa.String(length=3), nullable=True),
        sa.Column("promised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("tries", sa.SmallInteger(), nullable=False),
        sa.Column("lease", sa.Integer(), nullable=False),
        sa.Column("holder", sa.BigInteger(), nullable=True),
        sa.Column("look_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "fence_id"],
            ["fence.tenant_id", "fence.id"],
            name=op.f("fk_notification_fence"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_notification")),
        sa.UniqueConstraint(
            "tenant_id", "key", name=op.f("uq_notification_tenant_id_key")
        ),
    )
    op.create_index(
        "ix_notification_destination",
        "notification",
        ["tenant_id", "destination"],
        unique=False,
    )
    op.create_index(
        "ix_notification_due",
        "notification",
        ["tenant_id", "lane", "due_at"],
        unique=False,
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_index(
        "ix_notification_fence", "notification", ["tenant_id", "fence_id"], unique=False
    )
    op.create_index(
        "ix_notification_subject",
        "notification",
        ["tenant_id", "subject_id"],
        unique=False,
    )
    op.create_index(
        "ix_notification_unsettled",
        "notification",
        ["tenant_id", "state", "look_at"],
        unique=False,
        postgresql_where=sa.text("state in ('sending', 'ambiguous')"),
    )
    op.create_table(
        "reply_code",
        sa.Column("ours", sa.String(), nullable=False),
        sa.Column("theirs", sa.String(), nullable=False),
        sa.Column("code", sa.String(length=3), nullable=False),
        sa.Column("fence_id", sa.Uuid(), nullable=False),
        sa.Column("notification_id", sa.Uuid(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "fence_id"],
            ["fence.tenant_id", "fence.id"],
            name=op.f("fk_reply_code_fence"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_reply_code")),
        sa.UniqueConstraint(
            "tenant_id",
            "ours",
            "theirs",
            "code",
            name=op.f("uq_reply_code_tenant_id_ours_theirs_code"),
        ),
    )
    op.create_index(
        "ix_reply_code_fence", "reply_code", ["tenant_id", "fence_id"], unique=False
    )
    op.create_table(
        "attempt",
        sa.Column("notification_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("ours", sa.String(), nullable=False),
        sa.Column("theirs", sa.String(), nullable=False),
        sa.Column("token", sa.String(length=12), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("segments", sa.SmallInteger(), nullable=False),
        sa.Column("intended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sid", sa.String(), nullable=True),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("status_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ask_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "notification_id"],
            ["notification.tenant_id", "notification.id"],
            name=op.f("fk_attempt_notification"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_attempt")),
        sa.UniqueConstraint(
            "tenant_id",
            "notification_id",
            "number",
            name=op.f("uq_attempt_tenant_id_notification_id_number"),
        ),
        sa.UniqueConstraint(
            "tenant_id", "token", name=op.f("uq_attempt_tenant_id_token")
        ),
    )
    op.create_index(
        "ix_attempt_ask_at",
        "attempt",
        ["tenant_id", "ask_at"],
        unique=False,
        postgresql_where=sa.text("ask_at is not null"),
    )
    op.create_index("ix_attempt_sid", "attempt", ["tenant_id", "sid"], unique=False)
    op.create_table(
        "hang_up",
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "attempt_id"],
            ["attempt.tenant_id", "attempt.id"],
            name=op.f("fk_hang_up_attempt"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_hang_up")),
        sa.UniqueConstraint(
            "tenant_id", "attempt_id", name=op.f("uq_hang_up_tenant_id_attempt_id")
        ),
    )
    op.create_index(
        "ix_hang_up_waiting",
        "hang_up",
        ["tenant_id", "asked_at"],
        unique=False,
        postgresql_where=sa.text("done_at is null"),
    )
    protect("fence", "opt_out", "provider_event", "reply_code", "attempt", "hang_up")
    protect("notification", board=True)


def downgrade() -> None:
    op.drop_index(
        "ix_hang_up_waiting",
        table_name="hang_up",
        postgresql_where=sa.text("done_at is null"),
    )
    op.drop_table("hang_up")
    op.drop_index("ix_attempt_sid", table_name="attempt")
    op.drop_index(
        "ix_attempt_ask_at",
        table_name="attempt",
        postgresql_where=sa.text("ask_at is not null"),
    )
    op.drop_table("attempt")
    op.drop_index("ix_reply_code_fence", table_name="reply_code")
    op.drop_table("reply_code")
    op.drop_index(
        "ix_notification_unsettled",
        table_name="notification",
        postgresql_where=sa.text("state in ('sending', 'ambiguous')"),
    )
    op.drop_index("ix_notification_subject", table_name="notification")
    op.drop_index("ix_notification_fence", table_name="notification")
    op.drop_index(
        "ix_notification_due",
        table_name="notification",
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.drop_index("ix_notification_destination", table_name="notification")
    op.drop_table("notification")
    op.drop_index(
        "ix_provider_event_unapplied",
        table_name="provider_event",
        postgresql_where=sa.text("applied_at is null"),
    )
    op.drop_table("provider_event")
    op.drop_table("opt_out")
    op.drop_table("fence")
