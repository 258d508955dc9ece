"""What each person asked for, as the reason for a rung that leaves it to them."""

from __future__ import annotations

from escalation.rules import Tell
from tenants.rules.preferences import PREFERRED
from tenants.town import Channel, Policy
from townline.i18n import gettext


def wish(policy: Policy, tell: Tell) -> str:
    """ "" where the town's rule names the channel."""
    rung = policy.steps[tell.place.step].rungs[tell.rung]
    if rung.channel != PREFERRED:
        return ""
    asked, name = tell.contact.channels, tell.contact.name
    if not asked:
        words = gettext("{name} has no wish: the usual order is kept.")
    elif tell.channel == asked[0]:
        words = _asked_first(tell.channel)
    elif tell.channel in asked:
        words = gettext("Of what {name} asked for, this is next.")
    else:
        words = gettext("What {name} asked for does not reach them now; this does.")
    return words.format(name=name)


def _asked_first(channel: Channel) -> str:
    words = {
        "sms": gettext("{name} asked to be texted first."),
        "voice": gettext("{name} asked to be called first."),
        "email": gettext("{name} asked for an email first."),
    }
    return words[channel]
