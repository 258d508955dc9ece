"""I15: a policy's edit never changes a running run, a roster's only future steps."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

import escalation
from tenants.town import Override, Policy, Rung, Town
from tests.escalation.conftest import main_break
from tests.escalation.ladders import NIGHT, RIVERTON, minutes
from tests.escalation.relays import messages_to, promised, standing
from tests.tenants.published import Publish, publish
from tickets import Ticket
from townline import localtime
from townline.db import Database
from townline.tenancy import TenantSession

__all__ = ["publish"]


def only_mailing(policy: Policy) -> Policy:
    steps = (replace(each, rungs=(Rung(channel="email"),)) for each in policy.steps)
    return replace(policy, steps=tuple(steps), on_the_way_within=60)


MAILING = replace(
    RIVERTON, policies=tuple(only_mailing(each) for each in RIVERTON.policies)
)


def covered_by(contact: str) -> Town:
    """Riverton, with one contact on call instead of everybody else this week."""
    here = localtime.wall(NIGHT, RIVERTON.time_zone)
    week = timedelta(days=7)
    cover = Override(contact=contact, starts=here - week, ends=here + week)
    rosters = (replace(each, overrides=(cover,)) for each in RIVERTON.rosters)
    return replace(RIVERTON, rosters=tuple(rosters))


def test_a_published_policy_changes_no_running_run(
    riverton: TenantSession,
    ticket: Ticket,
    publish: Publish,
    engine_database: Database,
) -> None:
    """I15."""
    publish(MAILING)

    escalation.tick(engine_database, at=minutes(5))

    assert {(5, "Ana Ruiz", "sms"), (5, "Ana Ruiz", "voice")} <= set(promised(riverton))


def test_its_deadlines_stay_too(
    riverton: TenantSession, ticket: Ticket, publish: Publish
) -> None:
    """I15."""
    before = standing(riverton, ticket.id)
    riverton.session.commit()
    publish(MAILING)

    escalation.accept(
        riverton, before.run_id, contact="ana-ruiz", via="sms", at=minutes(1)
    )

    assert standing(riverton, ticket.id).due["on_the_way"] > minutes(2)


def test_the_next_ticket_is_told_by_the_new_policy(
    riverton: TenantSession, publish: Publish
) -> None:
    publish(MAILING)

    escalation.start(riverton, main_break(riverton), at=NIGHT)

    assert {channel for _, _, channel in promised(riverton)} == {"email"}


def test_a_changed_roster_counts_from_the_next_time_it_is_asked(
    riverton: TenantSession,
    ticket: Ticket,
    publish: Publish,
    engine_database: Database,
) -> None:
    """I15: what was promised stands; who is on call now is told from now on."""
    said = promised(riverton)
    riverton.session.commit()
    publish(covered_by("walter-greene"))
    kept = promised(riverton)
    riverton.session.commit()

    for minute in range(5, 60, 5):
        escalation.tick(engine_database, at=minutes(minute))

    assert kept == said
    dans = messages_to(riverton, "dan-ortiz")
    walters = messages_to(riverton, "walter-greene")
    assert max(each.due_at for each in dans) <= minutes(5)
    assert min(each.due_at for each in walters) >= minutes(5)
