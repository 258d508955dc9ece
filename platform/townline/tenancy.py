"""Every row belongs to one town, and every query starts from one.

Two locks hold this: the tenant in each WHERE (added here, and it makes the plans
good), and row-level security in PostgreSQL, which sees what ``set_tenant`` said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Connection, Select, event, select, text
from sqlalchemy.orm import (
    LoaderCriteriaOption,
    Mapped,
    ORMExecuteState,
    Session,
    SessionTransaction,
    mapped_column,
    with_loader_criteria,
)

from townline.db import Database, new_id
from townline.errors import NotFound


class TenantOwned:
    """Primary key (tenant_id, id): a reference to another town cannot be written."""

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)


Owned = TypeVar("Owned", bound=TenantOwned)


@dataclass(frozen=True, slots=True)
class TenantSession:
    """A town and a transaction: the only way a capability reads the database."""

    tenant_id: UUID
    session: Session

    def rows(self, model: type[Owned]) -> Select[Owned]:
        return select(model).where(model.tenant_id == self.tenant_id)

    def find(self, model: type[Owned], id: UUID) -> Owned | None:
        return self.session.scalar(self.rows(model).where(model.id == id))

    def get(self, model: type[Owned], id: UUID, *, lock: bool = False) -> Owned:
        """The row, or NotFound; ``lock`` keeps others from changing it meanwhile."""
        statement = self.rows(model).where(model.id == id)
        if lock:
            statement = statement.with_for_update().execution_options(
                populate_existing=True
            )
        found = self.session.scalar(statement)
        if found is None:
            raise NotFound
        return found

    def add(self, record: Owned) -> Owned:
        record.tenant_id = self.tenant_id
        self.session.add(record)
        return record


@contextmanager
def town(database: Database, tenant_id: UUID) -> Iterator[TenantSession]:
    """One transaction in one town; leaving without an error commits it."""
    with database.session(tenant_id=tenant_id) as session:
        yield TenantSession(tenant_id, session)


@contextmanager
def board(database: Database, tenant_ids: Iterable[UUID]) -> Iterator[Session]:
    """A transaction that may read, and only read, the towns an agent serves."""
    with database.session(board=tuple(tenant_ids)) as session:
        yield session


@event.listens_for(Session, "after_begin")
def _say_whose_rows(
    session: Session, transaction: SessionTransaction, connection: Connection
) -> None:
    if tenant_id := session.info.get("tenant_id"):
        connection.execute(text("select set_tenant(:id)"), {"id": tenant_id})
    if towns := session.info.get("board"):
        connection.execute(text("select set_board(:ids)"), {"ids": list(towns)})


@event.listens_for(Session, "do_orm_execute")
def _keep_to_the_town(state: ORMExecuteState) -> None:
    tenant_id = state.session.info.get("tenant_id")
    if tenant_id is None or not (state.is_select or state.is_update or state.is_delete):
        return
    state.statement = state.statement.options(_rows_of(tenant_id))


@lru_cache(maxsize=1024)
def _rows_of(tenant_id: UUID) -> LoaderCriteriaOption:
    """Made once a town: taking the function to pieces costs as much as some queries."""
    return with_loader_criteria(
        TenantOwned,
        lambda model: model.tenant_id == tenant_id,
        include_aliases=True,
    )
