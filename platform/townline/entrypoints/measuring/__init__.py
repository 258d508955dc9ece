"""How well the product guesses, measured on what cities have published."""
