"""What residents asked for, what they were promised, and what came of it."""
