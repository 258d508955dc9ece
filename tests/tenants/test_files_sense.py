from __future__ import annotations

import pytest

from tests.tenants.edits import FIRST_QUESTION, edited, findings


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param(
            'time_zone = "America/Chicago"',
            'time_zone = "America/Chicgo"',
            'time_zone: Name a time zone, as in "America/Chicago"; did you mean '
            '"America/Chicago"?',
            id="an unknown time zone",
        ),
        pytest.param(
            'holidays = "US-IL"',
            'holidays = "US-ZZ"',
            "holidays: Name a region with a calendar; did you mean",
            id="an unknown calendar",
        ),
        pytest.param(
            "  [-88, 41],\n]",
            "  [-88, 40],\n]",
            "boundary: Draw the boundary as one ring that closes: its last point is "
            "not its first.",
            id="an open boundary",
        ),
        pytest.param(
            "  [-87, 42],\n  [-88, 41],\n]",
            "  [-87, 42],\n  [-87.5, 40.5],\n  [-88, 41],\n]",
            "boundary: Draw the boundary as one ring that closes: Self-intersection",
            id="a boundary that crosses itself",
        ),
        pytest.param(
            'department = "streets"\nmobile',
            'department = "street"\nmobile',
            'contacts[3] "desk".department: Name an entry of departments: there is no '
            '"street"; did you mean "streets"?',
            id="a contact's unknown department",
        ),
        pytest.param(
            'department = "streets"\nlevel',
            'department = "xx"\nlevel',
            'categories[2] "pothole".department: Name an entry of departments: there '
            'is no "xx".',
            id="a category's unknown department",
        ),
        pytest.param(
            'members = ["ana", "dan"]',
            'members = ["ana", "den"]',
            'rosters[1] "water".members[2]: Name an entry of contacts: there is no '
            '"den"; did you mean "dan"?',
            id="an unknown member",
        ),
        pytest.param(
            'members = ["ana", "dan"]',
            'members = ["ana"]\noverrides = [{ contact = "al", '
            "starts = 2026-01-06T00:00:00, ends = 2026-01-05T00:00:00 }]",
            'rosters[1] "water".overrides[1].ends: Let it end after it starts.',
            id="a window that ends before it starts",
        ),
        pytest.param(
            'to = ["roster:water"]',
            'to = ["roster:watr"]',
            'policies[1] "everyday".steps[1].to[1]: Name an entry of rosters: there is '
            'no "watr"; did you mean "water"?',
            id="an unknown roster",
        ),
        pytest.param(
            'to = ["roster:water"]',
            'to = ["water"]',
            'policies[1] "everyday".steps[1].to[1]: Write "roster:KEY", "contact:KEY", '
            '"crew:KEY", "role:KEY", "number:+13125550142", "department" or '
            '"duty-desk" instead of "water".',
            id="a target of no kind",
        ),
        pytest.param(
            'last_resort = ["contact:desk"]',
            'last_resort = ["contact:disk"]',
            'policies[1] "everyday".last_resort[1]: Name an entry of contacts: there '
            'is no "disk"; did you mean "desk"?',
            id="an unknown last resort",
        ),
        pytest.param(
            'last_resort = ["contact:desk"]',
            "last_resort = []",
            'policies[1] "everyday".last_resort: Write a list in brackets, each item a '
            "text in quotes; at least 1.",
            id="no last resort",
        ),
        pytest.param(
            "levels = [1, 2, 3, 4, 5]",
            'levels = [1, 2, 3, 4, 5]\ncategories = ["potholes"]\n'
            'departments = ["wather"]',
            'policies[1] "everyday".categories[1]: Name an entry of categories: there '
            'is no "potholes"; did you mean "pothole"?',
            id="a policy for an unknown category",
        ),
        pytest.param(
            "levels = [1, 2, 3, 4, 5]",
            "levels = [1, 2, 4, 5]",
            "policies: Add a policy for level 3 while the town hall is open, on any "
            'day: none fits "main-break", "pothole".',
            id="a level without a policy",
        ),
        pytest.param(
            'question = "how-fast"',
            'question = "how-far"',
            'categories[1] "main-break".questions[2] "inside".shown_if.question: Name '
            'a question that is asked before; did you mean "how-fast"?',
            id="shown by an unknown question",
        ),
        pytest.param(
            'answers = ["lifting"]',
            'answers = ["lift"]',
            'categories[1] "main-break".questions[2] "inside".shown_if.answers[1]: '
            'Name a choice of "how-fast"; did you mean "lifting"?',
            id="shown by an unknown answer",
        ),
        pytest.param(
            'type = "text"',
            'type = "choice"',
            'categories[1] "main-break".questions[3] "which".choices: Give choices to '
            "a question that is answered by choosing, and to no other.",
            id="a choice without choices",
        ),
        pytest.param(
            ', say.en = "I am connecting you to 911.", '
            'say.fr = "Je vous mets en ligne avec 911."',
            "",
            'categories[1] "main-break".questions[2] "inside".choices[2] "wires".say: '
            "Add what is said to the caller before 911 is dialed.",
            id="a stop without words",
        ),
        pytest.param(
            'key = "dan"',
            'key = "ana"',
            'contacts[2] "ana".key: Choose another: "ana" is taken by entry 1 of the '
            "list.",
            id="a key used twice",
        ),
        pytest.param(
            '{ key = "lifting"',
            '{ key = "trickle"',
            f'{FIRST_QUESTION}.choices[2] "trickle".key: Choose another: "trickle" is '
            "taken by entry 1 of the list.",
            id="a choice used twice",
        ),
        pytest.param(
            'when = "closed"',
            'when = "open"',
            'phrases[2] "open".when: Choose another: "open" is taken by entry 1 of the '
            "list.",
            id="a phrase given twice",
        ),
        pytest.param(
            'when = "closed"',
            'when = "holiday"',
            "phrases: Add what is said while the town hall is closed.",
            id="a phrase not given",
        ),
        pytest.param(
            'name.fr = "Nid-de-poule"\n',
            "",
            'categories[2] "pothole".name.fr: Add the French words: callers are spoken '
            "to in it.",
            id="words missing in a language",
        ),
        pytest.param(
            'name = "Ana Ruiz"',
            'name = "Ana Ruiz"\ntitle.fr = "Contremaîtresse"',
            'contacts[1] "ana".title.en: Add the English words: callers are spoken to '
            "in it.",
            id="what may be left out is said in both or not at all",
        ),
        pytest.param(
            "Filled by {due}.",
            "Filled by {duw}.",
            'categories[2] "pothole".promise.say.en: Take out {duw}: nothing would be '
            "put in its place; only {due} is filled in here.",
            id="an unknown placeholder",
        ),
        pytest.param(
            "We are closed.",
            "We are closed, {agent.",
            'phrases[2] "closed".greeting.en: Take out {agent.: nothing would be put '
            "in its place.",
            id="a placeholder where none is filled in",
        ),
        pytest.param(
            'name = "Dan Ortiz"',
            'name = " "',
            'contacts[2] "dan".name: Write a name instead of " ".',
            id="nobody's name",
        ),
        pytest.param(
            "opens = 08:00:00\ncloses = 10:00:00",
            "opens = 08:00:00",
            "closures[1]: Give both an opening and a closing time, or neither for a "
            "whole day closed.",
            id="half a closure",
        ),
        pytest.param(
            'languages = ["en", "fr"]',
            'languages = ["fr"]',
            'lines[1] "+13125550150".language: Choose one of the town\'s languages, or '
            'add "en" to them.',
            id="a line in another language",
        ),
        pytest.param(
            'languages = ["en", "fr"]',
            'languages = ["en", "fr", "en"]',
            'languages[3]: Choose another: "en" is taken by entry 1 of the list.',
            id="a language twice",
        ),
    ],
)
def test_a_fault_of_sense_is_named_with_its_place_and_its_remedy(
    old: str, new: str, said: str
) -> None:
    found = findings(edited(old, new))

    assert any(each.startswith(said) for each in found), found
