"""Temporary instructions: given, changed and ended, each holding at once."""

from __future__ import annotations

from dataclasses import dataclass, replace

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK

import tenants
from portal.town import instructions, sheets
from portal.town.forms.flat import Form, Typed, read
from portal.town.hall import Hall
from portal.town.instructions import INSTRUCTIONS
from portal.town.sheets import Sheet
from tenants.drafting import editing
from tenants.town import Instruction, Town

LIST = "/rules/instructions"
ONE = f"{LIST}/{{instruction:str}}"


@dataclass(frozen=True, slots=True)
class Towns:
    """As it is edited, and as it holds."""

    edited: Town
    holding: Town


@get(LIST, sync_to_thread=True)
def show_instructions(hall: NamedDependency[Hall]) -> Template:
    it = _towns(hall)
    held = instructions.held(hall, it.edited, it.holding)
    return hall.page("instructions.html", it.edited, held=held)


@get("/rules/new-instruction", sync_to_thread=True)
def show_blank(hall: NamedDependency[Hall]) -> Template:
    town = hall.editing().town
    blank = instructions.blank(hall, town)
    return _page(hall, sheets.blank(INSTRUCTIONS, town, blank))


@get(ONE, sync_to_thread=True)
def show_instruction(
    instruction: FromPath[str], hall: NamedDependency[Hall]
) -> Template:
    return _page(hall, sheets.opened(INSTRUCTIONS, hall.editing().town, instruction))


@post("/rules/instruction-preview", status_code=HTTP_200_OK, sync_to_thread=True)
def show_read(data: URLEncodedBody[Form], hall: NamedDependency[Hall]) -> Template:
    town, form = hall.editing().town, read(data)
    sheet = sheets.sent(INSTRUCTIONS, town, form, key=form.get("entry", ""))
    return hall.page("instructions_try.html", town, sheet=sheet)


@post(LIST, status_code=HTTP_200_OK, sync_to_thread=True)
def give(
    data: URLEncodedBody[Form], hall: NamedDependency[Hall]
) -> Template | Redirect:
    return _answer(hall, read(data), key="")


@post(ONE, status_code=HTTP_200_OK, sync_to_thread=True)
def change(
    instruction: FromPath[str], data: URLEncodedBody[Form], hall: NamedDependency[Hall]
) -> Template | Redirect:
    return _answer(hall, read(data), key=instruction)


@post(f"{ONE}/ending", status_code=HTTP_200_OK, sync_to_thread=True)
def end(
    instruction: FromPath[str], data: URLEncodedBody[Form], hall: NamedDependency[Hall]
) -> Template | Redirect:
    it = _towns(hall)
    if read(data).get("sure") != "yes":
        sheet = sheets.opened(INSTRUCTIONS, it.edited, instruction)
        return _page(hall, replace(sheet, unsure=True))
    instructions.end(hall, it.holding, instruction)
    return hall.to(LIST)


@post(f"{ONE}/removal", status_code=HTTP_200_OK, sync_to_thread=True)
def remove(
    instruction: FromPath[str], data: URLEncodedBody[Form], hall: NamedDependency[Hall]
) -> Template | Redirect:
    sheet = sheets.opened(INSTRUCTIONS, hall.editing().town, instruction)
    sheet = sheets.remove(hall, sheet, read(data))
    return hall.to(LIST) if sheet.kept else _page(hall, sheet)


def _towns(hall: Hall) -> Towns:
    with hall.town() as db:
        return Towns(editing(db).town, tenants.current(db).town)


def _answer(hall: Hall, form: Typed, *, key: str) -> Template | Redirect:
    """``now`` it holds; ``keep`` is for the draft, and for whoever may edit that."""
    it, act = _towns(hall), form.get("act", "now")
    key = INSTRUCTIONS.known(it.edited, key)
    sheet = sheets.sent(INSTRUCTIONS, it.edited, form, key=key)
    match act:
        case "keep" if hall.may("POST", "/rules/categories"):
            sheet = sheets.keep(hall, sheet)
        case "look":
            pass
        case _:
            reason = form.get("reason", "").strip()
            sheet = instructions.let_hold(hall, sheet, it.holding, reason=reason)
    return hall.to(LIST) if sheet.kept else _page(hall, sheet, form.get("reason", ""))


def _page(hall: Hall, sheet: Sheet[Instruction], reason: str = "") -> Template:
    return hall.page(
        "instructions_edit.html",
        sheet.town,
        status_code=sheet.status_code,
        sheet=sheet,
        reason=reason,
        categories=instructions.categories_of(hall, sheet.town),
    )


ROUTES = (
    show_instructions,
    show_blank,
    show_instruction,
    show_read,
    give,
    change,
    end,
    remove,
)
