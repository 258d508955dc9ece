"""Keep runs, their timers and acceptances."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from townline.migrations.security import protect

revision = "2026_11_21_escalation"
down_revision = "2026_11_21_calls"


def upgrade() -> None:
    op.create_table(
        "run",
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("policy", sa.String(length=40), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("opening", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("repeat", sa.Integer(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("step_started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("exhausted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waiting", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("declined", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("holders", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reached", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("alarm", sa.String(), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "ticket_id"],
            ["ticket.tenant_id", "ticket.id"],
            name=op.f("fk_run_ticket"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_run")),
    )
    op.create_index(
        "ix_run_open",
        "run",
        ["tenant_id", "level", "started_at"],
        unique=False,
        postgresql_where=sa.text("state in ('running', 'exhausted', 'paused')"),
    )
    op.create_index("ix_run_ticket", "run", ["tenant_id", "ticket_id"], unique=False)
    op.create_index(
        "uq_run_live",
        "run",
        ["tenant_id", "ticket_id"],
        unique=True,
        postgresql_where=sa.text("state not in ('closed', 'superseded')"),
    )
    op.create_table(
        "acceptance",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("opening", sa.Integer(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("via", sa.String(length=12), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "run_id"],
            ["run.tenant_id", "run.id"],
            name=op.f("fk_acceptance_run"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_acceptance")),
        sa.UniqueConstraint(
            "tenant_id", "run_id", "opening", "contact", name="uq_acceptance_opening"
        ),
    )
    op.create_table(
        "timer",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.String(length=6), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "run_id"],
            ["run.tenant_id", "run.id"],
            name=op.f("fk_timer_run"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_timer")),
    )
    op.create_index(
        "ix_timer_due",
        "timer",
        ["tenant_id", "due_at"],
        unique=False,
        postgresql_where=sa.text("state = 'due'"),
    )
    op.create_index(
        "uq_timer_due",
        "timer",
        ["tenant_id", "run_id", "kind"],
        unique=True,
        postgresql_where=sa.text("state = 'due'"),
    )
    protect("run", "acceptance", "timer", board=True)


def downgrade() -> None:
    op.drop_index(
        "uq_timer_due", table_name="timer", postgresql_where=sa.text("state = 'due'")
    )
    op.drop_index(
        "ix_timer_due", table_name="timer", postgresql_where=sa.text("state = 'due'")
    )
    op.drop_table("timer")
    op.drop_table("acceptance")
    op.drop_index(
        "uq_run_live",
        table_name="run",
        postgresql_where=sa.text("state not in ('closed', 'superseded')"),
    )
    op.drop_index("ix_run_ticket", table_name="run")
    op.drop_index(
        "ix_run_open",
        table_name="run",
        postgresql_where=sa.text("state in ('running', 'exhausted', 'paused')"),
    )
    op.drop_table("run")
