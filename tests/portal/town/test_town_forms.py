"""A form shows a part of the town whole, and gives back exactly what it showed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec import inspect
from msgspec.structs import replace

from portal.town import fields, forms
from portal.town.contents import SHELVES, Elsewhere
from portal.town.entry_keys import key_of
from portal.town.fields.wholes import Basics, Opening
from portal.town.forms.words import Words
from portal.town.sections import SECTIONS, Section
from tenants.town import Contact, Line, MenuOption, Part, SignIn, Survey, Text, Town
from tests.portal.town.filled import sent
from tests.tenants.example_towns import TOWNS
from townline.i18n import gettext, speaking

RIVERTON, SAINTE_AURORE = TOWNS["riverton"], TOWNS["sainte-aurore"]


def parts(section: Section, town: Town) -> Iterator[Part]:
    if section.shape == "entries":
        yield from section.entries(town)
    elif (whole := section.whole(town)) is not None:
        yield whole


@pytest.mark.parametrize("section", SECTIONS, ids=lambda each: each.key)
def test_what_is_shown_and_sent_back_is_the_same_part(section: Section) -> None:
    for town in TOWNS.values():
        for part in parts(section, town):
            read = forms.read(type(part), sent(part, town), fields.scene(town))

            assert read.faults == ()
            assert forms.group(read.part) | read.typed == forms.group(part) | read.typed
            assert with_kept(read.part, part) == part


def with_kept(read: Part, part: Part) -> Part:
    """What a form does not ask is put back by whoever keeps it."""
    kept = [n for n, words in fields.GLOSSARY[type(part)].items() if words.is_kept]
    return replace(read, **{name: getattr(part, name) for name in kept})


def test_everything_that_the_file_can_say_is_edited_somewhere() -> None:
    elsewhere = [e for _, places in SHELVES for e in places if isinstance(e, Elsewhere)]
    edited = {each.field for each in elsewhere} | {"boundary"}
    for section in SECTIONS:
        whole = section.shape == "fields"
        edited |= set(section.part.__struct_fields__) if whole else {section.field}

    # A town keeps its short name for good, and the format is the file's own.
    assert set(Town.__struct_fields__) - edited == {"format", "slug"}


def test_every_field_of_every_section_has_its_words() -> None:
    for section in SECTIONS:
        for kind in kinds(forms.shape(section.part)):
            assert set(fields.GLOSSARY[kind]) == set(kind.__struct_fields__), kind


def kinds(shape: inspect.Type) -> Iterator[type[Part]]:
    match shape:
        case inspect.StructType(cls=cls) if cls is not Text:
            yield forms.part_of(shape)
            for field in shape.fields:
                yield from kinds(field.type)
        case inspect.VarTupleType(item_type=inner) | inspect.Metadata(type=inner):
            yield from kinds(inner)
        case inspect.UnionType(types=types):
            for each in types:
                yield from kinds(each)


def test_every_word_of_a_field_and_a_section_is_there_in_french() -> None:
    words = [*section_words(), *field_words()]

    with speaking("fr"):
        english = [each for each in words if gettext(each) == each]

    # These are called the same in both languages.
    same = {"Menu", "Menus", "Messaging Service", "Question", "SendGrid", "SMTP"}
    assert {*english} <= same


def section_words() -> Iterator[str]:
    for each in SECTIONS:
        yield from filter(None, (each.title, each.lead, each.add))
    for title, places in SHELVES:
        yield title
        for place in places:
            if isinstance(place, Elsewhere):
                yield from (place.title, place.lead)


def field_words() -> Iterator[str]:
    for part in fields.GLOSSARY.values():
        for words in part.values():
            yield from filter(None, of_field(words))


def of_field(words: Words) -> Iterator[str]:
    yield from (words.label, words.hint, *words.answers.values())


def read_survey(**sent: str) -> forms.Read[Survey]:
    return forms.read(Survey, sent, fields.scene(RIVERTON))


def test_a_french_comma_is_a_number() -> None:
    read = read_survey(after_hours="1,5", percent="20", not_again_days="30")

    assert read.part == Survey(after_hours=1.5, percent=20, not_again_days=30)


def test_what_cannot_be_is_kept_with_its_remedy_in_the_readers_language() -> None:
    with speaking("fr"):
        read = read_survey(after_hours="", percent="200", not_again_days="un mois")

    assert [(fault.path, fault.remedy) for fault in read.faults] == [
        (
            ("after_hours",),
            "À remplir\u00a0: un nombre au-dessus de 0 et jusqu’à 8760.",
        ),
        (("percent",), "Écrivez un nombre entier de 0 à 100 au lieu de 200."),
        (
            ("not_again_days",),
            'Écrivez un nombre entier de 0 à 366 au lieu de "un mois".',
        ),
    ]
    assert read.typed["not_again_days"] == "un mois"


def test_what_is_needed_and_left_empty_is_asked_for() -> None:
    scene = fields.scene(RIVERTON)

    line = forms.read(Line, {"number": "555"}, scene)
    sign_in = forms.read(SignIn, {"issuer": "https://login.example"}, scene)

    assert [fault.path for fault in line.faults] == [("number",), ("label",)]
    assert [each.remedy for each in sign_in.faults] == ["Fill this in: a few words."]


@pytest.mark.parametrize(
    ("written", "number"),
    [
        pytest.param("(312) 555-0177", "+13125550177", id="as people write it"),
        pytest.param("+1 312-555-0177", "+13125550177", id="with its country"),
        pytest.param("ask Dan", "ask Dan", id="not a number at all"),
    ],
)
def test_a_telephone_number_gets_its_country(written: str, number: str) -> None:
    assert forms.telephone(written, "US") == number


def test_what_another_answer_does_not_ask_for_is_left_out() -> None:
    option = {"press": "1", "does": "person", "article": "missed-garbage"}

    read = forms.read(MenuOption, option, fields.scene(RIVERTON))

    assert read.part == MenuOption(press="1", does="person")


def test_the_order_of_languages_is_chosen_whole() -> None:
    basics = next(each for each in SECTIONS if each.key == "town")
    part = basics.whole(SAINTE_AURORE)
    assert isinstance(part, Basics)
    scene = fields.scene(SAINTE_AURORE)

    read = forms.read(Basics, sent(part, SAINTE_AURORE) | {"languages": "en fr"}, scene)

    assert part.languages == ("fr", "en")
    assert read.part.languages == ("en", "fr")


@pytest.mark.parametrize("opens", ["25:00", "08:00+01:00", "eight"])
def test_what_is_no_time_of_the_towns_clock_is_refused(opens: str) -> None:
    typed = {
        "hours.0.days.mon": "on",
        "hours.0.opens": opens,
        "hours.0.closes": "12:00",
    }

    read = forms.read(Opening, typed, fields.scene(RIVERTON))

    assert [fault.path for fault in read.faults] == [("hours", 0, "opens")]


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        pytest.param({"name": "Ana Ruiz"}, "ana-ruiz", id="a person"),
        pytest.param({"name": {"fr": "Égout, réseau"}}, "egout-reseau", id="accents"),
        pytest.param({"name": "Dan Ortiz"}, "dan-ortiz-2", id="taken"),
        pytest.param({"name": ""}, "", id="nothing to be called by"),
    ],
)
def test_a_short_name_is_made_of_what_it_is_called(
    typed: forms.Group, key: str
) -> None:
    taken = {each.key for each in RIVERTON.contacts}

    assert key_of(typed, taken - {"ana-ruiz"}) == key


def test_a_department_that_is_gone_stays_chosen_until_another_is() -> None:
    ana = replace(RIVERTON.contacts[0], department="harbor")

    assert sent(ana, RIVERTON)["department"] == "harbor"
    drawn = forms.draw(Contact, forms.group(ana), fields.scene(RIVERTON), faults={})
    asked = next(each for each in drawn if each.name == "department")
    assert isinstance(asked, forms.Field)
    assert [each.value for each in asked.options if each.is_chosen] == ["harbor"]
