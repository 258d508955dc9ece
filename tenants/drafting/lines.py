"""Two texts that both came from a third, line by line, as long as they do not clash."""

from __future__ import annotations

from difflib import SequenceMatcher

# From a line to a line, and what stands there instead.
Hunk = tuple[int, int, tuple[str, ...]]


def merged_lines(base: str, ours: str, theirs: str) -> str | None:
    """None where both changed the same lines or neighbouring ones differently."""
    old, one, other = (e.splitlines(keepends=True) for e in (base, ours, theirs))
    hunks = sorted({*_hunks(old, one), *_hunks(old, other)})
    found: list[str] = []
    at = -1
    for start, end, lines in hunks:
        if start <= at:
            return None
        found += [*old[max(at, 0) : start], *lines]
        at = end
    return "".join((*found, *old[max(at, 0) :]))


def _hunks(old: list[str], new: list[str]) -> set[Hunk]:
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return {
        (start, end, tuple(new[new_start:new_end]))
        for step, start, end, new_start, new_end in steps
        if step != "equal"
    }
