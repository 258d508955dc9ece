"""How long a sender's transaction may wait for others, and keep others waiting."""

from __future__ import annotations

from sqlalchemy import text

from townline.tenancy import TenantSession

# A claim behind a lock gives way, so that a lane goes on to the next town: another
# town's emergency must start within five seconds.
WAITS = "3s"
# Somebody is on the line, and is answered within two seconds (escalation.md).
WAITS_ON_THE_LINE = "800ms"
# A worker that was stopped, or whose host has vanished, holds its locks until its
# transaction is ended for it. None of ours takes a tenth of this.
LASTS = "10s"
# PostgreSQL before 17 has no transaction_timeout, and so misses a worker that was
# stopped between two statements of one round trip.
SET = text(
    """
    select set_config(name, allowed, true)
    from (values
      ('lock_timeout', cast(:waits as text)),
      ('idle_in_transaction_session_timeout', :lasts),
      ('transaction_timeout', :lasts)
    ) as limits (name, allowed)
    where current_setting(name, true) is not null
    """
)


def be_brisk(db: TenantSession, *, waits: str = WAITS) -> None:
    """For this transaction alone; PostgreSQL itself ends it if we cannot."""
    db.session.execute(SET, {"waits": waits, "lasts": LASTS})
