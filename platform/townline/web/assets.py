"""Files for browsers: our stylesheet, and the scripts that PyPI packages carry."""

from __future__ import annotations

from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from litestar.datastructures import CacheControlHeader
from litestar.router import Router
from litestar.static_files import create_static_files_router

# A release's files never change under their mark, so browsers may keep them a day.
KEEP = 86_400


def _folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"{package} is not installed; run make run again")
    return Path(spec.origin).parent / "static"


def mark() -> str:
    """Changes whenever our own files do."""
    digest = sha256()
    for path in sorted(_folder("portal").rglob("*.*")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]


def router() -> Router:
    return create_static_files_router(
        path="/static",
        directories=[
            _folder("portal"),
            _folder("js_lib_htmx") / "htmx",
            _folder("js_lib_leaflet") / "js_lib_leaflet",
        ],
        cache_control=CacheControlHeader(max_age=KEEP, public=True),
        opt={"exclude_from_csrf": True},
    )
