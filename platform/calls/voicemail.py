"""A message instead of a talk: asked for, kept, written down, and work for the desk."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from calls import documents, returning
from calls.documents import Door, Tape
from calls.models import Call
from calls.returning import Message
from calls.rules import in_line
from calls.rules.speech import Said
from calls.turns import Turn
from townline.tenancy import TenantSession

# The exchange could, or could not, make words of it.
WRITTEN = "completed"


def ask(db: TenantSession, call: Call, *before: Said, door: Door) -> str:
    tape = Tape(tenant_id=db.tenant_id, call_id=call.id, language=call.language)
    said = (*before, in_line.ask_message(call.language))
    return documents.recording(
        said, (in_line.nothing_heard(call.language),), tape, door
    )


def keep(db: TenantSession, call_id: UUID, turn: Turn, *, at: datetime) -> str:
    """Told by the recording's action and by its status, in whichever order."""
    call = db.get(Call, call_id)
    if not turn.recording:
        return documents.parting(())
    message = Message(
        recording=turn.recording,
        url=turn.recording_url,
        seconds=max(0, turn.recording_seconds),
    )
    returning.keep_message(db, call, message, at=at)
    return documents.parting((in_line.message_kept(call.language),))


def write_down(db: TenantSession, call_id: UUID, turn: Turn, *, at: datetime) -> None:
    """The words may come before the recording does: it is kept with them, then."""
    call = db.get(Call, call_id)
    if turn.recording_url:
        keep(db, call.id, turn, at=at)
    if turn.transcription_status == WRITTEN and turn.transcription:
        returning.transcribe(db, turn.recording, turn.transcription)
