"""How a town lets its own rules change."""

from __future__ import annotations

from tenants.town.parts import Part


class Publishing(Part, frozen=True, kw_only=True):
    """``second_person``: what one person has changed, another has to approve."""

    second_person: bool = False
