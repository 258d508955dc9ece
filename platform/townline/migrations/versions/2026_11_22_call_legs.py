"""Keep who is on a call's line, how long it was held, and what was recorded of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from townline.migrations.security import protect

revision = "2026_11_22_call_legs"
down_revision = "2026_11_22_moved_call"

COLUMNS = ("held_since", "held_seconds", "room", "outbound", "redial_of", "parted_at")


def upgrade() -> None:
    _widen_call()
    _keep_legs()
    _keep_recordings()
    _keep_what_systems_told()
    protect("call_leg", "recording", "told_by_system", board=True)


def downgrade() -> None:
    for table in ("told_by_system", "recording", "call_leg"):
        op.drop_table(table)
    for column in COLUMNS:
        op.drop_column("call", column)


def _widen_call() -> None:
    """Processes of the release before know nothing of these and write none."""
    none = sa.text("0")
    op.add_column("call", sa.Column("held_since", sa.DateTime(timezone=True)))
    op.add_column(
        "call",
        sa.Column("held_seconds", sa.Integer(), server_default=none, nullable=False),
    )
    op.add_column("call", sa.Column("room", sa.String(length=64)))
    op.add_column(
        "call",
        sa.Column("outbound", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.add_column("call", sa.Column("redial_of", sa.Uuid()))
    op.add_column("call", sa.Column("parted_at", sa.DateTime(timezone=True)))


def _keep_legs() -> None:
    op.create_table(
        "call_leg",
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("purpose", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("sid", sa.String(length=64), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=12), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "call_id"],
            ["call.tenant_id", "call.id"],
            name=op.f("fk_call_leg_call"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_call_leg")),
    )
    op.create_index("ix_call_leg_call", "call_leg", ["tenant_id", "call_id"])


def _keep_recordings() -> None:
    op.create_table(
        "recording",
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("sid", sa.String(length=64), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("delete_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "call_id"],
            ["call.tenant_id", "call.id"],
            name=op.f("fk_recording_call"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_recording")),
        sa.UniqueConstraint(
            "tenant_id", "sid", name=op.f("uq_recording_tenant_id_sid")
        ),
    )
    op.create_index("ix_recording_call", "recording", ["tenant_id", "call_id"])
    op.create_index(
        "ix_recording_to_delete",
        "recording",
        ["tenant_id", "delete_at"],
        postgresql_where=sa.text("deleted_at is null"),
    )


def _keep_what_systems_told() -> None:
    op.create_table(
        "told_by_system",
        sa.Column("system", sa.String(length=20), nullable=False),
        sa.Column("event_id", sa.String(length=80), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_told_by_system")),
        sa.UniqueConstraint(
            "tenant_id",
            "system",
            "event_id",
            name=op.f("uq_told_by_system_tenant_id_system_event_id"),
        ),
    )
    op.create_index("ix_told_by_system_at", "told_by_system", ["tenant_id", "told_at"])
