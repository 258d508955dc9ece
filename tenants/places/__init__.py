"""Where things are in a town: its own list of places, and whoever else knows."""
