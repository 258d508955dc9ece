"""The town's categories as they are edited: their list, and one of them on its page."""

from __future__ import annotations

from dataclasses import dataclass

from portal.town import sheets
from portal.town.entry_keys import key_for
from portal.town.forms.flat import Typed, count, said, typed_of
from portal.town.sheets import Kind
from tenants.town import Category, Question, Town
from townline.i18n import gettext


@dataclass(frozen=True, slots=True)
class Listed:
    """``faults`` is how much of it would stop publishing."""

    category: Category
    faults: int


def listed(town: Town) -> tuple[Listed, ...]:
    faults = sheets.faults_of(town, CATEGORIES)
    return tuple(Listed(each, number) for each, number in faults)


def blank(town: Town) -> dict[str, str]:
    """A new category, with what most have."""
    return {
        "kind": "problem",
        "level": "4",
        "department": town.departments[0].key if town.departments else "",
        "promise.clock": "elapsed",
        "proof": "none",
        "survey": "yes",
        "public": "yes",
    }


def typed(category: Category) -> dict[str, str]:
    """``only_if`` holds a condition as it is ticked: ``building=yes``, a line each."""
    found = typed_of(category)
    for place, question in enumerate(category.questions):
        if question.shown_if:
            asked = question.shown_if.question
            ticked = [f"{asked}={answer}" for answer in question.shown_if.answers]
            found[f"questions.{place}.only_if"] = "\n".join(ticked)
    return found


def copied(category: Category) -> dict[str, str]:
    return {**typed(category), "key": ""}


def settled(town: Town, form: Typed) -> dict[str, str]:
    """With keys for new questions, and with nothing that their type has no use for."""
    found = dict(form)
    for place in range(count(found, "questions")):
        _settle_question(town, found, f"questions.{place}")
    return found


def next_after(town: Town, key: str) -> str:
    """The one that follows; "" is the end."""
    keys = [*(each.key for each in town.categories), ""]
    return keys[keys.index(town.category(key).key) + 1]


def earlier(questions: tuple[Question, ...], place: int) -> tuple[Question, ...]:
    """Those whose answers may decide whether the one at ``place`` is asked."""
    return tuple(each for each in questions[:place] if each.choices)


def _settle_question(town: Town, found: dict[str, str], path: str) -> None:
    _settle(town, found, path, "ask")
    if found.get(f"{path}.type", "choice") != "choice":
        for name in [each for each in found if each.startswith(f"{path}.choices.")]:
            del found[name]
    for place in range(count(found, f"{path}.choices")):
        _settle(town, found, f"{path}.choices.{place}", "label")
    ticked = found.get(f"{path}.only_if", "").split()
    asked = [each.partition("=")[0] for each in ticked]
    answers = [each.partition("=")[2] for each in ticked]
    found[f"{path}.shown_if.question"] = asked[0] if asked else ""
    found[f"{path}.shown_if.answers"] = "\n".join(answers)


def _settle(town: Town, found: dict[str, str], path: str, words: str) -> None:
    if found.get(f"{path}.key"):
        return
    around = path.rpartition(".")[0]
    beside = range(count(found, around))
    taken = [found.get(f"{around}.{each}.key", "") for each in beside]
    name = said(found, f"{path}.{words}", town.languages)
    found[f"{path}.key"] = key_for(name, taken, otherwise="x")


def _mixed(form: Typed) -> dict[str, str]:
    """A condition is about one question, though answers of several can be ticked."""
    found: dict[str, str] = {}
    for place in range(count(form, "questions")):
        ticked = form.get(f"questions.{place}.only_if", "").split()
        if len({each.partition("=")[0] for each in ticked}) > 1:
            words = gettext("Tick answers of one question only.")
            found[f"questions.{place}.shown_if.question"] = words
    return found


CATEGORIES = Kind(
    part=Category,
    table="categories",
    called="name",
    unfold=typed,
    settle=settled,
    mixed=_mixed,
)
