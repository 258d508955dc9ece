"""Words for how the town answers: its numbers, menus, hours and first sentences."""

from __future__ import annotations

from portal.town.fields.shared import DAYS, STATES, needs
from portal.town.forms import Glossary, Words
from tenants.town import (
    AnswerPhrase,
    Closure,
    Line,
    Menu,
    MenuOption,
    OpenHours,
    Surge,
)

SERVICES = {
    "people": "people answer at once",
    "messages": "answers by keys and messages left, and nobody else",
    "messages_then_people": "the keys first, then people",
}
DEEDS = {
    "message": "says something",
    "article": "reads out an answer",
    "language": "goes on in another language",
    "person": "leads into the line",
    "emergency": "leads into the line, before everybody else",
    "menu": "opens another menu",
    "voicemail": "takes a message",
    "repeat": "says the menu again",
}

GLOSSARY: Glossary = {
    Line: {
        "number": Words(
            label="Telephone number",
            hint="It rings, takes texts, and is what people see when the town calls.",
        ),
        "label": Words(label="Name", hint="What the agents read when it rings."),
        "language": Words(label="First language", among="languages"),
        "service": Words(label="Who answers", answers=SERVICES),
        "menu": Words(
            label="Menu that callers hear",
            among="menus",
            only=needs("service", "messages", "messages_then_people"),
        ),
        "staffed": Words(
            label="When people answer",
            hint="Without any hours: always. At other times a message is taken.",
        ),
        "voicemail_after": Words(
            label="Seconds in line before a message is taken",
            hint="Left empty, nobody is led out of the line.",
        ),
        "call_back": Words(label="Callers may hang up, keep their place and be rung"),
    },
    Menu: {
        "key": Words(
            label="Short name",
            hint="Small letters, digits and hyphens: lines and other menus name it so.",
        ),
        "when": Words(
            label="Heard",
            answers={"": "always, or when no other menu of this name is", **STATES},
        ),
        "say": Words(label="Said before the keys", is_long=True),
        "audio": Words(
            label="Or a recording of all of it",
            hint="Its address, https and so on. It has to name the keys itself.",
        ),
        "options": Words(label="Keys"),
        "wait_seconds": Words(label="Seconds to wait for a key"),
        "tries": Words(
            label="Tries",
            hint="How often silence or a wrong key is met by saying it again.",
        ),
    },
    MenuOption: {
        "press": Words(label="Key"),
        "does": Words(label="What it does", answers=DEEDS),
        "offer": Words(label="What it is for", hint="Said before the key."),
        "say": Words(label="What is said", is_long=True, only=needs("does", "message")),
        "audio": Words(
            label="Or the address of a recording", only=needs("does", "message")
        ),
        "article": Words(
            label="Answer", among="articles", only=needs("does", "article")
        ),
        "language": Words(
            label="Language", among="languages", only=needs("does", "language")
        ),
        "menu": Words(label="Menu", among="menus", only=needs("does", "menu")),
    },
    Surge: {
        "waiting": Words(label="So many callers wait"),
        "calls": Words(label="Or so many have rung"),
        "within_minutes": Words(label="within so many minutes"),
        "say": Words(
            label="What they are told",
            hint="Left empty, they hear our own sentence.",
            is_long=True,
        ),
    },
    OpenHours: {
        "days": Words(label="Days", answers=DAYS),
        "opens": Words(label="From"),
        "closes": Words(
            label="Until",
            hint="Not later than it opens means the next day.",
        ),
    },
    Closure: {
        "day": Words(label="Day"),
        "name": Words(label="What it is", hint="Callers and agents are told this."),
        "opens": Words(label="Open from", hint="Both left empty: closed all day."),
        "closes": Words(label="Open until"),
    },
    AnswerPhrase: {
        "when": Words(label="When it is said", answers=STATES),
        "agent": Words(
            label="What an agent says first",
            hint="{agent} becomes the agent’s name.",
            is_long=True,
        ),
        "greeting": Words(
            label="What the recording says before a person answers", is_long=True
        ),
    },
}
