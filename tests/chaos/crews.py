"""The crews: each reads a text once, and takes the ticket by its code, or does not."""

from __future__ import annotations

import random
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event, Thread

from notify.carrier import Bench, BenchRefused

# What a crew does with a text; the rest is read and forgotten.
TAKES, DECLINES = 0.5, 0.1
ASKED = re.compile(r"(?:Reply|Répondez) (\d{2,3}) (?:to|pour)")
LOOK_EVERY = 0.1


@dataclass(slots=True)
class Crews:
    bench: Bench
    seed: int
    answers: Counter[str] = field(default_factory=Counter)
    _over: Event = field(default_factory=Event)
    _thread: Thread | None = None

    def begin(self) -> None:
        self._thread = Thread(target=self._live, name="crews")
        self._thread.start()

    def end(self) -> None:
        self._over.set()
        if self._thread:
            self._thread.join()

    def _live(self) -> None:
        draw = random.Random(self.seed)  # noqa: S311 - a story, not a secret
        seen = 0
        with ThreadPoolExecutor(4, thread_name_prefix="crew") as hands:
            while not self._over.wait(LOOK_EVERY):
                for entry in self.bench.log(seen):
                    seen = entry.seq
                    if entry.what == "accepted" and entry.channel == "sms":
                        asked = ASKED.search(entry.body)
                        if asked and (answer := _answer(draw, asked[1])):
                            hands.submit(self._text, entry.to, entry.sender, answer)

    def _text(self, phone: str, line: str, body: str) -> None:
        try:
            self.bench.phone(phone).text(line, body)
        except (BenchRefused, OSError):
            self.answers["not brought"] += 1
        else:
            self.answers["brought"] += 1


def _answer(draw: random.Random, code: str) -> str:
    lot = draw.random()
    if lot < TAKES:
        return code
    return f"{code} no" if lot < TAKES + DECLINES else ""
