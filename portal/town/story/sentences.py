"""How one entry becomes one beat, and what is said of an event without a sentence."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from portal.town.story.beats import About, Beat, Happened, Mark

Sentence = Callable[[Happened, About], Beat]


def beat(it: Happened, head: str, rest: str = "", *, mark: Mark = "machine") -> Beat:
    return Beat(at=it.at, entries=(it.seq,), head=head, rest=rest, mark=mark)


def plain(it: Happened, about: About) -> Beat:
    """An event that nobody has found a sentence for is shown as it was logged."""
    facts = msgspec.json.encode(it.facts).decode() if it.facts else ""
    return Beat(
        at=it.at,
        entries=(it.seq,),
        head=it.event,
        rest=f", {it.by}" if it.by else "",
        mark="machine" if it.by_machine else "human",
        more=(facts,) if facts else (),
    )


def whose(it: Happened) -> Mark:
    return "machine" if it.by_machine else "human"
