"""Two whole towns as files, one English and one bilingual, to read and to copy."""

from __future__ import annotations

from importlib.resources import files

SUFFIX = ".toml"


def names() -> tuple[str, ...]:
    """The towns' slugs, in alphabetical order."""
    found = (each.name for each in files(__name__).iterdir())
    return tuple(sorted(n.removesuffix(SUFFIX) for n in found if n.endswith(SUFFIX)))


def text(name: str) -> str:
    """The town's file, as it is written."""
    return files(__name__).joinpath(name + SUFFIX).read_text(encoding="utf-8")
