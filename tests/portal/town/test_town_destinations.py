"""A number that is in the rules already counts from the moment its code came back."""

from __future__ import annotations

from msgspec.structs import replace

import tenants
from notify import Notification
from portal.town.changes import publishing
from tenants import drafting
from tenants.drafting import Put
from tests.portal.town.cast import Clerk
from tests.portal.town.nights import PRIYA, Night
from tests.portal.town.test_town_edit import CODES, NEW_PHONE, dan


def code_in(night: Night) -> str:
    with night.town() as db:
        codes = db.rows(Notification).where(Notification.destination == NEW_PHONE)
        return str(db.session.scalars(codes).one().context["secret"])


def test_the_right_code_counts_at_once_and_the_draft_says_so_too(
    priya: Clerk, claire: Clerk, night: Night
) -> None:
    waiting = replace(dan(night), landline=NEW_PHONE, unverified=(NEW_PHONE,))
    change = Put(table="contacts", entry=waiting, key="dan-ortiz")
    with night.town() as db:
        publishing.change_now(db, change, reason="landline", by=PRIYA, at=night.clock())

    sent = {"destination": NEW_PHONE}
    priya.send(f"{CODES}/codes", **sent, channel="voice")
    code = code_in(night)
    elsewhere = claire.send(f"{CODES}/confirmations", **sent, code=code)
    told = priya.send(f"{CODES}/confirmations", **sent, code=code)

    assert (elsewhere.status_code, told.status_code) == (404, 303)
    with night.town() as db:
        assert tenants.current(db).town.contact("dan-ortiz").unverified == ()
        assert drafting.open_draft(db) is None
    assert dan(night).unverified == ()
