"""What may be known of a resident, and by whom."""

from __future__ import annotations

from dataclasses import dataclass

from tickets.terms import Identity, Viewer


@dataclass(frozen=True, slots=True)
class Shown:
    """A resident as one viewer sees them; None is what is not kept, or not shown."""

    name: str | None = None
    phone: str | None = None
    email: str | None = None
    address: str | None = None


NOBODY = Shown()


def shown(identity: Identity, whole: Shown, *, viewer: Viewer) -> Shown:
    """The public never sees who asked; a crew may ring back those who allow it."""
    if identity == "anonymous" or viewer == "public":
        return NOBODY
    if identity == "confidential" and viewer == "crew":
        return NOBODY
    return whole
