"""Which calls are drawn for review, and what their scores say of an agent."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from math import sqrt
from statistics import NormalDist
from uuid import UUID

ASPECTS = ("greeting", "script", "read_back", "tone", "accuracy")
# As the judges of the trade score: 0 was not done, 4 could not be done better.
BEST = 4
# A lot is drawn from 0 to 65,535: two bytes of a hash.
LOTS = 65_536
FEWEST = 2
Z = NormalDist().inv_cdf(0.975)


def sub_key(secret: str) -> str:
    """Ours alone, so that nobody knows beforehand which calls will be heard."""
    return sha256(f"reviews:{secret}".encode()).hexdigest()


def lot(call_id: UUID, *, month: str, key: str) -> int:
    """The same for the same call whenever it is asked; SQL draws it likewise."""
    digest = sha256(f"{key}:{month}:{call_id}".encode()).digest()
    return digest[0] * 256 + digest[1]


def is_drawn(call_id: UUID, *, month: str, key: str, percent: int) -> bool:
    return lot(call_id, month=month, key=key) * 100 < percent * LOTS


@dataclass(frozen=True, slots=True)
class Standing:
    """An agent's mean score of 0 to 4 and how far it may be off, 19 times in 20."""

    agent: str
    n: int
    mean: float
    deviation: float | None

    @property
    def margin(self) -> float | None:
        if self.n < FEWEST or self.deviation is None:
            return None
        return min(BEST, _student(self.n - 1) * self.deviation / sqrt(self.n))


def _student(freedom: int) -> float:
    """Student's quantile from the normal one; exact where the approximation is not."""
    exact = {1: 12.706, 2: 4.303, 3: 3.182}
    if freedom in exact:
        return exact[freedom]
    first = (Z**3 + Z) / 4
    second = (5 * Z**5 + 16 * Z**3 + 3 * Z) / 96
    return Z + first / freedom + second / freedom**2
