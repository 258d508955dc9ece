"""Everything the town's file can say, as the sections of a page that lists it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from msgspec.structs import fields

from portal.town.fields.wholes import Basics, Closures, Opening
from tenants.town import (
    AnswerPhrase,
    Contact,
    Crew,
    Department,
    DeskTerms,
    DutyDesk,
    HandOff,
    LifeSafety,
    Line,
    Menu,
    Neighbour,
    Part,
    Publishing,
    Recording,
    Reviews,
    Sending,
    ServiceLevel,
    SignIn,
    Surge,
    Survey,
    Town,
)
from townline.errors import NotFound

# Entries of a list, one table, or fields that no table of their own holds.
Shape = Literal["entries", "table", "fields"]


class NoSuchSection(NotFound):
    """There is no such section of the rules."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """``key`` is its name in addresses; in the town it is ``field``, unless fields.

    ``title`` and ``lead`` are English; a page translates them. ``add`` is what the
    link to a new entry says. What ``may_be_none`` can be taken out of the file.
    """

    key: str
    title: str
    lead: str
    part: type[Part]
    shape: Shape = "entries"
    add: str = ""
    may_be_none: bool = False

    @property
    def field(self) -> str:
        return self.key.replace("-", "_")

    def whole(self, town: Town) -> Part | None:
        """What is edited at once where there are no entries."""
        if self.shape == "fields":
            names = [each.name for each in fields(self.part)]
            return self.part(**{each: getattr(town, each) for each in names})
        held: Part | None = getattr(town, self.field)
        return held

    def entries(self, town: Town) -> Sequence[Part]:
        found: Sequence[Part] = getattr(town, self.field)
        return found


def section(key: str) -> Section:
    for each in SECTIONS:
        if each.key == key:
            return each
    raise NoSuchSection


SECTIONS: tuple[Section, ...] = (
    Section(
        key="town",
        title="The town",
        lead="Its name, its colors, its languages and its clock.",
        part=Basics,
        shape="fields",
    ),
    Section(
        key="lines",
        title="Telephone lines",
        lead="The numbers that belong to the town; the first is its main line.",
        part=Line,
        add="Add a line",
    ),
    Section(
        key="menus",
        title="Menus",
        lead="What a caller can choose by keys before a person answers.",
        part=Menu,
        add="Add a menu",
    ),
    Section(
        key="hours",
        title="Hours of the town hall",
        lead="When it is open; at all other times the words and rules for closed hours"
        " hold.",
        part=Opening,
        shape="fields",
    ),
    Section(
        key="closures",
        title="Days of your own",
        lead="Days on which it is closed or open in part, besides the public holidays.",
        part=Closures,
        shape="fields",
    ),
    Section(
        key="phrases",
        title="First sentences",
        lead="What callers hear first, from the recording and from the agent.",
        part=AnswerPhrase,
        add="Add a first sentence",
    ),
    Section(
        key="surge",
        title="When many call at once",
        lead="From when on callers are told that more people call than usual.",
        part=Surge,
        shape="table",
    ),
    Section(
        key="life-safety",
        title="Questions of life and safety",
        lead="Asked before anything else; on a yes the caller is connected to 911.",
        part=LifeSafety,
        add="Add a question",
    ),
    Section(
        key="hand-offs",
        title="Who else takes over",
        lead="Gas, power, poison control: who takes over an emergency besides 911.",
        part=HandOff,
        add="Add somebody",
    ),
    Section(
        key="desk",
        title="The agents’ desk",
        lead="What the desk keeps to when it answers for you.",
        part=DeskTerms,
        shape="table",
    ),
    Section(
        key="recording",
        title="Recording of calls",
        lead="Without this nothing is recorded; with it every caller is told first.",
        part=Recording,
        shape="table",
        may_be_none=True,
    ),
    Section(
        key="departments",
        title="Departments",
        lead="Who answers for each kind of request.",
        part=Department,
        add="Add a department",
    ),
    Section(
        key="contacts",
        title="People who can be told",
        lead="Their telephones and addresses; nothing is sent to one that is not"
        " confirmed.",
        part=Contact,
        add="Add a person",
    ),
    Section(
        key="crews",
        title="Crews",
        lead="People who go out together, and are told together.",
        part=Crew,
        add="Add a crew",
    ),
    Section(
        key="duty-desk",
        title="Duty desk",
        lead="Where somebody of the town is at every hour, and is told last of all.",
        part=DutyDesk,
        shape="table",
        may_be_none=True,
    ),
    Section(
        key="neighbours",
        title="Neighbors",
        lead="Who is responsible where the town is not, and how a caller gets there.",
        part=Neighbour,
        add="Add a neighbor",
    ),
    Section(
        key="survey",
        title="Surveys",
        lead="When and how often residents are asked how it went.",
        part=Survey,
        shape="table",
    ),
    Section(
        key="publishing",
        title="Publishing",
        lead="Whether one person may change the rules, or two have to agree.",
        part=Publishing,
        shape="table",
    ),
    Section(
        key="service-level",
        title="Service level",
        lead="How quickly your calls are to be answered, as your contract has it.",
        part=ServiceLevel,
        shape="table",
    ),
    Section(
        key="reviews",
        title="Reviews of calls",
        lead="How many answered calls a supervisor listens to again.",
        part=Reviews,
        shape="table",
    ),
    Section(
        key="sending",
        title="Texts, calls and letters",
        lead="By which of your numbers the town writes and calls.",
        part=Sending,
        shape="table",
    ),
    Section(
        key="sign-in",
        title="Signing in with your own accounts",
        lead="Your people come in with the accounts that the town gives them.",
        part=SignIn,
        shape="table",
        may_be_none=True,
    ),
)
