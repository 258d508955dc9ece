"""How people want to be told: each way once, and only where something could arrive."""

from __future__ import annotations

from collections.abc import Iterator

from tenants.files.findings import Fault
from tenants.files.places import Path
from tenants.town import Contact, OwnChannel, Town
from townline.i18n import gettext

# What carries each channel; whether it is confirmed may change from day to day.
CARRIED_BY: dict[OwnChannel, tuple[str, ...]] = {
    "sms": ("mobile",),
    "voice": ("mobile", "landline"),
    "email": ("email",),
}


def wishes(town: Town) -> Iterator[Fault]:
    for number, contact in enumerate(town.contacts):
        # One field on a page, and so one place for all that is wrong with it.
        where: Path = ("contacts", number, "channels")
        for place, channel in enumerate(contact.channels):
            if channel in contact.channels[:place]:
                remedy = gettext('Take one out: "{channel}" is named twice.')
                yield Fault(where, remedy.format(channel=channel))
            elif not any(getattr(contact, each) for each in CARRIED_BY[channel]):
                yield Fault(where, _remedy(contact, channel))


def _remedy(contact: Contact, channel: OwnChannel) -> str:
    remedies = {
        "sms": gettext("Add a mobile, or take texts out of how {name} is told."),
        "voice": gettext("Add a telephone, or take calls out of how {name} is told."),
        "email": gettext("Add an email, or take emails out of how {name} is told."),
    }
    return remedies[channel].format(name=contact.name)
