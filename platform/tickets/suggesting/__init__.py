"""Which category a caller may mean, by the names it has and by what others have said.

``names`` knows the town's own words, ``rules`` learns those of its callers from one
ticket after another; ``asking`` lays both together, and ``learning`` keeps up.
"""

from __future__ import annotations

from tickets.suggesting.asking import Suggested, blended, suggested
from tickets.suggesting.learning import forget, learn

__all__ = ["Suggested", "blended", "forget", "learn", "suggested"]
