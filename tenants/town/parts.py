"""What every table of a town's file has in common, and its words."""

from __future__ import annotations

from msgspec import Struct


class Part(
    Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
):
    """Base of every table in the file: unknown fields are refused, never ignored."""


class Text(Part, frozen=True, kw_only=True):
    """The same words in each of the town's languages."""

    en: str = ""
    fr: str = ""

    def in_(self, language: str) -> str:
        """The words in ``language``, or in the other when the town has only that."""
        return (self.fr or self.en) if language == "fr" else (self.en or self.fr)
