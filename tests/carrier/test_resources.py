"""Resources carry every field of Twilio's published description, in its shape."""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
import requests

from notify.carrier import BenchPhone, CarrierHandle
from tests.carrier.cast import ACCOUNT, CREW, LINE, TOKEN, Twilio

MESSAGE = {
    "account_sid": r"AC[0-9a-f]{32}",
    "api_version": r"2010-04-01",
    "body": r".+",
    "date_created": "date",
    "date_sent": "date",
    "date_updated": "date",
    "direction": r"outbound-api",
    "error_code": None,
    "error_message": None,
    "from": r"\+\d+",
    "messaging_service_sid": None,
    "num_media": r"\d+",
    "num_segments": r"\d+",
    "price": r"-0\.\d+",
    "price_unit": r"USD",
    "sid": r"SM[0-9a-f]{32}",
    "status": r"delivered",
    "subresource_uris": dict,
    "tags": None,
    "to": r"\+\d+",
    "uri": r"/2010-04-01/Accounts/AC\w+/Messages/SM\w+\.json",
}
CALL = {
    "account_sid": r"AC[0-9a-f]{32}",
    "annotation": None,
    "answered_by": None,
    "api_version": r"2010-04-01",
    "caller_name": None,
    "date_created": "date",
    "date_updated": "date",
    "direction": r"outbound-api",
    "duration": r"\d+",
    "end_time": "date",
    "forwarded_from": None,
    "from": r"\+\d+",
    "from_formatted": r"\(\d{3}\) \d{3}-\d{4}",
    "group_sid": None,
    "parent_call_sid": None,
    "phone_number_sid": None,
    "price": r"-0\.\d+",
    "price_unit": r"USD",
    "queue_time": r"\d+",
    "sid": r"CA[0-9a-f]{32}",
    "start_time": "date",
    "status": r"completed",
    "stir_verstat": None,
    "subresource_uris": dict,
    "to": r"\+\d+",
    "to_formatted": r"\(\d{3}\) \d{3}-\d{4}",
    "trunk_sid": None,
    "uri": r"/2010-04-01/Accounts/AC\w+/Calls/CA\w+\.json",
}
ENVELOPE = {
    "end",
    "first_page_uri",
    "next_page_uri",
    "page",
    "page_size",
    "previous_page_uri",
    "start",
    "uri",
}


def _read(carrier: CarrierHandle, path: str) -> dict[str, Any]:
    url = f"{carrier.base_url}/2010-04-01/Accounts/{ACCOUNT}/{path}"
    answer = requests.get(url, auth=(ACCOUNT, TOKEN), timeout=5)
    assert answer.headers["content-type"].startswith("application/json")
    return dict(answer.json())


def _wrong(resource: dict[str, Any], shapes: dict[str, Any]) -> list[str]:
    assert set(resource) == set(shapes)
    return [name for name in shapes if not _fits(resource[name], shapes[name])]


def _fits(found: Any, shape: object) -> bool:  # noqa: ANN401 - that is the question
    if shape == "date":
        return parsedate_to_datetime(found).tzinfo is not None
    if isinstance(shape, str):
        return isinstance(found, str) and re.fullmatch(shape, found) is not None
    return found is None if shape is None else isinstance(found, dict)


def test_a_message(twilio: Twilio, carrier: CarrierHandle, crew: BenchPhone) -> None:
    sid = twilio.messages.create(to=CREW, from_=LINE, body="Hi").sid
    crew.wait_for_text("Hi")

    assert _wrong(_read(carrier, f"Messages/{sid}.json"), MESSAGE) == []


def test_a_call(twilio: Twilio, carrier: CarrierHandle, crew: BenchPhone) -> None:
    sid = twilio.calls.create(to=CREW, from_=LINE, twiml="<Response/>").sid
    crew.answer()
    crew.wait_until_over()

    assert _wrong(_read(carrier, f"Calls/{sid}.json"), CALL) == []


@pytest.mark.parametrize("name", ["messages", "calls"])
def test_a_list(carrier: CarrierHandle, name: str) -> None:
    listed = _read(carrier, f"{name.title()}.json?PageSize=20")

    assert set(listed) == ENVELOPE | {name}
    assert (listed["page"], listed["page_size"], listed[name]) == (0, 20, [])
    assert listed["next_page_uri"] is None


def test_a_refusal(carrier: CarrierHandle) -> None:
    refused = _read(carrier, "Calls/CA0.json")

    assert set(refused) == {"code", "message", "more_info", "status"}
    assert refused["more_info"].endswith("/20404")
