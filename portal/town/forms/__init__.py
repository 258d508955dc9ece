"""A form for any part of the town's file: its fields asked one by one, and read back.

``words`` says what each field is called, ``drawing`` turns a part into what a template
draws (``town/form.html``), ``gathering`` and ``reading`` turn what a browser sent into
a part with everything it lacks, and ``lists`` adds, takes out and moves without script.
``leaves`` knows each single value as a text. Where a page is laid out by hand, ``flat``
names its fields and reads them.
"""

from __future__ import annotations

from portal.town.forms.drawing import draw
from portal.town.forms.gathering import gather
from portal.town.forms.lists import act
from portal.town.forms.nodes import Bilingual, Field, Nested, Node, Repeated
from portal.town.forms.reading import Read, read, telephone
from portal.town.forms.typed import Group, blank, group
from portal.town.forms.widgets import part_of, shape
from portal.town.forms.words import Choices, Glossary, Scene, Words

__all__ = [
    "Bilingual",
    "Choices",
    "Field",
    "Glossary",
    "Group",
    "Nested",
    "Node",
    "Read",
    "Repeated",
    "Scene",
    "Words",
    "act",
    "blank",
    "draw",
    "gather",
    "group",
    "part_of",
    "read",
    "shape",
    "telephone",
]
