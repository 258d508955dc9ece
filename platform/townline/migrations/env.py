"""Alembic's way in. Two processes that migrate at once take turns."""

from __future__ import annotations

from alembic import context
from sqlalchemy import create_engine, text

from townline.entrypoints.tables import METADATA
from townline.roles import OWNER, refuse_wrong_role

# Any number that nothing else in the database uses as an advisory lock.
TURN = 8_311_001


def run() -> None:
    engine = create_engine(context.config.attributes["url"])
    with engine.connect() as connection:
        refuse_wrong_role(connection, OWNER)
        connection.execute(text("select pg_advisory_lock(:turn)"), {"turn": TURN})
        connection.commit()
        context.configure(
            connection=connection,
            target_metadata=METADATA,
            transaction_per_migration=True,
            compare_type=True,
            include_object=context.config.attributes.get("include_object"),
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
