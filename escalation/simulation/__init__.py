"""What would happen: a ticket that nobody has opened, in a world that is scripted.

``world`` plays the engine's own decisions; ``rehearsing`` puts them into words and
prices them; ``scripts`` says what people and carriers do; ``reasons`` says why.
"""

from __future__ import annotations

from escalation.simulation.capacity import capacity
from escalation.simulation.rehearsing import simulate
from escalation.simulation.scripts import SCRIPTS, Person, Script, script
from escalation.simulation.timeline import Line, Scenario, Timeline

__all__ = [
    "SCRIPTS",
    "Line",
    "Person",
    "Scenario",
    "Script",
    "Timeline",
    "capacity",
    "script",
    "simulate",
]
