"""A night in each town: who rings, what they say, who answers, who is on call."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tenants.town import Category, Town
from tests.tenants.example_towns import TOWNS
from townline.i18n import gettext, speaking


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person with a telephone, and for some a mailbox or an account."""

    name: str
    number: str
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A main breaks at night. ``key`` is what the caller presses for a language.

    ``category`` and ``answers`` are keys of the town's file. ``on_call`` has the
    week, ``next_up`` is asked when nobody answers, ``last_resort`` after everybody.
    """

    slug: str
    prefix: str
    language: str
    line: str
    caller: Somebody
    key: str
    greeting: str
    next_in_line: str
    agent: Somebody
    phrase: str
    words: str
    category: str
    answers: dict[str, str]
    place: str
    promise: str
    on_call: Somebody
    next_up: Somebody
    last_resort: Somebody
    manager: Somebody

    def says(self, english: str) -> str:
        """The words of a button or label, in the language of this town."""
        with speaking(self.language):
            return gettext(english)

    @property
    def town(self) -> Town:
        return TOWNS[self.slug]

    @property
    def trouble(self) -> Category:
        return self.town.category(self.category)

    @property
    def trouble_name(self) -> str:
        return self.trouble.name.in_(self.language)

    @property
    def asked(self) -> dict[str, str]:
        """The category's questions as they are read out, and what is chosen."""
        return {
            question.ask.in_(self.language): choice.label.in_(self.language)
            for question in self.trouble.questions
            for choice in question.choices
            if self.answers.get(question.key) == choice.key
        }

    def number_of(self, name: str) -> str:
        """Where a call to one of the town's people rings."""
        contact = next(each for each in self.town.contacts if each.name == name)
        return contact.mobile or contact.landline or ""


RIVERTON = Scene(
    slug="riverton",
    prefix="RIV",
    language="en",
    line="+13125550100",
    caller=Somebody("Helen Marsh", "+13125550142"),
    key="",
    greeting="City of Riverton. City Hall is closed",
    next_in_line="You are next",
    agent=Somebody("Maya Okafor", "+13125559001", "maya.okafor@townline.example"),
    phrase="City of Riverton, after-hours line, this is Maya. Is anyone in danger?",
    words="water coming up through the street",
    category="water-main-break",
    answers={"flow": "stream", "cars": "one-lane"},
    place="402 Elm St",
    promise="A water crew is being called now and will be on site by",
    on_call=Somebody("Dan Ortiz", "+13125550112", "dan.ortiz@riverton.example"),
    next_up=Somebody("Ana Ruiz", "+13125550161", "ana.ruiz@riverton.example"),
    last_resort=Somebody("Riverton duty desk", "+13125550102", "duty@riverton.example"),
    manager=Somebody("Priya Nair", "+13125550126", "priya.nair@riverton.example"),
)
SAINTE_AURORE = Scene(
    slug="sainte-aurore",
    prefix="SAU",
    language="fr",
    line="+14185550100",
    caller=Somebody("Luc Gagnon", "+14185550137"),
    key="1",
    greeting="Ville de Sainte-Aurore. L’hôtel de ville est fermé",
    next_in_line="Vous êtes le prochain appel",
    agent=Somebody("Louis Tremblay", "+14185559002", "louis.tremblay@townline.example"),
    phrase="Ville de Sainte-Aurore, ligne de garde, Louis à l’appareil.",
    words="l'eau sort de la rue",
    category="conduite-urgence",
    answers={"debit": "jet", "autos": "une-voie"},
    place="18, rue Saint-Étienne",
    promise="Une équipe de l’eau est appelée à l’instant et sera sur place avant",
    on_call=Somebody("Luc Gagnon", "+14185550190", "luc.gagnon@sainte-aurore.example"),
    next_up=Somebody(
        "Kevin O’Brien", "+14185550128", "kevin.obrien@sainte-aurore.example"
    ),
    last_resort=Somebody(
        "Permanence de Sainte-Aurore",
        "+14185550102",
        "permanence@sainte-aurore.example",
    ),
    manager=Somebody("Claire Bouchard", "", "claire.bouchard@sainte-aurore.example"),
)

in_both_towns = pytest.mark.parametrize(
    "scene",
    [
        pytest.param(RIVERTON, id="in English"),
        pytest.param(SAINTE_AURORE, id="en français"),
    ],
)
