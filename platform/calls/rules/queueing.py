"""In what order those who wait are answered."""

from __future__ import annotations

# Who waits is answered by this number first, then by how long they have waited.
EMERGENCY, RAISED, NORMAL = 1, 2, 3
