"""What people did and looked at, each in a few words: for a list, not a story."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from townline.i18n import gettext
from townline.looks import Door, Subject


def did(event: str) -> str:
    """What an event's actor did; one without words here is told as it was logged."""
    for words in (_access(), _tickets(), _relays(), _desk(), _calls()):
        if event in words:
            return words[event]
    return event


def looked(subject: Subject, door: Door) -> str:
    """What was looked at, and from where."""
    what = {
        "ticket": gettext("who reported a ticket"),
        "call": gettext("who called"),
        "call_back": gettext("whom to call back"),
        "task": gettext("whom a task is to call"),
        "message": gettext("a message a caller left"),
    }[subject]
    where = {
        "desk": gettext("at the desk"),
        "portal": gettext("on the town’s pages"),
        "crew": gettext("behind the link of a relay"),
        "key": gettext("with a key"),
        "file": gettext("in a file"),
    }[door]
    return f"{what}, {where}"


def kind(actor: str) -> str:
    """What somebody is to the town, after their name."""
    words = {
        "agent": gettext("desk"),
        "town": gettext("town"),
        "key": gettext("program"),
        "crew": gettext("crew"),
    }
    return words.get(actor, actor)


def details(facts: Mapping[str, object]) -> tuple[str, ...]:
    """Of what was logged, what says which one and why."""
    return tuple(_told(facts))


def _told(facts: Mapping[str, object]) -> Iterator[str]:
    if version := facts.get("version"):
        yield gettext("version {number}").format(number=version)
    for name in ("email", "name", "title", "reason", "why"):
        if isinstance(said := facts.get(name), str) and said:
            yield said


def _access() -> dict[str, str]:
    return {
        "access.granted": gettext("gave access"),
        "access.revoked": gettext("ended an access"),
        "access.invited": gettext("invited somebody"),
        "access.invited_again": gettext("sent an invitation again"),
        "access.invitation_withdrawn": gettext("withdrew an invitation"),
        "access.key_made": gettext("made a key for a program"),
        "access.key_revoked": gettext("revoked a program’s key"),
        "access.signed_in": gettext("signed in through the town"),
        "contact.code_sent": gettext("sent a code to a telephone or an address"),
        "contact.confirmed": gettext("confirmed a telephone or an address"),
        "town.published": gettext("published the rules"),
        "town.edited": gettext("changed the draft of the rules"),
        "town.edit_undone": gettext("undid a change of the draft"),
        "town.draft_discarded": gettext("discarded the draft of the rules"),
        "town.clashes_settled": gettext("decided between two changes"),
        "town.approval_asked": gettext("asked for an approval of the draft"),
        "town.approved": gettext("approved the draft of the rules"),
        "town.planned": gettext("set a time for publishing the rules"),
        "town.plan_withdrawn": gettext("withdrew the time for publishing the rules"),
        "town.plan_refused": gettext("could not publish the rules at the set time"),
        "town.announced": gettext("put an announcement on"),
        "town.announcement_ended": gettext("took an announcement off"),
        "view.saved": gettext("kept a list of tickets for everybody"),
        "view.dropped": gettext("removed a list of tickets for everybody"),
        "calendar.given": gettext("gave a calendar’s address"),
        "calendar.revoked": gettext("took a calendar’s address back"),
        "swap.asked": gettext("asked somebody to take a shift"),
        "swap.accepted": gettext("took somebody’s shift"),
        "swap.declined": gettext("could not take somebody’s shift"),
        "swap.withdrawn": gettext("took a question about a shift back"),
    }


def _tickets() -> dict[str, str]:
    return {
        "ticket.opened": gettext("made the ticket"),
        "ticket.joined": gettext("added a resident to the ticket"),
        "ticket.note_added": gettext("wrote a note"),
        "ticket.photo_added": gettext("added a photo"),
        "ticket.level_changed": gettext("changed the level"),
        "ticket.assigned": gettext("gave the ticket to somebody"),
        "ticket.unassigned": gettext("took the ticket back"),
        "ticket.merged": gettext("merged two tickets"),
        "ticket.split": gettext("split the ticket"),
        "ticket.reopened": gettext("opened the ticket again"),
        "ticket.closed": gettext("closed the ticket"),
        "ticket.on_the_way": gettext("said that they are on the way"),
        "ticket.on_site": gettext("said that they are on site"),
        "ticket.done": gettext("said that it is done"),
        "ticket.me_too_taken_back": gettext("took a caller off the ticket"),
        "event.made": gettext("made a known event"),
        "event.changed": gettext("corrected a known event"),
        "event.joined": gettext("added a caller to a known event"),
        "event.ended": gettext("ended a known event"),
    }


def _relays() -> dict[str, str]:
    return {
        "relay.accepted": gettext("accepted"),
        "relay.declined": gettext("declined"),
        "relay.dialled": gettext("dialled a number by hand"),
        "relay.dial_released": gettext("gave a call to make back"),
        "relay.drilled": gettext("sent a test relay"),
        "relay.paused": gettext("paused a relay"),
        "relay.resumed": gettext("resumed a relay"),
        "sheets.printed": gettext("printed the paper sheets"),
        "sheet.relayed_by_hand": gettext("relayed a sheet by hand"),
        "followup.called_back": gettext("called a resident back"),
    }


def _desk() -> dict[str, str]:
    return {
        "minder.set": gettext("set a minder"),
        "minder.done": gettext("did what a minder said"),
        "minder.snoozed": gettext("put a minder off"),
        "minder.handed_over": gettext("handed a minder over"),
        "handover.signed_in": gettext("signed a shift in"),
        "handover.signed_out": gettext("signed a shift out"),
        "flag.renewed": gettext("renewed a caller’s flag"),
        "flag.ended": gettext("ended a caller’s flag"),
    }


def _calls() -> dict[str, str]:
    return {
        "call.flagged": gettext("flagged a caller"),
        "call.warned": gettext("warned a caller"),
        "call.aided": gettext("called help into a call"),
        "call.dialled_back": gettext("rang a caller back"),
        "call.leg_left": gettext("left a call"),
        "call.ended": gettext("ended a call"),
        "call.taken_elsewhere": gettext("took a call to another town"),
        "call.not_reached": gettext("rang a caller who did not answer"),
        "call.heard": gettext("listened to a message"),
        "call.claimed": gettext("took a call"),
        "call.wrapped_up": gettext("closed a call"),
        "call.released": gettext("gave a call back to the line"),
        "call.called_back": gettext("rang a caller back"),
        "call.caller_forgotten": gettext("forgot a caller’s number"),
        "call.transferred": gettext("transferred a call"),
        "call.handed_over": gettext("handed a caller over"),
        "call.referred": gettext("referred a caller elsewhere"),
        "call.article_told": gettext("told an article"),
        "call.read_out": gettext("read a text out"),
        "call.held": gettext("put a caller on hold"),
        "call.resumed": gettext("took a caller off hold"),
        "call.leg_asked": gettext("called somebody into a call"),
        "call.recording_paused": gettext("paused a recording"),
        "call.recording_resumed": gettext("resumed a recording"),
        "call.recording_heard": gettext("listened to a recording"),
        "call.reviewed": gettext("reviewed a call"),
        "call.review_answered": gettext("answered a review"),
        "call.excluded": gettext("left a call out of the measures"),
        "call.included": gettext("counted a call in the measures again"),
    }
