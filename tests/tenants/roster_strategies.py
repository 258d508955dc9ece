"""Any roster at all, as long as its file would be accepted."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from hypothesis import strategies as st

from tenants.town import Absence, Key, Override, Roster, Temporary, Text

Made = TypeVar("Made")
Some = st.SearchStrategy[tuple[Made, ...]]

walls = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1))  # noqa: DTZ001
windows = st.lists(walls, min_size=2, max_size=2, unique=True).map(sorted)


def few(made: st.SearchStrategy[Made], *, least: int = 0) -> Some[Made]:
    return st.lists(made, min_size=least, max_size=2).map(tuple)


def rosters(
    key: Key, *, name: st.SearchStrategy[Text], people: st.SearchStrategy[Key]
) -> st.SearchStrategy[Roster]:
    return st.builds(
        Roster,
        key=st.just(key),
        name=name,
        anchor=walls,
        days=st.integers(1, 366),
        members=few(people),
        overrides=few(
            st.builds(
                lambda who, when: Override(contact=who, starts=when[0], ends=when[1]),
                people,
                windows,
            )
        ),
        absences=few(
            st.builds(
                lambda who, when: Absence(contact=who, starts=when[0], ends=when[1]),
                people,
                windows,
            )
        ),
        temporary=few(
            st.builds(
                lambda when, members, anchor: Temporary(
                    starts=when[0],
                    ends=when[1],
                    days=1,
                    members=members,
                    anchor=anchor,
                ),
                windows,
                few(people, least=1),
                st.none() | walls,
            )
        ),
    )
