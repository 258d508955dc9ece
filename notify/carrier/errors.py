"""Refusals, each with Twilio's own code and words."""

from __future__ import annotations

from msgspec import Struct


class Refusal(Exception):
    """The request is refused."""

    code = 20001
    status = 400

    def __init__(self, subject: str = "") -> None:
        super().__init__((self.__doc__ or "").format(subject))


class NotAuthenticated(Refusal):
    """Authenticate"""

    code = 20003
    status = 401


class NotFound(Refusal):
    """The requested resource {} was not found"""

    code = 20404
    status = 404


class TooManyRequests(Refusal):
    """Too Many Requests"""

    code = 20429
    status = 429

    def __init__(self, *, retry_after: float) -> None:
        super().__init__()
        self.retry_after = retry_after


class ServerError(Refusal):
    """An internal server error has occurred"""

    code = 20500
    status = 500


class CallWithoutTo(Refusal):
    """No 'To' number is specified"""

    code = 21201


class InvalidUrl(Refusal):
    """Url is not a valid URL: {}"""

    code = 21205


class CallerNotOwned(Refusal):
    """The source phone number provided, {}, is not yet verified for your account."""

    code = 21210


class InvalidTo(Refusal):
    """The 'To' number {} is not a valid phone number."""

    code = 21211


class InvalidFrom(Refusal):
    """The 'From' number {} is not a valid phone number, shortcode, or alphanumeric
    sender ID."""

    code = 21212


class CallWithoutFrom(Refusal):
    """'From' phone number is required"""

    code = 21213


class CallNotInProgress(Refusal):
    """Call is not in-progress. Cannot redirect."""

    code = 21220


class RecordingNotChanged(Refusal):
    """The recording is not eligible for modification: {}"""

    code = 21220


class NoBody(Refusal):
    """Message body is required."""

    code = 21602


class TextWithoutFrom(Refusal):
    """A 'From' phone number is required."""

    code = 21603


class TextWithoutTo(Refusal):
    """A 'To' phone number is required."""

    code = 21604


class SenderNotOwned(Refusal):
    """The From phone number {} is not a valid, SMS-capable inbound phone number or
    short code for your account."""

    code = 21606


class InvalidStatusCallback(Refusal):
    """The StatusCallback URL {} is not a valid URL."""

    code = 21609


class OptedOut(Refusal):
    """Attempt to send to unsubscribed recipient"""

    code = 21610


class NoSuchService(Refusal):
    """The Messaging Service {} does not exist."""

    code = 21701


class Refused(Refusal):
    """Refused, as the fault panel has it."""

    def __init__(self, code: int) -> None:
        super().__init__()
        self.code = code


class NotTextable(Refusal):
    """'To' number is not a valid mobile number: {}"""

    code = 21614


class BodyTooLong(Refusal):
    """The concatenated message body exceeds the 1600 character limit."""

    code = 21617


class Problem(Struct, frozen=True, kw_only=True):
    """A refusal on the wire."""

    code: int
    message: str
    more_info: str
    status: int

    @classmethod
    def of(cls, refusal: Refusal) -> Problem:
        return cls(
            code=refusal.code,
            message=" ".join(str(refusal).split()),
            more_info=f"https://www.twilio.com/docs/errors/{refusal.code}",
            status=refusal.status,
        )
