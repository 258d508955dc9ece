"""Words for the messages that a town may word itself, and for the ways they go."""

from __future__ import annotations

from portal.town.forms import Glossary, Words
from tenants.town import Wording

MESSAGES = {
    "relay": "A ticket, to whoever is asked to take it",
    "accepted": "To whoever has taken it",
    "holder_reminder": "To whoever has it, while it is still open",
    "resident_opened": "To the resident, when the ticket is made",
    "resident_promise_late": "To the resident, when it will be late",
    "resident_reopened": "To the resident, when it is opened again",
    "resident_merged": "To the resident, when two reports become one",
    "resident_done": "To the resident, when it is done",
    "event_ended": "To everybody who asked, when a known event is over",
    "survey_invitation": "To the resident, how it went",
}
WAYS = {"sms": "Text", "voice": "Call", "email": "Letter"}
# What each name in braces becomes.
NAMES = {
    "category": "what it is about",
    "place": "where it is",
    "tracking": "the number of the ticket",
    "was": "the number it had before",
    "promise": "what was promised",
    "words": "what was said",
    "title": "what the known event is called",
    "code": "the code to answer with",
    "link": "the page that opens",
    "town": "the name of the town",
    "phone": "the telephone number of the town",
}

GLOSSARY: Glossary = {
    Wording: {
        "key": Words(label="Which message", answers=MESSAGES),
        "channel": Words(label="How it goes", answers=WAYS),
        "text": Words(label="Words", is_long=True),
        "subject": Words(label="Subject"),
    },
}
