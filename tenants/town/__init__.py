"""A municipality as one value: everything its file can say, and nothing else.

The shape is a public format, version 1, described in ``deploy/docs/town-file.md``.
A published version of it is immutable; tickets and runs keep the one they were
handled under.
"""

from __future__ import annotations

from tenants.town.articles import Article
from tenants.town.categories import (
    Category,
    Choice,
    FollowUps,
    Promise,
    Question,
    ShownIf,
)
from tenants.town.desk import DeskTerms, HandOff
from tenants.town.fields import (
    WEEKDAYS,
    Calendar,
    Channel,
    Color,
    Email,
    Hours,
    Issuer,
    Key,
    Kind,
    Language,
    Level,
    Monogram,
    MonthDay,
    OwnChannel,
    Phone,
    Point,
    Prefix,
    Region,
    RungChannel,
    Seconds,
    Weekday,
)
from tenants.town.hours import AnswerPhrase, Closure, OpenHours
from tenants.town.instructions import Instruction
from tenants.town.menus import Does, Menu, MenuOption, Service, Surge
from tenants.town.municipality import (
    Keyed,
    LifeSafety,
    Line,
    NoSuchEntry,
    SignIn,
    Survey,
    Town,
)
from tenants.town.neighbours import Neighbour
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
from tenants.town.publishing import Publishing
from tenants.town.recording import Recording
from tenants.town.sending import Sending
from tenants.town.standards import Reviews, ServiceLevel
from tenants.town.wording import Wording

__all__ = [
    "WEEKDAYS",
    "Absence",
    "AnswerPhrase",
    "Article",
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
    "DeskTerms",
    "Does",
    "DutyDesk",
    "Email",
    "FollowUps",
    "HandOff",
    "Hours",
    "Instruction",
    "Issuer",
    "Key",
    "Keyed",
    "Kind",
    "Language",
    "Level",
    "LifeSafety",
    "Line",
    "Menu",
    "MenuOption",
    "Monogram",
    "MonthDay",
    "Neighbour",
    "NoSuchEntry",
    "OpenHours",
    "Override",
    "OwnChannel",
    "Part",
    "Phone",
    "Point",
    "Policy",
    "Prefix",
    "Promise",
    "Publishing",
    "Question",
    "QuietHours",
    "Recording",
    "Region",
    "Reviews",
    "Roster",
    "Rung",
    "RungChannel",
    "Season",
    "Seconds",
    "Sending",
    "Service",
    "ServiceLevel",
    "ShownIf",
    "SignIn",
    "Step",
    "Surge",
    "Survey",
    "Temporary",
    "Text",
    "TimeSpan",
    "Town",
    "Vacation",
    "Weekday",
    "Wording",
]
