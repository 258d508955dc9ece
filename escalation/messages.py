"""What a relay says: enough to decide whether to go, and nothing of who reported it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import tenants
import tickets
from escalation.phrases import level_word
from escalation.rules import Run, Tell
from notify import Message, Recipient
from tenants.town import Category, Question
from tickets import Ticket
from townline.i18n import speaking
from townline.tenancy import TenantSession


@dataclass(frozen=True, slots=True)
class Relay:
    """One ticket, as the crew is told of it.

    Reporters are not read here at all: whoever reported it confidentially or without
    a name cannot slip into a message. A crew that may ring back sees it on its page.
    """

    ticket: Ticket
    category: Category
    dispatch: tuple[str, ...]

    @classmethod
    def about(cls, db: TenantSession, ticket: Ticket) -> Relay:
        town = tenants.rules_of(db, ticket.version_id).town
        category = town.category(ticket.category)
        return cls(ticket, category, tickets.for_dispatch(db, ticket.id))

    def message(self, tell: Tell, run: Run) -> Message:
        contact = tell.contact
        return Message(
            key=tell.key,
            to=Recipient("contact", contact.key, contact.name, contact.language),
            channel=tell.channel,
            destination=tell.destination,
            purpose="relay",
            template="relay",
            context=self.context(contact.language, run.level),
            subject_id=self.ticket.id,
            group=run.id,
            epoch=run.epoch,
            level=run.level,
            due_at=tell.due_at,
            held_for=tell.held_for,
            code=True,
        )

    def context(self, language: str, level: int) -> dict[str, str]:
        with speaking(language):
            return {
                "tracking": self.ticket.tracking,
                "category": self.category.name.in_(language),
                "place": self.ticket.place,
                "level_word": level_word(level),
                "words": tickets.masked("\n".join(self._words(language))),
            }

    def _words(self, language: str) -> Iterator[str]:
        """What was said and answered, how to get there, and what the desk adds."""
        asked = {question.key: question for question in self.category.questions}
        yield from filter(None, (self.ticket.words, self.ticket.directions))
        for each in self.ticket.answers:
            if question := asked.get(each["question"]):
                yield f"{question.ask.in_(language)} {_said(question, each, language)}"
        yield from self.dispatch


def _said(question: Question, given: dict[str, str], language: str) -> str:
    labels = {choice.key: choice.label.in_(language) for choice in question.choices}
    return labels.get(given["answer"], given["answer"])
