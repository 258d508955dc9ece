"""Any town at all, as long as its file would be accepted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from hypothesis import strategies as st
from msgspec.structs import replace

from tenants.town import (
    WEEKDAYS,
    Absence,
    AnswerPhrase,
    Category,
    Choice,
    Closure,
    Contact,
    Department,
    FollowUps,
    Key,
    Language,
    LifeSafety,
    Line,
    OpenHours,
    Override,
    Policy,
    Promise,
    Question,
    QuietHours,
    Roster,
    Rung,
    ShownIf,
    Step,
    Survey,
    Text,
    Town,
)
from tests.tenants.larkfield import LARKFIELD

Made = TypeVar("Made")
Some = st.SearchStrategy[tuple[Made, ...]]

keys = st.from_regex(r"\A[a-z0-9][a-z0-9-]{0,11}\Z")
# Anything a person could paste: quotes, line feeds, accents, control characters.
words = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="{}"), min_size=1
).filter(lambda written: bool(written.strip()))
phones = st.integers(2000, 9999).map(lambda number: f"+1312555{number}")
times = st.times().map(lambda each: each.replace(fold=0))
walls = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1))  # noqa: DTZ001
hours = st.floats(0.001, 8_760)
seconds = st.integers(0, 604_800)
levels = st.integers(1, 5)


def few(made: st.SearchStrategy[Made], *, least: int = 0) -> Some[Made]:
    return st.lists(made, min_size=least, max_size=2).map(tuple)


def one_each(
    keys: tuple[Key, ...], make: Callable[[Key], st.SearchStrategy[Made]]
) -> Some[Made]:
    return st.tuples(*(make(key) for key in keys))


@dataclass(frozen=True)
class Cast:
    """Who and what there is in a town, for its entries to refer to."""

    languages: tuple[Language, ...]
    departments: tuple[Key, ...]
    people: tuple[Key, ...]
    rosters: tuple[Key, ...]
    categories: tuple[Key, ...]

    @property
    def texts(self) -> st.SearchStrategy[Text]:
        return st.fixed_dictionaries(dict.fromkeys(self.languages, words)).map(
            lambda written: Text(**written)
        )

    @property
    def targets(self) -> Some[str]:
        people = [f"contact:{each}" for each in self.people]
        rosters = [f"roster:{each}" for each in self.rosters]
        return few(st.sampled_from([*people, *rosters, "department"]), least=1)

    def contact(self, key: Key) -> st.SearchStrategy[Contact]:
        return st.builds(
            Contact,
            key=st.just(key),
            name=words.filter(lambda name: "\n" not in name),
            department=st.sampled_from(self.departments),
            title=st.just(Text()) | self.texts,
            language=st.sampled_from(self.languages),
            mobile=st.none() | phones,
            landline=st.none() | phones,
            email=st.none() | st.just("ana@larkfield.example"),
        )

    def roster(self, key: Key) -> st.SearchStrategy[Roster]:
        people = st.sampled_from(self.people)
        windows = st.lists(walls, min_size=2, max_size=2, unique=True).map(sorted)
        return st.builds(
            Roster,
            key=st.just(key),
            name=self.texts,
            anchor=walls,
            days=st.integers(1, 366),
            members=few(people),
            overrides=few(
                st.builds(
                    lambda who, when: Override(
                        contact=who, starts=when[0], ends=when[1]
                    ),
                    people,
                    windows,
                )
            ),
            absences=few(
                st.builds(
                    lambda who, when: Absence(
                        contact=who, starts=when[0], ends=when[1]
                    ),
                    people,
                    windows,
                )
            ),
        )

    def policy(self, key: Key) -> st.SearchStrategy[Policy]:
        rung = st.builds(
            Rung, channel=st.sampled_from(["sms", "voice", "email"]), after=seconds
        )
        step = st.builds(
            Step,
            to=self.targets,
            rungs=few(rung, least=1),
            wait=seconds,
            repeat=st.integers(0, 5),
        )
        return st.builds(
            Policy,
            key=st.just(key),
            name=self.texts,
            levels=few(levels, least=1),
            categories=few(st.sampled_from(self.categories)),
            departments=few(st.sampled_from(self.departments)),
            hours=st.sampled_from(["any", "open", "closed"]),
            steps=few(step),
            rounds=st.integers(1, 10),
            last_resort=self.targets,
            last_resort_every=st.integers(60, 86_400),
            acceptances=levels,
            on_the_way_within=st.none() | seconds,
            on_site_within=st.none() | seconds,
            quiet=st.none() | st.builds(QuietHours, starts=times, ends=times),
        )

    def category(self, key: Key) -> st.SearchStrategy[Category]:
        maybe = st.none() | hours
        return st.builds(
            Category,
            key=st.just(key),
            name=self.texts,
            kind=st.sampled_from(["information", "complaint", "problem", "request"]),
            department=st.sampled_from(self.departments),
            level=levels,
            promise=st.builds(
                Promise,
                hours=hours,
                clock=st.sampled_from(["elapsed", "business"]),
                say=self.texts,
            ),
            synonyms=few(words),
            questions=st.just(()) | self.questions,
            proof=st.sampled_from(["none", "note", "photo"]),
            follow_ups=st.builds(
                FollowUps,
                remind_holder_after=maybe,
                tell_resident_before=maybe,
                call_back_after=maybe,
            ),
            survey=st.booleans(),
            public=st.booleans(),
        )

    @property
    def questions(self) -> Some[Question]:
        choice = st.builds(
            Choice,
            key=keys,
            label=self.texts,
            raises_to=st.none() | levels,
            stops=st.none() | st.just("911"),
            say=self.texts,
        )
        first = st.builds(
            Question,
            key=st.just("first"),
            ask=self.texts,
            choices=st.lists(
                choice, min_size=1, max_size=3, unique_by=lambda each: each.key
            ).map(tuple),
            required=st.booleans(),
        )
        second = st.builds(
            Question,
            key=st.just("second"),
            ask=self.texts,
            type=st.sampled_from(["text", "number"]),
            required=st.booleans(),
        )
        return st.builds(_second_hangs_on_first, first, second)


def _second_hangs_on_first(first: Question, second: Question) -> tuple[Question, ...]:
    need = ShownIf(question=first.key, answers=(first.choices[-1].key,))
    return first, replace(second, shown_if=need)


@st.composite
def casts(draw: st.DrawFn) -> Cast:
    some_keys = st.lists(keys, min_size=1, max_size=2, unique=True).map(tuple)
    spoken: list[tuple[Language, ...]] = [("en",), ("fr",), ("en", "fr"), ("fr", "en")]
    return Cast(
        languages=draw(st.sampled_from(spoken)),
        departments=draw(some_keys),
        people=draw(some_keys),
        rosters=draw(some_keys),
        categories=draw(some_keys),
    )


@st.composite
def towns(draw: st.DrawFn) -> Town:
    cast = draw(casts())
    text = draw(cast.texts)
    everything = replace(
        LARKFIELD.policies[0], name=text, steps=(), last_resort=("department",)
    )
    policies = one_each(("first", "second"), cast.policy)
    return replace(
        LARKFIELD,
        name=text,
        languages=cast.languages,
        lines=(Line(number=draw(phones), label=text, language=cast.languages[0]),),
        hours=draw(few(opening, least=1)),
        closures=draw(few(closing(cast.texts))),
        phrases=draw(answering(cast.texts)),
        life_safety=draw(few(asking(cast.texts)))[:1],
        departments=tuple(Department(key=key, name=text) for key in cast.departments),
        contacts=draw(one_each(cast.people, cast.contact)),
        rosters=draw(one_each(cast.rosters, cast.roster)),
        policies=(everything, *draw(policies)),
        survey=draw(surveys),
        categories=draw(one_each(cast.categories, cast.category)),
    )


opening = st.builds(
    OpenHours,
    days=few(st.sampled_from(WEEKDAYS), least=1),
    opens=times,
    closes=times,
)
surveys = st.builds(
    Survey,
    after_hours=hours,
    percent=st.integers(0, 100),
    not_again_days=st.integers(0, 366),
)


def closing(texts: st.SearchStrategy[Text]) -> st.SearchStrategy[Closure]:
    whole = st.builds(Closure, day=st.dates(), name=texts)
    part = st.builds(Closure, day=st.dates(), name=texts, opens=times, closes=times)
    return whole | part


def answering(
    texts: st.SearchStrategy[Text],
) -> st.SearchStrategy[tuple[AnswerPhrase, ...]]:
    return st.tuples(
        *(
            st.builds(AnswerPhrase, when=st.just(when), agent=texts, greeting=texts)
            for when in ("open", "closed", "holiday")
        )
    )


def asking(texts: st.SearchStrategy[Text]) -> st.SearchStrategy[LifeSafety]:
    return st.builds(LifeSafety, key=st.just("hurt"), ask=texts, say=texts)
