"""Every page that a town's own people can open, as the policy names its address."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from portal.policy.table import MANAGERS, READERS, WORKERS
from tests.browser.scenes import Scene
from tickets import Ticket

GET, TOWN = "GET ", "/town/{slug}"
# Files, and what a page asks for by itself.
NO_PAGES = (
    ".csv",
    ".geojson",
    ".json",
    ".pdf",
    ".toml",
    ".xlsx",
    "/boundary/map",
    "/photos/{photo_id}",
    "/timeline",
)
# A form that is looked at filled in or empty, not both; what is there for a moment.
LIKE_ANOTHER = (
    "/events/{event_id}",
    "/exceptions/{kind}/{name}",
    "/bulk/{bulk_id}",
    "/new-article",
    "/new-category",
)
SECTIONS = ("town", "hours", "lines", "menus", "publishing")


def faces(scene: Scene, ticket: Ticket) -> Iterator[str]:
    """The addresses, with something of this town in each of their places."""
    town = scene.town
    [roster, *_] = town.rosters
    places = {
        "slug": scene.slug,
        "tracking": ticket.tracking,
        "category": scene.category,
        "policy": town.policies[0].key,
        "article": town.articles[0].key,
        "instruction": town.instructions[0].key,
        "number": "1",
        "message": "relay.sms",
    }
    for page in _pages():
        # One pattern has the key of a roster, another of an entry of any section.
        key = roster.key if "/rosters/" in page else "_new"
        yield page.format(**places, key=key, name="contacts") + _asked(page)
    for section in SECTIONS:
        yield f"/town/{scene.slug}/rules/edit/{section}"


def _pages() -> Iterator[str]:
    lines = chain.from_iterable(e.split("\n") for e in (READERS, WORKERS, MANAGERS))
    for line in lines:
        if line.startswith(GET) and not line.endswith((*NO_PAGES, *LIKE_ANOTHER)):
            yield line.removeprefix(GET)


def _asked(page: str) -> str:
    """What some pages cannot do without."""
    if page.endswith("/shift"):
        return "?since=2026-02-16T07:00&until=2026-02-23T07:00"
    return "?all=yes" if page.endswith("/bulk") else ""
