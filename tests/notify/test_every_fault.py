"""Whatever a carrier does wrong, the product comes to the truth of it by itself.

Each fault of the panel is played against the real pump, hooks and SDKs. The worker's
clock runs fast, so that what is asked again after a minute is asked after seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, get_args

import pytest

from notify import Message
from notify.carrier.faults import FaultKind
from notify.carrier.oracle import Channel as CarriersChannel
from notify.message import Channel
from tests.notify.cast import Ear, relay
from tests.notify.office import Office, pumping, until
from townline.clock import utc_now

# A minute's silence is six seconds.
HASTE = 10
SETTLES_WITHIN = 30.0
WAYS: dict[Channel, dict[str, Any]] = {
    "sms": {},
    "voice": {"channel": "voice", "key": "run/1/0/ana/voice"},
    "email": {
        "channel": "email",
        "destination": "ana.ruiz@riverton.example",
        "key": "run/1/0/ana/mail",
    },
}


CARRIERS_WORDS: dict[Channel, CarriersChannel] = {
    "sms": "sms",
    "voice": "voice",
    "email": "mail",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """``heard`` is what the ladder was told, ``taken`` how many the carrier took."""

    kind: FaultKind
    channel: Channel = "sms"
    state: str = "delivered"
    heard: tuple[str, ...] = ()
    taken: int = 1
    order: tuple[tuple[str, Any], ...] = ()

    @property
    def message(self) -> Message:
        return relay(**WAYS[self.channel])


ONCE = (("count", 1),)
SOON = (("count", 1), ("seconds", 0.3))
STORIES = (
    Story(kind="drop_connection", order=ONCE, heard=("ambiguous",)),
    Story(kind="delay_answer", order=SOON),
    Story(kind="too_many_requests", order=(("count", 1), ("seconds", 0.0))),
    Story(kind="server_error_accepted", order=ONCE, heard=("ambiguous",)),
    Story(kind="server_error_refused", order=ONCE, heard=("ambiguous",)),
    Story(
        kind="refused",
        order=(("count", 1), ("code", 21211)),
        state="failed",
        heard=("fix_contact",),
        taken=0,
    ),
    Story(kind="register_away"),
    Story(kind="callbacks_early"),
    Story(kind="callbacks_late", order=SOON),
    Story(kind="callbacks_doubled"),
    Story(kind="callbacks_reversed"),
    Story(kind="callbacks_missing"),
    Story(kind="callbacks_forged"),
    Story(
        kind="undelivered",
        order=(("code", 30006),),
        state="undelivered",
        heard=("30006",),
    ),
    Story(
        kind="failed", order=(("code", 30007),), state="undelivered", heard=("30007",)
    ),
    Story(kind="landline", state="failed", heard=("21614",), taken=0),
    Story(kind="voicemail", channel="voice", state="undelivered", heard=("voicemail",)),
    Story(kind="busy", channel="voice", state="undelivered", heard=("busy",)),
    Story(kind="no_answer", channel="voice", state="undelivered", heard=("no_answer",)),
    Story(kind="bounce", channel="email", state="undelivered", heard=("fix_contact",)),
    Story(kind="dropped", channel="email", state="undelivered", heard=("dropped",)),
    Story(kind="deferred", channel="email"),
    Story(kind="open", channel="email"),
)


@pytest.fixture
def hurried(office: Office) -> Iterator[Office]:
    with pumping(office.place.database, office.settings, clock=_fast()):
        yield office


def _fast() -> Callable[[], datetime]:
    began = utc_now()
    return lambda: began + (utc_now() - began) * HASTE


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.kind)
def test_a_fault_is_overcome_or_moves_the_ladder_on(
    hurried: Office, ear: Ear, story: Story
) -> None:
    """I5 and I6: taken once, and known to be, or seen to have failed."""
    channel = CARRIERS_WORDS[story.channel]
    hurried.bench.fault(story.kind, channel=channel, **dict(story.order))

    hurried.promise(story.message)

    until(lambda: hurried.place.states() == [story.state], seconds=SETTLES_WITHIN)
    assert tuple(why for _, why in ear.failures) == story.heard
    assert hurried.accepted(channel) == story.taken


def test_every_fault_of_the_panel_has_its_story() -> None:
    groups = get_args(FaultKind)
    kinds = {kind for group in groups for kind in get_args(group) or [group]}

    assert {story.kind for story in STORIES} == kinds
