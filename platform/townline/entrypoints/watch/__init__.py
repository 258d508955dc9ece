"""The system watches itself, and says so outside for as long as all is well.

``auditor`` finds and mends what must not last, ``figures`` are what /metrics shows of
it, ``heartbeat`` tells an address outside, and ``canary`` sends a message to ourselves
and waits for the answer. ``rules`` decides when to fall silent.
"""
