"""Words for whom the town can reach: its people, crews, desk and neighbours."""

from __future__ import annotations

from portal.town.fields.shared import KEY
from portal.town.forms import Glossary, Words
from tenants.town import Contact, Crew, Department, DutyDesk, Neighbour, Vacation

GLOSSARY: Glossary = {
    Department: {
        "key": KEY,
        "name": Words(label="Name", hint="Who answers for a kind of request."),
    },
    Contact: {
        "key": KEY,
        "name": Words(label="Name", hint="A person, or a desk."),
        "department": Words(label="Department", among="departments"),
        "title": Words(label="Title", hint="As in “Water and sewer foreman”."),
        "language": Words(label="Told in", among="languages"),
        "mobile": Words(label="Mobile", hint="Texts go here, and calls first."),
        "landline": Words(label="Landline", hint="Rings only."),
        "email": Words(label="Email"),
        "channels": Words(
            label="How they want to be told",
            hint="The first that can reach them, where a step lets each person choose."
            " What is left out is not refused: where a step names a way, it is used.",
            among="orders of channels",
            answers={"sms": "a text", "voice": "a call", "email": "an email"},
            in_order=True,
        ),
        "unverified": Words(label="", is_kept=True),
        "roles": Words(
            label="Roles",
            hint="Words of your own, one a line, such as foreman: rules of who is told"
            " may mean them.",
        ),
        "vacations": Words(
            label="Vacations",
            hint="Away from every roster, crew, role and step.",
        ),
    },
    Vacation: {
        "starts": Words(label="From"),
        "ends": Words(label="Until"),
    },
    Crew: {
        "key": KEY,
        "name": Words(label="Name"),
        "department": Words(label="Department", among="departments"),
        "members": Words(
            label="Members",
            hint="They go out together, and are told together.",
            among="contacts",
        ),
    },
    DutyDesk: {
        "name": Words(label="Name"),
        "phone": Words(label="Telephone number", hint="It rings there at every hour."),
        "mobile": Words(
            label="Mobile", hint="Is texted, and then rings instead of the number."
        ),
        "email": Words(label="Email"),
        "language": Words(label="Told in", among="languages"),
    },
    Neighbour: {
        "key": KEY,
        "town": Words(
            label="Short name of another town of this service",
            hint="Then nothing else is needed: that town says the rest itself.",
        ),
        "name": Words(label="Name of the office"),
        "phone": Words(label="Telephone number"),
        "what_for": Words(label="What it is there for"),
        "say": Words(label="What sends a caller there", is_long=True),
    },
}
