"""Ladders of escalation that are read aloud, and edited where they are read.

``typed`` is a ladder as it stands in a form, ``reading`` turns it into a policy with
everything it lacks, ``choices`` has what can be chosen, ``lengths`` says how long;
``showing`` puts a page together and ``editing`` carries out what it asks for.
"""

from __future__ import annotations
