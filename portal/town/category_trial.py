"""A category as the agent will see it on a call, before anybody does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import escalation
from escalation import Preview
from portal.desk import rules
from portal.town.forms.flat import Typed
from portal.town.sheets import Sheet
from tenants.rules import (
    missing,
    promise,
    raised_level,
    stop,
    suggest,
    visible_questions,
)
from tenants.town import Category, Choice, Language, Question, Town

ANSWER = "answer."


@dataclass(frozen=True, slots=True)
class Said:
    """What the desk's templates read of a draft: in which language, and the answers."""

    language: Language
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What the desk's templates call ``sheet``, without a call."""

    town: Town
    version: int
    category: Category
    draft: Said
    at: datetime
    sound: bool
    words: str = ""

    @property
    def suggested(self) -> tuple[str, ...]:
        """What an agent who types the words is offered, by its key, the best first."""
        found = suggest(self.town, self.words, language=self.draft.language)
        return tuple(each.category.key for each in found)

    @property
    def questions(self) -> tuple[Question, ...]:
        return visible_questions(self.category, self.draft.answers)

    @property
    def needed(self) -> tuple[Question, ...]:
        return missing(self.category, self.draft.answers)

    @property
    def stop(self) -> Choice | None:
        return stop(self.category, self.draft.answers)

    @property
    def level(self) -> int:
        return raised_level(self.category, self.draft.answers)

    @property
    def is_raised(self) -> bool:
        return self.level != self.category.level

    @property
    def promise(self) -> str:
        tongue = self.draft.language
        return spoken_promise(self.town, self.category, tongue, at=self.at)

    @property
    def read_back(self) -> str:
        return rules.read_back(
            self.category,
            self.draft.answers,
            place="",
            number="",
            language=self.draft.language,
        )

    @property
    def told(self) -> Preview | None:
        """Nobody can be foreseen in a town whose file does not hold together yet."""
        if not self.sound:
            return None
        return escalation.preview(self.town, self.category, self.level, at=self.at)

    def fault(self, _: str) -> str:
        """Nothing is saved here, so nothing is refused."""
        return ""


def spoken_promise(
    town: Town, category: Category, tongue: Language, *, at: datetime
) -> str:
    """Its bare words where opening time never comes, and it can never be due."""
    if category.promise.clock == "business" and not town.hours:
        return category.promise.say.in_(tongue)
    return promise(town, category, at=at).say.in_(tongue)


def trial(sheet: Sheet[Category], form: Typed, *, version: int, at: datetime) -> Trial:
    tongues: tuple[str, ...] = sheet.town.languages
    wished = form.get("tongue", "")
    place = tongues.index(wished) if wished in tongues else 0
    answers = {
        name.removeprefix(ANSWER): value
        for name, value in form.items()
        if name.startswith(ANSWER)
    }
    return Trial(
        town=sheet.town,
        version=version,
        category=sheet.entry,
        draft=Said(sheet.town.languages[place], answers),
        at=at,
        sound=sheet.sound,
        words=form.get("try", "").strip(),
    )
