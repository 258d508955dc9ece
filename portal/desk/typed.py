"""What was typed, as the search for what is known reads it."""

from __future__ import annotations

from portal.desk.draft import Draft
from tickets import MeToo
from tickets.duplicates import Typed


def typed_of(draft: Draft) -> Typed:
    longitude, latitude = draft.point or (None, None)
    return Typed(
        category=draft.category,
        place=draft.place,
        latitude=latitude,
        longitude=longitude,
        words=draft.words,
    )


def me_too_of(draft: Draft) -> MeToo:
    typed = typed_of(draft)
    return MeToo(
        client_key=draft.client_key,
        caller=draft.caller,
        category=typed.category,
        place=typed.place,
        latitude=typed.latitude,
        longitude=typed.longitude,
    )
