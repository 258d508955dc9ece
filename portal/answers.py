"""What a caller said to a category's questions, in the words of whoever reads it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tenants.town import Category
from tickets import Ticket
from townline.i18n import language


@dataclass(frozen=True, slots=True)
class Answered:
    question: str
    answer: str


def answers(ticket: Ticket, category: Category) -> Iterator[Answered]:
    questions = {each.key: each for each in category.questions}
    for given in ticket.answers:
        if question := questions.get(given["question"]):
            labels = {each.key: each.label.in_(language()) for each in question.choices}
            said = labels.get(given["answer"], given["answer"])
            yield Answered(question.ask.in_(language()), said)
