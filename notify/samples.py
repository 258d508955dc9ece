"""What each template reads, as examples: for tests and for previews.

Besides these every template may read what ``rendering.Letterhead`` knows. Strings
are in the recipient's language already; instants are ISO 8601.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from notify.message import Channel

_TICKET = {
    "tracking": "RIV-482-731-7",
    "category": "Water Main Break",
    "place": "Elm St and 4th Ave",
}


_LINE = {**_TICKET, "code": "41", "link": "https://townline.example/r/RIV/bcdfghjk"}


@dataclass(frozen=True, slots=True)
class Sample:
    """``context`` shows every name that the template needs, and may have more."""

    channels: tuple[Channel, ...]
    context: Mapping[str, Any]


SAMPLES: Mapping[str, Sample] = {
    # ``words`` (what the caller said) may be missing. Only who is rung by hand hears
    # ``level_word`` and who the ``agent`` is.
    "relay": Sample(
        ("sms", "voice", "email", "agent"),
        {
            **_TICKET,
            "words": "Water is running into the basement of 402 Elm.",
            "level_word": "Emergency",
            "agent": "Maya",
        },
    ),
    # Several relays in one message: what each of them reads, its code and its link.
    "merged": Sample(("sms", "email"), {"tickets": [_LINE, {**_LINE, "code": "78"}]}),
    "accepted": Sample(("sms", "voice"), _TICKET),
    "relay_test": Sample(("sms", "voice"), {}),
    "resident_opened": Sample(
        ("sms", "email"), {**_TICKET, "promise": "A crew comes within four hours."}
    ),
    "resident_promise_late": Sample(("sms", "email"), _TICKET),
    "resident_reopened": Sample(
        ("sms", "email"), {**_TICKET, "promise": "A crew comes within four hours."}
    ),
    # ``was`` is the number they had; ``tracking`` is the one under which it goes on.
    "resident_merged": Sample(("sms", "email"), {**_TICKET, "was": "RIV-481-640-2"}),
    "relay_merged": Sample(
        ("sms", "email"), {**_TICKET, "was": "RIV-481-640-2", "holder": "Ana Ruiz"}
    ),
    "resident_done": Sample(("sms", "email"), _TICKET),
    # Title and words are the agent's own, in the language of whoever is told.
    "event_ended": Sample(
        ("sms", "email"),
        {"title": "Main break on Elm", "words": "The water is back on Elm Street."},
    ),
    "holder_reminder": Sample(("sms", "email"), _TICKET),
    "survey_invitation": Sample(("sms", "email"), {**_TICKET, "token": "Qk3T9xWb4LmA"}),
    # What could not be said back at once; the words are in their language already.
    "answer": Sample(
        ("sms", "email"), {"words": "C'est à vous : Bris, rue des Ormes."}
    ),
    "town_holes": Sample(
        ("email",), {"holes": ["Nobody is on call from 6:00 p.m. until 8:00 a.m."]}
    ),
    "invitation": Sample(
        ("email",),
        {"by": "Priya Nair", "until": "18 February 2026", "token": "Qk3T9xWb4LmA"},
    ),
    # A ticket of the town, to whom it was given to look after: nothing of its callers.
    "assigned": Sample(("email",), {**_TICKET, "by": "Priya Nair", "slug": "riverton"}),
    # A telephone or an address is confirmed by whoever is asked for the six digits.
    "destination_code": Sample(
        ("sms", "voice", "email"),
        {"secret": "482913", "by": "Priya Nair", "minutes": 15},
    ),
    # A shift that somebody is asked to take; ``words`` are in their language already.
    "swap": Sample(
        ("sms", "email"),
        {
            "giver": "Dan Ortiz",
            "roster": "Water on call",
            "when": "Thu 12 Feb, 18:00 to Fri 13 Feb, 07:00",
            "token": "Qk3T9xWb4LmA",
        },
    ),
    "swap_answered": Sample(
        ("sms", "email"),
        {"words": "Teresa Novak takes your shift, Thu 12 Feb, 18:00."},
    ),
    "opted_out": Sample(("email",), {"destination": "+13125550142"}),
}
