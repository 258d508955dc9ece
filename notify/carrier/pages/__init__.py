"""The bench: what people see and press, and what tests use in their place."""
