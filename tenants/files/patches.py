"""Changes to a text by place, gathered first and made all at once."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Patches:
    text: str
    found: list[tuple[int, int, bool, str]] = field(default_factory=list)

    def replace(self, start: int, end: int, words: str) -> None:
        self.found.append((start, end, False, words))

    def insert(self, place: int, lines: str) -> None:
        """Whole lines, also behind a last line that is not ended.

        Where both begin, fields go before headers: below one they would be its own.
        """
        ended = not place or self.text[place - 1] == "\n"
        words = lines if ended else f"\n{lines}"
        self.found.append((place, place, lines.lstrip().startswith("["), words))

    def applied(self, start: int = 0, end: int | None = None) -> str:
        """The text between two places; what is inserted into a gap made stays."""
        end = len(self.text) if end is None else end
        parts, at = [], start
        inside = (each for each in self.found if start <= each[0] and each[1] <= end)
        for begins, ends, _, words in sorted(inside, key=lambda each: each[:3]):
            parts += [self.text[at:begins], words]
            at = max(at, ends)
        parts.append(self.text[at:end])
        return "".join(parts)
