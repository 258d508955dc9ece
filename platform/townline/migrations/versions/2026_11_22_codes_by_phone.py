"""Let a code mean one ticket to a phone, from whichever of the town's numbers it came.

A code that two of the town's numbers had given to one phone can mean neither any more:
the later one rests, and the next message about its ticket brings another. The narrower
constraint stays for the workers of the release before.
"""

from __future__ import annotations

from alembic import op

revision = "2026_11_22_codes_by_phone"
down_revision = "2026_11_22_phone_line"

NAME = "uq_reply_code_tenant_id_theirs_code"


def upgrade() -> None:
    # Row security binds the owner too, who belongs to no town.
    op.execute("alter table reply_code no force row level security")
    op.execute(
        "update reply_code set retired_at = coalesce(retired_at, now())"
        " where exists (select from reply_code as other"
        " where other.tenant_id = reply_code.tenant_id"
        " and other.theirs = reply_code.theirs and other.code = reply_code.code"
        " and other.id <> reply_code.id)"
    )
    op.execute(
        "delete from reply_code using reply_code as later"
        " where later.tenant_id = reply_code.tenant_id"
        " and later.theirs = reply_code.theirs and later.code = reply_code.code"
        " and (later.given_at, later.id) > (reply_code.given_at, reply_code.id)"
    )
    op.execute("alter table reply_code force row level security")
    op.create_unique_constraint(NAME, "reply_code", ["tenant_id", "theirs", "code"])


def downgrade() -> None:
    op.drop_constraint(NAME, "reply_code")
