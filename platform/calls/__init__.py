"""Calls to the towns' lines: who rings, who answers, and how each call ends.

Before an agent: ``reception`` and ``line`` say what the exchange does next,
``returning`` keeps whom to call back. With one: ``connecting`` and ``taking`` put a
caller through, ``legs`` hold, add and part, ``recordings`` are kept and forgotten,
``elsewhere`` lets another telephone system drive the same desk. Around them:
``presence`` of agents, ``handover`` and ``minders``, ``knowledge`` told, ``reviews``
and ``measures``. ``rules`` decides, ``answering`` and ``accounting`` keep the facts,
and ``web`` is the door.
"""

from __future__ import annotations

from calls.accounting import Aids, forget_caller, note_aids, note_topic, wrap_up
from calls.answering import arrive, claim, connected, end, release
from calls.connecting import connect, take
from calls.engaged import engaged
from calls.errors import (
    AlreadyMoved,
    AlreadyWrappedUp,
    AnnouncementRefused,
    CallAlreadyTaken,
    CallerHungUp,
    FlagRefused,
    NobodyToFlag,
    NobodyWaits,
    NoExtension,
    NotPutThrough,
)
from calls.flag_list import ListedFlag, every_desks_flag, list_flags, town_flag
from calls.flagging import (
    WARNED,
    NewFlag,
    ShownFlag,
    end_flag,
    flag,
    flags_on,
    renew,
    warn,
    warnings,
)
from calls.models import Call
from calls.moving import move
from calls.presence import agents_free
from calls.queries import (
    History,
    WaitingCall,
    earlier,
    get,
    waiting,
)
from calls.rules.dispositions import BILLABLE, DISPOSITIONS, Disposition
from calls.rules.flags import KINDS, STEPS, FlagKind, Scope, Step
from calls.rules.speech import answer_phrase
from calls.taking import in_order, take_next
from calls.telephony import Exchange, RecordingExchange, Telephony
from calls.watching import TicketWatcher

__all__ = [
    "BILLABLE",
    "DISPOSITIONS",
    "KINDS",
    "STEPS",
    "WARNED",
    "Aids",
    "AlreadyMoved",
    "AlreadyWrappedUp",
    "AnnouncementRefused",
    "Call",
    "CallAlreadyTaken",
    "CallerHungUp",
    "Disposition",
    "Exchange",
    "FlagKind",
    "FlagRefused",
    "History",
    "ListedFlag",
    "NewFlag",
    "NoExtension",
    "NobodyToFlag",
    "NobodyWaits",
    "NotPutThrough",
    "RecordingExchange",
    "Scope",
    "ShownFlag",
    "Step",
    "Telephony",
    "TicketWatcher",
    "WaitingCall",
    "agents_free",
    "answer_phrase",
    "arrive",
    "claim",
    "connect",
    "connected",
    "earlier",
    "end",
    "end_flag",
    "engaged",
    "every_desks_flag",
    "flag",
    "flags_on",
    "forget_caller",
    "get",
    "in_order",
    "list_flags",
    "move",
    "note_aids",
    "note_topic",
    "release",
    "renew",
    "take",
    "take_next",
    "town_flag",
    "waiting",
    "warn",
    "warnings",
    "wrap_up",
]
