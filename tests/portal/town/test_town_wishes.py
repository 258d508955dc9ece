"""How somebody wants to be told, on the pages on which it is said and counts."""

from __future__ import annotations

import re
from html import unescape

import pytest
from msgspec.structs import replace

from portal.town.aloud import ladder
from portal.town.changes.comparing import compared
from tenants import drafting
from tenants.town import Contact, Policy, Rung, Step, Town
from tests.escalation.ladders import RIVERTON
from tests.portal.town.cast import Clerk
from tests.portal.town.filled import sent
from tests.portal.town.nights import Night
from tests.portal.town.test_town_policies import WATER
from tests.portal.town.test_town_policies import ladder as edited
from tests.portal.town.test_town_policies import sent as sent_of
from townline.i18n import speaking

ANA = "/town/riverton/rules/edit/contacts/ana-ruiz"
OFFERED = re.compile(r'<option value="([a-z ]*)" (selected)?>(.*?)</option>')
WATER_NIGHT = next(each for each in RIVERTON.policies if each.key == "water-night")
FIRST = (Rung(channel="preferred"),)
BOTH = (*FIRST, Rung(channel="preferred", after=120))


def drafted(night: Night) -> Town:
    with night.town() as db:
        return drafting.editing(db).town


def ana(night: Night) -> Contact:
    return drafted(night).contact("ana-ruiz")


def wishes_on(page: str) -> list[tuple[str, str, str]]:
    field = page.partition('<select id="channels"')[2].partition("</select>")[0]
    return OFFERED.findall(unescape(field))


def said(*rungs: Rung, to: tuple[str, ...], town: Town = RIVERTON) -> str:
    """The first step of a ladder, read aloud."""
    step = Step(to=to, rungs=rungs, wait=300)
    policy: Policy = replace(WATER_NIGHT, steps=(step,))
    return ladder(town, policy).steps[0].replace("\u00a0", " ")


def asking(key: str, **changes: object) -> Town:
    contacts = (
        replace(each, **changes) if each.key == key else each
        for each in RIVERTON.contacts
    )
    return replace(RIVERTON, contacts=tuple(contacts))


def test_a_wish_is_one_choice_of_all_orders_and_is_kept_without_script(
    priya: Clerk, night: Night
) -> None:
    page = priya.get(ANA)
    offered = wishes_on(page)
    form = sent(ana(night), drafted(night))

    answer = priya.send(
        ANA, **form | {"channels": "voice sms", "was": drafting.mark(ana(night))}
    )

    assert len(offered) == 16
    assert offered[0] == (
        "",
        "selected",
        "As usual: a text, then a call, then an email",
    )
    assert ("voice sms", "", "a call, then a text") in offered
    assert "What is left out is not refused" in page
    assert answer.status_code == 303
    assert ana(night).channels == ("voice", "sms")
    assert ("voice sms", "selected", "a call, then a text") in wishes_on(priya.get(ANA))


def test_a_wish_that_nothing_could_carry_stands_beside_its_field(
    priya: Clerk, night: Night
) -> None:
    form = sent(ana(night), drafted(night)) | {"channels": "email sms", "email": ""}

    priya.send(ANA, **form, was=drafting.mark(ana(night)))

    page = priya.get(ANA)
    why = page.partition('id="why-channels">')[2].partition("</span>")[0]
    assert why == "Add an email, or take emails out of how Ana Ruiz is told."


def test_a_rung_may_be_left_to_each_person_and_says_what_comes_of_it(
    priya: Clerk, night: Night
) -> None:
    changes = {"steps.1.rungs.0.channel": "preferred"}

    priya.send(WATER, **sent_of(edited(night)) | changes)

    page = priya.get(WATER)
    step = page.partition('id="step-2"')[2].partition("</li>")[0]
    assert edited(night).steps[1].rungs[0].channel == "preferred"
    assert '<option value="preferred" selected>tell, as each person prefers,' in step
    assert "That is an email for Ana Ruiz." not in step
    assert "That is a text for Ana Ruiz." in step
    assert "is not refused: where a step names a way, it is used." in step


@pytest.mark.parametrize(
    ("town", "rungs", "to", "aloud"),
    [
        pytest.param(
            asking("ana-ruiz", channels=("voice", "sms")),
            BOTH,
            ("contact:ana-ruiz", "contact:dan-ortiz"),
            "At once, a message by the way that each prefers to Ana Ruiz (Water and "
            "sewer foreman) and Dan Ortiz (Water operator); 2 minutes later, a message "
            "by the next way that each prefers if there is no answer. That is a call, "
            "then a text for Ana Ruiz; a text, then a call for Dan Ortiz. If nobody "
            "has accepted after 5 minutes, go on.",
            id="to each in their own way",
        ),
        pytest.param(
            RIVERTON,
            FIRST,
            ("roster:water",),
            "At once, a message by the way that each prefers to whoever is on duty in "
            "“Water on call”. That is a text for Dan Ortiz, Teresa Novak and "
            "Marcus Bell. If nobody has accepted after 5 minutes, go on.",
            id="to all who may be on call",
        ),
        pytest.param(
            RIVERTON,
            (Rung(channel="sms"),),
            ("contact:ana-ruiz",),
            "At once, a text to Ana Ruiz (Water and sewer foreman). If nobody has "
            "accepted after 5 minutes, go on.",
            id="by what the rule names",
        ),
    ],
)
def test_a_ladder_is_read_aloud_with_the_real_way_of_each(
    town: Town, rungs: tuple[Rung, ...], to: tuple[str, ...], aloud: str
) -> None:
    with speaking("en"):
        assert said(*rungs, to=to, town=town) == aloud


def test_it_is_read_aloud_in_french() -> None:
    town = asking("ana-ruiz", channels=("voice",))

    with speaking("fr"):
        heard = said(*FIRST, to=("contact:ana-ruiz",), town=town)

    assert "un message par la voie que chacun préfère à Ana Ruiz" in heard
    assert "C’est-à-dire : un appel pour Ana Ruiz." in heard


def test_more_names_than_anybody_remembers_are_counted() -> None:
    everybody = tuple(f"contact:{each.key}" for each in RIVERTON.contacts[1:8])

    with speaking("en"):
        heard = said(*FIRST, to=everybody)

    assert "and 2 others." in heard.partition("That is a text for")[2]


def test_a_changed_wish_is_told_in_words() -> None:
    town = asking("ana-ruiz", channels=("voice", "sms"))

    with speaking("en"):
        [changed] = compared(RIVERTON, town)

    [line] = changed.lines
    assert (line.label, line.before, line.after) == (
        "How they want to be told",
        None,
        "a call; a text",
    )
