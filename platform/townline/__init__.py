"""The kernel every capability stands on: clock, settings, database, tenancy, proof."""
