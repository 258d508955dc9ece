"""Kill workers and the database while they send, and count what came of it.

``ground`` sets up a town's whole machinery, ``traffic`` and ``crews`` give it work,
``shift`` and ``blows`` break it, ``takeovers`` times the recovery. ``checker`` counts
afterwards; it knows plain SQL and the carrier's own log, and none of the product.
"""
