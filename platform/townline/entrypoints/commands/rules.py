"""Rules before the night: what would happen, and what would go wrong."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console

import escalation
import tenants
from escalation import simulation
from escalation.simulation import Line, Scenario, Timeline
from tenants import Knowledge, NotPublished, Weakness
from tenants.town import Town
from townline import localtime
from townline.clock import utc_now
from townline.entrypoints.commands.database import as_engine, in_town
from townline.errors import Invalid
from townline.i18n import speaking
from townline.tenancy import town as in_one
from townline.words import clock, elapsed

say = Console(soft_wrap=False)

File = Annotated[
    Path | None,
    typer.Argument(exists=True, dir_okay=False, readable=True, help="A town's file."),
]
Slug = Annotated[str | None, typer.Option("--town", help="A town of this service.")]
AsJson = Annotated[bool, typer.Option("--json", help="For machines.")]
Spoken = Annotated[str, typer.Option("--language", help="en or fr.")]


def simulate(  # noqa: PLR0913 - each is an option of the command
    file: File = None,
    *,
    town: Slug = None,
    category: Annotated[str, typer.Option(help="The key of a category.")],
    level: Annotated[int | None, typer.Option(min=1, max=5)] = None,
    at: Annotated[str, typer.Option(help='The town\'s time: "2026-12-25 02:00".')] = "",
    script: Annotated[str, typer.Option(help="What the world does.")] = "nobody",
    person: Annotated[int | None, typer.Option(help="Who accepts: 1, 2, 3…")] = None,
    after: Annotated[float | None, typer.Option(help="After minutes.")] = None,
    place: str = "Main St and 1st Ave",
    language: Spoken = "en",
    as_json: AsJson = False,
) -> None:
    """Say what would happen to a ticket: who is told, when, how, and why."""
    rules = _town(file, town)
    asked = rules.category(category)
    scenario = Scenario(
        town=rules,
        category=asked,
        level=level or asked.level,
        at=_instant(rules, at),
        script=simulation.script(script, nth=person, after=after),
        place=place,
    )
    with speaking(language):
        timeline = simulation.simulate(scenario)
        if as_json:
            typer.echo(msgspec.json.encode(timeline))
        else:
            _show(scenario, timeline)


def lint(
    file: File = None,
    *,
    town: Slug = None,
    language: Spoken = "en",
    as_json: AsJson = False,
) -> None:
    """Say what would go wrong in the next ninety days; 1 if somebody is not reached."""
    at = utc_now()
    rules, known = _known(town, at=at) if town else (_town(file, None), Knowledge())
    found = (
        *tenants.lint(rules, at=at, known=known),
        *simulation.capacity(rules, at=at),
    )
    if as_json:
        typer.echo(msgspec.json.encode(found))
    else:
        _list(found, language)
    if any(each.severity == "error" for each in found):
        raise typer.Exit(1)


def _town(file: Path | None, slug: str | None) -> Town:
    if file is not None:
        return tenants.read(file.read_text(), source=str(file))
    if slug is None:
        raise typer.BadParameter("Name a town's file, or a town with --town.")
    with in_town(slug) as db:
        return tenants.current(db).town


def _known(slug: str, *, at: datetime) -> tuple[Town, Knowledge]:
    """A town's rules, what is known of its numbers, and who is on call elsewhere."""
    mine: tuple[Town, Knowledge] | None = None
    others = []
    with as_engine() as database:
        with database.everybody() as session:
            ids = {each.id: each.slug for each in tenants.all_towns(session)}
            tenants.by_slug(session, slug)
        for tenant_id, name in ids.items():
            with in_one(database, tenant_id) as db, suppress(NotPublished):
                rules = tenants.current(db).town
                if name == slug:
                    mine = rules, escalation.knowledge(db, at=at)
                else:
                    others.append(rules)
    if mine is None:
        raise NotPublished
    rules, known = mine
    return rules, replace(known, elsewhere=tuple(others))


def _instant(town: Town, written: str) -> datetime:
    """A wall time of the town, or now."""
    if not written:
        return utc_now()
    try:
        wall = datetime.fromisoformat(written)
    except ValueError:
        raise Invalid('Write the time as "2026-12-25 02:00".') from None
    return wall if wall.tzinfo else localtime.starts(wall, town.time_zone)


def _show(scenario: Scenario, timeline: Timeline) -> None:
    say.print(timeline.why, markup=False, highlight=False, soft_wrap=True)
    for line in timeline.lines:
        _tell(line)
    for words, at in (
        ("First told", timeline.first_told),
        ("First call", timeline.first_call),
        ("First human", timeline.first_human),
        ("Last resort", timeline.last_resort),
    ):
        say.print(f"{words}: {_after(scenario, timeline, at)}", highlight=False)
    say.print(f"Cost: ${timeline.cost:.4f}", highlight=False)
    if late := [line.leaves_by for line in timeline.lines if line.leaves_by]:
        last = clock(max(late), scenario.town.time_zone, seconds=True)
        say.print(f"The last message of the storm leaves at {last}.", highlight=False)


def _tell(line: Line) -> None:
    """When, what and to whom; then by which rule, and the words to the letter."""
    head = f"{line.local}  {line.says}" + (f", {line.name}" if line.name else "")
    if line.segments:
        head += f" ({line.segments} segments)" if line.segments > 1 else " (1 segment)"
    say.print(head, style="bold", markup=False, highlight=False, soft_wrap=True)
    words = [f"| {each}" for each in line.text.splitlines() if each.strip()]
    for each in filter(None, (line.rule, *words)):
        say.print(f"    {each}", markup=False, highlight=False, soft_wrap=True)


def _after(scenario: Scenario, timeline: Timeline, at: datetime | None) -> str:
    if at is None:
        return "never"
    zone = scenario.town.time_zone
    return f"{clock(at, zone, seconds=True)}, after {elapsed(at - timeline.opened_at)}"


def _list(found: tuple[Weakness, ...], language: str) -> None:
    """By the place in the file, errors before warnings."""
    style = {"error": "red", "warning": "yellow"}
    for each in sorted(found, key=lambda each: (each.severity, each.path)):
        line = f"{each.severity}, {each.path}: {each.says.in_(language)}"
        say.print(line, style=style[each.severity], markup=False, soft_wrap=True)
    errors = sum(1 for each in found if each.severity == "error")
    say.print(f"{errors} errors, {len(found) - errors} warnings.", highlight=False)
