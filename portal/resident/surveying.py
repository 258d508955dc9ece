"""The survey: what is typed into it, what it asks about, and that it was answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import cast, get_args

from litestar.response import Template
from litestar.status_codes import HTTP_200_OK, HTTP_422_UNPROCESSABLE_ENTITY

import surveys
import tenants
import tickets
from portal.resident.tracking import public_place
from surveys import Answers, Solved
from townline.tenancy import TenantSession
from townline.web import page

SCORES = ("5", "4", "3", "2", "1")


@dataclass(frozen=True, slots=True)
class SurveyForm:
    """What came from the page: everything may be missing, or made up."""

    solved: str = ""
    score: str = ""
    comment: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """The questions that still want an answer, in the order they are asked."""
        wrong = {
            "solved": self.solved not in get_args(Solved),
            "score": self.score not in SCORES,
        }
        return tuple(name for name, is_wrong in wrong.items() if is_wrong)

    def answers(self) -> Answers:
        """Only of a form in which nothing is missing."""
        return Answers(cast(Solved, self.solved), int(self.score), self.comment)


def survey_page(
    db: TenantSession, token: str, *, at: datetime, form: SurveyForm | None = None
) -> Template:
    """``form`` is what was sent and lacks an answer; None when it is first shown."""
    invitation = surveys.invitation(db, token, at=at)
    ticket = tickets.get(db, invitation.ticket_id)
    town = tenants.rules_of(db, ticket.version_id).town
    if invitation.answered_at is not None:
        return page("resident/thanks.html", town=town)
    return page(
        "resident/survey.html",
        status_code=HTTP_422_UNPROCESSABLE_ENTITY if form else HTTP_200_OK,
        town=town,
        category=town.category(ticket.category),
        place=public_place(db, ticket),
        opened_at=ticket.opened_at,
        form=form or SurveyForm(),
        missing=form.missing if form else (),
        scores=SCORES,
        address=f"/s/{town.prefix}/{token}",
    )
