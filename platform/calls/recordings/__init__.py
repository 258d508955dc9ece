"""What was recorded of calls, for towns that want it."""
