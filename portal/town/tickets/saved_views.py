"""Saved views: the lists somebody comes back to, and those the town offers to all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from portal.town.hall import Hall
from portal.town.tickets.filters import Asked
from tickets import views
from townline import proof
from townline.errors import Invalid
from townline.i18n import gettext
from townline.tenancy import TenantSession


@dataclass(frozen=True, slots=True)
class View:
    """``is_here`` is whether the page shows it."""

    id: UUID
    name: str
    address: str
    is_shared: bool
    is_here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Views:
    """What a page offers; ``refused`` is why ``typed`` was not taken as a name."""

    all: Sequence[View]
    typed: str = ""
    refused: Invalid | None = None

    @property
    def here(self) -> Sequence[View]:
        """Somebody's own and the town's may be of the same list."""
        return [each for each in self.all if each.is_here]

    @property
    def remedy(self) -> str:
        return gettext(str(self.refused)) if self.refused else ""


def views_of(
    db: TenantSession,
    hall: Hall,
    asked: Asked,
    *,
    typed: str = "",
    refused: Invalid | None = None,
) -> Views:
    saved = views.views(db, hall.person.account_id)
    return Views(
        all=[
            View(
                each.id,
                each.name,
                f"?{Asked.of(each.asked).query()}",
                each.owner == db.tenant_id,
                Asked.of(each.asked) == asked,
            )
            for each in saved
        ],
        typed=typed,
        refused=refused,
    )


def save(hall: Hall, form: Mapping[str, str], *, shared: bool) -> None:
    asked = {key: value for key, value in asdict(Asked.of(form)).items() if value}
    name = form.get("name", "")
    with hall.town() as db:
        owner = db.tenant_id if shared else hall.person.account_id
        views.save_view(db, name, asked, owner=owner, by=hall.person.name, at=hall.at)
        if shared:
            _log(db, hall, "view.saved", name=name.strip())


def drop(hall: Hall, view_id: UUID, *, shared: bool) -> None:
    with hall.town() as db:
        owner = db.tenant_id if shared else hall.person.account_id
        views.drop_view(db, view_id, owner=owner)
        if shared:
            _log(db, hall, "view.dropped")


def _log(db: TenantSession, hall: Hall, happened: str, **facts: str) -> None:
    """What everybody is offered is the town's; one's own is nobody else's affair."""
    proof.record(
        db, happened, subject=db.tenant_id, at=hall.at, actor=hall.actor, **facts
    )
