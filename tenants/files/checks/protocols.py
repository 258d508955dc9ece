"""Questions that could not be asked, answered or reached; phrases nobody would say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tenants.files.findings import Fault, meant
from tenants.files.places import Path
from tenants.town import Choice, Question, ShownIf, Town
from townline.i18n import gettext


def protocols(town: Town) -> Iterator[Fault]:
    spoken = {each.when for each in town.phrases}
    if "open" not in spoken:
        remedy = gettext("Add what is said while the town hall is open.")
        yield Fault(("phrases",), remedy)
    if "closed" not in spoken:
        remedy = gettext("Add what is said while the town hall is closed.")
        yield Fault(("phrases",), remedy)
    for number, category in enumerate(town.categories):
        earlier: dict[str, Question] = {}
        for place, question in enumerate(category.questions):
            path = ("categories", number, "questions", place)
            yield from _of_question(question, earlier, path)
            earlier[question.key] = question


def _of_question(
    question: Question, earlier: Mapping[str, Question], path: Path
) -> Iterator[Fault]:
    if (question.type == "choice") != bool(question.choices):
        remedy = gettext(
            "Give choices to a question that is answered by choosing, and to no other."
        )
        yield Fault((*path, "choices"), remedy)
    for number, choice in enumerate(question.choices):
        yield from _of_choice(choice, (*path, "choices", number))
    if question.shown_if is not None:
        yield from _of_condition(question.shown_if, earlier, (*path, "shown_if"))


def _of_choice(choice: Choice, path: Path) -> Iterator[Fault]:
    if choice.stops and not (choice.say.en or choice.say.fr):
        remedy = gettext("Add what is said to the caller before 911 is dialed.")
        yield Fault((*path, "say"), remedy)


def _of_condition(
    condition: ShownIf, earlier: Mapping[str, Question], path: Path
) -> Iterator[Fault]:
    asked = earlier.get(condition.question)
    if asked is None:
        near = meant(condition.question, earlier)
        remedy = gettext("Name a question that is asked before{meant}")
        yield Fault((*path, "question"), remedy.format(meant=near))
        return
    known = [choice.key for choice in asked.choices]
    for number, answer in enumerate(condition.answers):
        if answer not in known:
            remedy = gettext('Name a choice of "{question}"{meant}').format(
                question=asked.key, meant=meant(answer, known)
            )
            yield Fault((*path, "answers", number), remedy)
