"""The categories to choose from, what speaks for each, and what is different now."""

from __future__ import annotations

from dataclasses import dataclass

from portal.desk.sheet import Sheet
from tenants.rules.instructing import concerning, in_force
from tenants.town import Category, Instruction
from tickets import suggesting
from townline.tenancy import TenantSession

# More than these push the questions out of sight; the rest is one click away.
MOST_OFFERED = 5


@dataclass(frozen=True, slots=True)
class Offer:
    """``like`` earlier tickets of the category had ``word`` in them, if any did."""

    category: Category
    instructions: tuple[Instruction, ...]
    like: int = 0
    word: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """``found`` fit the words, the chosen one always among them; the rest do not."""

    found: tuple[Offer, ...]
    others: tuple[Offer, ...]


def choice_of(db: TenantSession, sheet: Sheet) -> Choice:
    held = in_force(sheet.town, at=sheet.at)
    fitting = {
        each.category.key: Offer(
            each.category,
            concerning(held, each.category.key),
            each.like,
            each.word,
        )
        for each in suggesting.suggested(
            db, sheet.draft.words, language=sheet.draft.language, at=sheet.at
        )[:MOST_OFFERED]
    }
    chosen = sheet.category
    if chosen is not None and chosen.key not in fitting:
        kept = list(fitting.items())[: MOST_OFFERED - 1]
        fitting = {
            chosen.key: Offer(chosen, concerning(held, chosen.key)),
            **dict(kept),
        }
    others = tuple(
        Offer(each, concerning(held, each.key))
        for each in sheet.town.categories
        if each.key not in fitting
    )
    return Choice(tuple(fitting.values()), others)
