"""Change the file of saved searches, keeping what the user has written in it: comments, order, spacing."""

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError

from shanxi_cli.errors import StateError
from shanxi_cli.paths import saved_searches_file
from shanxi_cli.query.ast import WordOperator
from shanxi_cli.search.saved_searches import SavedSearch, parse_saved_searches

_HEAD = """\
# Saved searches of shanxi: a table for each, with query, and if wanted words (any or all), sort, since and until.
# In a query, query:NAME stands for one; shanxi saved run NAME runs it.
"""


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
