"""Saved searches: the user's own file of them, TOML with a table for each.

    [coal-datong]
    query = "coal place:Datong"
    words = "all"          # or "any", the default, as for `shanxi search`
    sort = "newest"        # default: by relevance
    since = "-30d"         # and until: dates, as of the options

`query:coal-datong` in a query stands for it (`saved_expansion`).
"""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from shanxi_cli.errors import StateError
from shanxi_cli.model.results import HitOrder
from shanxi_cli.paths import saved_searches_file
from shanxi_cli.query.ast import WordOperator
from shanxi_cli.util.closest_names import closest_name, format_suggestion
from shanxi_cli.util.frozen_record import Record
from shanxi_cli.util.unicode import normalize_nfc

NAME_RULE = "letters, digits, hyphens, dots and underscores, the first a letter or digit, 64 at most"
_NAME = re.compile(r"[^\W_][\w.-]{0,63}")
_KEYS = ("query", "words", "sort", "since", "until")


class SavedSearch(Record):
    """A query with its name, the operator between its words, its order (None: by relevance), and limits of dates.

    `since` and `until` are as typed, empty for none.
    """

    name: str
    query: str
    words: WordOperator = WordOperator.ANY
    sort: HitOrder | None = None
    since: str = ""
    until: str = ""


def is_search_name(name: str) -> bool:
    """Return True if a search can have this name; see `NAME_RULE`."""
    return _NAME.fullmatch(name) is not None


def load_saved_searches() -> dict[str, SavedSearch]:
    """Return the user's saved searches by name, in the order of the file; none without one.

    Raise `StateError` for a file that cannot be read, with the place of the mistake.
    """
    path = saved_searches_file()
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise StateError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise StateError(f"{path} is not UTF-8; correct it, or move it away") from error
    return parse_saved_searches(text, path)


def parse_saved_searches(text: str, path: Path) -> dict[str, SavedSearch]:
    """Return the saved searches in the text of the file `path`; raise as `load_saved_searches`."""
    try:
        tables = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise StateError(f"{path} is no valid TOML: {error}; correct it there") from error
    searches = (_read_table(normalize_nfc(name), table, path) for name, table in tables.items())
    return {search.name: search for search in searches}


def suggest_search(name: str, searches: Mapping[str, SavedSearch]) -> str:
    """Return advice on the name of a search that does not exist."""
    close = closest_name(name, searches) or closest_name(name.lower(), {n.lower(): n for n in searches})
    known = f"the saved searches are {', '.join(searches)}" if searches else "save one: shanxi saved add NAME QUERY"
    return format_suggestion(close, known)


def _read_table(name: str, table: Any, path: Path) -> SavedSearch:
    def fail(reason: str) -> StateError:
        return StateError(f"{path}: [{name}] {reason}")

    if not is_search_name(name):
        raise fail(f"is no name for a search; a name has {NAME_RULE}")
    if not isinstance(table, dict):
        raise fail('is no table; write [NAME], and below it query = "..."')
    for key, value in table.items():
        if key not in _KEYS:
            raise fail(f"has the unknown key {key}; {_advise_key(key)}")
        if not isinstance(value, str):
            raise fail(f"{key} is not in quotes")
    if not table.get("query", "").strip():
        raise fail('has no query; write query = "..." below it')
    choices = {"words": [o.value for o in WordOperator], "sort": [o.value for o in HitOrder]}
    for key, values in choices.items():
        if table.get(key) not in (None, *values):
            raise fail(f"{key} is {table[key]!r}; it can be {', '.join(values)}")
    return SavedSearch(
        *(name, table["query"], WordOperator(table.get("words", "any"))),
        HitOrder(table["sort"]) if "sort" in table else None,
        *(table.get("since", ""), table.get("until", "")),
    )


def _advise_key(key: str) -> str:
    return format_suggestion(closest_name(key, _KEYS), f"the keys are {', '.join(_KEYS)}")
