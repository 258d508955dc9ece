"""What a ticket's own rules decide: its number, its closing, who sees what."""
