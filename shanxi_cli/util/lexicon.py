"""Word lists kept as data files: `shanxi_cli/<package>/data/<name>.txt`.

A file is UTF-8 with a term per line. A line that begins with `#` is a comment: the header says what the list is, where
it comes from and when it was compiled. Blank lines are skipped. A file is read when its list is first loaded, and once.
"""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_PACKAGE_DIRECTORY = Path(__file__).resolve().parent.parent


@cache
def load_list(name: str) -> tuple[str, ...]:
    """Return the terms of a word list in the order of its file.

    `name` is `<package>/<list>`: `analysis/surnames` reads `shanxi_cli/analysis/data/surnames.txt`.
    """
    package, _, stem = name.rpartition("/")
    text = (_PACKAGE_DIRECTORY / package / "data" / f"{stem}.txt").read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def load_terms(name: str) -> frozenset[str]:
    """Return the terms of a word list as a set; `name` as for `load_list`."""
    return frozenset(load_list(name))


def match_any_term(terms: Iterable[str]) -> str:
    """Return a regular expression without groups for any of some plain terms, in their order.

    Terms are grouped by their first two letters: `re` compares alternatives one after the other.
    """
    by_prefix: dict[str, dict[str, list[str]]] = {}
    for term in terms:
        by_prefix.setdefault(term[:1], {}).setdefault(term[1:2], []).append(re.escape(term[2:]))
    return _join_alternatives(
        re.escape(first)
        + _join_alternatives(re.escape(second) + _join_alternatives(rest) for second, rest in following.items())
        for first, following in by_prefix.items()
    )


def _join_alternatives(alternatives: Iterable[str]) -> str:
    return "(?:" + "|".join(alternatives) + ")"
