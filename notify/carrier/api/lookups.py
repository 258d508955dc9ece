"""Twilio's Lookup: what kind of line a number is."""

from __future__ import annotations

from typing import Any

from litestar import Controller, Request, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import Struct

from notify.carrier import errors
from notify.carrier.api.access import twilio_account
from notify.carrier.exchange import Exchange
from notify.carrier.numbering import country, is_possible, national

LINE_TYPE = "line_type_intelligence"


class LineTypeIntelligence(Struct):
    type: str
    carrier_name: str = "Local carrier"
    mobile_country_code: str | None = "310"
    mobile_network_code: str | None = "456"
    error_code: int | None = None


class LookupResource(Struct, kw_only=True):
    calling_country_code: str | None
    country_code: str | None
    phone_number: str
    national_format: str
    valid: bool
    validation_errors: list[str]
    caller_name: None = None
    sim_swap: None = None
    call_forwarding: None = None
    line_type_intelligence: LineTypeIntelligence | None
    line_status: None = None
    identity_match: None = None
    reassigned_number: None = None
    sms_pumping_risk: None = None
    phone_number_quality_score: None = None
    pre_fill: None = None
    url: str


class LookupController(Controller):
    path = "/v2/PhoneNumbers"
    guards = (twilio_account,)

    @get("/{number:str}")
    async def fetch(
        self,
        number: FromPath[str],
        request: Request[Any, Any, Any],
        exchange: NamedDependency[Exchange],
    ) -> LookupResource:
        if exchange.plant.faults.stands("register_away", number):
            raise errors.ServerError
        valid = is_possible(number)
        wanted = valid and LINE_TYPE in request.query_params.get("Fields", "")
        return LookupResource(
            calling_country_code="1" if number.startswith("+1") else None,
            country_code=country(number) or None,
            phone_number=number,
            national_format=national(number),
            valid=valid,
            validation_errors=[] if valid else ["INVALID_LENGTH"],
            line_type_intelligence=_line_type(exchange, number) if wanted else None,
            url=f"{exchange.config.base_url}/v2/PhoneNumbers/{number}",
        )


def _line_type(exchange: Exchange, number: str) -> LineTypeIntelligence:
    if exchange.texting.is_landline(number):
        return LineTypeIntelligence(
            "landline", mobile_country_code=None, mobile_network_code=None
        )
    return LineTypeIntelligence(exchange.plant.phones.at(number).line_type)
