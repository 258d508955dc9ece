"""What a file of the right shape may still have wrong, one kind of fault a module."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tenants.files.checks.facts import facts
from tenants.files.checks.knowledge import knowledge
from tenants.files.checks.ladders import ladders
from tenants.files.checks.menus import menus
from tenants.files.checks.messages import messages
from tenants.files.checks.neighbours import neighbours
from tenants.files.checks.protocols import protocols
from tenants.files.checks.references import references
from tenants.files.checks.repetitions import repetitions
from tenants.files.checks.senders import senders
from tenants.files.checks.targets import targets
from tenants.files.checks.wishes import wishes
from tenants.files.checks.wording import wording
from tenants.files.findings import Fault
from tenants.town import Town

CHECKS: tuple[Callable[[Town], Iterator[Fault]], ...] = (
    repetitions,
    references,
    targets,
    facts,
    knowledge,
    ladders,
    menus,
    senders,
    neighbours,
    protocols,
    wording,
    wishes,
    messages,
)


def check(town: Town) -> Iterator[Fault]:
    for each in CHECKS:
        yield from each(town)
