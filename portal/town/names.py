"""What the town calls its own things today; what it has dropped keeps its key."""

from __future__ import annotations

from tenants.town import Town
from townline.i18n import language


def category(town: Town, key: str) -> str:
    names = (each.name.in_(language()) for each in town.categories if each.key == key)
    return next(names, key)


def department(town: Town, key: str) -> str:
    names = (each.name.in_(language()) for each in town.departments if each.key == key)
    return next(names, key)
