"""Reads the instructions that an address answers with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin
from xml.etree import ElementTree


class BadTwiml(Exception):
    """The document is not TwiML."""


@dataclass(frozen=True, slots=True)
class Verb:
    """One element: <Say language="fr-CA">Bonjour</Say>."""

    name: str
    attributes: Mapping[str, str]
    text: str
    children: tuple[Verb, ...]

    def get(self, attribute: str, default: str = "") -> str:
        return self.attributes.get(attribute, default)

    def number(self, attribute: str, default: float) -> float:
        try:
            return float(self.get(attribute, str(default)))
        except ValueError:
            return default

    def says(self, attribute: str, *, default: bool = False) -> bool:
        return self.get(attribute, str(default)).lower() == "true"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where the next document comes from: an address to ask, or the text itself."""

    url: str = ""
    method: str = "POST"
    document: str = ""
    fields: tuple[tuple[str, str], ...] = ()


def parse(document: str) -> tuple[Verb, ...]:
    # An empty answer means "nothing to do", as it does to Twilio.
    if not document.strip():
        return ()
    try:
        # The bench reads only what the application under test has written.
        root = ElementTree.fromstring(document.strip())  # noqa: S314
    except ElementTree.ParseError as fault:
        raise BadTwiml(str(fault)) from fault
    if root.tag != "Response":
        raise BadTwiml(f"The document's root is {root.tag}, not Response.")
    return tuple(_verb(element) for element in root)


def action(verb: Verb, base: str, **fields: str) -> Source:
    """Return the source that a verb's ``action`` leads to, by default its own page."""
    return Source(
        url=urljoin(base, verb.get("action") or base),
        method=verb.get("method", "POST").upper(),
        fields=tuple(fields.items()),
    )


def _verb(element: ElementTree.Element) -> Verb:
    return Verb(
        name=element.tag,
        attributes=dict(element.attrib),
        text="".join(element.itertext()).strip(),
        children=tuple(_verb(child) for child in element),
    )
