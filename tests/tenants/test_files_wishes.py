"""How people want to be told, as a town's file says it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tenants.files import read, write
from tenants.town import Contact, OwnChannel
from tests.tenants.edits import edited, findings
from tests.tenants.larkfield import LARKFIELD

ANA = 'mobile = "+13125550151"\n'


def with_wishes(written: str) -> str:
    return edited(ANA, f"{ANA}channels = {written}\n")


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        pytest.param(
            '["sms", "voice", "sms"]',
            'Take one out: "sms" is named twice.',
            id="the same way twice",
        ),
        pytest.param(
            '["email", "sms"]',
            "Add an email, or take emails out of how Ana Ruiz is told.",
            id="a way without an address",
        ),
    ],
)
def test_a_wish_that_cannot_be_kept_is_a_finding_with_a_remedy(
    written: str, remedy: str
) -> None:
    said = findings(with_wishes(written))

    assert said == [f'contacts[1] "ana".channels: {remedy}']


def test_a_way_of_no_kind_is_refused() -> None:
    [said] = findings(with_wishes('["pigeon"]'))

    assert said.startswith('contacts[1] "ana".channels[1]: Write one of')


@pytest.mark.parametrize(
    ("channel", "remedy"),
    [
        pytest.param(
            "sms",
            "Add a mobile, or take texts out of how Duty desk is told.",
            id="a text to a landline",
        ),
        pytest.param("voice", None, id="a call to a landline"),
    ],
)
def test_a_landline_rings_and_takes_no_texts(
    channel: OwnChannel, remedy: str | None
) -> None:
    desk = Contact(
        key="desk",
        name="Duty desk",
        department="streets",
        landline="+13125550153",
        channels=(channel,),
    )
    text = write(replace(LARKFIELD, contacts=(*LARKFIELD.contacts[:2], desk)))

    if remedy is None:
        assert read(text, source="larkfield.toml").contact("desk") == desk
    else:
        assert findings(text) == [f'contacts[3] "desk".channels: {remedy}']


def test_wishes_are_written_as_they_are_read() -> None:
    town = read(with_wishes('["voice", "sms"]'), source="larkfield.toml")

    assert town.contact("ana").channels == ("voice", "sms")
    assert 'channels = ["voice", "sms"]\n' in write(town)
