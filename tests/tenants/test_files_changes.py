from __future__ import annotations

import pytest
from msgspec.structs import replace

from tenants.files import differences
from tenants.town import Rung, Town
from tests.tenants.larkfield import EVERYDAY, LARKFIELD, MAIN_BREAK, POTHOLE, both

ANA, DAN, DESK = LARKFIELD.contacts
EVE = replace(ANA, key="eve", name="Eve Stone")
STEP = EVERYDAY.steps[0]
CALL = replace(STEP, rungs=(Rung(channel="voice"),), wait=240)
POTHOLE_FR = replace(POTHOLE, name=both("Pothole", "Trou"))


def with_steps(*steps: object) -> Town:
    return replace(LARKFIELD, policies=(replace(EVERYDAY, steps=steps),))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param(LARKFIELD, LARKFIELD, [], id="nothing"),
        pytest.param(
            LARKFIELD,
            replace(LARKFIELD, color="#112233"),
            ['color changes from "#e8c200" to "#112233".'],
            id="a field",
        ),
        pytest.param(
            LARKFIELD,
            replace(LARKFIELD, languages=("fr", "en")),
            ['languages changes from "en", "fr" to "fr", "en".'],
            id="a list",
        ),
        pytest.param(
            LARKFIELD,
            replace(LARKFIELD, categories=(MAIN_BREAK, POTHOLE_FR)),
            ['categories "pothole".name.fr changes from "Nid-de-poule" to "Trou".'],
            id="words",
        ),
        pytest.param(
            LARKFIELD,
            replace(LARKFIELD, contacts=(replace(ANA, email="a@b.example"), DAN, DESK)),
            ['contacts "ana".email is added: "a@b.example".'],
            id="a field that was not there",
        ),
        pytest.param(
            LARKFIELD,
            replace(LARKFIELD, contacts=(replace(ANA, mobile=None), DAN, DESK)),
            ['contacts "ana".mobile is removed; it was "+13125550151".'],
            id="a field that will not be there",
        ),
        pytest.param(
            LARKFIELD,
            replace(LARKFIELD, contacts=(*LARKFIELD.contacts, EVE)),
            [
                'contacts "eve" is added: key "eve", name "Eve Stone", department '
                '"water", mobile "+13125550151".'
            ],
            id="an entry more",
        ),
        pytest.param(
            LARKFIELD,
            replace(LARKFIELD, categories=(POTHOLE,)),
            [
                'categories "main-break" is removed; it was key "main-break", name '
                '"Water main break", kind "problem", department "water", level 2, '
                'promise hours 4, say "A crew will be there by {due}.", synonyms '
                '"burst pipe", "flooded street", "geyser", questions (3).'
            ],
            id="an entry less",
        ),
        pytest.param(
            LARKFIELD,
            replace(LARKFIELD, contacts=(DAN, ANA, DESK)),
            ["the order of contacts changes from ana, dan to dan, ana."],
            id="another order",
        ),
        pytest.param(
            with_steps(STEP, CALL),
            with_steps(STEP, replace(CALL, wait=300)),
            ['policies "everyday".steps[2].wait changes from 240 to 300.'],
            id="an entry without a name",
        ),
        pytest.param(
            with_steps(STEP, CALL),
            with_steps(CALL),
            [
                'policies "everyday".steps[1] is removed; it was to "roster:water", '
                "rungs (1), wait 300."
            ],
            id="one before another does not change that other",
        ),
        pytest.param(
            with_steps(STEP),
            with_steps(STEP, CALL),
            [
                'policies "everyday".steps[2] is added: to "roster:water", rungs (1), '
                "wait 240."
            ],
            id="one more at the end",
        ),
        pytest.param(
            LARKFIELD,
            replace(
                LARKFIELD,
                rosters=(replace(LARKFIELD.rosters[0], members=()),),
            ),
            ['rosters "water".members changes from "ana", "dan" to nothing.'],
            id="a list that becomes empty",
        ),
    ],
)
def test_a_change_reads_as_a_sentence(old: Town, new: Town, said: list[str]) -> None:
    assert [str(each) for each in differences(old, new)] == said
