"""The checker excuses nobody: what was due has ended, or the carrier has it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from notify.carrier import CarrierConfig, running_carrier
from tests.chaos.checker import count
from tests.chaos.rest import Row, Scene


@pytest.fixture(scope="module")
def carrier_url() -> Iterator[str]:
    """It was never asked for anything."""
    config = CarrierConfig(
        account_sid="AC" + "5" * 32,
        auth_token="a-token",
        sendgrid_key="SG.key",
        numbers=(),
        people=(),
    )
    with running_carrier(config) as carrier:
        yield carrier.bench.base_url


def promise(state: str, *, is_due: bool = True, carriers_state: str = "") -> Row:
    return {
        "id": "it",
        "key": "it",
        "state": state,
        "why": "",
        "is_due": is_due,
        "carrier": "another" if carriers_state else "it",
        "carriers_state": carriers_state,
    }


def lost(carrier_url: str, promised: Row) -> bool:
    scene = Scene(
        left=0,
        seconds=0.0,
        known=0,
        attempts=[],
        promises=[promised],
        history=[],
        tickets=[],
        stranded=[],
    )
    return bool(count(scene, carrier_url, kept=()).lost)


@pytest.mark.parametrize(
    "promised",
    [
        pytest.param(promise("pending"), id="it waits"),
        pytest.param(promise("held"), id="a rule holds it"),
        pytest.param(promise("sending"), id="it is on its way"),
        pytest.param(promise("ambiguous"), id="nobody knows"),
        pytest.param(promise("accepted"), id="the carrier knows nothing of it"),
        pytest.param(promise("delivered"), id="nor that it arrived"),
        pytest.param(
            promise("merged", carriers_state="pending"), id="what lists it waits"
        ),
        pytest.param(
            promise("merged", carriers_state="sent"), id="what lists it is nowhere"
        ),
    ],
)
def test_what_was_due_and_is_neither_over_nor_with_the_carrier_is_lost(
    carrier_url: str, promised: Row
) -> None:
    assert lost(carrier_url, promised)


@pytest.mark.parametrize(
    "promised",
    [
        pytest.param(promise("pending", is_due=False), id="its time has not come"),
        pytest.param(promise("cancelled"), id="somebody accepted"),
        pytest.param(promise("answered"), id="it was answered"),
        pytest.param(promise("failed"), id="it failed, in sight"),
        pytest.param(
            promise("merged", carriers_state="failed"), id="what lists it failed"
        ),
    ],
)
def test_what_has_ended_is_not(carrier_url: str, promised: Row) -> None:
    assert not lost(carrier_url, promised)
