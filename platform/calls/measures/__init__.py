"""How well calls are answered, as figures whose formula has a name."""
