"""A municipality as one value: everything its file can say, and nothing else.

The shape is a public format, version 1, described in ``deploy/docs/town-file.md``.
A published version of it is immutable; tickets and runs keep the one they were
handled under.
"""

from __future__ import annotations

from tenants.town.categories import (
    Category,
    Choice,
    FollowUps,
    Promise,
    Question,
    ShownIf,
)
from tenants.town.fields import (
    WEEKDAYS,
    Channel,
    Color,
    Email,
    Hours,
    Key,
    Kind,
    Language,
    Level,
    Monogram,
    Phone,
    Point,
    Prefix,
    Region,
    Seconds,
    Weekday,
)
from tenants.town.hours import AnswerPhrase, Closure, OpenHours
from tenants.town.municipality import Keyed, LifeSafety, Line, NoSuchEntry, Survey, Town
from tenants.town.parts import Part, Text
from tenants.town.people import Absence, Contact, Department, Override, Roster
from tenants.town.policies import Policy, QuietHours, Rung, Step
from tenants.town.sending import Sending

__all__ = [
    "WEEKDAYS",
    "Absence",
    "AnswerPhrase",
    "Category",
    "Channel",
    "Choice",
    "Closure",
    "Color",
    "Contact",
    "Department",
    "Email",
    "FollowUps",
    "Hours",
    "Key",
    "Keyed",
    "Kind",
    "Language",
    "Level",
    "LifeSafety",
    "Line",
    "Monogram",
    "NoSuchEntry",
    "OpenHours",
    "Override",
    "Part",
    "Phone",
    "Point",
    "Policy",
    "Prefix",
    "Promise",
    "Question",
    "QuietHours",
    "Region",
    "Roster",
    "Rung",
    "Seconds",
    "Sending",
    "ShownIf",
    "Step",
    "Survey",
    "Text",
    "Town",
    "Weekday",
]
