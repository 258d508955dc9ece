"""Each invariant of the contract, I1 to I27, is named by a test that would turn red."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

import pytest

from tests.sources import name, stories

NAMED = re.compile(r"\bI([1-9]|1\d|2[0-7])\b")
RANGE = re.compile(r"\bI(\d+) to I?(\d+)\b")

INVARIANTS = {
    1: "a run nobody has taken has a future timer or an open notification",
    2: "no intent commits after an accept has committed",
    3: "one live run per ticket, one open attempt per notification",
    4: "one notification per run, step, contact and channel, whatever restarts",
    5: "the provider accepts one message a notification unless a doubt was logged",
    6: "what the provider accepted has its sid in the end, or is visibly ambiguous",
    7: "folding receipts is commutative, associative, idempotent",
    8: "no code ever resolves to a ticket it was not printed for",
    9: "a stale answer changes nothing and is answered",
    10: "GET changes nothing",
    11: "when every rung has failed the next step starts within one tick",
    12: "an empty step takes no time and is logged",
    13: "steps start in order, never early, never later than planned and outage",
    14: "after an outage the ladder returns to its planned times",
    15: "a policy's edit changes no running run, a roster's only future steps",
    16: "no opted-out or unverified destination is ever attempted",
    17: "quiet hours never delay level 1; what is held is sent or cancelled",
    18: "throttling never drops",
    19: "nothing of one town is reachable from another",
    20: "another town's level 1 starts within 5 s though 10,000 are queued",
    21: "materialised rosters equal direct evaluation at every boundary",
    22: "the simulator's timeline is the engine's log",
    23: "the hash chain verifies; every attempt and answer has a log row",
    24: "the token is in the text; segments are counted as the carrier does",
    25: "a merge never crosses level or town, and each ticket can be accepted",
    26: "an accepted run with a deadline re-opens once a miss",
    27: "a worker loop with nothing new changes nothing",
}


@pytest.mark.parametrize("number", INVARIANTS)
def test_an_invariant_is_named_by_a_test(number: int) -> None:
    assert named()[number], f"I{number}: {INVARIANTS[number]}"


@cache
def named() -> dict[int, list[str]]:
    """Which stories name it, in a docstring, a row's id or what an assertion says."""
    found: dict[int, list[str]] = defaultdict(list)
    for path in stories():
        if not path.name.startswith("test_") or path.name == "test_invariant_index.py":
            continue
        for said in words(ast.parse(path.read_text())):
            for number in NAMED.findall(RANGE.sub("", said)):
                found[int(number)].append(name(path))
    return found


def words(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
