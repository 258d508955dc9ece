"""The address in a relay opens what it was sent for, and nothing else."""

from __future__ import annotations

import pytest

import notify
from notify import links
from notify.channels.recording import RecordingCarrier
from notify.links import ALPHABET, LASTS, NoSuchLink
from notify.sending import REHEARSAL
from tests.notify.cast import NIGHT, Place, after, relay
from townline.tenancy import town

SECRET = REHEARSAL.secret


@pytest.fixture
def token(rivertown: Place, carrier: RecordingCarrier) -> str:
    rivertown.promise(relay())
    notify.send_due(rivertown.database, carrier.everywhere(), at=NIGHT)
    return carrier.sent[0].token


def test_a_link_opens_the_relay_it_was_sent_in(rivertown: Place, token: str) -> None:
    link = follow(rivertown, token)

    assert link.notification.recipient_name == "Ana Ruiz"
    assert link.current


def test_a_link_says_when_somebody_else_has_taken_it(
    rivertown: Place, token: str
) -> None:
    fence = follow(rivertown, token).notification.fence_id
    assert fence
    rivertown.accept(fence, at=after(60))

    assert not follow(rivertown, token).current


def test_a_forged_link_is_refused(rivertown: Place, token: str) -> None:
    other = ALPHABET[ALPHABET.index(token[0]) - 1]

    with pytest.raises(NoSuchLink):
        follow(rivertown, other + token[1:])


def test_a_link_signed_with_another_secret_is_refused(
    rivertown: Place, token: str
) -> None:
    with pytest.raises(NoSuchLink):
        follow(rivertown, token, secret="another")


def test_a_link_of_one_town_opens_nothing_in_another(aurore: Place, token: str) -> None:
    with pytest.raises(NoSuchLink):
        follow(aurore, token)


def test_a_link_expires(rivertown: Place, token: str) -> None:
    with pytest.raises(NoSuchLink):
        follow(rivertown, token, seconds=LASTS.total_seconds())


def follow(
    place: Place, token: str, *, secret: str = SECRET, seconds: float = 1
) -> links.Link:
    with town(place.database, place.tenant_id) as db:
        return links.read(db, token, secret=secret, at=after(seconds))
