"""What the linter's findings are called, and where in the portal each can be mended."""

from __future__ import annotations

from tenants import Weakness
from tenants.town import Town
from townline.i18n import gettext, language

# Where entries of each table of the town's file are edited, below the town's address.
PAGES = {
    "categories": "/rules/categories/{key}",
    "rosters": "/rules/rosters/{key}",
    "contacts": "/rules/edit/contacts/{key}",
    "policies": "/rules/policies/{key}",
}


def title(kind: str) -> str:
    """A rule of the linter in a few words; what they say stands below them."""
    return _titles().get(kind) or gettext("Needs a look")


def place(town: Town, weakness: Weakness) -> tuple[str, str]:
    """What it is about, as the town calls it, and the address below its own."""
    table, _, rest = weakness.path.partition(" ")
    key = rest.strip('"').partition('"')[0]
    entries = getattr(town, table, ()) if table in PAGES else ()
    for each in entries:
        if each.key == key:
            name = (
                each.name if isinstance(each.name, str) else each.name.in_(language())
            )
            return name, PAGES[table].format(key=key)
    return weakness.path, "/rules/edit"


def _titles() -> dict[str, str]:
    return _reach() | _time() | _people()


def _reach() -> dict[str, str]:
    return {
        "unverified": gettext("A number nobody has verified"),
        "opted-out": gettext("Texts were stopped from there"),
        "landline": gettext("Text to a landline"),
        "no-destination": gettext("No way to reach them"),
        "no-last-resort": gettext("The last resort is nobody"),
        "carrier-word": gettext("A word that carriers act upon"),
        "segments": gettext("More than one segment"),
        "storm": gettext("Late in a storm"),
    }


def _time() -> dict[str, str]:
    return {
        "never-fires": gettext("This rung never fires"),
        "outlives-its-step": gettext("It still rings when the next begins"),
        "late-call": gettext("Later than was promised"),
        "quiet-emergency": gettext("Quiet hours on level 1"),
        "throttled-emergency": gettext("A digest on level 1"),
        "no-deadline": gettext("No deadline to set out"),
        "endless-loop": gettext("A loop without an end"),
        "clock-change": gettext("Two on call at the clock change"),
        "holiday": gettext("A holiday is not covered"),
    }


def _people() -> dict[str, str]:
    return {
        "nobody": gettext("Nobody is on call"),
        "same-person": gettext("The same person on every step"),
        "long-shift": gettext("One person for very long"),
        "roster-ends": gettext("The roster ends soon"),
        "two-towns": gettext("On call in two towns"),
        "silent": gettext("No proof of life"),
    }
