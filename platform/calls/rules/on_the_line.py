"""What a caller hears while an agent has the call, and when no agent has it more."""

from __future__ import annotations

from calls.rules.speech import Said
from townline.i18n import gettext, speaking


def on_hold(language: str) -> Said:
    with speaking(language):
        return Said(gettext("You are on hold. Your agent will be back."), language)


def passing_on(language: str) -> Said:
    with speaking(language):
        return Said(gettext("One moment, please. We are connecting you."), language)


def too_late(language: str) -> Said:
    """To an agent whose telephone was lifted for nobody."""
    with speaking(language):
        return Said(gettext("This call is no longer waiting for you."), language)


def other_side_gone(language: str) -> Said:
    with speaking(language):
        words = gettext(
            "The other side has hung up. If you still need help, call us again."
            " Goodbye."
        )
        return Said(words, language)


def line_lost(language: str) -> Said:
    """After the agent's line is gone, whether they hung up or it broke."""
    with speaking(language):
        words = gettext(
            "We have lost the line to your agent. If you are done, you may hang up."
            " If not, stay on the line: the next agent is yours."
        )
        return Said(words, language)


def nobody_there(language: str) -> Said:
    """A department to which the caller was sent did not answer."""
    with speaking(language):
        words = gettext("Nobody answers there. Stay on the line; we take you back.")
        return Said(words, language)
