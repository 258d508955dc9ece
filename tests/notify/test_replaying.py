"""Reports in any order, or applied again, come to the same; late answers to nothing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from itertools import count
from random import Random
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

import notify
from notify.carrier.segments import count as count_segments
from notify.channels.recording import RecordingCarrier
from notify.channels.twilio_codes import text_receipt
from notify.models import Attempt, Notification, ProviderEvent
from notify.rules.receipts import ACCEPTED, Receipt, fold
from notify.samples import SAMPLES
from notify.service import events
from notify.service.events import Report
from notify.service.hearing import IncomingText, hear
from tests.notify.cast import NIGHT, RIVERTON_LINE, Ear, Place, after, relay
from townline import proof
from townline.tenancy import town

STATUSES = ["queued", "sending", "sent", "delivered", "undelivered", "failed", "read"]
REPORTS = st.lists(
    st.tuples(st.sampled_from(STATUSES), st.sampled_from(["", "30003", "30006"])),
    max_size=8,
)
ANSWERS = st.sampled_from(
    ["{}", "{} ok", "ok {}", "{} no", "{} done", "oui {}", "{} ?"]
)
TABLES = ("notification", "attempt", "fence", "reply_code", "opt_out", "hang_up")
# Each example tells of a text of its own.
NUMBERS = count(1)
A_DATABASE = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@A_DATABASE
@given(reports=REPORTS)
def test_i7_reports_fold_alike_in_any_order_and_applied_again_change_nothing(
    rivertown: Place, ear: Ear, reports: list[tuple[str, str]]
) -> None:
    sent = text_to_ana(rivertown)
    for number, (status, error) in enumerate(reports):
        tell(rivertown, sent, f"{sent.id}/{number}", status, error)
    known = [Receipt(ACCEPTED), *map(heard, reports)]
    before = everything(rivertown)

    apply_again(rivertown)

    assert status_of(rivertown, sent) == reduce(fold, known)
    assert everything(rivertown) == before


@A_DATABASE
@given(reports=REPORTS, order=st.randoms(use_true_random=False))
def test_i7_what_the_carrier_told_in_another_order_is_known_alike(
    rivertown: Place, ear: Ear, reports: list[tuple[str, str]], order: Random
) -> None:
    shuffled = list(reports)
    order.shuffle(shuffled)

    known = []
    for told in (reports, shuffled):
        sent = text_to_ana(rivertown)
        for number, (status, error) in enumerate(told):
            tell(rivertown, sent, f"{sent.id}/{number}", status, error)
        known.append(status_of(rivertown, sent))

    assert known[0] == known[1]


@A_DATABASE
@given(body=ANSWERS, ever=st.integers(0, 7 * 24 * 3600))
def test_i9_an_answer_to_a_retired_code_is_answered_and_changes_nothing(
    rivertown: Place, ear: Ear, body: str, ever: int
) -> None:
    sent = text_to_ana(rivertown)
    group, code = group_and_code(rivertown, sent)
    rivertown.accept(group, by="Dan Ortiz", at=after(120))
    with town(rivertown.database, rivertown.tenant_id) as db:
        notify.retire_codes(db, group, at=after(120))
    before, answers = everything(rivertown, log=False), list(ear.answers)

    said = write(rivertown, sent, body.format(code), seconds=121 + ever)

    assert said == f"{code} was already taken by Dan Ortiz at 02:14."
    assert everything(rivertown, log=False) == before
    assert ear.answers == answers
    # I23: the answer is in the story all the same.
    assert rivertown.log()[-1] == "relay.stale_answer"


@pytest.mark.parametrize(
    "template", [name for name, each in SAMPLES.items() if "sms" in each.channels]
)
def test_i24_the_token_is_in_the_text_and_its_segments_are_the_carriers(
    rivertown: Place, carrier: RecordingCarrier, template: str
) -> None:
    context = SAMPLES[template].context
    rivertown.promise(relay(template=template, context=context))
    notify.send_due(rivertown.database, carrier.everywhere(), at=NIGHT)

    [attempt] = rivertown.attempts()

    assert attempt.token[:6] in attempt.body
    assert attempt.segments == count_segments(attempt.body)


def text_to_ana(place: Place) -> Attempt:
    """A text of its own group, taken by the carrier."""
    number = next(NUMBERS)
    # A phone of its own each: two tickets for one would be merged into one text.
    place.promise(relay(key=f"replay/{number}", destination=f"+1312666{number:04}"))
    notify.send_due(place.database, RecordingCarrier().everywhere(), at=NIGHT)
    with town(place.database, place.tenant_id) as db:
        newest = db.rows(Attempt).order_by(Attempt.id.desc()).limit(1)
        return db.session.scalars(newest).one()


def tell(place: Place, sent: Attempt, key: str, status: str, error: str) -> None:
    payload = {"MessageStatus": status, "ErrorCode": error, "MessageSid": "SM1"}
    report = Report(source="text_status", key=key, attempt_id=sent.id, payload=payload)
    with town(place.database, place.tenant_id) as db:
        events.receive(db, report, at=after(20))


def heard(told: tuple[str, str]) -> Receipt:
    receipt = text_receipt(*told)
    assert receipt
    return receipt


def apply_again(place: Place) -> None:
    with town(place.database, place.tenant_id) as db:
        rows: Sequence[ProviderEvent] = db.session.scalars(db.rows(ProviderEvent)).all()
        events.apply(db, rows, at=after(400))


def status_of(place: Place, sent: Attempt) -> Receipt:
    with town(place.database, place.tenant_id) as db:
        now = db.get(Attempt, sent.id)
        return Receipt(now.status, now.error)


def everything(place: Place, *, log: bool = True) -> list[object]:
    """Each row of the town as it is written, and how long its log is."""
    with town(place.database, place.tenant_id) as db:
        rows: list[object] = []
        for table in TABLES:
            whole = text(f"select t::text from {table} t order by id")  # noqa: S608
            rows += db.session.scalars(whole).all()
        if log:
            rows.append(len(db.session.scalars(db.rows(proof.LogEntry)).all()))
        return rows


def group_and_code(place: Place, sent: Attempt) -> tuple[UUID, str]:
    with town(place.database, place.tenant_id) as db:
        promised = db.get(Notification, sent.notification_id)
        assert promised.fence_id
        assert promised.code
        return promised.fence_id, promised.code


def write(place: Place, sent: Attempt, body: str, *, seconds: float) -> str:
    incoming = IncomingText(ours=RIVERTON_LINE, theirs=sent.theirs, body=body)
    with town(place.database, place.tenant_id) as db:
        return hear(db, incoming, at=after(seconds))
