"""Every field of the town's file that is edited on plain pages, in a foreman's words.

One module a room of the town; the English stands here, the French in the catalog.
"""

from __future__ import annotations

from portal.town.fields import emergencies, lines, messages, people, standards
from portal.town.fields.choosing import choices
from portal.town.forms import Glossary, Scene
from tenants.town import Town

GLOSSARY: Glossary = {
    **lines.GLOSSARY,
    **emergencies.GLOSSARY,
    **people.GLOSSARY,
    **standards.GLOSSARY,
    **messages.GLOSSARY,
}


def scene(town: Town) -> Scene:
    """How this town's forms are drawn and read."""
    return Scene(
        glossary=GLOSSARY,
        choices=choices(town),
        languages=town.languages,
        country=town.holidays[:2],
    )


__all__ = ["GLOSSARY", "scene"]
