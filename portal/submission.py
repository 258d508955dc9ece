"""What a form is answered with: the next page, or the same again with what is wrong."""

from __future__ import annotations

from collections.abc import Callable

from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_303_SEE_OTHER

from townline.errors import Invalid


def submit(
    act: Callable[[], object], *, again: Callable[[Invalid], Template], to: str
) -> Template | Redirect:
    """Do it and go on; what is refused comes back as it was typed, with the reason."""
    try:
        act()
    except Invalid as refused:
        return again(refused)
    return go_on(to)


def go_on(to: str) -> Redirect:
    """To the page that follows: read once more, it sends nothing a second time."""
    return Redirect(to, status_code=HTTP_303_SEE_OTHER)
