"""Paths of an archive and its index, from options and environment. Checks that folders exist and opens no file in them.

The archive is an ordered list of corpus folders; for each article id, the first folder that has it wins:

    --corpus (repeatable), else the archive of --archive; else SHANXI_CORPUS (separated like PATH), else the archive
    of SHANXI_ARCHIVE, else the default archive of config.toml (`settings`), else the user's own articles (if there
    are any), followed by the articles shipped with the program.

The index is `--index`, else that of the archive of --archive; else SHANXI_INDEX, else that of the archive that the
corpus is from, else `index/` of the checkout for the checkout's own archive, else a folder in the user's cache named by
a hash of the list, so that two archives never share an index. A checkout is recognised by this project's
`pyproject.toml` beside the package, never by the current folder.
"""

import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from shanxi_cli.errors import LocationError
from shanxi_cli.settings import NamedArchive, choose_archive, config_file, find_default_archive
from shanxi_cli.util.frozen_record import Record, replace_fields

_PACKAGE_FOLDER = Path(__file__).resolve().parent
_PROJECT_NAME = 'name = "shanxi"'


class Locations(Record):
    """Paths of an archive: its `corpus` folders in order, all existing and absolute, and its `index` folder.

    `fallback` is the index folder to use if the default one is not writable or is refused as unsafe; None if
    the user named the folder. `excluded` are patterns of files to leave out (`corpus.exclusions`).
    """

    corpus: tuple[str, ...]
    index: Path
    fallback: Path | None
    excluded: tuple[str, ...] = ()


class ChosenParts(Record):
    """Names of the corpus folders and of the index (empty: the default), each with what gave it, excluded patterns."""

    corpus: Sequence[str] = ()
    corpus_source: str = ""
    index: str = ""
    index_source: str = ""
    excluded: tuple[str, ...] = ()


def locate_archive(
    corpus: Sequence[str],
    index: str | None,
    environ: Mapping[str, str],
    excluded: Sequence[str] = (),
    archive: str | None = None,
) -> Locations:
    """Return the paths of the archive and its index, from options, environment and configuration.

    `archive` is a name of the user's configuration. With patterns of `excluded` files the default index is one of its
    own.

    Raise `LocationError` if a folder or an archive that the user named, or every default folder, is missing.
    """
    parts = choose_parts(corpus, index or "", environ, archive or "")
    folders = _check_folders(parts.corpus, parts.corpus_source) or _default_corpus()
    patterns = tuple(dict.fromkeys((*parts.excluded, *excluded)))
    index_name = parts.index
    if index_name:
        return Locations(folders, Path(os.path.abspath(os.path.expanduser(index_name))), None, patterns)
    cached = cache_folder() / cached_index_name(folders, patterns)
    checkout = checkout_folder()
    if checkout and not patterns and folders == (str(checkout / "corpus"),):
        return Locations(folders, checkout / "index", cached)
    return Locations(folders, cached, None, patterns)


def cached_index_name(folders: Sequence[str], excluded: Sequence[str] = ()) -> str:
    """Return the name of the folder, in the user's cache, with the index of a list of corpus folders.

    Patterns of `excluded` files are hashed on their own, behind a hyphen, so that the folders alone can be compared.
    """
    return "-".join(
        hashlib.sha256("\0".join(words).encode("utf-8", "surrogateescape")).hexdigest()[:16]
        for words in (folders, excluded)
        if words
    )


def checkout_folder() -> Path | None:
    """Return the root of the checkout that this package runs from; None if it is installed elsewhere."""
    project = _PACKAGE_FOLDER.parent / "pyproject.toml"
    try:
        with open(project, encoding="utf-8") as file:
            return project.parent if _PROJECT_NAME in file.read(2_000) else None
    except OSError:
        return None


def shipped_folder() -> Path | None:
    """Return the folder of the articles shipped with the program; None if they were removed."""
    checkout = checkout_folder()
    folder = checkout / "corpus" if checkout else _PACKAGE_FOLDER / "_articles"
    return folder if folder.is_dir() else None


def user_folder() -> Path:
    """Return the folder for the user's own articles; it need not exist."""
    from platformdirs import user_data_path  # lazy: needed for default paths only

    return user_data_path("shanxi", appauthor=False) / "articles"


def cache_folder() -> Path:
    """Return the folder for indexes of archives other than the checkout's; it need not exist."""
    from platformdirs import user_cache_path  # lazy, as above

    return user_cache_path("shanxi", appauthor=False) / "indexes"


def state_folder() -> Path:
    """Return the folder for what is remembered between runs; it need not exist."""
    from platformdirs import user_state_path  # lazy, as above

    return user_state_path("shanxi", appauthor=False)


def saved_searches_file() -> Path:
    """Return the file of the user's saved searches; it need not exist."""
    from platformdirs import user_config_path  # lazy, as above

    return user_config_path("shanxi", appauthor=False) / "saved.toml"


def default_folders() -> set[str]:
    """Return the folders that can be in the default archive, whether they exist or not."""
    return {os.path.realpath(folder) for folder in (user_folder(), shipped_folder()) if folder}


def choose_parts(corpus: Sequence[str], index: str, environ: Mapping[str, str], archive: str = "") -> ChosenParts:
    """Return what options, else the environment, else the configuration name."""
    from_options = ChosenParts(corpus, "--corpus" if corpus else "", index, "--index" if index else "")
    if archive:
        return _fill_parts(from_options, choose_archive(archive, "--archive"))
    parts = from_options
    if not index and (named := environ.get("SHANXI_INDEX", "")):
        parts = replace_fields(parts, index=named, index_source="SHANXI_INDEX")
    if corpus:
        return parts
    folders = [part for part in environ.get("SHANXI_CORPUS", "").split(os.pathsep) if part]
    if folders:
        return replace_fields(parts, corpus=folders, corpus_source="SHANXI_CORPUS")
    name = environ.get("SHANXI_ARCHIVE", "")
    chosen = choose_archive(name, "SHANXI_ARCHIVE") if name else find_default_archive()
    return _fill_parts(parts, chosen) if chosen else parts


def _fill_parts(parts: ChosenParts, archive: NamedArchive) -> ChosenParts:
    """Return parts with what they lack from an archive of the configuration."""
    source = f"archives.{archive.name} of {config_file()}"
    if not parts.corpus and archive.corpus:
        parts = replace_fields(parts, corpus=archive.corpus, corpus_source=source)
    if not parts.index and archive.index:
        parts = replace_fields(parts, index=archive.index, index_source=source)
    return replace_fields(parts, excluded=archive.excluded)


def _check_folders(names: Sequence[str], source: str) -> tuple[str, ...]:
    """Return the folders that `source` names, absolute. Raise `LocationError` for one that cannot be read."""
    folders = []
    for name in names:
        if not name:
            raise LocationError(f"{source} contains an empty folder name")
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
        raise LocationError(f"no articles found; put some into {own}, or pass their folder with --corpus")
    return tuple(dict.fromkeys(folders))


def _has_entries(folder: Path) -> bool:
    try:
        with os.scandir(folder) as entries:
            return any(not entry.name.startswith(".") for entry in entries)  # `.pages` alone is not an archive
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise LocationError(f"the folder of articles {folder} cannot be read: {error.strerror}") from error
