"""Calls of other telephone systems, on the same desk."""
