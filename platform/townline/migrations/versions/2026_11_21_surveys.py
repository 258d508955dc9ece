"""Keep follow-ups, call-back tasks and surveys."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from townline.migrations.security import protect

revision = "2026_11_21_surveys"
down_revision = "2026_11_21_escalation"


def upgrade() -> None:
    op.create_table(
        "respondent",
        sa.Column("destination", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_respondent")),
        sa.UniqueConstraint(
            "tenant_id", "destination", name=op.f("uq_respondent_tenant_id_destination")
        ),
    )
    op.create_table(
        "follow_up",
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "ticket_id"],
            ["ticket.tenant_id", "ticket.id"],
            name=op.f("fk_follow_up_ticket"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_follow_up")),
        sa.UniqueConstraint(
            "tenant_id",
            "ticket_id",
            "kind",
            name=op.f("uq_follow_up_tenant_id_ticket_id_kind"),
        ),
    )
    op.create_index(
        "ix_follow_up_due",
        "follow_up",
        ["tenant_id", "due_at"],
        unique=False,
        postgresql_where=sa.text("done_at is null"),
    )
    op.create_table(
        "invitation",
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("reporter_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("destination", sa.String(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("token_digest", sa.LargeBinary(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "reporter_id"],
            ["reporter.tenant_id", "reporter.id"],
            name=op.f("fk_invitation_reporter"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "ticket_id"],
            ["ticket.tenant_id", "ticket.id"],
            name=op.f("fk_invitation_ticket"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_invitation")),
        sa.UniqueConstraint(
            "tenant_id",
            "ticket_id",
            "reporter_id",
            name=op.f("uq_invitation_tenant_id_ticket_id_reporter_id"),
        ),
        sa.UniqueConstraint(
            "tenant_id",
            "token_digest",
            name=op.f("uq_invitation_tenant_id_token_digest"),
        ),
    )
    op.create_index(
        "ix_invitation_due",
        "invitation",
        ["tenant_id", "due_at"],
        unique=False,
        postgresql_where=sa.text("sent_at is null"),
    )
    op.create_index(
        "ix_invitation_sent", "invitation", ["tenant_id", "sent_at"], unique=False
    )
    op.create_table(
        "task",
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("reporter_id", sa.Uuid(), nullable=False),
        sa.Column("cause_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("phone", sa.String(length=16), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("script", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.SmallInteger(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.String(), nullable=True),
        sa.Column("result", sa.String(length=16), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "reporter_id"],
            ["reporter.tenant_id", "reporter.id"],
            name=op.f("fk_task_reporter"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "ticket_id"],
            ["ticket.tenant_id", "ticket.id"],
            name=op.f("fk_task_ticket"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_task")),
        sa.UniqueConstraint(
            "tenant_id", "cause_id", name=op.f("uq_task_tenant_id_cause_id")
        ),
    )
    op.create_index(
        "ix_task_open",
        "task",
        ["tenant_id", "due_at"],
        unique=False,
        postgresql_where=sa.text("done_at is null"),
    )
    op.create_index("ix_task_ticket", "task", ["tenant_id", "ticket_id"], unique=False)
    op.create_table(
        "response",
        sa.Column("invitation_id", sa.Uuid(), nullable=False),
        sa.Column("solved", sa.String(length=8), nullable=False),
        sa.Column("score", sa.SmallInteger(), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("score between 1 and 5", name=op.f("ck_response_score")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "invitation_id"],
            ["invitation.tenant_id", "invitation.id"],
            name=op.f("fk_response_invitation"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_response")),
        sa.UniqueConstraint(
            "tenant_id",
            "invitation_id",
            name=op.f("uq_response_tenant_id_invitation_id"),
        ),
    )
    op.create_index("ix_response_at", "response", ["tenant_id", "at"], unique=False)
    protect("respondent", "follow_up", "invitation", "response")
    protect("task", board=True)


def downgrade() -> None:
    op.drop_index("ix_response_at", table_name="response")
    op.drop_table("response")
    op.drop_index("ix_task_ticket", table_name="task")
    op.drop_index(
        "ix_task_open", table_name="task", postgresql_where=sa.text("done_at is null")
    )
    op.drop_table("task")
    op.drop_index("ix_invitation_sent", table_name="invitation")
    op.drop_index(
        "ix_invitation_due",
        table_name="invitation",
        postgresql_where=sa.text("sent_at is null"),
    )
    op.drop_table("invitation")
    op.drop_index(
        "ix_follow_up_due",
        table_name="follow_up",
        postgresql_where=sa.text("done_at is null"),
    )
    op.drop_table("follow_up")
    op.drop_table("respondent")
