"""The score as a town has taught it, and the lesson that teaches it."""

from __future__ import annotations

from functools import lru_cache

import msgspec
from sqlalchemy import String, cast, select

from tickets.duplicates.models import LearntLikeness
from tickets.duplicates.rules.learning import Model
from tickets.duplicates.shipped import SHIPPED
from townline.tenancy import TenantSession


def model_of(db: TenantSession) -> Model:
    """A town's own, or what is shipped."""
    written = select(cast(LearntLikeness.model, String)).where(
        LearntLikeness.tenant_id == db.tenant_id
    )
    found = db.session.scalar(written)
    return _decoded(found) if found else SHIPPED


@lru_cache(maxsize=256)
def _decoded(written: str) -> Model:
    return msgspec.json.decode(written, type=Model)
