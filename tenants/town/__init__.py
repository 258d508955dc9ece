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
    Calendar,
    Channel,
    Color,
    Email,
    Hours,
    Key,
    Kind,
    Language,
    Level,
    Monogram,
    MonthDay,
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
from tenants.town.people import (
    Absence,
    Contact,
    Crew,
    Department,
    DutyDesk,
    Override,
    Roster,
    Temporary,
    Vacation,
)
from tenants.town.policies import (
    Dates,
    Policy,
    QuietHours,
    Rung,
    Season,
    Step,
    TimeSpan,
)
from tenants.town.sending import Sending

__all__ = [
    "WEEKDAYS",
    "Absence",
    "AnswerPhrase",
    "Calendar",
    "Category",
    "Channel",
    "Choice",
    "Closure",
    "Color",
    "Contact",
    "Crew",
    "Dates",
    "Department",
    "DutyDesk",
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
    "MonthDay",
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
    "Season",
    "Seconds",
    "Sending",
    "ShownIf",
    "Step",
    "Survey",
    "Temporary",
    "Text",
    "TimeSpan",
    "Town",
    "Vacation",
    "Weekday",
]
