"""Which category of the town a foreign name means, and why none when none does."""

from __future__ import annotations

from dataclasses import dataclass, field

from tenants.rules import suggest
from tenants.town import Category, Language, Town
from townline.entrypoints.replay.rows import Unreadable

# Tried on both files: above it every suggestion was meant (Contractors Complaint 97,
# Support à vélo 98), below it none was to be trusted (Rat Bite for bed bugs 87).
SURE = 90.0


def folded(name: str) -> str:
    return " ".join(name.casefold().split())


@dataclass(slots=True)
class Matcher:
    """The town's own names: to the letter, else folded, else a sure suggestion."""

    town: Town
    _known: dict[tuple[str, Language], Category | Unreadable] = field(
        default_factory=dict
    )

    def category(self, name: str, *, language: Language) -> Category:
        """A file has few names and many rows: each is looked for once."""
        key = (name, language)
        found = self._known.get(key) or self._look_for(name, language)
        self._known[key] = found
        if isinstance(found, Unreadable):
            raise found
        return found

    def _look_for(self, name: str, language: Language) -> Category | Unreadable:
        names = {each.name.in_(language): each for each in self.town.categories}
        if exact := names.get(name):
            return exact
        alike = {folded(each): category for each, category in names.items()}
        if same := alike.get(folded(name)):
            return same
        best = next(iter(suggest(self.town, name, language=language)), None)
        if best is not None and best.score >= SURE:
            return best.category
        return Unreadable(f"no category for “{name}”")
