from __future__ import annotations

from tenants.shelf import Rules, Shelf
from tests.tenants.larkfield import LARKFIELD
from townline.db import new_id

RIVERTON, SAINTE_AURORE = new_id(), new_id()


def rules() -> Rules:
    return Rules(new_id(), 1, LARKFIELD)


def test_the_version_unused_for_longest_makes_room() -> None:
    shelf = Shelf(kept=2)
    first, second, third = rules(), rules(), rules()
    shelf.keep(RIVERTON, first)
    shelf.keep(RIVERTON, second)
    shelf.find(RIVERTON, first.version_id)

    shelf.keep(RIVERTON, third)

    assert shelf.find(RIVERTON, first.version_id) is first
    assert shelf.find(RIVERTON, second.version_id) is None


def test_a_tenant_cannot_take_anothers_rules_from_the_shelf() -> None:
    shelf = Shelf()
    theirs = shelf.keep(SAINTE_AURORE, rules())

    assert shelf.find(RIVERTON, theirs.version_id) is None
