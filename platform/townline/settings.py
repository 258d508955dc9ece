"""Settings, read from the environment once, at start-up, and loud when they lack."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, cast, get_args

from townline.needs import SettingMissing, SettingWrong, need, one_of, rate
from townline.telephones import Telephones

MailProvider = Literal["sendgrid", "smtp"]
Security = Literal["starttls", "tls", "none"]
Geocoding = Literal["none", "nominatim", "pelias"]
# Whether the operator's people must have a second factor, or may.
SecondFactor = Literal["required", "optional"]
# RFC 6409: where programs hand in letters.
SUBMISSION = "587"


@dataclass(frozen=True, slots=True, kw_only=True)
class Twilio:
    """``base_url`` is empty in production and names the local carrier elsewhere.

    There are two tokens only while one is exchanged for the other. An account starts
    one call a second, and sends a hundred texts, unless Twilio has granted it more.
    """

    account_sid: str
    auth_token: str
    base_url: str
    second_token: str = ""
    calls_per_second: float = 1.0
    texts_per_second: float = 100.0

    @property
    def tokens(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.auth_token, self.second_token)))

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Twilio:
        return cls(
            account_sid=need("TWILIO_ACCOUNT_SID", env),
            auth_token=need("TWILIO_AUTH_TOKEN", env),
            base_url=env.get("TWILIO_BASE_URL", ""),
            second_token=env.get("TWILIO_AUTH_TOKEN_SECONDARY", "").strip(),
            calls_per_second=rate("TWILIO_CALLS_PER_SECOND", 1.0, env),
            texts_per_second=rate("TWILIO_TEXTS_PER_SECOND", 100.0, env),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SendGrid:
    """Without a key letters go through the mail server alone."""

    api_key: str
    webhook_key: str
    base_url: str
    sender: str
    second_webhook_key: str = ""

    @property
    def webhook_keys(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.webhook_key, self.second_webhook_key)))

    @classmethod
    def from_env(cls, env: Mapping[str, str], *, dispensable: bool) -> SendGrid:
        unused = dispensable and not env.get("SENDGRID_API_KEY", "").strip()
        return cls(
            api_key="" if unused else need("SENDGRID_API_KEY", env),
            webhook_key="" if unused else need("SENDGRID_WEBHOOK_KEY", env),
            base_url=env.get("SENDGRID_BASE_URL", ""),
            sender=need("TOWNLINE_MAIL_SENDER", env),
            second_webhook_key=env.get("SENDGRID_WEBHOOK_KEY_SECONDARY", "").strip(),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Smtp:
    """A mail server: the other way for letters, or the only one."""

    host: str
    port: int
    username: str = ""
    password: str = ""
    security: Security = "starttls"

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Smtp | None:
        host = env.get("SMTP_HOST", "").strip()
        port = env.get("SMTP_PORT", "").strip() or SUBMISSION
        if not host:
            return None
        if not port.isdigit():
            raise SettingWrong("SMTP_PORT", "a number")
        username = env.get("SMTP_USERNAME", "").strip()
        return cls(
            host=host,
            port=int(port),
            username=username,
            password=need("SMTP_PASSWORD", env) if username else "",
            security=cast(Security, one_of("SMTP_SECURITY", get_args(Security), env)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CanaryNumbers:
    """A relay to ourselves: from ``line`` to ``phone``, both numbers of our account."""

    line: str
    phone: str
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Both optional: an address that hears our heartbeat, and a canary."""

    heartbeat_url: str
    canary: CanaryNumbers | None

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Watch:
        line, _, phone = env.get("TOWNLINE_CANARY", "").strip().partition(",")
        minutes = int(env.get("TOWNLINE_CANARY_MINUTES", "") or 15)
        if line and not phone:
            raise SettingMissing("TOWNLINE_CANARY to two numbers with a comma between")
        numbers = CanaryNumbers(line=line, phone=phone, minutes=minutes)
        return cls(
            heartbeat_url=env.get("TOWNLINE_HEARTBEAT_URL", "").strip(),
            canary=numbers if line else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Who is asked for a place that no town's list has, and where map pictures are.

    All of it may be left out: then nobody is asked, and maps show the town alone.
    """

    geocoder: Geocoding = "none"
    geocoder_url: str = ""
    geocoder_key: str = ""
    tiles: str = ""
    tiles_credit: str = ""

    @property
    def tiles_origin(self) -> str:
        """Whence browsers may load pictures, besides from us: ``https://host``."""
        scheme, _, rest = self.tiles.partition("://")
        return f"{scheme}://{rest.split('/')[0]}" if rest else ""

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Places:
        geocoder = cast(
            Geocoding, one_of("TOWNLINE_GEOCODER", get_args(Geocoding), env)
        )
        asked = geocoder != "none"
        tiles = env.get("TOWNLINE_MAP_TILES", "").strip()
        if tiles and not (tiles.startswith(("https://", "http://")) and "{z}" in tiles):
            expected = "an address with {z}, {x} and {y} in it"
            raise SettingWrong("TOWNLINE_MAP_TILES", expected)
        return cls(
            geocoder=geocoder,
            geocoder_url=need("TOWNLINE_GEOCODER_URL", env) if asked else "",
            geocoder_key=env.get("TOWNLINE_GEOCODER_KEY", "").strip(),
            tiles=tiles,
            tiles_credit=env.get("TOWNLINE_MAP_CREDIT", "").strip(),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What one process needs to know; ``secret`` signs links and keys."""

    app_url: str
    engine_url: str
    public_url: str
    secret: str
    twilio: Twilio
    sendgrid: SendGrid
    smtp: Smtp | None
    mail_providers: tuple[MailProvider, ...]
    secure_cookies: bool
    second_factor: SecondFactor
    oidc_secrets: Mapping[str, str]
    watch: Watch
    places: Places = field(default_factory=Places)
    telephones: Telephones = field(default_factory=Telephones)

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ) -> Settings:
        public_url = need("TOWNLINE_PUBLIC_URL", env).rstrip("/")
        smtp = Smtp.from_env(env)
        sendgrid = SendGrid.from_env(env, dispensable=smtp is not None)
        return cls(
            app_url=need("TOWNLINE_APP_URL", env),
            engine_url=need("TOWNLINE_ENGINE_URL", env),
            public_url=public_url,
            secret=need("TOWNLINE_SECRET", env),
            twilio=Twilio.from_env(env),
            sendgrid=sendgrid,
            smtp=smtp,
            mail_providers=_mail_providers(sendgrid, smtp, env),
            secure_cookies=public_url.startswith("https://"),
            oidc_secrets=_by_town("TOWNLINE_OIDC_SECRETS", env),
            second_factor=cast(
                SecondFactor,
                one_of("TOWNLINE_SECOND_FACTOR", get_args(SecondFactor), env),
            ),
            watch=Watch.from_env(env),
            places=Places.from_env(env),
            telephones=Telephones.from_env(env),
        )


def _by_town(name: str, env: Mapping[str, str]) -> Mapping[str, str]:
    """A secret for each of some towns: slug=secret, with commas between."""
    found = {}
    for pair in filter(None, env.get(name, "").strip().split(",")):
        slug, _, secret = pair.partition("=")
        if not slug or not secret:
            raise SettingWrong(name, "slug=secret, with commas between")
        found[slug] = secret
    return found


def _mail_providers(
    sendgrid: SendGrid, smtp: Smtp | None, env: Mapping[str, str]
) -> tuple[MailProvider, ...]:
    """Those that are set up, the preferred one first."""
    preferred = one_of("TOWNLINE_MAIL_FIRST", get_args(MailProvider), env)
    ready: dict[MailProvider, object] = {"sendgrid": sendgrid.api_key, "smtp": smtp}
    usable: list[MailProvider] = [name for name, known in ready.items() if known]
    usable.sort(key=lambda name: name != preferred)
    return tuple(usable)
