"""Where an archive and its index are. It reads settings and looks which folders exist, and no further.

The archive is an ordered list of corpus folders, the first that has an id winning:

    --corpus (repeatable), else SHANXI_CORPUS (separated as PATH is), else the user's own articles
    (when there are any) before the articles that come with the program.

Its index is `--index`, else SHANXI_INDEX, else `index/` of the checkout for the checkout's own
archive, else a folder in the user's cache named by a hash of the list: two archives never share an
index. A checkout is known by this project's `pyproject.toml` beside the package, never by the
current folder.
"""

import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from shanxi_cli.errors import LocationError
from shanxi_cli.util.frozen_record import Record

_PACKAGE_FOLDER = Path(__file__).resolve().parent
_PROJECT_NAME = 'name = "shanxi"'


class Locations(Record):
    """Where things are: `corpus` folders in their order, all existing and absolute; the `index` folder.

    `fallback` is the index folder to use when the default one cannot be written or is refused; it
    is None when the reader named the folder.
    """

    corpus: tuple[str, ...]
    index: Path
    fallback: Path | None


def locate_archive(corpus: Sequence[str], index: str | None, environ: Mapping[str, str]) -> Locations:
    """Where the archive and its index are, from options and environment.

    `LocationError` when a folder that the reader named, or every default one, is not there.
    """
    folders = _named_corpus(corpus, environ) or _default_corpus()
    named = index or environ.get("SHANXI_INDEX")
    if named:
        return Locations(folders, Path(os.path.abspath(os.path.expanduser(named))), None)
    cached = cache_folder() / hashlib.sha256("\0".join(folders).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    checkout = checkout_folder()
    if checkout and folders == (str(checkout / "corpus"),):
        return Locations(folders, checkout / "index", cached)
    return Locations(folders, cached, None)


def checkout_folder() -> Path | None:
    """The folder of the checkout that this package runs from; None when it is installed elsewhere."""
    project = _PACKAGE_FOLDER.parent / "pyproject.toml"
    try:
        with open(project, encoding="utf-8") as file:
            return project.parent if _PROJECT_NAME in file.read(2_000) else None
    except OSError:
        return None


def shipped_folder() -> Path | None:
    """The articles that come with the program; None when they were taken out."""
    checkout = checkout_folder()
    folder = checkout / "corpus" if checkout else _PACKAGE_FOLDER / "_articles"
    return folder if folder.is_dir() else None


def user_folder() -> Path:
    """Where a user's own articles are kept; it need not exist."""
    from platformdirs import user_data_path  # loaded only when a default place is asked for

    return user_data_path("shanxi", appauthor=False) / "articles"


def cache_folder() -> Path:
    """Where indexes of other archives than the checkout's are kept; it need not exist."""
    from platformdirs import user_cache_path  # as above

    return user_cache_path("shanxi", appauthor=False) / "indexes"


def _named_corpus(options: Sequence[str], environ: Mapping[str, str]) -> tuple[str, ...]:
    named = list(options) or [part for part in environ.get("SHANXI_CORPUS", "").split(os.pathsep) if part]
    source = "--corpus" if options else "SHANXI_CORPUS"
    folders = []
    for name in named:
        if not name:
            raise LocationError(f"{source} names no folder")
        folder = os.path.realpath(os.path.expanduser(name))
        if not os.path.isdir(folder):
            reason = "is not a folder" if os.path.exists(folder) else "does not exist"
            raise LocationError(f"the corpus folder {name} ({source}) {reason}")
        if not os.access(folder, os.R_OK | os.X_OK):
            raise LocationError(f"the corpus folder {name} ({source}) cannot be read: Permission denied")
        if folder not in folders:
            folders.append(folder)
    return tuple(folders)


def _default_corpus() -> tuple[str, ...]:
    own, shipped = user_folder(), shipped_folder()
    folders = [os.path.realpath(folder) for folder in (own, shipped) if folder and _has_entries(folder)]
    if not folders:
        raise LocationError(f"there are no articles: put some into {own}, or name their folder with --corpus")
    return tuple(dict.fromkeys(folders))


def _has_entries(folder: Path) -> bool:
    try:
        with os.scandir(folder) as entries:
            return any(not entry.name.startswith(".") for entry in entries)  # `.pages` alone is no archive
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise LocationError(f"the folder of articles {folder} cannot be read: {error.strerror}") from error
