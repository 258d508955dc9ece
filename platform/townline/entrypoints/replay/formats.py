"""The formats that are understood, by the city that publishes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from townline.entrypoints.replay import boston, montreal
from townline.entrypoints.replay.lots import Lots
from townline.entrypoints.replay.rows import Row

Format = Callable[[int, Mapping[str, str], Lots], Row]

FORMATS: dict[str, Format] = {"boston": boston.row, "montreal": montreal.row}
