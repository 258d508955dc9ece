"""What an agent does with a call on the line: who joins it, holds, leaves, returns."""
