"""A town words its own messages, and cannot make one that is of no use."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import tenants
from tenants.files import differences, read, write
from tenants.files.checks import check
from tenants.rules.placeholders import apart, filled
from tenants.town import Text, Town, Wording
from tenants.town.wording import LONGEST, RANGES, Worded, WordedChannel
from tests.tenants.edits import GOOD, findings
from tests.tenants.larkfield import LARKFIELD, both, utc
from tests.tenants.wording_strategies import plain, wordings
from townline.i18n import speaking

GO = both("Go to {place}: {code}", "Allez à {place} : {code}")
DONE = both("{tracking} is done.", "{tracking} est terminé.")
AT = utc("2026-02-09T08:00")
# What may stand between the names is nearly all of Unicode, which takes its time.
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def worded(
    key: Worded, channel: WordedChannel, text: Text, subject: Text | None = None
) -> Town:
    mine = Wording(key=key, channel=channel, text=text, subject=subject or Text())
    return replace(LARKFIELD, messages=(mine,))


@pytest.mark.parametrize(
    ("town", "place", "said"),
    [
        pytest.param(
            worded("relay", "sms", replace(GO, en="Go to {place}")),
            "text.en",
            "Write {code} somewhere: without it this message is of no use.",
            id="a relay that nobody could take",
        ),
        pytest.param(
            worded("relay", "sms", replace(GO, fr="Venez vite : {code}")),
            "text.fr",
            "Write one of {place}, {link} somewhere: without any this message is of "
            "no use.",
            id="a relay to nowhere, in French only",
        ),
        pytest.param(
            worded("survey_invitation", "sms", DONE),
            "text.en",
            "Write {link} somewhere",
            id="a survey without its questions",
        ),
        pytest.param(
            worded("event_ended", "email", both("It is over.", "C’est fini.")),
            "text.en",
            "Write {words} somewhere",
            id="an end without what became of it",
        ),
        pytest.param(
            worded("relay", "voice", replace(GO, en="{place}: {code}")),
            "text.en",
            "Take out {code}: it is not filled in here. What is: {category}, {place},",
            id="what another way has",
        ),
        pytest.param(
            worded("resident_done", "sms", replace(DONE, en="{traking} is done")),
            "text.en",
            "Write one of {category}, {place}, {tracking}, {link}, {town}, {phone} "
            "instead of {traking}.",
            id="what there is nowhere",
        ),
        pytest.param(
            worded(
                "resident_done", "sms", replace(DONE, en="{tracking} {link is done")
            ),
            "text.en",
            "Close every brace around a name, and use them for nothing else: {",
            id="a brace that is not closed",
        ),
        pytest.param(
            worded("resident_done", "sms", replace(DONE, en="{{tracking}} {tracking}")),
            "text.en",
            "Close every brace around a name",
            id="braces of another language",
        ),
        pytest.param(
            worded("resident_done", "sms", Text(en="{tracking} is done.")),
            "text.fr",
            "Add the French words",
            id="a language that is missing",
        ),
        pytest.param(
            worded("resident_done", "email", DONE, Text(fr="Terminé")),
            "subject.en",
            "Add the English words",
            id="a subject in one language only",
        ),
        pytest.param(
            worded("resident_done", "sms", DONE, DONE),
            "subject",
            "Take out the subject: only a letter has one.",
            id="a text with a subject",
        ),
        pytest.param(
            worded("relay", "email", both("{place}", "{place}"), both("{words}", "!")),
            "subject.en",
            "Take out {words}: it is not filled in here.",
            id="a subject with what was said",
        ),
        pytest.param(
            worded("event_ended", "voice", both("{words}", "{words}")),
            "channel",
            'Choose one of "sms", "email": it goes by no other way.',
            id="a way it does not go",
        ),
        pytest.param(
            worded("resident_done", "sms", replace(DONE, en="{link}" + "a" * 541)),
            "text.en",
            "Shorten it by 21 signs: with everything filled in it can be 621 signs "
            "long, and 600 is the most.",
            id="longer than is sent",
        ),
        pytest.param(
            worded("resident_done", "sms", replace(DONE, en="{link}\x00")),
            "text.en",
            "Take out the sign U+0000: it cannot be sent.",
            id="a sign that no telephone has",
        ),
    ],
)
def test_words_that_would_be_of_no_use_are_found_with_a_remedy(
    town: Town, place: str, said: str
) -> None:
    finding = findings(write(town))[0]

    assert finding.startswith(f'messages[1] "{town.messages[0].key}".{place}: {said}')


def test_the_remedies_are_there_in_french() -> None:
    town = worded("relay", "sms", replace(GO, en="Go {where} {"))

    with speaking("fr"):
        remedies = [each.remedy for each in check(town)]

    assert [each.split(" ")[0] for each in remedies] == [
        "Fermez", "Écrivez", "Écrivez", "Écrivez",
    ]  # fmt: skip


def test_the_same_message_is_worded_once_a_way() -> None:
    by_text = Wording(key="resident_done", channel="sms", text=DONE)
    by_letter = replace(by_text, channel="email")
    twice = write(replace(LARKFIELD, messages=(by_text, by_letter, by_text)))

    assert findings(twice) == [
        'messages[3] "resident_done".channel: Choose another: "resident_done.sms" is '
        "taken by entry 1 of the list."
    ]


def test_a_change_of_one_way_is_told_of_that_way() -> None:
    by_text = Wording(key="resident_done", channel="sms", text=DONE)
    by_letter = replace(by_text, channel="email")
    old = replace(LARKFIELD, messages=(by_text, by_letter))
    again = replace(by_text, text=replace(DONE, en="Done: {link}"))
    new = replace(LARKFIELD, messages=(again, by_letter))

    assert [str(each) for each in differences(old, new)] == [
        'messages "resident_done.sms".text.en changes from "{tracking} is done." to '
        '"Done: {link}".'
    ]


def test_a_file_without_the_section_stays_valid() -> None:
    assert "messages" not in GOOD
    assert read(GOOD, source="larkfield.toml").messages == ()


def test_a_text_must_not_ask_for_a_word_that_carriers_act_upon() -> None:
    asking = replace(GO, fr="{code}, {place}. ARRÊT sinon.")

    found = tenants.lint(worded("relay", "sms", asking), at=AT)
    calm = tenants.lint(
        worded("relay", "sms", replace(GO, en="Stop {place}, {code}")), at=AT
    )

    assert [each.path for each in found if each.kind == "carrier-word"] == [
        'messages "relay.sms"'
    ]
    assert [each for each in calm if each.kind == "carrier-word"] == []


@unhurried
@given(written=wordings(("en", "fr")))
def test_what_is_drawn_as_acceptable_is_accepted(written: tuple[Wording, ...]) -> None:
    assert list(check(replace(LARKFIELD, messages=written))) == []


def test_every_name_has_its_room() -> None:
    known = {
        e for ways in RANGES.values() for each in ways.values() for e in each.knows
    }

    assert known == set(LONGEST)


@unhurried
@given(st.lists(plain, min_size=1), st.text())
def test_what_is_filled_in_is_not_read_again(words: list[str], value: str) -> None:
    text = "{it}".join(words)
    asked: list[str] = []

    def told(name: str) -> str:
        asked.append(name)
        return value

    said = filled(text, told)

    assert said == (value.join(words) if value or len(words) == 1 else None)
    assert set(asked) <= {"it"}


@unhurried
@given(st.text("{}ab"))
def test_nothing_of_a_text_is_lost_however_its_braces_stand(text: str) -> None:
    taken = apart(text)

    again = taken.words[0]
    for name, words in zip(taken.names, taken.words[1:], strict=True):
        again += f"{{{name}}}{words}"
    assert again == text
    assert len(taken.loose) == sum(
        each.count("{") + each.count("}") for each in taken.words
    )
