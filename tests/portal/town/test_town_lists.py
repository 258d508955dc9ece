"""A town's lists: narrowed, kept as views, and one act on many tickets of them."""

from __future__ import annotations

import json
import re

import tickets
from portal.town.tickets.bulk_work import carry_on
from tests.portal.town.cast import MAYA, Clerk, Hire
from tests.portal.town.nights import PRIYA, Night
from tickets import Caller, Intake, Ticket
from townline.db import new_id

LIST = "/town/riverton/tickets"


def id_in(page: str, below: str) -> str:
    found = re.search(rf"{below}/([0-9a-f-]{{36}})/end", page)
    assert found is not None
    return found[1]


def test_words_numbers_and_filters_find_what_they_say(
    priya: Clerk, night: Night
) -> None:
    main = night.report(words="Une fuite près de l’école.")
    pothole = night.report("pothole", place="31 Orchard Ln")
    with night.town() as db:
        [who] = tickets.assignees(db, "streets")
        tickets.assign(db, pothole.id, who.account_id, by=PRIYA, at=night.clock())

    def shows(ticket: Ticket, **asked: str) -> bool:
        return ticket.tracking in priya.get(LIST, **asked)

    for wide in (
        {"text": "ECOLE fuites"},
        {"category": "water-main-break"},
        {"assignee": "nobody"},
        {"text": main.tracking, "category": "pothole", "state": "closed"},
    ):
        assert shows(main, **wide)
    for narrow in (
        {"text": "orchard"},
        {"category": "pothole"},
        {"assignee": "me"},
        {"channel": "web"},
        {"promise": "missed"},
        {"until": "2026-02-10"},
        {"since": "2026-02-12"},
    ):
        assert not shows(main, **narrow)
    assert shows(pothole, assignee="me", since="2026-02-11", until="2026-02-11")
    assert "On other days, there are 2." in priya.get(LIST, until="2026-02-10")


def test_a_view_is_kept_shown_and_removed_by_whom_it_is_for(
    priya: Clerk, tom: Clerk, claire: Clerk, night: Night
) -> None:
    asked = {"state": "all", "category": "pothole"}
    again = priya.send(f"{LIST}/views", name=" ", **asked)
    assert again.status_code == 422
    assert "Give the view a name" in again.text
    assert 'value="pothole" selected' in again.text

    priya.send(f"{LIST}/views", name="Holes", **asked)
    kept = priya.send(f"{LIST}/views/shared", name="Ours", **asked)

    assert kept.headers["location"] == f"{LIST}?state=all&category=pothole"
    shown = priya.get(kept.headers["location"])
    assert 'aria-current="page">Holes' in shown
    others = tom.get(f"{LIST}?state=all&category=pothole")
    assert "Ours" in others
    assert "Holes" not in others
    assert "Ours" not in claire.get("/town/sainte-aurore/tickets", lang="en")
    own = id_in(shown, "views")
    assert tom.send(f"{LIST}/views/{own}/end").status_code == 404
    assert priya.send(f"{LIST}/views/{own}/end").status_code == 303
    assert "Holes" not in priya.get(LIST)


def begun(priya: Clerk, night: Night, several: list[Ticket], **form: str) -> str:
    """The address of an act on these tickets, which was foreseen and confirmed."""
    boxes = {f"ticket.{each.tracking}": "on" for each in several}
    chosen = priya.get(f"{LIST}/bulk", **boxes)
    numbers = re.search(r'name="tickets" value="([^"]+)"', chosen)
    assert numbers is not None
    shown = priya.send(f"{LIST}/bulk", tickets=numbers[1], **form)
    assert f": {len(several)} tickets?" in shown.text
    sent = {"tickets": numbers[1], "confirmed": "yes", **form}
    address: str = priya.send(f"{LIST}/bulk", **sent).headers["location"]
    return address


def test_an_act_on_many_says_first_what_it_lacks_and_what_it_would_refuse(
    priya: Clerk, night: Night
) -> None:
    hydrant, done = night.report("fire-hydrant"), night.report("fire-hydrant")
    night.crew_is(done, "done", note="New gasket.")
    sent = {"act": "close", "tickets": f"{hydrant.tracking} {done.tracking}"}

    unsaid = priya.send(f"{LIST}/bulk", **sent, note="Turned off.")
    foreseen = priya.send(f"{LIST}/bulk", **sent, reason="done", note="Turned off.")

    assert unsaid.status_code == 422
    assert "Choose why this ticket is closed." in unsaid.text
    assert ">Turned off.</textarea>" in unsaid.text
    assert "Close: 1 ticket?" in foreseen.text
    assert "1 cannot be done; it stays as it is." in foreseen.text
    assert f'name="tickets" value="{hydrant.tracking}"' in foreseen.text


def test_an_act_on_many_is_done_by_a_worker_and_says_what_was_refused(
    priya: Clerk, hire: Hire, night: Night
) -> None:
    holes = [night.report("pothole") for _ in range(2)]
    hydrant = night.report("fire-hydrant")
    form = {"act": "close", "reason": "not_found", "note": "No hole, no leak."}
    page = begun(priya, night, [*holes, hydrant], **form)
    night.crew_is(hydrant, "done", note="New gasket.")
    assert "0 of 3 so far" in priya.get(page)

    tried = [carry_on(night.engine, at=night.clock()) for _ in range(2)]

    over = priya.get(page)
    assert tried == [3, 0]
    assert "Done: 2 tickets." in over
    assert "hx-trigger" not in over[over.index('id="progress"') :]
    assert hydrant.tracking in over
    with night.town() as db:
        closed = tickets.closure(db, holes[0].id)
    assert closed is not None
    assert (closed.by, closed.reason) == ("Priya Nair", "not_found")
    lead = hire("Hal Ivey", night.tenant_id, role="lead", departments=("streets",))
    assert lead.look(page).status_code == 404


def test_each_act_on_many_does_what_it_does_to_one(priya: Clerk, night: Night) -> None:
    hole = night.report("pothole")
    with night.town() as db:
        [who] = tickets.assignees(db, "streets")
    for form in (
        {"act": "assign", "assignee": str(who.account_id)},
        {"act": "note", "audience": "town", "body": "Ask the county."},
        {"act": "level", "level": "2", "why": "A bus route."},
    ):
        foreseen = priya.send(f"{LIST}/bulk", tickets=hole.tracking, **form)
        assert "Do it to 1 ticket" in foreseen.text
        sent = {"tickets": hole.tracking, "confirmed": "yes", **form}
        assert priya.send(f"{LIST}/bulk", **sent).status_code == 303
    carry_on(night.engine, at=night.clock())

    with night.town() as db:
        ticket = tickets.get(db, hole.id)
        given = tickets.assignment(db, hole.id)
        [note] = tickets.notes(db, hole.id)
    assert ticket.level == 2
    assert given is not None
    assert given.name == "Priya Nair"
    assert note.body == "Ask the county."


def test_a_lead_does_nothing_to_what_is_not_theirs_and_nobody_to_another_towns(
    hire: Hire, priya: Clerk, claire: Clerk, night: Night
) -> None:
    main = night.report(caller=Caller(identity="anonymous"))
    night.report("pothole")
    lead = hire("Hal Ivey", night.tenant_id, role="lead", departments=("streets",))

    whole = lead.get(f"{LIST}/bulk", all="yes", state="all")
    theirs = lead.send(f"{LIST}/bulk", act="note", body="x", tickets=main.tracking)
    elsewhere = claire.send(
        "/town/sainte-aurore/tickets/bulk",
        act="note", body="x", tickets=main.tracking,
    )  # fmt: skip

    assert main.tracking not in whole
    assert "1 ticket" in whole
    assert theirs.status_code == 422
    assert elsewhere.status_code == 422
    assert lead.look(f"{LIST}/bulk", state="all").headers["location"].startswith(LIST)


def test_a_list_is_on_a_map_and_says_what_has_no_point(
    priya: Clerk, night: Night
) -> None:
    night.report()
    told = Intake(
        client_key=new_id(),
        category="pothole",
        channel="phone",
        caller=Caller(identity="anonymous"),
        latitude=41.89,
        longitude=-87.91,
    )
    with night.town() as db:
        hole = tickets.open(db, told, at=night.clock(), by=MAYA)

    page = priya.get(f"{LIST}/map")
    drawn = json.loads(priya.get(f"{LIST}/map.json", category="pothole"))

    assert "1 ticket is on the map." in page
    assert "1 has no point and is only in the list." in page
    assert page.count('<circle class=""') == 1
    [pin] = drawn["pins"]
    assert pin["address"] == f"{LIST}/{hole.tracking}"
    assert (pin["latitude"], pin["is_open"]) == (41.89, True)
    assert json.loads(priya.get(f"{LIST}/map.json", category="trees"))["pins"] == []
