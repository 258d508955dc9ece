"""What is set for when somebody calls."""

from __future__ import annotations

from portal.town.sections.section import Section
from tenants.town import (
    AnswerPhrase,
    DeskTerms,
    HandOff,
    LifeSafety,
    Line,
    Menu,
    Recording,
    Surge,
)

ANSWERING: tuple[Section, ...] = (
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
)
