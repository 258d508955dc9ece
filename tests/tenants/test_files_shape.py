from __future__ import annotations

import pytest

from tenants.files import shaped
from tenants.town import Contact
from tests.tenants.edits import FIRST_QUESTION, edited, findings
from townline.i18n import speaking


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param(
            "level = 4",
            "level = 9",
            'categories[2] "pothole".level: Write a whole number from 1 to 5 '
            "instead of 9.",
            id="out of range",
        ),
        pytest.param(
            "level = 4",
            'level = "four"',
            'categories[2] "pothole".level: Write a whole number from 1 to 5 '
            'instead of "four".',
            id="another type",
        ),
        pytest.param(
            "level = 4",
            "level = true",
            'categories[2] "pothole".level: Write a whole number from 1 to 5 '
            "instead of true.",
            id="true is not the number one",
        ),
        pytest.param(
            "level = 4\n",
            "",
            'categories[2] "pothole".level: Add this field: a whole number from 1 '
            "to 5.",
            id="a missing field",
        ),
        pytest.param(
            "level = 4\n",
            "level = 4\nlevl = 4\n",
            'categories[2] "pothole".levl: Remove this unknown field; did you mean '
            '"level"?',
            id="an unknown field",
        ),
        pytest.param(
            "format = 1",
            "format = 1\nxyzzy = 1",
            "xyzzy: Remove this unknown field.",
            id="an unknown field that is like no other",
        ),
        pytest.param(
            'kind = "complaint"',
            'kind = "gripe"',
            'categories[2] "pothole".kind: Write one of "complaint", "information", '
            '"problem", "request" instead of "gripe".',
            id="not among the choices",
        ),
        pytest.param(
            "promise.hours = 9",
            "promise.hours = 0",
            'categories[2] "pothole".promise.hours: Write a number above 0 and up to '
            "8760 instead of 0.",
            id="not above the least",
        ),
        pytest.param(
            'key = "pothole"',
            'key = "Pot hole"',
            'categories[2] "Pot hole".key: Write a key of at most 40 small letters, '
            'digits and hyphens instead of "Pot hole".',
            id="an ill-formed key",
        ),
        pytest.param(
            'mobile = "+13125550151"',
            'mobile = "312 555 0151"',
            'contacts[1] "ana".mobile: Write a telephone number with its country, as '
            'in "+13125550142" instead of "312 555 0151".',
            id="an ill-formed number",
        ),
        pytest.param(
            'mobile = "+13125550151"',
            'mobile = "+13120000000"',
            'contacts[1] "ana".mobile: Check the digits: +13120000000 is no telephone '
            "number of its country.",
            id="a number that cannot be",
        ),
        pytest.param(
            'mobile = "+13125550151"',
            'mobile = "+9990000000"',
            'contacts[1] "ana".mobile: Check the digits: +9990000000 is no telephone '
            "number of its country.",
            id="a country that is not",
        ),
        pytest.param(
            "anchor = 2026-01-05T08:00:00",
            "anchor = 2026-01-05T08:00:00Z",
            'rosters[1] "water".anchor: Write a local day and time, as in '
            "2026-02-09T08:00:00 instead of 2026-01-05T08:00:00+00:00.",
            id="wall time has no offset",
        ),
        pytest.param(
            "opens = 08:00:00",
            "opens = 8",
            "hours[1].opens: Write a time, as in 08:00:00 instead of 8.",
            id="not a time",
        ),
        pytest.param(
            "day = 2026-12-23",
            "day = 2026-12-23T00:00:00",
            "closures[1].day: Write a day, as in 2026-12-24 instead of "
            "2026-12-23T00:00:00.",
            id="a time is not a day",
        ),
        pytest.param(
            "[-87, 42],",
            "[-87],",
            "boundary[3]: Write a longitude and a latitude, as in [-87.9, 41.8] "
            "instead of a list.",
            id="half a point",
        ),
        pytest.param(
            "  [-87, 42],\n",
            "",
            "boundary: Write a list in brackets, each item a longitude and a latitude, "
            "as in [-87.9, 41.8]; at least 4.",
            id="too short a list",
        ),
        pytest.param(
            'name.en = "Larkfield"\nname.fr = "Larkfield"',
            'name = "Larkfield"',
            'name: Write its fields by name: en, fr instead of "Larkfield".',
            id="words without a language",
        ),
        pytest.param(
            'members = ["ana", "dan"]',
            'members = "ana"',
            'rosters[1] "water".members: Write a list in brackets, each item a key of '
            'at most 40 small letters, digits and hyphens instead of "ana".',
            id="one instead of a list",
        ),
        pytest.param(
            '  { channel = "sms" },',
            '  "sms",',
            'policies[1] "everyday".steps[1].rungs[1]: Write its fields by name: '
            'channel, after instead of "sms".',
            id="a word instead of a table",
        ),
        pytest.param(
            "required = true",
            'required = "yes"',
            f'{FIRST_QUESTION}.required: Write true or false instead of "yes".',
            id="yes is not true",
        ),
    ],
)
def test_a_fault_of_shape_is_named_with_its_place_and_its_remedy(
    old: str, new: str, said: str
) -> None:
    found = findings(edited(old, new))

    assert any(each.startswith(said) for each in found), found


def in_french(text: str) -> list[str]:
    with speaking("fr"):
        return findings(text)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param(
            "level = 4",
            "level = 9",
            "Écrivez un nombre entier de 1 à 5 au lieu de 9.",
            id="its shape",
        ),
        pytest.param(
            'department = "streets"',
            'department = "street"',
            "Choisissez parmi les services\u00a0: il n’y a pas de "
            "«\u00a0street\u00a0»; vouliez-vous dire «\u00a0streets\u00a0»?",
            id="its sense",
        ),
    ],
)
def test_a_remedy_is_in_the_language_of_whoever_reads_it(
    old: str, new: str, said: str
) -> None:
    assert any(each.endswith(said) for each in in_french(edited(old, new)))


def test_a_part_from_a_page_is_told_of_in_the_words_of_a_page() -> None:
    document = {"key": "ana", "name": "", "department": "water", "mobile": "555"}

    contact, faults = shaped(Contact, document)

    assert contact.key == "ana"
    assert [(fault.path, fault.remedy) for fault in faults] == [
        (("name",), "Fill this in: a name."),
        (
            ("mobile",),
            "Write a telephone number with its country, as in "
            '"+13125550142" instead of "555".',
        ),
    ]
