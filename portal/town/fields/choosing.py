"""What there is to choose from where a field refers to something else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import permutations
from zoneinfo import available_timezones

from portal.town.fields.shared import LANGUAGES
from portal.town.forms import Choices
from portal.town.policies.ways import in_turn
from tenants.files import regions
from tenants.rules.preferences import USUAL
from tenants.town import Town
from townline.i18n import gettext, language
from townline.words import phone

Offered = Sequence[tuple[str, str]]


def choices(town: Town) -> Choices:
    spoken = language()
    offered: Mapping[str, Offered] = {
        "departments": [(e.key, e.name.in_(spoken)) for e in town.departments],
        "contacts": [(each.key, each.name) for each in town.contacts],
        "menus": [(e, e) for e in dict.fromkeys(each.key for each in town.menus)],
        "articles": [
            (each.key, each.title.in_(spoken))
            for each in town.articles
            if each.audience == "public"
        ],
        "lines": [
            (e.number, f"{phone(e.number)}, {e.label.in_(spoken)}") for e in town.lines
        ],
        "languages": [(each, gettext(LANGUAGES[each])) for each in town.languages],
        "orders of languages": [
            ("en", gettext("English")),
            ("fr", gettext("French")),
            ("en fr", gettext("English first, then French")),
            ("fr en", gettext("French first, then English")),
        ],
        "orders of channels": [*_orders()],
        "zones": [(each, each) for each in _zones()],
        "regions": [(each, each) for each in sorted(regions())],
    }
    return offered.__getitem__


def _orders() -> Iterator[tuple[str, str]]:
    """Every order of some of the channels, the longest first, and none at all."""
    usual = gettext("As usual: {channels}")
    yield "", usual.format(channels=in_turn(USUAL))
    for number in range(len(USUAL), 0, -1):
        for order in permutations(USUAL, number):
            yield " ".join(order), in_turn(order)


@cache
def _zones() -> tuple[str, ...]:
    """Those named by a place; abbreviations and offsets are nobody's."""
    return tuple(
        sorted(e for e in available_timezones() if "/" in e and e[:4] != "Etc/")
    )
