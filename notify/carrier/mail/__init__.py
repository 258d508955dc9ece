"""Letters by electronic mail, their events, and people's answers."""
