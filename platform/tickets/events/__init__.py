"""What a town knows is going on."""
