"""What somebody asked to be reminded of, for themselves or for the whole desk."""
