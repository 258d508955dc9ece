"""Sentences of the desk's own that are read to callers, in the caller's language."""

from __future__ import annotations

from townline.i18n import gettext, speaking


def public_record(language: str) -> str:
    """Before a name is asked for, or when somebody hesitates to give one."""
    with speaking(language):
        return gettext("If you tell me your name, it may become a public record.")


def warnings(language: str) -> tuple[str, ...]:
    """What an abusive caller hears: twice a warning, then the end of the call."""
    with speaking(language):
        return (
            gettext("I want to help you. Please speak to me without insults."),
            gettext("I have asked you once. If it goes on, I will end this call."),
            gettext("I am ending this call now. You may call again at any time."),
        )
