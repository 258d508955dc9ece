"""What is remembered of the ways that messages go, and of the lines they come to.

Both are kept in PostgreSQL, so that all workers share them and a restart loses none.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from notify.message import Channel
from notify.rules.circuits import Circuit
from notify.rules.routing import Provider, Way
from townline.db import Base
from townline.tenancy import TenantOwned


class CircuitRow(TenantOwned, Base):
    """How one of a town's ways has been doing; there is no row while all is well."""

    __tablename__ = "circuit"
    __table_args__ = (
        UniqueConstraint(
            "tenant_id", "channel", "provider", "ours", name="uq_circuit_way"
        ),
        Index(
            "ix_circuit_open",
            "tenant_id",
            "open_until",
            postgresql_where=text("open_until is not null"),
        ),
    )

    channel: Mapped[Channel] = mapped_column(String(8))
    provider: Mapped[Provider] = mapped_column(String(12))
    ours: Mapped[str]
    in_a_row: Mapped[int]
    since: Mapped[datetime | None]
    tried: Mapped[int]
    failed: Mapped[int]
    open_until: Mapped[datetime | None]
    probed_at: Mapped[datetime | None]
    trips: Mapped[int]
    why: Mapped[str]  # "failing", or the provider's code for a refusal of ourselves
    changed_at: Mapped[datetime]  # when it last shut or opened

    @property
    def way(self) -> Way:
        return Way(self.provider, self.ours)

    @property
    def circuit(self) -> Circuit:
        return Circuit(
            in_a_row=self.in_a_row,
            since=self.since,
            tried=self.tried,
            failed=self.failed,
            open_until=self.open_until,
            probed_at=self.probed_at,
            trips=self.trips,
            why=self.why,
        )

    @circuit.setter
    def circuit(self, now: Circuit) -> None:
        self.in_a_row, self.since = now.in_a_row, now.since
        self.tried, self.failed = now.tried, now.failed
        self.open_until, self.probed_at = now.open_until, now.probed_at
        self.trips, self.why = now.trips, now.why


class PhoneLine(TenantOwned, Base):
    """What kind of line a number is, as the town was told, and until when to believe
    it. ``look_at`` is set while a worker ought to find out.
    """

    __tablename__ = "phone_line"
    __table_args__ = (
        UniqueConstraint("tenant_id", "number"),
        Index(
            "ix_phone_line_to_look_up",
            "tenant_id",
            "look_at",
            postgresql_where=text("look_at is not null"),
        ),
    )

    number: Mapped[str]
    line_type: Mapped[str] = mapped_column(String(20))  # "" until it is known
    good_until: Mapped[datetime | None]
    look_at: Mapped[datetime | None]
