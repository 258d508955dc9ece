"""What is asked of a caller, and what the answers change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tenants.town import Category, Choice, Key, Level, Question

# A choice's key, or what was written; a question not answered is absent or blank.
Answers = Mapping[Key, str]


def visible_questions(category: Category, answers: Answers) -> tuple[Question, ...]:
    """The questions to ask; one that depends on a hidden one is hidden too."""
    shown: dict[Key, Question] = {}
    for question in category.questions:
        need = question.shown_if
        if need is None or (
            need.question in shown and answers.get(need.question) in need.answers
        ):
            shown[question.key] = question
    return tuple(shown.values())


def missing(category: Category, answers: Answers) -> tuple[Question, ...]:
    """The visible questions that must be answered and are not."""
    return tuple(
        question
        for question in visible_questions(category, answers)
        if question.required and not answers.get(question.key, "").strip()
    )


def raised_level(category: Category, answers: Answers) -> Level:
    """The category's level, or the gravest one that an answer raises it to."""
    raises = (choice.raises_to for choice in _chosen(category, answers))
    return min([category.level, *(level for level in raises if level is not None)])


def stop(category: Category, answers: Answers) -> Choice | None:
    """The first answer that ends the protocol, with what to say of 911."""
    return next((each for each in _chosen(category, answers) if each.stops), None)


def _chosen(category: Category, answers: Answers) -> Iterator[Choice]:
    """The choices made among visible questions: what is hidden does not count."""
    for question in visible_questions(category, answers):
        for choice in question.choices:
            if answers.get(question.key) == choice.key:
                yield choice
