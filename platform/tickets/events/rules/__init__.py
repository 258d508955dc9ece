"""When a known event concerns a caller, and when one should be made."""
