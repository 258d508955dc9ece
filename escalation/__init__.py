"""Who is told, in what order, until somebody human accepts."""
