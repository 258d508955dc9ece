"""The next version of a town's rules, and those before it, as a town reads them.

``comparing`` tells two states apart in sentences, ``draft`` is what is not published
yet, ``history`` what was, ``file`` takes a file in, and ``publishing`` lets it hold.
"""

from __future__ import annotations
