"""Words for what is said and done when somebody is in danger, and for recording."""

from __future__ import annotations

from portal.town.fields.shared import KEY
from portal.town.forms import Glossary, Words
from tenants.town import DeskTerms, HandOff, LifeSafety, Recording

GLOSSARY: Glossary = {
    LifeSafety: {
        "key": KEY,
        "ask": Words(label="Question", hint="One that yes or no answers."),
        "say": Words(
            label="What is said on a yes",
            hint="Word for word, ending in the hand-over to 911.",
            is_long=True,
        ),
    },
    HandOff: {
        "key": KEY,
        "name": Words(label="Name"),
        "number": Words(label="Telephone number"),
        "say": Words(label="What is said to the caller", is_long=True),
        "stay": Words(label="The agent stays on the line until they have begun"),
    },
    DeskTerms: {
        "wrap_up_seconds": Words(
            label="Seconds for the last notes after a call",
            hint="The desk is reminded then, never blocked. Left empty: as we have it.",
        ),
        "threats": Words(
            label="What is done about a threat",
            hint="Whom to tell, and how the call is traced.",
            is_long=True,
        ),
        "emergency_number": Words(
            label="Ten-digit number of your own 911 centre",
            hint="A desk in another county that dials 911 reaches the wrong one.",
        ),
    },
    Recording: {
        "announce": Words(label="What callers are told before it begins", is_long=True),
        "keep_days": Words(label="Days until the sound is deleted"),
    },
}
