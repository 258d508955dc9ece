"""A telephone is confirmed by the code that went there last, in time, in few tries."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from tenants import confirming
from tenants.confirming import LASTS, TRIES, TooManyCodes, Verdict
from tenants.confirming.rules import Sent, digest, verdict
from tenants.town import Contact
from tests.conftest import NIGHT
from townline import proof
from townline.db import new_id
from townline.proof import Actor
from townline.tenancy import TenantSession

DAN = Contact(key="dan", name="Dan Ortiz", department="water")
PRIYA = Actor("town", "Priya Nair")
PHONE = "+13125550177"
CODE = "048213"
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("written", "tries", "after", "is_used", "said"),
    [
        pytest.param(CODE, 0, 0, False, "right", id="as it was sent"),
        pytest.param("048 213", 0, 14, False, "right", id="as it is read out"),
        pytest.param("048214", 0, 0, False, "wrong", id="another"),
        pytest.param("", 0, 0, False, "wrong", id="none"),
        pytest.param("48213", 0, 0, False, "wrong", id="without its first digit"),
        pytest.param(CODE, TRIES - 1, 0, False, "right", id="at the last try"),
        pytest.param(CODE, TRIES, 0, False, "over", id="tried too often"),
        pytest.param(CODE, 0, 15, False, "over", id="too late"),
        pytest.param(CODE, 0, 0, True, "over", id="for the second time"),
    ],
)
def test_a_code_opens_once_in_time_and_in_few_tries(
    written: str, tries: int, after: int, *, is_used: bool, said: Verdict
) -> None:
    id = new_id()
    sent = Sent(id, digest(id, CODE), NIGHT + LASTS, tries, is_used)

    assert verdict(sent, written, at=NIGHT + after * MINUTE) == said


def make(db: TenantSession, at: datetime = NIGHT) -> str:
    return confirming.make(db, DAN, PHONE, by=PRIYA, at=at).code


def hear(db: TenantSession, code: str, at: datetime = NIGHT) -> Verdict:
    return confirming.hear(db, DAN, PHONE, code, by=PRIYA, at=at)


def test_only_the_code_that_went_there_last_confirms(
    riverton: TenantSession, sainte_aurore: TenantSession
) -> None:
    first = make(riverton)
    last = make(riverton, at=NIGHT + MINUTE)

    assert hear(sainte_aurore, last) == "over"
    assert hear(riverton, first) == ("right" if first == last else "wrong")
    assert hear(riverton, last) == "right"
    assert hear(riverton, last) == "over"


def test_each_wrong_code_is_a_try_and_the_right_one_comes_too_late(
    riverton: TenantSession,
) -> None:
    code = make(riverton)
    wrong = "999999" if code != "999999" else "000000"

    assert [hear(riverton, wrong) for _ in range(TRIES)] == ["wrong"] * TRIES
    assert hear(riverton, code) == "over"


def test_nobodys_telephone_is_made_to_ring_for_ever(riverton: TenantSession) -> None:
    for number in range(5):
        said_to_be = replace(DAN, key=f"dan-{number}")
        at = NIGHT + number * MINUTE
        confirming.make(riverton, said_to_be, PHONE, by=PRIYA, at=at)

    with pytest.raises(TooManyCodes):
        make(riverton, at=NIGHT + 59 * MINUTE)
    assert make(riverton, at=NIGHT + 60 * MINUTE)


def test_the_log_tells_who_sent_it_and_not_what_it_was(riverton: TenantSession) -> None:
    code = make(riverton)
    hear(riverton, code)
    sent = confirming.latest(riverton, DAN.key, PHONE)
    assert sent is not None
    riverton.session.commit()

    entries = proof.timeline(riverton, sent.id)

    assert [(each.event, each.actor) for each in entries] == [
        ("contact.code_sent", "town Priya Nair"),
        ("contact.confirmed", "town Priya Nair"),
    ]
    assert not any(code in each.facts for each in entries)
