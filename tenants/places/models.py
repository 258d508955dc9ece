"""The town's own places: streets, addresses, crossings, landmarks, numbered things."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import (
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from townline.db import Base
from townline.tenancy import TenantOwned

Kind = Literal["address", "intersection", "landmark", "asset"]


class PlaceList(TenantOwned, Base):
    """A file of places as last imported; ``digest`` knows it when it comes again."""

    __tablename__ = "place_list"
    __table_args__ = (UniqueConstraint("tenant_id", "name"),)

    name: Mapped[str] = mapped_column(String(40))
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    file: Mapped[str]
    places: Mapped[int]
    imported_by: Mapped[str]
    imported_at: Mapped[datetime]


class Street(TenantOwned, Base):
    """A street of a list, and its middle; two villages may have one of a name."""

    __tablename__ = "place_street"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "list_id"], ["place_list.tenant_id", "place_list.id"]
        ),
        Index("ix_place_street_list", "tenant_id", "list_id"),
    )

    list_id: Mapped[UUID]
    name: Mapped[str]
    locality: Mapped[str]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]


class Place(TenantOwned, Base):
    """A point with a name: what it is called depends on its kind.

    An address has a ``number`` on a street, an intersection a second street. ``code``
    is a hydrant's or a pole's own number, letters and digits only; then ``number``
    is its digits. ``name`` is as the file has it, empty for an address.
    """

    __tablename__ = "place"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "list_id"], ["place_list.tenant_id", "place_list.id"]
        ),
        ForeignKeyConstraint(
            ["tenant_id", "street_id"], ["place_street.tenant_id", "place_street.id"]
        ),
        ForeignKeyConstraint(
            ["tenant_id", "cross_id"],
            ["place_street.tenant_id", "place_street.id"],
            name="fk_place_cross",
        ),
        Index("ix_place_list", "tenant_id", "list_id", "kind"),
        Index("ix_place_number", "tenant_id", "street_id", "number"),
        Index(
            "ix_place_cross",
            "tenant_id",
            "cross_id",
            postgresql_where=text("cross_id is not null"),
        ),
        Index(
            "ix_place_code",
            "tenant_id",
            "code",
            postgresql_where=text("code is not null"),
        ),
        Index(
            "ix_place_asset",
            "tenant_id",
            "number",
            postgresql_where=text("code is not null"),
        ),
    )

    list_id: Mapped[UUID]
    kind: Mapped[Kind] = mapped_column(String(12))
    name: Mapped[str]
    street_id: Mapped[UUID | None]
    cross_id: Mapped[UUID | None]
    number: Mapped[int | None]
    suffix: Mapped[str] = mapped_column(String(10))
    unit: Mapped[str] = mapped_column(String(20))
    zip: Mapped[str] = mapped_column(String(10))
    code: Mapped[str | None] = mapped_column(String(40))
    latitude: Mapped[float]
    longitude: Mapped[float]
