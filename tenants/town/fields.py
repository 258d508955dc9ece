"""The single values of which a town's file is made, and what each may be."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from msgspec import Meta

# A description completes the sentence "Write ..." when a file's field is refused.
Key = Annotated[
    str,
    Meta(
        pattern=r"^[a-z0-9][a-z0-9-]{0,39}$",
        description="a key of at most 40 small letters, digits and hyphens",
    ),
]
Phone = Annotated[
    str,
    Meta(
        pattern=r"^\+[1-9][0-9]{6,14}$",
        description='a telephone number with its country, as in "+13125550142"',
    ),
]
Email = Annotated[
    str,
    Meta(
        pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$",
        description='an email address, as in "desk@riverton.example"',
    ),
]
Issuer = Annotated[
    str,
    Meta(
        pattern=r"^(https://|http://(127\.0\.0\.1|localhost)[:/])[^\s?#]*[^\s?#/]$",
        description='an https address without "/" at its end,'
        ' as in "https://login.riverton.example"',
    ),
]
Monogram = Annotated[
    str, Meta(pattern=r"^[A-Z]{2}$", description="two capital letters")
]
Prefix = Annotated[
    str, Meta(pattern=r"^[A-Z]{3}$", description="three capital letters")
]
Color = Annotated[
    str, Meta(pattern=r"^#[0-9a-f]{6}$", description='a color, as in "#0b4a8f"')
]
Region = Annotated[
    str,
    Meta(
        pattern=r"^[A-Z]{2}(-[A-Z]{2,3})?$",
        description='a country and its part, as in "US-IL" or "CA-QC"',
    ),
]
Language = Literal["en", "fr"]
Level = Annotated[int, Meta(ge=1, le=5)]
Kind = Literal["information", "complaint", "problem", "request"]
# "agent": somebody at the answering service dials the person by hand.
Channel = Literal["sms", "voice", "email", "agent"]
# What a person may ask to be told by; nobody is dialled by hand because they like it.
OwnChannel = Literal["sms", "voice", "email"]
# "preferred": whichever of these each person of the step wants.
RungChannel = Literal["sms", "voice", "email", "agent", "preferred"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
# A month and a day of it in every year; as texts they stand in the year's order.
MonthDay = Annotated[
    str,
    Meta(
        pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
        description='a month and its day, as in "11-15"',
    ),
]
# What a day is, besides its weekday; one day may be several of them.
Calendar = Literal[
    "any", "workday", "day-off", "holiday", "half-day", "eve", "day-after"
]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
Seconds = Annotated[int, Meta(ge=0, le=604_800)]
Hours = Annotated[float, Meta(gt=0, le=8_760)]
Point = tuple[float, float]  # longitude, latitude, WGS 84, as GeoJSON has it
