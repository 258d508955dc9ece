"""An agent says what came of an article, as often as they like."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

import tenants
from calls.knowledge.models import ArticleUse
from calls.models import Call
from townline import proof
from townline.proof import Actor
from townline.tenancy import TenantSession


def note_article(
    db: TenantSession,
    call_id: UUID,
    key: str,
    *,
    answered: bool,
    by: Actor,
    at: datetime,
) -> None:
    """Pressed twice it is counted once; the last press says whether it answered."""
    call = db.get(Call, call_id)
    rules = tenants.current(db)
    article = rules.town.article(key)
    before = used_on(db, call.id).get(key)
    if before is answered:
        return
    noted = insert(ArticleUse).values(
        tenant_id=db.tenant_id,
        call_id=call.id,
        article=key,
        version_id=rules.version_id,
        topics=list(article.categories),
        at=at,
        by=by.name,
        answered=answered,
    )
    last = noted.on_conflict_do_update(
        index_elements=[ArticleUse.tenant_id, ArticleUse.call_id, ArticleUse.article],
        set_={"answered": answered},
    )
    db.session.execute(last)
    title = article.title.en or article.title.fr
    facts = {"article": key, "title": title, "answered": answered}
    proof.record(db, "call.article_told", subject=call.id, at=at, actor=by, **facts)


def used_on(db: TenantSession, call_id: UUID) -> dict[str, bool]:
    """The articles told on a call, and whether each of them answered."""
    told = select(ArticleUse.article, ArticleUse.answered).where(
        ArticleUse.tenant_id == db.tenant_id, ArticleUse.call_id == call_id
    )
    return {article: answered for article, answered in db.session.execute(told)}
