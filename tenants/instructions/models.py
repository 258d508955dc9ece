"""Who has read which words of an instruction, and when."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from townline.db import Base
from townline.tenancy import TenantOwned


class InstructionReceipt(TenantOwned, Base):
    """``digest`` is of the words that were read; changed ones are asked for again."""

    __tablename__ = "instruction_receipt"
    __table_args__ = (
        UniqueConstraint(
            "tenant_id",
            "instruction",
            "digest",
            "account_id",
            name="uq_instruction_receipt_reader",
        ),
    )

    instruction: Mapped[str] = mapped_column(String(40))
    digest: Mapped[str] = mapped_column(String(32))
    account_id: Mapped[UUID]
    reader: Mapped[str]
    read_at: Mapped[datetime]
