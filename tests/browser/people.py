"""Everybody's account, as the demonstration opens it, but hashed only once a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select

from tests.browser.house import House
from townline import auth
from townline.auth import Account
from townline.entrypoints import seed


@dataclass(frozen=True, slots=True)
class People:
    """The rows of the accounts: argon2 takes a second for all of them, on purpose."""

    rows: list[dict[str, Any]]

    def move_in(self, house: House) -> None:
        """After the tables have been emptied, as they were."""
        with house.engine.everybody() as session:
            session.execute(insert(Account), self.rows)
        ids = {row["email"]: row["id"] for row in self.rows}
        for person in seed.PEOPLE:
            for slug in person.towns:
                with house.town(slug) as db:
                    account = ids[person.email]
                    auth.grant(db, account, role=person.role, at=house.clock())


def first_planted(house: House) -> People:
    seed.plant(house.engine.url)
    columns = Account.__table__.columns
    with house.engine.everybody() as session:
        found = session.execute(select(*columns)).mappings().all()
    return People([dict(row) for row in found])
