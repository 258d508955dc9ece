"""Articles that never hold, and instructions that anybody could have given."""

from __future__ import annotations

from collections.abc import Iterator

from tenants.files.findings import Fault
from tenants.files.places import Path
from tenants.town import Article, Instruction, Town
from townline.i18n import gettext


def knowledge(town: Town) -> Iterator[Fault]:
    for number, article in enumerate(town.articles):
        yield from _of_article(article, ("articles", number))
    for number, instruction in enumerate(town.instructions):
        yield from _of_instruction(instruction, ("instructions", number))


def _of_article(article: Article, path: Path) -> Iterator[Fault]:
    first, last = article.valid_from, article.valid_until
    if first is not None and last is not None and last < first:
        remedy = gettext("Let it not end before it begins.")
        yield Fault((*path, "valid_until"), remedy)


def _of_instruction(instruction: Instruction, path: Path) -> Iterator[Fault]:
    if instruction.ends <= instruction.starts:
        yield Fault((*path, "ends"), gettext("Let it end after it starts."))
    if not instruction.author.strip():
        yield Fault((*path, "author"), gettext("Say who gave it, by name."))
    if instruction.source == "phone" and not instruction.called_back:
        remedy = gettext(
            "Call the author back at a number the town gave before, then say here that "
            "you have: anybody can phone."
        )
        yield Fault((*path, "called_back"), remedy)
