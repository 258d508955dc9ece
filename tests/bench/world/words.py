"""The words of a made ticket, as the product keeps them, and those of a note on it.

What people write differs: a few words are in every third note, and most in one of a
thousand. They are made of syllables, so that many have a beginning in common.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from itertools import accumulate, islice, product
from random import Random
from uuid import UUID

from tickets.finding.models import LONGEST, id_of
from tickets.finding.rules import words_of

WORDS = (
    "copy ticket_word (tenant_id, id, word, ticket_id, opened_at, audience) from stdin"
)
OF_A_NOTE = 4
_SYLLABLES = "bar cor den fol gan hel jun kas lor mun nev pol rin sap tur vel"
_NAMES = product(_SYLLABLES.split(), repeat=3)
VOCABULARY = ["".join(each) for each in islice(_NAMES, 3_000)]
# The second most frequent half as frequent as the first, and so on.
_OFTEN = list(accumulate(1 / rank for rank in range(1, len(VOCABULARY) + 1)))


@lru_cache(maxsize=1 << 17)
def kept(*texts: str) -> tuple[str, ...]:
    return tuple(sorted(words_of(*texts, longest=LONGEST)))


def lines_of(
    tenant_id: UUID,
    ticket_id: UUID,
    opened_at: datetime,
    *,
    words: tuple[str, ...],
    chance: Random,
) -> str:
    rest = f"{ticket_id}\t{opened_at.isoformat()}\ttown\n"
    noted = {*chance.choices(VOCABULARY, cum_weights=_OFTEN, k=OF_A_NOTE)}
    return "".join(
        f"{tenant_id}\t{id_of(ticket_id, word, 'town')}\t{word}\t{rest}"
        for word in (*words, *sorted(noted))
    )
