"""Calls to the towns' lines: who rings, who answers, and how each call ends."""
