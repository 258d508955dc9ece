"""A town's senders in its file: read, written, compared, and refused where nobody
would hear the answer."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tenants.files import differences, read, write
from tenants.town import Line, Sending, Text, Town
from tests.tenants.edits import findings
from tests.tenants.larkfield import LARKFIELD

SECOND = "+13125550199"
SERVICE = "MG0123456789abcdef0123456789abcdef"


def larkfield(**sending: str) -> Town:
    """Larkfield with a second line, and with senders."""
    label = Text(en="Second line", fr="Deuxième ligne")
    language = LARKFIELD.languages[0]
    second = Line(number=SECOND, label=label, language=language)
    lines = (*LARKFIELD.lines, second)
    return replace(LARKFIELD, lines=lines, sending=Sending(**sending))  # type: ignore[arg-type]


def test_senders_are_read_as_they_were_written() -> None:
    town = larkfield(
        messaging_service=SERVICE,
        sender=LARKFIELD.lines[0].number,
        second_sender=SECOND,
        mail_from="311@larkfield.example",
        mail_first="smtp",
    )

    assert read(write(town), source="larkfield.toml") == town


def test_a_town_that_names_no_sender_has_its_main_line() -> None:
    assert "sending" not in write(LARKFIELD)
    assert read(write(LARKFIELD), source="larkfield.toml").sending == Sending()


def test_another_sender_is_a_change_that_is_shown() -> None:
    [change] = differences(larkfield(), larkfield(second_sender=SECOND))

    assert str(change) == f'sending.second_sender is added: "{SECOND}".'


@pytest.mark.parametrize(
    ("sending", "said"),
    [
        pytest.param(
            {"second_sender": "+13125550198"},
            "sending.second_sender: Name one of the town's lines; did you mean",
            id="a number that is nobody's line",
        ),
        pytest.param(
            {"sender": SECOND, "second_sender": SECOND},
            "sending.second_sender: Name another line than the first sender",
            id="the first sender once more",
        ),
        pytest.param(
            {"second_sender": LARKFIELD.lines[0].number},
            "sending.second_sender: Name another line than the first sender",
            id="the main line, which is the first sender already",
        ),
        pytest.param(
            {"messaging_service": "MG1"},
            "sending.messaging_service: Write the SID of a Messaging Service",
            id="no Messaging Service",
        ),
        pytest.param(
            {"mail_first": "fax"},
            'sending.mail_first: Write one of "sendgrid", "smtp" instead of "fax".',
            id="no provider of mail",
        ),
    ],
)
def test_senders_that_cannot_be_are_refused(sending: dict[str, str], said: str) -> None:
    [finding] = findings(write(larkfield(**sending)))

    assert finding.startswith(said)
