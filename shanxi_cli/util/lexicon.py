"""Word lists kept as data files: `shanxi_cli/<package>/data/<name>.txt`.

A file is UTF-8 with a term per line. A line that begins with `#` is a comment: the header says what the list is, where
it comes from and when it was compiled. Blank lines are skipped. A file is read when its list is first loaded, and once.
"""

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
