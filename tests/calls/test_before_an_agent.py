"""Whole calls over the local carrier, up to the agent who answers or rings back."""

from __future__ import annotations

from uuid import UUID

from calls import Call, Exchange
from calls.returning import CallBack, Voicemail
from calls.ringing_back import ring_back
from tests.calls.cast import RIVERTON_LINE, WORKS_LINE
from tests.calls.exchange import Street
from tests.calls.following import ended, wait_until
from tests.conftest import NIGHT
from townline.auth import Person
from townline.db import Database
from townline.tenancy import town


def the_entry(database: Database, tenant_id: UUID) -> CallBack | None:
    with town(database, tenant_id) as db:
        return db.session.scalars(db.rows(CallBack)).one_or_none()


def test_keys_give_an_answer_and_then_a_person(
    street: Street, database: Database, towns: dict[str, UUID]
) -> None:
    street.helen.ring(WORKS_LINE)
    street.helen.wait_until_heard("To speak to somebody, press 0.")

    street.helen.press("2")
    street.helen.wait_until_heard("Carts must be at the curb by 6:00 a.m.")
    street.helen.wait_until_listened_to()
    street.helen.press("0")

    street.helen.wait_until_heard("You are next")
    with town(database, towns["riverton"]) as db:
        assert db.session.scalars(db.rows(Call)).one().queued_at == NIGHT


def test_a_message_is_left_heard_and_written_down(
    street: Street, exchange: Exchange, database: Database, towns: dict[str, UUID]
) -> None:
    street.helen.ring(WORKS_LINE)
    street.helen.wait_until_heard("To leave a message, press 9.")
    street.helen.press("9")
    street.helen.wait_until_heard("after the tone")

    street.helen.say("The hydrant on Elm Street leaks.")
    street.helen.press("#")
    street.helen.wait_until_over()

    call = ended(database, towns["riverton"])

    def written() -> Voicemail | None:
        with town(database, towns["riverton"]) as db:
            found = db.session.scalars(db.rows(Voicemail)).one_or_none()
        return found if found and found.transcript else None

    voicemail = wait_until(written)
    assert voicemail.transcript == "The hydrant on Elm Street leaks."
    assert exchange.sound_of(voicemail.recording_sid).startswith(b"RIFF")
    assert (call.queued_at, call.connected_at) == (None, None)


def test_a_place_is_kept_and_the_desk_rings_back(
    street: Street,
    exchange: Exchange,
    database: Database,
    towns: dict[str, UUID],
    maya: Person,
) -> None:
    tenant_id = towns["riverton"]
    street.helen.ring(RIVERTON_LINE)
    street.helen.wait_until_heard("be called back, press 1")
    street.helen.wait_until_listened_to()
    street.helen.press("1")
    street.helen.wait_until_heard("If that is right, press 1")
    street.helen.wait_until_listened_to()
    street.helen.press("1")
    street.helen.wait_until_over()
    entry = wait_until(lambda: the_entry(database, tenant_id))

    ours = ring_back(
        database, tenant_id, entry.id, by=maya, telephony=exchange, at=NIGHT
    )
    street.agent.wait_until_ringing()
    street.agent.answer()
    street.helen.wait_until_ringing()
    street.helen.answer()
    street.agent.wait_until_connected()
    street.agent.say("Riverton, this is Maya.")
    street.helen.wait_until_heard("this is Maya")
    street.helen.hang_up()

    def settled() -> CallBack | None:
        found = the_entry(database, tenant_id)
        return found if found and found.done_at else None

    assert wait_until(settled).result == "reached"
    with town(database, tenant_id) as db:
        talk = db.get(Call, ours.id)
    assert (talk.outbound, talk.queued_at, talk.connected_at) == (True, NIGHT, NIGHT)


def test_an_agent_who_does_not_lift_has_tried_nobody(
    street: Street,
    exchange: Exchange,
    database: Database,
    towns: dict[str, UUID],
    maya: Person,
) -> None:
    tenant_id = towns["riverton"]
    street.helen.ring(RIVERTON_LINE)
    street.helen.wait_until_heard("You are next")
    street.helen.hang_up()
    entry = wait_until(lambda: the_entry(database, tenant_id))

    ring_back(database, tenant_id, entry.id, by=maya, telephony=exchange, at=NIGHT)
    street.agent.wait_until_ringing()
    street.agent.let_it_ring_out()

    def given_back() -> CallBack | None:
        found = the_entry(database, tenant_id)
        return found if found and found.claimed_by is None else None

    again = wait_until(given_back)
    assert (again.tries, again.result, again.done_at) == (0, None, None)


def test_whoever_is_not_there_is_rung_again_later(
    street: Street,
    exchange: Exchange,
    database: Database,
    towns: dict[str, UUID],
    maya: Person,
) -> None:
    tenant_id = towns["riverton"]
    street.helen.ring(RIVERTON_LINE)
    street.helen.wait_until_heard("You are next")
    street.helen.hang_up()
    entry = wait_until(lambda: the_entry(database, tenant_id))

    ring_back(database, tenant_id, entry.id, by=maya, telephony=exchange, at=NIGHT)
    street.agent.wait_until_ringing()
    street.agent.answer()
    street.helen.wait_until_ringing()
    street.helen.let_it_ring_out()

    def tried() -> CallBack | None:
        found = the_entry(database, tenant_id)
        return found if found and found.tries else None

    again = wait_until(tried)
    assert (again.result, again.done_at, again.claimed_by) == ("no_answer", None, None)
