from __future__ import annotations

import pytest

from tenants import files
from tests.tenants.edits import GOOD, findings
from tests.tenants.larkfield import LARKFIELD

ARTICLE = """
[[articles]]
key = "valve"
title = { en = "Close the valve", fr = "Fermer la valve" }
body = { en = "Clockwise.", fr = "Vers la droite." }
categories = ["main-break"]
valid_from = 2026-02-01
valid_until = 2026-02-28
"""
INSTRUCTION = """
[[instructions]]
key = "pressure"
text = { en = "It is known.", fr = "C'est connu." }
starts = 2026-02-12T16:00:00
ends = 2026-02-13T07:00:00
author = "Ana Ruiz"
source = "phone"
called_back = true
categories = ["main-break"]
"""


def test_articles_and_instructions_are_read() -> None:
    town = files.read(GOOD + ARTICLE + INSTRUCTION, source="larkfield.toml")

    assert town.article("valve").title.fr == "Fermer la valve"
    assert town.instruction("pressure").author == "Ana Ruiz"
    assert (LARKFIELD.articles, LARKFIELD.instructions) == ((), ())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param(
            "valid_until = 2026-02-28",
            "valid_until = 2026-01-31",
            'articles[1] "valve".valid_until: Let it not end before it begins.',
            id="an article that never holds",
        ),
        pytest.param(
            'body = { en = "Clockwise.", fr = "Vers la droite." }',
            'body = { en = "Clockwise." }',
            'articles[1] "valve".body.fr: Add the French words',
            id="half an answer",
        ),
        pytest.param(
            '\ncategories = ["main-break"]',
            '\ncategories = ["main-brake"]',
            'articles[1] "valve".categories[1]: Name an entry of categories: there is '
            'no "main-brake"; did you mean "main-break"?',
            id="an article on an unknown category",
        ),
        pytest.param(
            "ends = 2026-02-13T07:00:00",
            "ends = 2026-02-12T16:00:00",
            'instructions[1] "pressure".ends: Let it end after it starts.',
            id="an instruction that ends as it starts",
        ),
        pytest.param(
            "called_back = true\n",
            "",
            'instructions[1] "pressure".called_back: Call the author back at a number',
            id="an instruction that anybody could have phoned in",
        ),
        pytest.param(
            'author = "Ana Ruiz"',
            'author = " "',
            'instructions[1] "pressure".author: Say who gave it, by name.',
            id="an instruction of nobody",
        ),
        pytest.param(
            'key = "pressure"',
            'key = "pressure"\napproved = "Walter"',
            'instructions[1] "pressure".approved: Remove this unknown field; did you '
            'mean "approved_by"?',
            id="a field that is not there",
        ),
    ],
)
def test_a_fault_of_the_knowledge_is_named_with_its_remedy(
    old: str, new: str, said: str
) -> None:
    knowledge = ARTICLE + INSTRUCTION
    assert old in knowledge

    found = findings(GOOD + knowledge.replace(old, new, 1))

    assert any(each.startswith(said) for each in found), found
