"""What people write back, in two languages and in a hurry."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notify.message import AnswerKind
from notify.rules.codes import NEVER, RESTS, candidates, may_be_taken, next_code
from notify.rules.replies import Reply, parse, standing

NIGHT = datetime(2026, 2, 12, 8, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("body", "code", "kind", "note"),
    [
        pytest.param("41", "41", "accept", "", id="the code alone"),
        pytest.param("41 ok", "41", "accept", "", id="code and word"),
        pytest.param("ok 41", "41", "accept", "", id="word and code"),
        pytest.param(" 41. OK! ", "41", "accept", "", id="marks and capitals"),
        pytest.param("OK", None, "accept", "", id="a bare word"),
        pytest.param("oui", None, "accept", "", id="a bare French word"),
        pytest.param("yes", None, "accept", "", id="a bare yes"),
        pytest.param("👍🏽", None, "accept", "", id="a thumb with a skin tone"),
        pytest.param("41 d’accord", "41", "accept", "", id="a curly apostrophe"),
        pytest.param("41 no", "41", "decline", "", id="declined"),
        pytest.param("41 non", "41", "decline", "", id="declined in French"),
        pytest.param("No 141", "141", "decline", "", id="three digits"),
        pytest.param("1204", "1204", "accept", "", id="four digits"),
        pytest.param("1204 no", "1204", "decline", "", id="four digits and a word"),
        pytest.param("ok 1204", "1204", "accept", "", id="a word and four digits"),
        pytest.param("1204 Elm St is flooded", None, None, "", id="an address"),
        pytest.param(
            "done 1204 Elm", None, "done", "1204 Elm", id="done at an address"
        ),
        pytest.param("41 on way", "41", "on_the_way", "", id="on the way"),
        pytest.param("41 I’m on my way", "41", "on_the_way", "", id="a sentence"),
        pytest.param("41 en route", "41", "on_the_way", "", id="in French"),
        pytest.param("41 on site", "41", "on_site", "", id="there"),
        pytest.param("41 sur place", "41", "on_site", "", id="there in French"),
        pytest.param("41 arrivé", "41", "on_site", "", id="with an accent"),
        pytest.param("41 done", "41", "done", "", id="done"),
        pytest.param(
            "41 done, valve Closed", "41", "done", "valve Closed", id="with a note"
        ),
        pytest.param(
            "41 fini: vanne fermée", "41", "done", "vanne fermée", id="in French too"
        ),
        pytest.param("done valve closed", None, "done", "valve closed", id="no code"),
        pytest.param("no water on Elm St", None, None, "", id="a report, no refusal"),
        pytest.param("who is this", None, None, "", id="a question"),
        pytest.param("41 what is it", "41", None, "", id="a question about one"),
        pytest.param("3125550142", None, None, "", id="a telephone number"),
        pytest.param("", None, None, "", id="nothing"),
    ],
)
def test_a_reply_is_read_as_it_was_meant(
    body: str, code: str | None, kind: AnswerKind | None, note: str
) -> None:
    assert parse(body) == Reply(code, kind, note)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("STOP", "out", id="out"),
        pytest.param("Arrêt.", "out", id="out in French"),
        pytest.param("start", "in", id="in again"),
        pytest.param("HELP", "help", id="help"),
        pytest.param("stop sending the truck", None, id="not the whole text"),
        pytest.param("41 ok", None, id="an answer"),
    ],
)
def test_the_carriers_own_words(body: str, expected: str | None) -> None:
    assert standing(body) == expected


@given(st.text())
def test_whatever_is_written_is_read_without_a_fault(body: str) -> None:
    reply = parse(body)

    assert reply.code is None or (2 <= len(reply.code) <= 4 and reply.code.isdigit())


def test_codes_that_follow_each_other_differ_in_both_digits() -> None:
    order = list(candidates())[:90]

    assert all(one[0] != two[0] and one[1] != two[1] for one, two in pairwise(order))


def test_two_digits_come_first_and_an_emergency_number_never() -> None:
    order = list(candidates())

    assert {len(code) for code in order[:90]} == {2}
    assert {len(code) for code in order[90:987]} == {3}
    assert {len(code) for code in order[987:]} == {4}
    assert len(order) == len(set(order)) == 9_987
    assert not NEVER & set(order)


@given(st.sets(st.sampled_from(list(candidates()))))
def test_a_code_in_use_is_never_given(taken: set[str]) -> None:
    assert next_code(taken) not in taken


def test_a_code_rests_for_a_week() -> None:
    assert not may_be_taken(None, at=NIGHT)
    assert not may_be_taken(NIGHT, at=NIGHT + RESTS - timedelta(seconds=1))
    assert may_be_taken(NIGHT, at=NIGHT + RESTS)
