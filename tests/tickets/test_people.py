from __future__ import annotations

import pytest

from tickets.models import Reporter
from tickets.rules.people import NOBODY, Shown

HELEN = Shown("Helen Marsh", "+13125550142", "helen@example.org")


@pytest.mark.parametrize(
    ("identity", "viewer", "seen"),
    [
        pytest.param("identified", "desk", HELEN, id="the desk sees who called"),
        pytest.param("identified", "town", HELEN, id="so does the town"),
        pytest.param("identified", "crew", HELEN, id="a crew may ring back"),
        pytest.param("identified", "public", NOBODY, id="the public sees nobody"),
        pytest.param("confidential", "desk", HELEN, id="the desk may call back"),
        pytest.param("confidential", "town", HELEN, id="the town may answer"),
        pytest.param("confidential", "crew", NOBODY, id="the crew sees nobody"),
        pytest.param("confidential", "public", NOBODY, id="nor does the public"),
        pytest.param("anonymous", "desk", NOBODY, id="nothing kept, nothing shown"),
        pytest.param("anonymous", "town", NOBODY, id="not even to the town"),
    ],
)
def test_who_sees_whom(identity: str, viewer: str, seen: Shown) -> None:
    reporter = Reporter(
        identity=identity, name=HELEN.name, phone=HELEN.phone, email=HELEN.email
    )

    assert reporter.shown_to(viewer) == seen  # type: ignore[arg-type] # the table is of words
