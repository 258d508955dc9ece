"""How well the product guesses, measured on what cities have published."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console

from townline.entrypoints.measuring.categories import measure as measured_categories
from townline.entrypoints.measuring.curves import Point
from townline.entrypoints.measuring.duplicates import Measured
from townline.entrypoints.measuring.duplicates import measure as measured_duplicates

app = typer.Typer(
    help="Measure how well the product guesses, on what cities have published.",
    no_args_is_help=True,
)
say = Console(highlight=False, soft_wrap=True)

Folder = Annotated[
    Path,
    typer.Argument(
        exists=True, file_okay=False, help="The folder of the city's files."
    ),
]
Months = Annotated[str, typer.Option(help="Months by number, with commas between.")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON lines, for machines.")]


@app.callback()
def main() -> None:
    """Keeps the name of what is measured in the command, however few there are."""


@app.command()
def categories(
    folder: Folder,
    *,
    earlier: Annotated[
        float, typer.Option(min=0.1, max=0.9, help="The share to learn from.")
    ] = 0.7,
) -> None:
    """Guess the category of New Haven's later reports from residents' words, taught by
    the earlier ones: ours beside what is usual, a JSON line each."""
    for line in measured_categories(folder, earlier=earlier):
        say.print(msgspec.json.encode(line).decode(), markup=False)


@app.command()
def duplicates(
    folder: Folder,
    *,
    learn: Months = "7,8",
    on: Months = "9,10",
    as_json: AsJson = False,
) -> None:
    """Replay Boston's requests: what the score of duplicates finds, and how rarely it
    shows something for nothing, beside circles of fixed size."""
    found = measured_duplicates(folder, learnt=_months(learn), measured=_months(on))
    if as_json:
        say.print(msgspec.json.encode(found).decode(), markup=False)
        return
    say.print(
        f"{found.calls} calls; {found.findable} repeat something at most 30 days old"
        f" and 500 m away (in all months {found.findable_in_all})."
        f" Learnt from {found.learnt_pairs} pairs.\n"
    )
    _weights(found)
    _table("Learnt from this city", (*found.score, found.at_threshold))
    _table("A new town: these weights, no category known", found.new_town_score)
    _table("Fixed circles, the same calls", found.baseline)
    _table("Fixed circles, all months", found.baseline_in_all)


def _months(numbers: str) -> frozenset[int]:
    try:
        return frozenset(int(number) for number in numbers.split(","))
    except ValueError:
        raise typer.BadParameter("Months are numbers, as in 7,8.") from None


def _weights(found: Measured) -> None:
    say.print(f"{'weight':32}{'this city':>12}{'a new town':>12}", style="bold")
    new = msgspec.structs.asdict(found.new_town.weights)
    for name, weight in msgspec.structs.asdict(found.model.weights).items():
        say.print(f"{name:32}{weight:12.3f}{new[name]:12.3f}")
    thresholds = found.model.threshold, found.new_town.threshold
    say.print(f"{'threshold':32}{thresholds[0]:12.3f}{thresholds[1]:12.3f}\n")


def _table(title: str, points: Iterable[Point]) -> None:
    say.print(f"{title:32}{'shown':>8}{'top 1':>8}{'top 3':>8}", style="bold")
    for each in points:
        say.print(f"{each.rule:32}{each.shown:8.1%}{each.top_1:8.1%}{each.top_3:8.1%}")
    say.print()
