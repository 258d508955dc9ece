"""Words are written by the transaction that writes what has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
from sqlalchemy import text

from tenants.town import Town
from tickets.finding.models import LONGEST, id_of
from tickets.finding.rules import words_of
from tickets.models import Ticket
from tickets.terms import Audience
from townline.prepared import Prepared
from townline.tenancy import TenantSession

# As one document: planned once, however many words there are.
KEEP = Prepared(
    text(
        "insert into ticket_word"
        " (tenant_id, id, word, ticket_id, opened_at, audience)"
        " select :town, given.id, given.word, given.ticket_id, given.opened_at,"
        " given.audience"
        " from json_to_recordset(cast(:rows as json)) as given"
        " (id uuid, word text, ticket_id uuid, opened_at timestamptz, audience text)"
        " on conflict do nothing"
    )
)


def keep_ticket(db: TenantSession, ticket: Ticket, town: Town) -> None:
    """What it is about, where, and what was said; nothing of whoever asked for it."""
    keep_many(db, [(ticket, "town", said(ticket, town))])


def keep_words(
    db: TenantSession, ticket: Ticket, body: str, *, audience: Audience
) -> None:
    """Of a note, or of a closing: found by whom it was written for."""
    keep_many(db, [(ticket, audience, body)])


def keep_many(db: TenantSession, texts: Iterable[tuple[Ticket, Audience, str]]) -> None:
    rows = [row for each in texts for row in _rows(*each)]
    if rows:
        KEEP(db, rows=msgspec.json.encode(rows).decode())


def said(ticket: Ticket, town: Town) -> str:
    """Its category goes by its names in both languages, as the town calls it.

    Answers that were chosen are the town's words; those that were written are theirs.
    """
    category = next((e for e in town.categories if e.key == ticket.category), None)
    names = (category.name.en, category.name.fr) if category else ()
    questions = category.questions if category else ()
    free = {each.key for each in questions if not each.choices}
    answers = (e["answer"] for e in ticket.answers if e["question"] in free)
    own = ticket.place, ticket.asset, ticket.directions, ticket.words
    return " ".join(filter(None, (*names, *own, *answers)))


def _rows(ticket: Ticket, audience: Audience, body: str) -> Iterator[dict[str, object]]:
    for word in sorted(words_of(body, longest=LONGEST)):
        yield {
            "id": id_of(ticket.id, word, audience),
            "word": word,
            "ticket_id": ticket.id,
            "opened_at": ticket.opened_at,
            "audience": audience,
        }
