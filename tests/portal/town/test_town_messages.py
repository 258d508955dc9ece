"""What the town sends is read before anybody gets it."""

from __future__ import annotations

from html import unescape

from notify.samples import SAMPLES
from tests.portal.town.cast import Clerk
from tests.tenants.example_towns import TOWNS

MESSAGES = "rules/messages"


def test_every_message_is_there_in_both_languages_with_its_segments(
    claire: Clerk,
) -> None:
    page = unescape(claire.get(f"/town/sainte-aurore/{MESSAGES}"))

    assert [each for each in SAMPLES if f'id="kind-{each}"' not in page] == []
    assert "Répondez 41 pour prendre" in page
    assert "Reply 41 to take it" in page
    assert "2 segments" in page
    names = [each.name.fr for each in TOWNS["sainte-aurore"].categories]
    assert [name for name in names if f"<td>{name}</td>" not in page] == []
    nowhere = claire.look(f"/town/sainte-aurore/{MESSAGES}", category="nonsense")
    assert nowhere.status_code == 404
    assert claire.look(f"/town/riverton/{MESSAGES}").status_code == 404
