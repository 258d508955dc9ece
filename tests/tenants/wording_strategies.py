"""Any words of a town's own for what it sends, as long as they would be accepted."""

from __future__ import annotations

from hypothesis import strategies as st

from tenants.town import Language, Text, Wording
from tenants.town.wording import RANGES, Range, Worded, WordedChannel, in_a_subject

WAYS: tuple[tuple[Worded, WordedChannel], ...] = tuple(
    (key, channel) for key, ways in RANGES.items() for channel in ways
)
# Signs that join with the one before them would change a value that they stand behind.
plain = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "M"], exclude_characters="{}"),
    max_size=30,
)


@st.composite
def spoken(draw: st.DrawFn, knows: Range) -> str:
    """What is needed, perhaps one thing more, and anything in between."""
    needed = [draw(st.sampled_from(group)) for group in knows.needs]
    more = draw(st.lists(st.sampled_from(knows.knows), max_size=1))
    names = draw(st.permutations([*needed, *more]))
    pieces = [draw(plain)]
    for name in names:
        pieces += [f"{{{name}}}", draw(plain)]
    return "".join(pieces).strip() or "…"


@st.composite
def wording(
    draw: st.DrawFn,
    way: tuple[Worded, WordedChannel],
    languages: tuple[Language, ...],
) -> Wording:
    key, channel = way
    knows = RANGES[key][channel]
    subject = channel == "email" and draw(st.booleans())
    about = in_a_subject(knows)
    return Wording(
        key=key,
        channel=channel,
        text=Text(**{each: draw(spoken(knows)) for each in languages}),
        subject=Text(**{e: draw(spoken(about)) for e in languages if subject}),
    )


def wordings(languages: tuple[Language, ...]) -> st.SearchStrategy[tuple[Wording, ...]]:
    few = st.lists(st.sampled_from(WAYS), unique=True, max_size=2)
    return few.flatmap(
        lambda ways: st.tuples(*(wording(each, languages) for each in ways))
    )
