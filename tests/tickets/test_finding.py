from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

import tickets
from tests.conftest import NIGHT
from tests.tickets.cast import ANA, HELEN, MAYA, hydrant, main_break
from tests.tickets.test_pictures import photo
from tickets import Caller, Filters, Intake, MeToo, Ticket
from townline.errors import NotFound
from townline.tenancy import TenantSession

pytestmark = pytest.mark.usefixtures("onlooker")

SAM = Caller(name="Sam Lee", phone="312 555 0177")


def opened(db: TenantSession, intake: Intake, *, minutes: int = 0) -> Ticket:
    at = NIGHT + timedelta(minutes=minutes)
    return tickets.open(db, intake, at=at, by=MAYA)


def test_a_ticket_is_found_by_its_number_however_it_is_said(
    riverton: TenantSession,
) -> None:
    ticket = opened(riverton, hydrant())
    said = ticket.tracking.removeprefix("RIV-").replace("-", " ")

    assert tickets.by_tracking(riverton, said).id == ticket.id


def test_a_sound_number_that_nobody_has_is_not_found(riverton: TenantSession) -> None:
    with pytest.raises(NotFound):
        tickets.by_tracking(riverton, "RIV-482-731-7")


def test_a_caller_hears_of_every_ticket_they_asked_for_or_joined(
    riverton: TenantSession,
) -> None:
    own = opened(riverton, hydrant(caller=SAM))
    joined = opened(riverton, main_break(), minutes=5)
    me_too = MeToo(client_key=uuid4(), caller=SAM)
    tickets.join(riverton, joined.id, me_too, at=NIGHT, by=MAYA)

    theirs = tickets.of_caller(riverton, "+13125550177")

    assert [ticket.id for ticket in theirs] == [joined.id, own.id]


def test_several_problems_of_one_call_are_found_by_it(riverton: TenantSession) -> None:
    call_id = uuid4()
    first, second = (opened(riverton, hydrant(call_id=call_id)) for _ in "ab")
    opened(riverton, hydrant())

    told = tickets.of_call(riverton, call_id)

    assert [ticket.id for ticket in told] == [first.id, second.id]


def test_a_list_is_newest_first_and_a_page_at_a_time(riverton: TenantSession) -> None:
    made = [opened(riverton, hydrant(), minutes=n // 2) for n in range(5)]

    pages, after = [], None
    while page := tickets.listing(riverton, limit=2, after=after):
        pages.append([row.tracking for row in page])
        after = page[-1].position

    newest_first = [ticket.tracking for ticket in reversed(made)]
    assert pages == [newest_first[:2], newest_first[2:4], newest_first[4:]]


@pytest.mark.parametrize(
    ("filters", "places"),
    [
        pytest.param(Filters(), ["Oak St", "Elm St"], id="what is open"),
        pytest.param(Filters(state="closed"), ["Pine St"], id="what is closed"),
        pytest.param(
            Filters(state="all"), ["Pine St", "Oak St", "Elm St"], id="everything"
        ),
        pytest.param(Filters(level=1), ["Oak St"], id="a level"),
        pytest.param(
            Filters(department="water"), ["Oak St", "Elm St"], id="a department"
        ),
        pytest.param(Filters(department="parks"), [], id="an idle department"),
        pytest.param(Filters(category="fire-hydrant"), ["Elm St"], id="a category"),
        pytest.param(Filters(text="elm DRIPS"), ["Elm St"], id="words of both"),
        pytest.param(Filters(text="elm geyser"), [], id="all of the words"),
        pytest.param(Filters(text="elm\0"), ["Elm St"], id="a NUL byte is nothing"),
        pytest.param(Filters(text="100%"), [], id="a sign is a sign"),
    ],
)
def test_a_list_keeps_to_its_filters(
    riverton: TenantSession, filters: Filters, places: list[str]
) -> None:
    opened(riverton, hydrant(place="Elm St"))
    opened(riverton, main_break(place="Oak St"), minutes=1)
    shut = opened(riverton, hydrant(place="Pine St"), minutes=2)
    tickets.close(
        riverton, shut.id, reason="done", note="New gasket.", by=ANA, at=NIGHT
    )

    assert [row.place for row in tickets.listing(riverton, filters)] == places


def test_a_number_outweighs_every_filter(riverton: TenantSession) -> None:
    ticket = opened(riverton, hydrant(caller=SAM))
    opened(riverton, hydrant(caller=HELEN))

    for text in (ticket.tracking.lower(), "(312) 555-0177"):
        filters = Filters(state="closed", category="water-bill", text=text)
        found = tickets.listing(riverton, filters)
        assert [row.id for row in found] == [ticket.id]


def test_a_town_cannot_find_anothers_ticket(
    riverton: TenantSession, sainte_aurore: TenantSession
) -> None:
    call_id = uuid4()
    ticket = opened(riverton, hydrant(caller=SAM, call_id=call_id))
    taken = tickets.add_photo(
        riverton, ticket.id, photo(), audience="public", by=ANA, at=NIGHT
    )
    riverton.session.commit()
    theirs = sainte_aurore

    for asked in (
        lambda: tickets.get(theirs, ticket.id),
        lambda: tickets.by_tracking(theirs, ticket.tracking),
        lambda: tickets.history(theirs, ticket.id),
        lambda: tickets.photo(theirs, taken.id),
    ):
        with pytest.raises(NotFound):
            asked()
    assert not tickets.of_caller(theirs, "+13125550177")
    assert not tickets.of_call(theirs, call_id)
    assert not tickets.listing(theirs, Filters(state="all"))
    assert not tickets.listing(theirs, Filters(text=ticket.tracking))


def test_a_town_cannot_read_what_belongs_to_anothers_ticket(
    riverton: TenantSession, sainte_aurore: TenantSession
) -> None:
    ticket = opened(riverton, hydrant())
    tickets.add_note(
        riverton, ticket.id, "Our own.", audience="public", by=MAYA, at=NIGHT
    )
    tickets.mark(riverton, ticket.id, "done", by=ANA, at=NIGHT, note="New gasket.")
    riverton.session.commit()

    for read in (
        tickets.reporters,
        tickets.notes,
        tickets.photos,
        tickets.milestones,
        tickets.closure,
    ):
        assert not read(sainte_aurore, ticket.id)
