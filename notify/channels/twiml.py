"""What Twilio is told to say, in its own markup."""

from __future__ import annotations

from twilio.twiml.messaging_response import MessagingResponse
from twilio.twiml.voice_response import Gather, VoiceResponse

VOICES = {"en": ("Polly.Joanna", "en-US"), "fr": ("Polly.Chantal", "fr-CA")}
# Twilio repeats a request that we could not take, with the same token.
INSIST = "#rc=5&rp=all"
# Long enough to find the key in the dark, twice.
LISTENS_FOR, TIMES = 8, 2


def ask(
    script: str, *, language: str, action: str, otherwise: str, then: str = ""
) -> str:
    """Say it and wait for one key; say it again; then say ``otherwise``.

    The call goes on at ``then``, or ends.
    """
    response = VoiceResponse()  # type: ignore[no-untyped-call]
    for _ in range(TIMES):
        gather = Gather(  # type: ignore[no-untyped-call]
            num_digits=1,
            action=f"{action}{INSIST}",
            method="POST",
            timeout=LISTENS_FOR,
        )
        _say(gather, script, language)
        response.append(gather)  # type: ignore[no-untyped-call]
    _say(response, otherwise, language)
    if then:
        response.redirect(f"{then}{INSIST}", method="POST")  # type: ignore[no-untyped-call]
    else:
        response.hangup()  # type: ignore[no-untyped-call]
    return str(response)


def tell(words: str, *, language: str) -> str:
    """Say it and end the call."""
    response = VoiceResponse()  # type: ignore[no-untyped-call]
    _say(response, words, language)
    response.hangup()  # type: ignore[no-untyped-call]
    return str(response)


def lead_to(address: str, *, language: str, words: str = "") -> str:
    """Say it, and go on there."""
    response = VoiceResponse()  # type: ignore[no-untyped-call]
    if words:
        _say(response, words, language)
    response.redirect(f"{address}{INSIST}", method="POST")  # type: ignore[no-untyped-call]
    return str(response)


def write_back(words: str) -> str:
    """A text in answer to a text; nothing where the carrier answers by itself."""
    response = MessagingResponse()  # type: ignore[no-untyped-call]
    if words:
        response.message(words)  # type: ignore[no-untyped-call]
    return str(response)


def _say(to: VoiceResponse | Gather, words: str, language: str) -> None:
    voice, locale = VOICES.get(language, VOICES["en"])
    to.say(words, voice=voice, language=locale)  # type: ignore[no-untyped-call]
