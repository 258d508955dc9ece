"""Known faults, put back one at a time: which test turns red?

Each was found in at least one open tool of the field. ``make mutants`` puts them back
into a copy of the tree; ``make test`` only holds the tables to the code, so that they
cannot rot.
"""
