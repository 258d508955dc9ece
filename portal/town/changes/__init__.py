"""The next version of a town's rules, and those before it, as a town reads them.

``making`` puts one change into it, ``comparing`` tells two states apart in sentences,
``draft`` is what is not published yet, ``history`` what was, ``file`` takes a file in,
and ``publishing`` lets it hold.
"""

from __future__ import annotations

from portal.town.changes.making import change_now, edit

__all__ = ["change_now", "edit"]
