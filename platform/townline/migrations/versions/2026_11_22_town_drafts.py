"""Keep a town's next version while it is prepared: people now edit rules on pages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from townline.migrations.security import protect

revision = "2026_11_22_town_drafts"
down_revision = "2026_11_22_roster_swaps"

TABLES = (
    "town_draft",
    "town_draft_change",
    "town_asking",
    "town_approval",
    "town_plan",
)


def upgrade() -> None:
    _drafts()
    _changes()
    _consents()
    _plans()
    protect(*TABLES)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _drafts() -> None:
    op.create_table(
        "town_draft",
        sa.Column("base_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_by", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                ["tenant_id", f"{name}_id"],
                ["town_version.tenant_id", "town_version.id"],
                name=f"fk_town_draft_{name}",
            )
            for name in ("base", "version")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_town_draft")),
    )
    op.create_index(
        "uq_town_draft_open",
        "town_draft",
        ["tenant_id"],
        unique=True,
        postgresql_where=sa.text("ended_at is null"),
    )


def _changes() -> None:
    op.create_table(
        "town_draft_change",
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("former_key", sa.String(), nullable=False),
        sa.Column("next_key", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("after", sa.String(), nullable=True),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.String(), nullable=False),
        *_of_a_draft("town_draft_change"),
        sa.UniqueConstraint(
            "tenant_id", "draft_id", "number", name="uq_town_draft_change_number"
        ),
    )


def _consents() -> None:
    op.create_table("town_asking", *_consent("town_asking", with_reason=True))
    op.create_table("town_approval", *_consent("town_approval", with_reason=False))


def _consent(table: str, *, with_reason: bool) -> list[sa.schema.SchemaItem]:
    reason = [sa.Column("reason", sa.String(), nullable=False)]
    return [
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        *(reason if with_reason else []),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *_of_a_draft(table),
        sa.UniqueConstraint(
            "tenant_id", "draft_id", "revision", name=f"uq_{table}_revision"
        ),
    ]


def _plans() -> None:
    op.create_table(
        "town_plan",
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused", sa.String(), nullable=False),
        *_of_a_draft("town_plan"),
        sa.UniqueConstraint("tenant_id", "draft_id", name="uq_town_plan_draft"),
    )


def _of_a_draft(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "draft_id"],
            ["town_draft.tenant_id", "town_draft.id"],
            name=f"fk_{table}_town_draft",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{table}")),
    ]
