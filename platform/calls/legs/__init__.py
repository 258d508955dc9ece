"""What an agent does with a call on the line: who joins it, holds, leaves, returns.

``rules`` decides, ``service`` keeps who is there, ``holding`` and ``parties`` are the
agent's verbs, ``reports`` is what the exchange tells and ``web`` its door; ``rooms``
sees to it that nobody is left alone in one. ``calls.talking`` is its contents page.
"""
