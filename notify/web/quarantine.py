"""What came in and cannot be used: counted, and logged, so that somebody looks."""

from __future__ import annotations

from prometheus_client import Counter

from townline.logs import logger

log = logger("notify.quarantine")

SET_ASIDE = Counter(
    "townline_set_aside", "What carriers handed on and nobody can use", ["what", "why"]
)


def note(what: str, why: str, *, kept: str = "") -> None:
    """``kept`` is where it is kept in the town's ``provider_event``, if it is."""
    SET_ASIDE.labels(what, why).inc()
    log.warning("hooks.set_aside", what=what, why=why, kept=kept)
