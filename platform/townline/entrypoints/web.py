"""``townline serve``: one web process."""

from __future__ import annotations

import uvicorn

from townline.db import Database
from townline.entrypoints.app import create_app
from townline.roles import APP, ENGINE
from townline.settings import Settings
from townline.turns import take_short_turns

# Open streams end at once when asked; a page load gets this long to finish.
LAST_REQUESTS = 5


def serve(settings: Settings, *, host: str, port: int) -> None:
    take_short_turns()
    database = Database(settings.app_url, role=APP)
    engine = Database(settings.engine_url, role=ENGINE)
    app = create_app(settings, database=database, engine=engine)
    uvicorn.run(
        app,
        host=host,
        port=port,
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=LAST_REQUESTS,
        proxy_headers=True,
        # The same wherever it runs, whatever else is installed there.
        loop="uvloop",
        http="httptools",
    )
