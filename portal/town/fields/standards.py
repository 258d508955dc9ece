"""Words for the town itself, and for what it has agreed with the answering service."""

from __future__ import annotations

from portal.town.fields.wholes import Basics, Closures, Opening
from portal.town.forms import Glossary, Words
from tenants.town import Publishing, Reviews, Sending, ServiceLevel, SignIn, Survey

FORMULAS = {
    "1": "who hung up in time counts as answered",
    "2": "who hung up is left out",
    "3": "who hung up counts as not answered",
    "4": "who hung up in time is left out",
}

GLOSSARY: Glossary = {
    Basics: {
        "name": Words(label="Name", hint="As residents say it."),
        "monogram": Words(
            label="Monogram", hint="Two capitals that mark you on the agents’ screens."
        ),
        "prefix": Words(
            label="Letters of the tracking numbers",
            hint="Three capitals; a town keeps them for good.",
        ),
        "color": Words(
            label="Color", hint="Any: screens keep its hue and see to the contrast."
        ),
        "languages": Words(
            label="Languages",
            hint="The first is the one that callers hear first.",
            among="orders of languages",
            in_order=True,
        ),
        "time_zone": Words(label="Time zone", suggests="zones"),
        "holidays": Words(
            label="Public holidays of",
            hint="A country and its part: they close the town hall.",
            suggests="regions",
        ),
        "email": Words(
            label="Email",
            hint="Of the town itself: reports, and what could not be delivered.",
        ),
    },
    Opening: {"hours": Words(label="Hours")},
    Closures: {"closures": Words(label="Days")},
    Survey: {
        "after_hours": Words(label="Hours after a ticket is closed"),
        "percent": Words(label="Percent of residents who are asked"),
        "not_again_days": Words(label="Days before the same person is asked again"),
    },
    SignIn: {
        "issuer": Words(
            label="Address of your sign-in service",
            hint="Of your OpenID Connect provider, as it calls itself.",
        ),
        "client_id": Words(
            label="What we are called there", hint="The client’s identifier."
        ),
    },
    Sending: {
        "messaging_service": Words(
            label="Messaging Service",
            hint="If texts are to leave by one: its SID.",
        ),
        "sender": Words(
            label="First sender",
            hint="One of your lines, since answers come to it.",
            among="lines",
            answers={"": "the main line"},
        ),
        "second_sender": Words(
            label="Second sender",
            hint="Takes over what the first cannot send.",
            among="lines",
        ),
        "mail_from": Words(label="Letters come from"),
        "mail_first": Words(
            label="Letters leave first by",
            answers={"": "whichever we use", "sendgrid": "SendGrid", "smtp": "SMTP"},
        ),
        "merge_after": Words(
            label="Texts to one person that become one",
            hint="From so many on that wait at once.",
        ),
        "texts_per_second": Words(
            label="Texts a second",
            hint="If the carrier has granted more than is usual.",
        ),
    },
    ServiceLevel: {
        "threshold_seconds": Words(label="Answered within so many seconds"),
        "target_percent": Words(label="Percent of the calls"),
        "formula": Words(label="Callers who hang up", answers=FORMULAS),
    },
    Publishing: {
        "second_person": Words(
            label="A second person approves what is published",
            hint="Nobody publishes a draft that they have edited alone.",
        ),
    },
    Reviews: {
        "percent": Words(label="Percent of the answered calls that are reviewed"),
    },
}
