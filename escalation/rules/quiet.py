"""Quiet hours hold what can wait until the morning: a rule of the town's."""

from __future__ import annotations

from tenants.rules.quiet import DAY, held

__all__ = ["DAY", "held"]
