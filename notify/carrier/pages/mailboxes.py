"""People's mailboxes."""

from __future__ import annotations

from typing import Any

from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from notify.carrier import errors
from notify.carrier.exchange import Exchange
from notify.carrier.identifiers import new_letter_id
from notify.carrier.mail.letters import Letter
from notify.carrier.pages.answering import acted, wants_json
from notify.carrier.pages.views import LetterView

AnyRequest = Request[Any, Any, Any]
# The page's own rules do not bind a letter: it is shown without any script.
LETTER_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:;"
    " frame-ancestors 'self'"
)


class MailController(Controller):
    path = "/mail"

    @get("/")
    async def boxes(self, exchange: NamedDependency[Exchange]) -> Template:
        boxes = [
            (address, exchange.post.book.of(address))
            for address in exchange.post.book.addresses()
        ]
        return Template("mail.html", context={"boxes": boxes})

    @get("/{address:str}")
    async def box(
        self,
        address: FromPath[str],
        request: AnyRequest,
        exchange: NamedDependency[Exchange],
        containing: FromQuery[str] = "",
        within: FromQuery[float] = 0.0,
    ) -> Response[Any]:
        """Show a mailbox, for a program after waiting for a letter it expects."""
        book = exchange.post.book
        await exchange.plant.bell.until(
            lambda: any(containing in _words(letter) for letter in book.of(address)),
            seconds=within,
        )
        views = [LetterView.of(letter) for letter in book.of(address)]
        if wants_json(request):
            return Response(views)
        context = {"address": address, "letters": views[::-1]}
        return Template("mailbox.html", context=context)

    @get("/{address:str}/{sid:str}")
    async def letter(
        self,
        address: FromPath[str],
        sid: FromPath[str],
        exchange: NamedDependency[Exchange],
    ) -> Template:
        view = LetterView.of(_find(exchange, address, sid))
        return Template("letter.html", context={"letter": view, "address": address})

    @get("/{address:str}/{sid:str}/html")
    async def html(
        self,
        address: FromPath[str],
        sid: FromPath[str],
        exchange: NamedDependency[Exchange],
    ) -> Response[str]:
        letter = _find(exchange, address, sid)
        headers = {"Content-Security-Policy": LETTER_POLICY}
        # What is pressed in a letter opens beside it, not inside.
        html = f'<base target="_blank">{letter.html}'
        return Response(html, media_type="text/html", headers=headers)

    @get("/{address:str}/{sid:str}/attachments/{place:int}")
    async def attachment(
        self,
        address: FromPath[str],
        sid: FromPath[str],
        place: FromPath[int],
        exchange: NamedDependency[Exchange],
    ) -> Response[bytes]:
        enclosed = _find(exchange, address, sid).attachments[place]
        name = f'attachment; filename="{enclosed.name}"'
        return Response(
            enclosed.content,
            media_type=enclosed.media_type,
            headers={"Content-Disposition": name},
        )

    @post("/{address:str}/letters")
    async def write(
        self,
        address: FromPath[str],
        request: AnyRequest,
        exchange: NamedDependency[Exchange],
    ) -> Response[Any]:
        """Send a person's letter to the account, perhaps in answer to one."""
        form = await request.form()
        headers = {
            name: form.get("in_reply_to", "")
            for name in ("In-Reply-To", "References")
            if form.get("in_reply_to")
        }
        letter = Letter(
            sid=new_letter_id(),
            sender=address,
            sender_name=form.get("name", ""),
            to=form.get("to", ""),
            subject_line=form.get("subject", ""),
            text=form.get("text", ""),
            headers=headers,
        )
        await exchange.post.write(letter)
        return acted(request, LetterView.of(letter), page=f"/mail/{address}")


def _words(letter: Letter) -> str:
    return f"{letter.subject_line}\n{letter.text}\n{letter.html}"


def _find(exchange: Exchange, address: str, sid: str) -> Letter:
    letter = exchange.post.book.find(address, sid)
    if letter is None:
        raise errors.NotFound(f"/mail/{address}/{sid}")
    return letter
