"""What an agent reads out to somebody, kept as an intent before they dial."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from secrets import token_urlsafe

import tenants
from notify import links, rendering
from notify.dials import Dial
from notify.models import Attempt, Notification
from notify.rules import receipts
from notify.service.codes import live_codes
from townline.auth import Person
from townline.db import new_id
from townline.tenancy import TenantSession


def intend(
    db: TenantSession, it: Notification, *, by: Person, at: datetime
) -> tuple[Dial, Attempt]:
    """The number and the exact words, in the language of whoever is rung."""
    town = tenants.current(db).town
    ours = town.lines[0].number
    it.code = _texted_code(db, it)
    head = rendering.letterhead(
        town,
        language=it.language,
        name=it.recipient_name,
        level=it.level,
        public_url="",
    )
    head = replace(head, code=it.code or "")
    context = {**it.context, "agent": by.name.partition(" ")[0]}
    script = rendering.compose(it.template, "agent", context, head).body
    machine = rendering.render(f"{it.template}/voicemail.txt", context, head)
    it.tries += 1
    attempt = db.add(_attempt(it, script, ours=ours, at=at))
    db.session.flush()
    dial = db.add(
        Dial(
            id=new_id(),
            notification_id=it.id,
            attempt_id=attempt.id,
            agent_id=by.account_id,
            agent=by.name,
            voicemail=" ".join(machine.split()),
            taken_at=at,
            said="",
        )
    )
    db.session.flush()
    return dial, attempt


def _texted_code(db: TenantSession, it: Notification) -> str | None:
    """What an earlier text told this phone to answer with, to be said to a machine."""
    live = live_codes(db, it.destination)
    codes = (code.code for code, fence in live if fence.id == it.fence_id)
    return next(codes, None)


def _attempt(it: Notification, script: str, *, ours: str, at: datetime) -> Attempt:
    id = new_id()
    return Attempt(
        id=id,
        notification_id=it.id,
        number=it.tries,
        channel=it.channel,
        ours=ours,
        theirs=it.destination,
        # Nothing that is said aloud carries a link: this token opens none.
        token=links.sign(token_urlsafe(), id, it.fence_id, it.epoch),
        subject="",
        body=script,
        segments=0,
        intended_at=at,
        status=receipts.INTENDED,
        error="",
        status_at=at,
    )
