"""What is decided about a call without asking anybody: words, claims, endings."""
