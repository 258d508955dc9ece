from __future__ import annotations

import pytest

from tickets import masked


@pytest.mark.parametrize(
    ("words", "sent"),
    [
        pytest.param(
            "charge 4111 1111 1111 1111 please",
            "charge **** **** **** **** please",
            id="a card in groups",
        ),
        pytest.param("5500005555555559", "****************", id="a card in one go"),
        pytest.param("378282246310005.", "***************.", id="a card of fifteen"),
        pytest.param(
            "my social is 123-45-6789", "my social is ***-**-****", id="an SSN"
        ),
        pytest.param("NAS 046 454 286", "NAS *** *** ***", id="a Canadian SIN"),
    ],
)
def test_a_secret_number_is_starred(words: str, sent: str) -> None:
    assert masked(words) == sent


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("Ticket RIV-482-731-7", id="a tracking number"),
        pytest.param("Ticket RIV-046-454-286-1", id="a long tracking number"),
        pytest.param("Call (312) 555-0142 or +13125550142", id="telephone numbers"),
        pytest.param("402 Elm St, 60601-1234", id="an address and a ZIP code"),
        pytest.param("4111 1111 1111 1112", id="a card number that fails its check"),
        pytest.param("Meter 123 456 789", id="nine digits that are nobody's SIN"),
        pytest.param("Hydrant 10293847561029384756", id="twenty digits"),
        pytest.param("Le 12 février 2026 à 4 h 45", id="a date and a time"),
    ],
)
def test_an_honest_number_passes(words: str) -> None:
    assert masked(words) == words
