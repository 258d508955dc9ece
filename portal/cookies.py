"""The cookie that a signed-in browser shows."""

from __future__ import annotations

from litestar.datastructures import Cookie

from townline.auth.rules import SESSION_LASTS
from townline.settings import Settings
from townline.web.envelope import SESSION_COOKIE


def session_cookie(
    token: str, settings: Settings, *, max_age: int | None = None
) -> Cookie:
    """``max_age`` in seconds; 0 takes the cookie away."""
    lasts = int(SESSION_LASTS.total_seconds()) if max_age is None else max_age
    return Cookie(
        key=SESSION_COOKIE,
        value=token,
        max_age=lasts,
        httponly=True,
        secure=settings.secure_cookies,
        samesite="lax",
    )
