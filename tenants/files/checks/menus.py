"""Menus in which a caller would be lost, and services that break their promise."""

from __future__ import annotations

from collections.abc import Iterator

from tenants.files.findings import Fault, meant, unknown
from tenants.files.places import Path
from tenants.rules.menus import ENDS, STATES, TO_A_PERSON, leads
from tenants.town import Line, Menu, MenuOption, Text, Town
from townline.i18n import gettext

# What each kind of option needs, and no other may have.
NEEDS = {"article": "article", "language": "language", "menu": "menu"}
WORDS = ("say", "audio")
SECURE = "https://"


def menus(town: Town) -> Iterator[Fault]:
    for number, menu in enumerate(town.menus):
        path: Path = ("menus", number)
        yield from _twice(menu, path)
        yield from _audio(menu.audio, path)
        for place, option in enumerate(menu.options):
            where: Path = (*path, "options", place)
            yield from _fields(option, where)
            yield from _references(town, option, where)
            yield from _offer(menu, option, where)
    yield from _same_hours(town)
    yield from _no_hours(town)
    yield from _circles(town)
    for number, line in enumerate(town.lines):
        yield from _service(town, line, ("lines", number))


def _twice(menu: Menu, path: Path) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, option in enumerate(menu.options):
        if option.press in seen:
            remedy = gettext(
                'Choose another key: "{key}" does something here already.'
            ).format(key=option.press)
            yield Fault((*path, "options", place, "press"), remedy)
        seen.add(option.press)


def _fields(option: MenuOption, path: Path) -> Iterator[Fault]:
    for does, name in NEEDS.items():
        given = getattr(option, name) is not None
        if given and option.does != does:
            yield Fault((*path, name), _out_of_place())
        if option.does == does and not given:
            yield Fault((*path, name), _wanting(name))
    said = [name for name in WORDS if getattr(option, name) != Text()]
    if option.does == "message" and not said:
        remedy = gettext("Add what is said, or the address of a recording of it.")
        yield Fault((*path, "say"), remedy)
    if option.does != "message":
        for name in said:
            yield Fault((*path, name), _out_of_place())
    yield from _audio(option.audio, path)


def _wanting(name: str) -> str:
    match name:
        case "article":
            return gettext("Choose the article that this key reads out.")
        case "language":
            return gettext("Choose the language that this key changes to.")
        case _:
            return gettext("Choose the menu that this key leads to.")


def _out_of_place() -> str:
    return gettext("Take it out: this key does something else.")


def _references(town: Town, option: MenuOption, path: Path) -> Iterator[Fault]:
    keys = {each.key for each in town.menus}
    if option.menu is not None and option.menu not in keys:
        remedy = unknown("menus", option.menu, keys)
        yield Fault((*path, "menu"), remedy, needs=("menus",))
    public = {each.key for each in town.articles if each.audience == "public"}
    if option.article is not None and option.article not in public:
        near = meant(option.article, public)
        remedy = gettext('Name a public article: there is no "{key}"{meant}').format(
            key=option.article, meant=near
        )
        yield Fault((*path, "article"), remedy, needs=("articles",))
    if option.language is not None and option.language not in town.languages:
        remedy = gettext("Choose one of the town's languages.")
        yield Fault((*path, "language"), remedy, needs=("languages",))


def _offer(menu: Menu, option: MenuOption, path: Path) -> Iterator[Fault]:
    if menu.audio == Text() and option.offer == Text():
        remedy = gettext('Add what "{key}" is for: callers hear it before the key.')
        yield Fault((*path, "offer"), remedy.format(key=option.press))


def _audio(audio: Text, path: Path) -> Iterator[Fault]:
    for language in ("en", "fr"):
        address = getattr(audio, language)
        if address and not address.startswith(SECURE):
            remedy = gettext("Write the recording's whole address, as in {example}.")
            said = remedy.format(example=f'"{SECURE}…"')
            yield Fault((*path, "audio", language), said)


def _same_hours(town: Town) -> Iterator[Fault]:
    seen: dict[tuple[str, str | None], int] = {}
    for number, menu in enumerate(town.menus):
        first = seen.setdefault((menu.key, menu.when), number)
        if first != number:
            remedy = gettext(
                'Choose another key, or other hours: "{key}" is entry {number} of the '
                "list."
            ).format(key=menu.key, number=first + 1)
            yield Fault(("menus", number, "key"), remedy)


def _no_hours(town: Town) -> Iterator[Fault]:
    """A menu for some hours only would leave callers of the others without one."""
    for number, menu in enumerate(town.menus):
        whens = [each.when for each in town.menus if each.key == menu.key]
        complete = None in whens or {"open", "closed"} <= set(whens)
        if not complete and whens[0] == menu.when:
            remedy = _other_half(is_open="open" in whens).format(key=menu.key)
            yield Fault(("menus", number, "when"), remedy, needs=("menus",))


def _other_half(*, is_open: bool) -> str:
    if is_open:
        return gettext(
            'Add a menu "{key}" for when the town hall is closed, or one for all hours.'
        )
    return gettext(
        'Add a menu "{key}" for when the town hall is open, or one for all hours.'
    )


def _circles(town: Town) -> Iterator[Fault]:
    for number, menu in enumerate(town.menus):
        states = STATES if menu.when is None else (menu.when,)
        if not all(_ends(town, menu.key, state) for state in states):
            remedy = gettext(
                'Add an option that answers, or takes a message: "{key}" leads only to '
                "menus."
            ).format(key=menu.key)
            yield Fault(("menus", number, "options"), remedy, needs=("menus",))


def _ends(town: Town, key: str, state: str) -> bool:
    found = (o for s in STATES if s == state for o in leads(town, key, s))
    return any(each.does in ENDS for each in found)


def _service(town: Town, line: Line, path: Path) -> Iterator[Fault]:
    keys = {each.key for each in town.menus}
    if line.service == "people":
        if line.menu is not None:
            remedy = gettext(
                "Take it out, or let this line begin with messages: now people answer "
                "it at once."
            )
            yield Fault((*path, "menu"), remedy)
    elif line.menu is None:
        remedy = gettext("Name the menu with which this line begins.")
        yield Fault((*path, "menu"), remedy)
    elif line.menu not in keys:
        remedy = unknown("menus", line.menu, keys)
        yield Fault((*path, "menu"), remedy, needs=("menus",))
    else:
        yield from _promise(town, line, line.menu, path)


def _promise(town: Town, line: Line, key: str, path: Path) -> Iterator[Fault]:
    people = [
        any(each.does in TO_A_PERSON for each in leads(town, key, state))
        for state in STATES
    ]
    if line.service == "messages_then_people" and not all(people):
        remedy = gettext(
            'Add a key that leads to a person to the menu "{key}": this line promises '
            "somebody."
        ).format(key=key)
        yield Fault((*path, "menu"), remedy, needs=("menus",))
    if line.service == "messages" and any(people):
        remedy = gettext(
            'Take every key that leads to a person out of the menu "{key}" and those '
            "it leads to: nobody answers this line."
        ).format(key=key)
        yield Fault((*path, "menu"), remedy, needs=("menus",))
