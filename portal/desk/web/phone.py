"""The agent's own telephone: which one rings, and the one in the browser.

It has a window of its own: a page of the desk is left and loaded all the time, and a
call must not end with it.
"""

from __future__ import annotations

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import URLEncodedBody
from litestar.response import File, Template
from litestar.status_codes import HTTP_200_OK, HTTP_422_UNPROCESSABLE_ENTITY
from msgspec import Struct

from calls.telephony.tokens import LASTS_SECONDS, extension, identity, token
from portal.desk.seat import Seat
from townline.auth.telephones import NoTelephone, answer_on
from townline.errors import NotFound
from townline.i18n import gettext
from townline.settings import Settings
from townline.telephones import BrowserPhone
from townline.web import page

# What Twilio's Voice SDK needs of a page, by its own documentation; the script itself
# comes from here. No other page is allowed any of it.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " font-src 'self'; connect-src 'self' https://eventgw.twilio.com"
    " wss://voice-js.roaming.twilio.com https://media.twiliocdn.com"
    " https://sdk.twilio.com; media-src mediastream: blob:"
    " https://media.twiliocdn.com https://sdk.twilio.com; form-action 'self';"
    " frame-ancestors 'none'; base-uri 'none'"
)
MICROPHONE = "camera=(), microphone=(self), geolocation=()"


class Token(Struct, frozen=True):
    token: str
    identity: str
    seconds: int = LASTS_SECONDS


class Chosen(Struct, frozen=True):
    extension: str = ""


@get("/phone", sync_to_thread=True)
def show_phone(
    seat: NamedDependency[Seat], settings: NamedDependency[Settings]
) -> Template:
    return _page(seat, settings, extension=seat.person.extension or "")


@post("/phone", status_code=HTTP_200_OK, sync_to_thread=True)
def choose_phone(
    data: URLEncodedBody[Chosen],
    seat: NamedDependency[Seat],
    settings: NamedDependency[Settings],
) -> Template:
    try:
        with seat.database.everybody() as session:
            chosen = answer_on(session, seat.person.account_id, data.extension)
    except NoTelephone as refusal:
        why = gettext(str(refusal))
        return _page(seat, settings, extension=data.extension, refusal=why)
    return _page(seat, settings, extension=chosen)


@get("/phone/token", sync_to_thread=True)
def give_token(
    seat: NamedDependency[Seat], settings: NamedDependency[Settings]
) -> Response[Token]:
    """For nobody but whoever is signed in, whatever else the request says."""
    me = seat.person.account_id
    made = token(_browser(settings), settings.twilio.account_sid, me)
    secret = {"cache-control": "no-store"}
    return Response(Token(made, identity(me)), headers=secret)


@get("/phone/sdk.js", sync_to_thread=True)
def send_sdk(settings: NamedDependency[Settings]) -> File:
    """Twilio's file, from where the operator has put it: never from elsewhere."""
    return File(_browser(settings).sdk, media_type="text/javascript")


def _browser(settings: Settings) -> BrowserPhone:
    browser = settings.telephones.browser
    if browser is None:
        raise NotFound
    return browser


def _page(
    seat: Seat, settings: Settings, *, extension: str, refusal: str = ""
) -> Template:
    browser = settings.telephones.browser
    shown = page(
        "desk/phone.html",
        status_code=HTTP_422_UNPROCESSABLE_ENTITY if refusal else HTTP_200_OK,
        seat=seat,
        browser=browser,
        mine=_mine(seat),
        extension=extension,
        refusal=refusal,
    )
    if browser:
        shown.headers["content-security-policy"] = POLICY
        shown.headers["permissions-policy"] = MICROPHONE
    return shown


def _mine(seat: Seat) -> str:
    return extension(seat.person.account_id)


ROUTES = (show_phone, choose_phone, give_token, send_sdk)
