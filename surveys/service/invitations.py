"""Asking those who reported a ticket how it went: seldom, and by one message."""

from __future__ import annotations

import secrets
from datetime import datetime
from hashlib import sha256
from uuid import UUID

import notify
import tenants
import tickets
from surveys import rules
from surveys.models import Invitation
from surveys.queries import due_invitations
from surveys.service import respondents
from surveys.service.news import RESIDENTS, about, recipient
from tenants.town import Town
from tickets import Reporter, Ticket
from townline import proof
from townline.tenancy import TenantSession

# 72 random bits: not to be guessed in the month a link lives, and 12 characters of
# a text's 160.
TOKEN_BYTES = 9


def plan_invitations(
    db: TenantSession, ticket: Ticket, *, reason: str, at: datetime
) -> None:
    town = tenants.rules_of(db, ticket.version_id).town
    wanted = town.category(ticket.category).survey and rules.wants_a_survey(reason)
    if wanted and rules.sampled(ticket.id, percent=town.survey.percent):
        asked = _asked(db, ticket.id)
        for reporter in tickets.reporters(db, ticket.id):
            if reporter.id in asked:
                continue
            _invite(db, ticket, reporter, town=town, at=at)


def drop_invitations(db: TenantSession, ticket_id: UUID) -> None:
    """What was planned and not yet sent; their turn to be asked is theirs again."""
    planned = db.rows(Invitation).where(
        Invitation.ticket_id == ticket_id, Invitation.sent_at.is_(None)
    )
    for invitation in db.session.scalars(planned.with_for_update()):
        respondents.give_back(db, invitation.destination, due_at=invitation.due_at)
        db.session.delete(invitation)
    db.session.flush()


def send_invitations(db: TenantSession, *, at: datetime) -> int:
    """Send what has fallen due in this town, and say how many."""
    due = db.session.scalars(due_invitations(db, at)).all()
    for invitation in due:
        token = secrets.token_urlsafe(TOKEN_BYTES)
        invitation.token_digest = digest(token)
        invitation.sent_at = at
        notify.promise(db, _message(db, invitation, token, at=at), at=at)
        proof.record(
            db,
            "survey.sent",
            subject=invitation.ticket_id,
            at=at,
            channel=invitation.channel,
            reporter=invitation.reporter_id,
        )
    return len(due)


def digest(token: str) -> bytes:
    return sha256(token.encode()).digest()


def _asked(db: TenantSession, ticket_id: UUID) -> set[UUID]:
    """Who was asked about it when it was closed before, and is not asked again."""
    sent = db.rows(Invitation).where(Invitation.ticket_id == ticket_id)
    return {each.reporter_id for each in db.session.scalars(sent)}


def _invite(
    db: TenantSession, ticket: Ticket, reporter: Reporter, *, town: Town, at: datetime
) -> None:
    found = rules.reach(reporter.tell_by, phone=reporter.phone, email=reporter.email)
    due = rules.invitation_due(at, town.survey, town.time_zone)
    asked_after = rules.not_before(due, town.survey)
    if found is None or not respondents.take_turn(
        db, found.destination, due_at=due, asked_after=asked_after
    ):
        return
    invitation = Invitation(
        ticket_id=ticket.id,
        reporter_id=reporter.id,
        channel=found.channel,
        destination=found.destination,
        language=reporter.language,
        due_at=due,
    )
    db.add(invitation)


def _message(
    db: TenantSession, invitation: Invitation, token: str, *, at: datetime
) -> notify.Message:
    ticket = tickets.get(db, invitation.ticket_id)
    town = tenants.rules_of(db, ticket.version_id).town
    reporter = db.get(Reporter, invitation.reporter_id)
    return notify.Message(
        key=f"survey:{invitation.id}",
        to=recipient(reporter),
        channel=invitation.channel,
        destination=invitation.destination,
        purpose="survey",
        template="survey_invitation",
        subject_id=ticket.id,
        level=RESIDENTS,
        due_at=at,
        expires_at=at + rules.INVITATION_LASTS,
        context={**about(ticket, town, invitation.language), "token": token},
    )
