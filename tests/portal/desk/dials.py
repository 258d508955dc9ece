"""What an agent does about a call by hand, click by click, and what came of it."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import escalation
import notify
from tests.portal.desk.cast import Agent
from townline import proof
from townline.tenancy import TenantSession


def later(agent: Agent, **time: float) -> None:
    agent.clock.at += timedelta(**time)


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found, page
    return found[1]


def take(agent: Agent, task: str) -> str:
    """Take it, and find the key under which its result is said."""
    assert agent.send(f"{task}/claim") == (303, task)
    return hidden(agent.get(task), "dial")


def says(agent: Agent, task: str, result: str, **more: str) -> tuple[int, str]:
    dial = hidden(agent.get(task), "dial")
    return agent.send(f"{task}/result", dial=dial, result=result, **more)


def log_of(db: TenantSession, task: str) -> list[str]:
    asked = notify.to_be_dialled(db, UUID(task[-36:]))
    events = [each.event for each in proof.timeline(db, asked.subject_id)]
    db.session.commit()
    return [each for each in events if each.startswith("relay.")]


def told(db: TenantSession, state: str) -> list[tuple[str, str]]:
    found = db.session.scalars(db.rows(notify.Notification)).all()
    db.session.commit()
    return [(e.recipient_name, e.channel) for e in found if e.state == state]


def ana_accepts(db: TenantSession, agent: Agent, task: str) -> None:
    """By text, at the agent's hour."""
    run_id = notify.to_be_dialled(db, UUID(task[-36:])).fence_id
    assert run_id is not None
    escalation.accept(db, run_id, contact="ana-ruiz", via="sms", at=agent.clock.at)
    db.session.commit()
