"""What was put right is told in the ticket's own story, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from portal.town.story import tell
from tests.portal.town.test_town_story import ABOUT, entry
from tests.sources import ROOT
from townline.i18n import speaking

MENDING = (ROOT / "notify/service/mending.py", ROOT / "escalation/mending.py")
TOLD = re.compile(r'_told\(db, "(\w+)"')


def kinds() -> list[str]:
    return sorted({kind for path in MENDING for kind in TOLD.findall(_read(path))})


def _read(path: Path) -> str:
    return path.read_text()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("kind", kinds())
def test_each_repair_has_its_sentence(kind: str, language: str) -> None:
    with speaking(language):
        (beat,) = tell([entry(1, "relay.repaired", {"what": kind})], ABOUT)

    said = {"en": "A fault of ours was put right", "fr": "Une panne de notre côté"}
    assert beat.head.startswith(said[language])
    assert len(beat.rest) > 20
    assert beat.mark == "bad"
