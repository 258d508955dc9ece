"""Who is responsible where the town is not, and how a caller gets to them."""

from __future__ import annotations

from tenants.town.fields import Key, Phone
from tenants.town.parts import Part, Text


class Neighbour(Part, frozen=True, kw_only=True):
    """Another town of this service, by its slug; or an office with a telephone.

    A town's own boundary says what is its. An office has a ``name``, a ``phone``,
    what it is there ``what_for``, and ``say``, the sentence that sends a caller there.
    """

    key: Key
    town: Key | None = None
    name: Text = Text()
    phone: Phone | None = None
    what_for: Text = Text()
    say: Text = Text()
