"""Change the file of saved searches, keeping what the user has written in it: comments, order, spacing."""

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError

from shanxi_cli.errors import StateError, UsageError
from shanxi_cli.paths import saved_searches_file, state_folder
from shanxi_cli.query.ast import WordOperator
from shanxi_cli.query.parser import parse_query
from shanxi_cli.search.saved_expansion import expand_saved_searches, parse_day_limits
from shanxi_cli.search.saved_searches import (
    NAME_RULE,
    SavedSearch,
    is_search_name,
    load_saved_searches,
    parse_saved_searches,
)
from shanxi_cli.search.searcher import compile_query
from shanxi_cli.state.files import lock_state

LOCK_WAIT = 10.0
"""Seconds to wait for another process that changes the file."""
_HEAD = """\
# Saved searches of shanxi: a table for each, with query, and if wanted words (any or all), sort, since and until.
# In a query, query:NAME stands for one; shanxi saved run NAME runs it.
"""


def add_search(search: SavedSearch, today: date, *, force: bool) -> None:
    """Check a search and write it; with `force` it may replace one of its name.

    Raise `UsageError` for a bad name or date, `QueryError` for a mistake in the query, `StateError` as `write_search`.
    """
    if not is_search_name(search.name):
        raise UsageError(f"{search.name} is no name for a saved search; a name has {NAME_RULE}")
    compile_query(search.query, search.words, today)  # with the place of a mistake
    try:
        parse_day_limits(search.since, search.until, today)
    except ValueError as error:
        raise UsageError(str(error)) from error
    with lock_state(state_folder(), LOCK_WAIT):
        searches = load_saved_searches()
        same = next((name for name in searches if name.casefold() == search.name.casefold()), None)
        if same is not None and (same != search.name or not force):
            advice = "use another name" if same != search.name else "--force replaces it"
            raise UsageError(f"there is a saved search {same} already; {advice}")
        text = f"query:{search.name}"
        candidates = {**searches, search.name: search}
        expand_saved_searches(parse_query(text, WordOperator.ANY), text, candidates, today)
        write_search(search)


def write_search(search: SavedSearch) -> None:
    """Add a search to the file, or replace the one of its name. Raise `StateError`."""

    def change(document: tomlkit.TOMLDocument) -> None:
        table = tomlkit.table()
        for key, value in list_search_values(search).items():
            table.add(key, value)
        if search.name in document:
            document[search.name] = table
        else:
            if document.as_string().strip():
                document.add(tomlkit.nl())
            document.add(search.name, table)

    _change_file(change)


def delete_searches(names: Sequence[str]) -> None:
    """Remove searches from the file. Raise `StateError`."""

    def change(document: tomlkit.TOMLDocument) -> None:
        for name in names:
            document.remove(name)

    _change_file(change)


def list_search_values(search: SavedSearch) -> dict[str, str]:
    """Return a search as the keys and values of its table; those with their default are left out."""
    values = {"query": search.query}
    if search.words is WordOperator.ALL:
        values["words"] = search.words.value
    if search.sort is not None:
        values["sort"] = search.sort.value
    return {**values, **{k: v for k, v in (("since", search.since), ("until", search.until)) if v}}


def _change_file(change: Callable[[tomlkit.TOMLDocument], None]) -> None:
    path = Path(os.path.realpath(saved_searches_file()))  # it may be a link into a repository of settings
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        text = path.read_text(encoding="utf-8") if path.exists() else _HEAD
        document = tomlkit.parse(text)
        change(document)
        changed = tomlkit.dumps(document)
        parse_saved_searches(changed, path)  # before it takes the place of the old one
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(temporary, "w", encoding="utf-8") as file:
            file.write(changed)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            temporary.chmod(path.stat().st_mode & 0o777)
        temporary.replace(path)
    except OSError as error:
        raise StateError(f"{path} cannot be written: {error.strerror}") from error
    except TOMLKitError as error:
        raise StateError(f"{path} cannot be changed: {error}; edit it by hand") from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
