"""Who is on call, as a town sees it and changes it.

``stretches`` and ``grid`` are the calendar, pure; ``calendar`` is its page, ``plans``
say what may be changed, ``changing`` changes it; ``swaps`` ask somebody, ``feeds`` and
``events`` speak to other calendars.
"""
