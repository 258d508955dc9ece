"""The desk: where agents take the calls of every town they serve.

``board`` shows who waits, ``draft`` is what has been typed during a call, ``sheet``
what the town's rules make of it, ``closing`` saves it, ``following`` shows what came
of it; ``web`` is the door.
"""
