"""The town's names and its callers' words, laid together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import tenants
from tenants.shelf import PerVersion
from tenants.town import Category, Language, Town
from tickets.suggesting.learning import counted, leanings
from tickets.suggesting.names import Names, named
from tickets.suggesting.rules import Learnt, likelihoods, marks_of
from townline import localtime
from townline.tenancy import TenantSession

# Tried on New Haven: what is typed as a name outweighs custom; a name that a story
# mentions is one more hint among its words.
AS_A_NAME = 6.0
AS_A_MENTION = 2.0
# A name of which less was said was not meant: "street" is a word of many.
HALF_OF_IT = 0.5
# What is less likely would only be read for nothing.
LIKELY = 0.03

_NAMES = PerVersion(Names.of)


@dataclass(frozen=True, slots=True)
class Suggested:
    """``like`` tickets of the category had ``word`` in them; 0 when its name fits."""

    category: Category
    likelihood: float
    like: int = 0
    word: str = ""


def suggested(
    db: TenantSession, words: str, *, language: Language, at: datetime
) -> tuple[Suggested, ...]:
    """The categories of the town that fit, the likeliest first."""
    rules = tenants.current(db)
    hour = localtime.wall(at, rules.town.time_zone).hour
    marks = marks_of(words, hour=hour)
    learnt = Learnt(counted(db), leanings(db, marks)) if marks else Learnt()
    names = _NAMES.of(rules)
    return blended(
        rules.town, words, language=language, hour=hour, names=names, learnt=learnt
    )


def blended(
    town: Town,
    words: str,
    *,
    language: Language,
    hour: int,
    names: Names,
    learnt: Learnt,
) -> tuple[Suggested, ...]:
    """A town that has learnt nothing goes by names alone; others by both."""
    fitting = named(town, words, language=language)
    hints = names.mentioned(words)
    marks = marks_of(words, hour=hour)
    keys = [category.key for category in town.categories]
    scores = learnt.scores(marks, keys) if marks else dict.fromkeys(keys, 0.0)
    for key in keys:
        scores[key] += AS_A_NAME * fitting.get(key, 0.0)
        scores[key] += AS_A_MENTION * hints.get(key, 0.0)
    found = likelihoods(scores)
    is_told = learnt.knows(words)
    offered = (
        Suggested(category, found[category.key], *_reason(learnt, words, category.key))
        for category in town.categories
        if category.key in fitting
        or hints.get(category.key, 0.0) >= HALF_OF_IT
        or (is_told and found[category.key] >= LIKELY)
    )
    return tuple(sorted(offered, key=lambda each: -each.likelihood))


def _reason(learnt: Learnt, words: str, category: str) -> tuple[int, str]:
    word, tickets = learnt.like(words, category)
    return tickets, word
