"""Any town at all, as long as its file would be accepted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from hypothesis import strategies as st
from msgspec.structs import replace

from tenants.town import (
    WEEKDAYS,
    AnswerPhrase,
    Article,
    Category,
    Choice,
    Closure,
    Contact,
    Crew,
    Department,
    DutyDesk,
    FollowUps,
    Instruction,
    Key,
    Language,
    LifeSafety,
    Line,
    OpenHours,
    Policy,
    Promise,
    Question,
    Roster,
    ShownIf,
    Survey,
    Text,
    Town,
    Vacation,
)
from tests.tenants.larkfield import LARKFIELD
from tests.tenants.policy_strategies import Named, seasons, times, wishing
from tests.tenants.roster_strategies import few, rosters, windows
from tests.tenants.wording_strategies import wordings

Made = TypeVar("Made")
Some = st.SearchStrategy[tuple[Made, ...]]

keys = st.from_regex(r"\A[a-z0-9][a-z0-9-]{0,11}\Z")
# Anything a person could paste: quotes, line feeds, accents, control characters.
words = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="{}"), min_size=1
).filter(lambda written: bool(written.strip()))
phones = st.integers(2000, 9999).map(lambda number: f"+1312555{number}")
hours = st.floats(0.001, 8_760)
names = words.filter(lambda name: "\n" not in name)
levels = st.integers(1, 5)


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
    def targets(self) -> st.SearchStrategy[str]:
        people = [f"contact:{each}" for each in self.people]
        rosters = [f"roster:{each}" for each in self.rosters]
        others = ["department", "duty-desk", "crew:team", "number:+13125550199"]
        return st.sampled_from([*people, *rosters, *others])

    def crew(self, key: Key) -> st.SearchStrategy[Crew]:
        return st.builds(
            Crew,
            key=st.just(key),
            name=self.texts,
            department=st.sampled_from(self.departments),
            members=few(st.sampled_from(self.people), least=1),
        )

    @property
    def duty_desk(self) -> st.SearchStrategy[DutyDesk]:
        return st.builds(
            DutyDesk,
            name=names,
            phone=phones,
            mobile=st.none() | phones,
            email=st.none() | st.just("desk@larkfield.example"),
            language=st.sampled_from(self.languages),
        )

    def contact(self, key: Key) -> st.SearchStrategy[Contact]:
        return st.builds(
            Contact,
            key=st.just(key),
            name=names,
            department=st.sampled_from(self.departments),
            title=st.just(Text()) | self.texts,
            language=st.sampled_from(self.languages),
            mobile=st.none() | phones,
            landline=st.none() | phones,
            email=st.none() | st.just("ana@larkfield.example"),
            roles=few(keys),
            vacations=few(
                windows.map(lambda when: Vacation(starts=when[0], ends=when[1]))
            ),
        )

    def roster(self, key: Key) -> st.SearchStrategy[Roster]:
        return rosters(key, name=self.texts, people=st.sampled_from(self.people))

    def policy(self, key: Key) -> st.SearchStrategy[Policy]:
        named = Named(self.texts, self.targets, self.categories, self.departments)
        return named.policy(key)

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

    def article(self, key: Key) -> st.SearchStrategy[Article]:
        return st.builds(
            Article,
            key=st.just(key),
            title=self.texts,
            body=self.texts,
            audience=st.sampled_from(["public", "agents"]),
            categories=few(st.sampled_from(self.categories)),
            synonyms=few(words),
            pinned=st.booleans(),
            season=st.none() | seasons,
            valid_from=st.none() | st.just(date(2026, 2, 28)),
            valid_until=st.none() | st.just(date(2026, 3, 1)),
            order=st.integers(0, 999),
        )

    def instruction(self, key: Key) -> st.SearchStrategy[Instruction]:
        return st.builds(
            lambda when, **known: Instruction(starts=when[0], ends=when[1], **known),
            windows,
            key=st.just(key),
            text=self.texts,
            author=names,
            source=st.sampled_from(["email", "phone", "portal"]),
            called_back=st.just(value=True),
            approved_by=st.just("") | names,
            categories=few(st.sampled_from(self.categories)),
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
        contacts=draw(one_each(cast.people, lambda key: wishing(cast.contact(key)))),
        crews=draw(one_each(("team",), cast.crew)),
        duty_desk=draw(cast.duty_desk),
        rosters=draw(one_each(cast.rosters, cast.roster)),
        policies=(everything, *draw(policies)),
        survey=draw(surveys),
        messages=draw(wordings(cast.languages)),
        categories=draw(one_each(cast.categories, cast.category)),
        articles=draw(one_each(("answer",), cast.article)),
        instructions=draw(one_each(("tonight",), cast.instruction)),
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
