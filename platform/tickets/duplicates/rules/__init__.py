"""When two residents mean the same thing: pure, and explained in words."""
