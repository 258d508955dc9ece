"""What entries and fields of a town's rules are called where a change is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from portal.town.fields import GLOSSARY
from portal.town.forms import Words
from tenants.town import (
    Absence,
    Article,
    Category,
    Choice,
    FollowUps,
    Instruction,
    Override,
    Part,
    Policy,
    Promise,
    Publishing,
    Question,
    QuietHours,
    Roster,
    Rung,
    ShownIf,
    Step,
    Temporary,
)
from townline.i18n import gettext

# One entry of each list, and each table that there is one of.
NOUNS: Final[Mapping[str, str]] = {
    "lines": "Telephone line",
    "menus": "Menu",
    "surge": "When many call at once",
    "hours": "Hours of the town hall",
    "closures": "Days of your own",
    "phrases": "First sentence",
    "life_safety": "Question of life and safety",
    "hand_offs": "Who else takes over",
    "desk": "The agents’ desk",
    "recording": "Recording of calls",
    "departments": "Department",
    "contacts": "Person",
    "crews": "Crew",
    "duty_desk": "Duty desk",
    "rosters": "Roster",
    "policies": "Who is told",
    "neighbours": "Neighbor",
    "survey": "Surveys",
    "sign_in": "Signing in with your own accounts",
    "sending": "Texts, calls and letters",
    "messages": "What is sent",
    "service_level": "Service level",
    "reviews": "Reviews of calls",
    "publishing": "Publishing changes",
    "categories": "Category",
    "articles": "Answer",
    "instructions": "Instruction",
    "boundary": "Boundary",
    "name": "Name of the town",
    "monogram": "Monogram",
    "prefix": "Letters of the tracking numbers",
    "color": "Color",
    "languages": "Languages",
    "time_zone": "Time zone",
    "holidays": "Public holidays of",
    "email": "Email",
    "slug": "Short name",
    "format": "Format of the file",
}

# Where a page edits it that is not among the plain forms.
PLACES: Final[Mapping[str, str]] = {
    "categories": "/rules/categories",
    "articles": "/rules/articles",
    "instructions": "/rules/instructions",
    "rosters": "/rules/rosters",
    "policies": "/rules/policies",
    "messages": "/rules/messages",
    "boundary": "/rules/boundary",
}

_LABELS: Final[Mapping[type[Struct], Mapping[str, str]]] = {
    Category: {
        "key": "Short name",
        "name": "Name",
        "kind": "Kind",
        "department": "Department",
        "level": "Level",
        "promise": "Promise",
        "synonyms": "Other words for it",
        "questions": "Questions",
        "proof": "Proof needed to close it",
        "follow_ups": "Follow-ups",
        "survey": "Residents are asked how it went",
        "public": "Residents can choose it themselves",
    },
    Question: {
        "key": "Short name",
        "ask": "Question",
        "type": "Kind of answer",
        "choices": "Answers",
        "required": "Has to be asked",
        "shown_if": "Only asked if",
    },
    Choice: {
        "key": "Short name",
        "label": "Answer",
        "raises_to": "Raises the level to",
        "stops": "Stops, and hands over to",
        "say": "What is said",
    },
    ShownIf: {"question": "Question", "answers": "Answers"},
    Promise: {"hours": "Hours", "clock": "Counted in", "say": "What is said"},
    FollowUps: {
        "remind_holder_after": "Hours until whoever holds it is reminded",
        "tell_resident_before": "Hours before the promise a resident is told",
        "call_back_after": "Hours until a call back",
    },
    Article: {
        "key": "Short name",
        "title": "What is asked",
        "body": "What is said",
        "audience": "Who may see it",
        "categories": "Categories",
        "synonyms": "Other words for it",
        "pinned": "Pinned",
        "season": "Season",
        "valid_from": "From",
        "valid_until": "Until",
        "order": "Place in the order",
    },
    Instruction: {
        "key": "Short name",
        "text": "What is said",
        "starts": "From",
        "ends": "Until",
        "author": "Who wants it so",
        "source": "How it came in",
        "called_back": "Confirmed by calling back",
        "approved_by": "Approved by",
        "categories": "Categories",
    },
    Roster: {
        "key": "Short name",
        "name": "Name",
        "anchor": "First handover",
        "days": "Days of a turn",
        "members": "Members in turn",
        "overrides": "On call instead",
        "absences": "Away from this roster",
        "temporary": "Another rotation for a while",
    },
    Override: {"contact": "Person", "starts": "From", "ends": "Until"},
    Absence: {"contact": "Person", "starts": "From", "ends": "Until"},
    Temporary: {
        "starts": "From",
        "ends": "Until",
        "days": "Days of a turn",
        "members": "Members in turn",
        "anchor": "First handover",
    },
    Policy: {
        "key": "Short name",
        "name": "Name",
        "levels": "Levels",
        "categories": "Categories",
        "departments": "Departments",
        "hours": "While the town hall is",
        "days": "Days",
        "dates": "Dates",
        "seasons": "Seasons",
        "calendar": "Kind of day",
        "times": "Times of day",
        "steps": "Steps",
        "rounds": "Rounds",
        "last_resort": "Last resort",
        "last_resort_every": "Seconds between calls of the last resort",
        "acceptances": "How many must accept",
        "on_the_way_within": "Seconds until on the way",
        "on_site_within": "Seconds until on site",
        "done_within": "Seconds until done",
        "keep_acceptances": "Acceptances are kept when it starts again",
        "quiet": "Quiet hours",
        "digest": "Told together at",
    },
    Step: {
        "to": "Who is told",
        "rungs": "How",
        "wait": "Seconds to wait",
        "repeat": "Repetitions",
    },
    Rung: {"channel": "How", "after": "Seconds into the step"},
    QuietHours: {"starts": "From", "ends": "Until"},
    Publishing: {"second_person": "A second person approves changes"},
}

_ANSWERS: Final[Mapping[type[Struct], Mapping[str, Mapping[str, str]]]] = {
    Rung: {
        "channel": {
            "sms": "a text",
            "voice": "a call",
            "email": "an email",
            "agent": "a call by an agent",
            "preferred": "as each person prefers",
        }
    },
}


def noun(field: str) -> str:
    """What an entry of this list, or this table, is called; English, to translate."""
    return NOUNS.get(field, field)


def label(kind: type[Struct], field: str) -> str:
    """What a field is called, in English; the file's own name for one nobody named."""
    if kind in _LABELS:
        return _LABELS[kind].get(field, field)
    words = _words(kind, field)
    return words.label if words and words.label else field


def answers(kind: type[Struct], field: str) -> Mapping[str, str]:
    """What people call the values of a field that knows them."""
    if kind in _ANSWERS:
        return _ANSWERS[kind].get(field, {})
    words = _words(kind, field)
    return words.answers if words else {}


def _words(kind: type[Struct], field: str) -> Words | None:
    known = GLOSSARY.get(kind) if issubclass(kind, Part) else None
    return known.get(field) if known else None


def clash_name(path: str) -> str:
    """The place that two have changed, as people call it: ``Person “ana”``."""
    entry, _, inside = path.partition('"')
    words = gettext(noun(entry.strip().partition(".")[0]))
    key = inside.partition('"')[0]
    return f"{words} “{key}”" if key else words


def edited_at(field: str, key: str) -> str:
    """The page below the town's address on which an entry or a table is edited."""
    if field in PLACES:
        return PLACES[field] + (f"/{key}" if key and field != "instructions" else "")
    if field in _OF_THE_TOWN:
        return "/rules/edit/town"
    section = field.replace("_", "-")
    return f"/rules/edit/{section}" + (f"/{key}" if key else "")


_OF_THE_TOWN = frozenset(
    {
        "name",
        "monogram",
        "prefix",
        "color",
        "languages",
        "time_zone",
        "holidays",
        "email",
        "slug",
        "format",
    }
)
