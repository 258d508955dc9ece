"""What happens between a ticket's opening and the resident's last word about it."""
