"""Keep whom the desk owes a call, the messages they left, and a town's announcements.

A number is on the list once, however often it has called: two agents who take it at
the same moment meet in one row.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from townline.migrations.security import protect

revision = "2026_11_22_call_backs"
down_revision = "2026_11_22_reviews"

_OPEN = sa.text("done_at is null")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _call_back()
    _voicemail()
    op.create_table(
        "announcement",
        sa.Column("en", sa.String(), nullable=False),
        sa.Column("fr", sa.String(), nullable=False),
        sa.Column("starts_at", _MOMENT, nullable=False),
        sa.Column("ends_at", _MOMENT, nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_announcement")),
    )
    op.create_index("ix_announcement_ends", "announcement", ["tenant_id", "ends_at"])
    protect("call_back", "voicemail", "announcement", board=True)


def _call_back() -> None:
    op.create_table(
        "call_back",
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=16), nullable=True),
        sa.Column("line", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("last_at", _MOMENT, nullable=False),
        sa.Column("times", sa.SmallInteger(), nullable=False),
        sa.Column("longest_wait", sa.Integer(), nullable=False),
        sa.Column("wanted_at", _MOMENT, nullable=True),
        sa.Column("tries", sa.SmallInteger(), nullable=False),
        sa.Column("tried_at", _MOMENT, nullable=True),
        sa.Column("claimed_by", sa.Uuid(), nullable=True),
        sa.Column("claimed_by_name", sa.String(), nullable=True),
        sa.Column("claimed_at", _MOMENT, nullable=True),
        sa.Column("result", sa.String(length=20), nullable=True),
        sa.Column("done_at", _MOMENT, nullable=True),
        sa.Column("done_by", sa.String(), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "call_id"],
            ["call.tenant_id", "call.id"],
            name=op.f("fk_call_back_call"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_call_back")),
    )
    op.create_index(
        "uq_call_back_open",
        "call_back",
        ["tenant_id", "number"],
        unique=True,
        postgresql_where=_OPEN,
    )
    op.create_index(
        "ix_call_back_open",
        "call_back",
        ["tenant_id", "since"],
        unique=False,
        postgresql_where=_OPEN,
    )
    op.create_index("ix_call_back_call", "call_back", ["tenant_id", "call_id"])


def _voicemail() -> None:
    op.create_table(
        "voicemail",
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("call_back_id", sa.Uuid(), nullable=False),
        sa.Column("recording_sid", sa.String(length=34), nullable=False),
        sa.Column("recording_url", sa.String(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("left_at", _MOMENT, nullable=False),
        sa.Column("transcript", sa.String(), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "call_id"],
            ["call.tenant_id", "call.id"],
            name=op.f("fk_voicemail_call"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "call_back_id"],
            ["call_back.tenant_id", "call_back.id"],
            name=op.f("fk_voicemail_call_back"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_voicemail")),
        sa.UniqueConstraint(
            "tenant_id",
            "recording_sid",
            name=op.f("uq_voicemail_tenant_id_recording_sid"),
        ),
    )
    op.create_index(
        "ix_voicemail_call_back", "voicemail", ["tenant_id", "call_back_id"]
    )
    op.create_index("ix_voicemail_call", "voicemail", ["tenant_id", "call_id"])


def downgrade() -> None:
    op.drop_table("announcement")
    op.drop_table("voicemail")
    op.drop_table("call_back")
