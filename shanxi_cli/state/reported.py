"""Articles that `saved run --new` has reported: for each archive and saved search their ids, with checksums.

The checksum of the file makes an article known under a new id too, so that a renamed file is no news, and tells
whether the article has changed since. It is empty where it was not known.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from enum import Enum
from pathlib import Path

from shanxi_cli.errors import StateError
from shanxi_cli.paths import state_folder
from shanxi_cli.state.files import REPORTED, archive_state_folder, load_table, save_table


class News(Enum):
    """The reason why an article is reported."""

    NEW = "new"
    CHANGED = "changed"


def load_reported(roots: Sequence[str], name: str) -> dict[str, str]:
    """Return the checksums by id of what was reported for a search; none if it never ran. Raise `StateError`."""
    return load_table(_table_path(archive_state_folder(roots), name), REPORTED)


def save_reported(roots: Sequence[str], name: str, reported: Mapping[str, str]) -> None:
    """Replace what was reported for a search, atomically. Raise `StateError`."""
    save_table(_table_path(archive_state_folder(roots), name), REPORTED, reported)


def forget_reported(name: str) -> None:
    """Remove what was reported for a search, of all archives. Raise `StateError`."""
    for folder in (state_folder() / "archives").glob("*"):
        path = _table_path(folder, name)
        try:
            with suppress(FileNotFoundError):
                path.unlink()
        except OSError as error:
            raise StateError(f"{path} cannot be removed: {error.strerror}") from error


def select_news(
    reported: Mapping[str, str], ids: Iterable[str], checksums: Mapping[str, str], *, changed: bool
) -> dict[str, News]:
    """Return the ids that are news, in their order; with `changed` also those whose article is another one by now.

    An article whose checksum was reported under another id is none.
    """
    known = set(reported.values()) - {""}
    news = {}
    for article_id in ids:
        checksum = checksums.get(article_id, "")
        if article_id not in reported:
            if checksum not in known:
                news[article_id] = News.NEW
        elif changed and checksum and reported[article_id] not in ("", checksum):
            news[article_id] = News.CHANGED
    return news


def _table_path(folder: Path, name: str) -> Path:
    return folder / "reported" / f"{name}.json"
