"""Any ladder for the state machine, and towns whose people come, go and wish."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import permutations

from hypothesis import strategies as st
from msgspec.structs import replace

from escalation.rules import Directory
from tenants.town import OwnChannel, Rung, Vacation
from tests.escalation.ladders import NIGHT, RIVERTON, ladder, step

NAMES = ("ana-ruiz", "dan-ortiz", "walter-greene", "contact:nobody")

people = st.sampled_from(NAMES[:3])
steps = st.builds(
    lambda to, wait, repeat, rungs: step(*to, wait=wait, repeat=repeat, **rungs),
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=2),
    st.integers(60, 600),
    st.integers(0, 1),
    st.sampled_from([{"sms": 0, "voice": 60}, {"agent": 0}, {"agent": 0, "email": 30}]),
)
rungs = st.builds(
    Rung,
    channel=st.sampled_from(["preferred", "preferred", "sms", "voice"]),
    after=st.sampled_from([0, 30, 60]),
)
steps_by_wish = st.builds(
    lambda step, rungs: replace(step, rungs=tuple(rungs)),
    steps,
    st.lists(rungs, min_size=1, max_size=3),
)
policies = st.builds(
    lambda steps, rounds, acceptances, deadlines, keep: ladder(
        *steps,
        rounds=rounds,
        acceptances=acceptances,
        on_the_way_within=deadlines,
        on_site_within=deadlines and deadlines * 2,
        done_within=deadlines and deadlines * 3,
        keep_acceptances=keep,
    ),
    st.lists(steps | steps_by_wish, max_size=3),
    st.integers(1, 2),
    st.integers(1, 2),
    st.none() | st.integers(60, 1800),
    st.booleans(),
)
# Everybody is there; Ana is on vacation, or her mobile is in doubt; the town has
# nobody but its duty desk.
MOBILE = "+13125550161"
WEEK = timedelta(days=7)
AWAY = Vacation(
    starts=NIGHT.replace(tzinfo=None) - WEEK, ends=NIGHT.replace(tzinfo=None) + WEEK
)
TOWNS = tuple(
    Directory(
        replace(
            RIVERTON,
            contacts=tuple(
                replace(
                    each,
                    vacations=(AWAY,) if each.key in away else (),
                    unverified=(MOBILE,) if each.mobile in doubted else (),
                )
                for each in RIVERTON.contacts
                if each.key == "duty-desk" or each.key not in gone
            ),
        ),
        "water",
    )
    for away, gone, doubted in (
        ((), (), ()),
        (("ana-ruiz",), (), ()),
        ((), (), (MOBILE,)),
        ((), NAMES, ()),
    )
)

WAYS: tuple[OwnChannel, ...] = ("sms", "voice", "email")
Orders = Sequence[tuple[OwnChannel, ...]]
orders = st.lists(
    st.sampled_from([order for n in range(4) for order in permutations(WAYS, n)]),
    min_size=3,
    max_size=3,
)


def wishing(people: Directory, wishes: Orders) -> Directory:
    """Each of the cast wants to be told in one of the orders."""
    wished = dict(zip(NAMES, wishes, strict=False))
    contacts = (
        replace(each, channels=wished.get(each.key, ()))
        for each in people.town.contacts
    )
    town = replace(people.town, contacts=tuple(contacts))
    return Directory(town, people.department)
