"""The local carrier as a process, set up from the same settings as the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import select

import tenants
from notify.carrier import CarrierConfig, NumberConfig, PhoneConfig
from notify.carrier import serve as serve_carrier
from tenants.models import Tenant
from tenants.town import Town
from townline.auth import Account
from townline.db import Database
from townline.entrypoints.seed import FREE_LINES
from townline.needs import need
from townline.roles import ENGINE
from townline.settings import Settings
from townline.tenancy import town

# A demonstration is watched by people: a sentence takes a moment, as on the phone.
SPEECH, TEXTING = 1.5, 0.4


def serve(*, host: str, port: int) -> None:
    settings = Settings.from_env()
    database = Database(settings.engine_url, role=ENGINE)
    towns = list(_towns(database))
    config = CarrierConfig(
        account_sid=settings.twilio.account_sid,
        auth_token=settings.twilio.auth_token,
        sendgrid_key=settings.sendgrid.api_key,
        sendgrid_signing_key=need("TOWNLINE_CARRIER_SIGNING_KEY"),
        base_url=f"http://{host}:{port}",
        numbers=(
            *_numbers(towns, settings.public_url),
            *_free(towns, settings.public_url),
            *_canary(settings),
        ),
        people=(*_contacts(towns), *_agents(database), *RESIDENTS),
        inbound_mail_url=f"{settings.public_url}/hooks/sendgrid/inbound",
        event_url=f"{settings.public_url}/hooks/sendgrid/events",
        speech_seconds=SPEECH,
        message_seconds=TEXTING,
    )
    database.dispose()
    serve_carrier(config, host=host, port=port)


# Twilio's own spelling for "try five times more, whatever went wrong": a crew's "41"
# must outlive a restart of the database. Set it on the numbers in production too.
AGAIN = "#rc=5&rp=all"

RESIDENTS = (
    PhoneConfig(number="+13125550142", name="Helen Marsh", role="resident, Riverton"),
    PhoneConfig(
        number="+14185550137", name="Luc Gagnon", role="resident, Sainte-Aurore"
    ),
)


def _towns(database: Database) -> Iterator[Town]:
    with database.everybody() as session:
        found = session.scalars(select(Tenant.id).order_by(Tenant.slug)).all()
    for tenant_id in found:
        with town(database, tenant_id) as db:
            yield tenants.current(db).town


def _numbers(towns: list[Town], public_url: str) -> Iterator[NumberConfig]:
    for each in towns:
        for line in each.lines:
            label = f"{each.name.in_('en')}: {line.label.in_('en')}"
            yield _number(line.number, label, public_url)


def _free(towns: list[Town], public_url: str) -> Iterator[NumberConfig]:
    """Bought already, so that a town brought on in the demonstration rings at once."""
    taken = {line.number for each in towns for line in each.lines}
    for number in FREE_LINES:
        if number not in taken:
            yield _number(number, "Free line", public_url)


def _number(number: str, label: str, public_url: str) -> NumberConfig:
    return NumberConfig(
        number=number,
        label=label,
        voice_url=f"{public_url}/hooks/twilio/voice{AGAIN}",
        sms_url=f"{public_url}/hooks/twilio/sms{AGAIN}",
        status_url=f"{public_url}/hooks/twilio/voice/status",
    )


def _canary(settings: Settings) -> Iterator[NumberConfig]:
    """The telephone that answers the canary: a second number, as in production."""
    if numbers := settings.watch.canary:
        url = f"{settings.public_url}/hooks/canary/sms"
        yield NumberConfig(number=numbers.phone, label="Canary", sms_url=url)


def _contacts(towns: list[Town]) -> list[PhoneConfig]:
    """Crews' telephones; one that two towns share is one telephone."""
    phones: dict[str, PhoneConfig] = {}
    for each in towns:
        place = each.name.in_("en")
        for contact in each.contacts:
            for number in filter(None, (contact.mobile, contact.landline)):
                phone = PhoneConfig(
                    number=number,
                    name=contact.name,
                    role=place,
                    line_type="mobile" if number == contact.mobile else "landline",
                )
                known = phones.get(number)
                phones[number] = (
                    replace(known, role=f"{known.role} and {place}") if known else phone
                )
    return list(phones.values())


def _agents(database: Database) -> list[PhoneConfig]:
    with database.everybody() as session:
        seated = session.scalars(select(Account).where(Account.extension.is_not(None)))
        return [
            PhoneConfig(
                number=account.extension or "",
                name=account.name,
                role="agent's headset",
                auto_answer=True,
            )
            for account in seated
        ]
