"""What can go wrong with a ticket that a person can do something about."""

from __future__ import annotations

from townline.errors import Conflict, Invalid, NotFound


class NotATrackingNumber(Invalid):
    """That is not a tracking number; they look like RIV-482-731-7."""


class Misheard(Invalid):
    """A digit of that number was misheard; ask for it once more, digit by digit."""


class AlreadyClosed(Conflict):
    """This ticket is closed already; what was done first stands."""


class NotClosed(Conflict):
    """This ticket is open already; nothing was changed."""


class ReopenReasonNeeded(Invalid):
    """Say in a sentence why it is not done; the crew reads it, and it is kept."""


class IntoItself(Invalid):
    """Choose another ticket; this one cannot be merged into itself."""


class IntoClosed(Conflict):
    """The ticket that should stay is closed; open it again first, or choose another."""


class NoSuchReporter(Invalid):
    """Choose at least one of the people who asked for this ticket."""


class NoteNeeded(Invalid):
    """Say in a sentence what was done or found; "done" alone tells nobody anything."""


class NotALevel(Invalid):
    """Choose a level from 1 to 5."""


class LevelReasonNeeded(Invalid):
    """Say in a sentence why the level changes; it is kept with your name."""


class NotTheirTicket(Invalid):
    """Choose somebody of the town who works on tickets of this department."""


class PhotoNeeded(Invalid):
    """Add a photo of the finished work first; this category asks for one."""


class NotASheetNumber(Invalid):
    """The number of a sheet looks like RIV-P-0041-7: four digits, and one to check."""


class NoSuchSheet(NotFound):
    """No sheet with this number was printed for this town; read it once more."""
