from __future__ import annotations

from townline.entrypoints.cli import main

main()
