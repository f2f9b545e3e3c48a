"""Paths of an archive and its index, from options and environment. Checks that folders exist and opens no file in them.

The archive is an ordered list of corpus folders; for each article id, the first folder that has it wins:

    --corpus (repeatable), else the archive of --archive; else SHANXI_CORPUS (separated like PATH), else the archive
    of SHANXI_ARCHIVE, else the default archive of config.toml (`settings`), else the user's own articles (if there
    are any), followed by the articles shipped with the program.

The index is `--index`, else that of the archive of --archive; else SHANXI_INDEX, else that of the archive that the
corpus is from, else `index/` of the checkout for the checkout's own archive, else a folder in the user's cache named by
a hash of the list, so that two archives never share an index. A checkout is recognised by this project's
`pyproject.toml` beside the package, never by the current folder.

The index may be one that a cluster keeps (`RemoteIndex`). Then the corpus is what the same source, or one that
overrides it, names: options, else environment, else configuration. Without one the index is only read; the command that
builds it takes the corpus that the list above gives.
"""

import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from shanxi_cli.errors import LocationError
from shanxi_cli.settings import choose_archive, config_file, find_default_archive
from shanxi_cli.settings.address_forms import is_address
from shanxi_cli.util.frozen_record import Record, replace_fields
from shanxi_cli.util.user_folders import UserFolder, find_user_folder

if TYPE_CHECKING:
    from shanxi_cli.model.remote_index import RemoteIndex
    from shanxi_cli.settings.config_reader import NamedArchive

_PACKAGE_FOLDER = Path(__file__).resolve().parent
_PROJECT_NAME = 'name = "shanxi"'


class Locations(Record):
    """Paths of an archive: its `corpus` folders in order, all existing and absolute, and its `index` folder.

    `fallback` is the index folder to use if the default one is not writable or is refused as unsafe; None if
    the user named the folder. `excluded` are patterns of files to leave out (`corpus.exclusions`).

    `remote` is the index that a cluster keeps; `index` is then what this machine stores about it. Without a corpus such
    an index is only read, and nothing is in `index`. `notice` is a line for the user about the connection, or empty.
    """

    corpus: tuple[str, ...]
    index: Path
    fallback: Path | None
    excluded: tuple[str, ...] = ()
    remote: "RemoteIndex | None" = None
    notice: str = ""


class ArchiveChoice(Record):
    """Names that options give: corpus folders, index folder or address, patterns of files to leave out, archive.

    Empty: not given. `archive` is a name of the user's configuration. `insecure` allows `http` to another machine.
    """

    corpus: Sequence[str] = ()
    index: str = ""
    excluded: Sequence[str] = ()
    archive: str = ""
    insecure: bool = False


class ChosenParts(Record):
    """Names of the corpus folders and of the index (empty: the default), each with what gave it, excluded patterns.

    A rank is 0 for what an option names, 1 for the environment, 2 for the configuration alone.
    """

    corpus: Sequence[str] = ()
    corpus_source: str = ""
    index: str = ""
    index_source: str = ""
    excluded: tuple[str, ...] = ()
    remote: "RemoteIndex | None" = None
    notice: str = ""
    corpus_rank: int = 0
    index_rank: int = 0

    @property
    def only_read(self) -> bool:
        """True for an index of a cluster whose corpus was not given with it."""
        return self.remote is not None and (not self.corpus_source or self.corpus_rank > self.index_rank)


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
    return locate_choice(ArchiveChoice(corpus, index or "", excluded, archive or ""), environ)


def locate_choice(choice: ArchiveChoice, environ: Mapping[str, str], *, builds: bool = False) -> Locations:
    """Return the paths as `locate_archive` does; to build an index of a cluster (`builds`) always with a corpus."""
    parts = choose_parts(choice, environ)
    if parts.remote and choice.excluded and not builds:
        raise LocationError("others read this index, so only shanxi index leaves files out of it (--exclude)")
    if parts.only_read and not builds:
        return _locate_read_only(parts)
    folders = _check_folders(parts.corpus, parts.corpus_source) or _default_corpus()
    patterns = tuple(dict.fromkeys((*parts.excluded, *choice.excluded)))
    if parts.remote:
        cached = cache_folder() / cached_index_name(folders, patterns, parts.remote)
        return Locations(folders, cached, None, patterns, parts.remote, parts.notice)
    if parts.index:
        return Locations(folders, Path(os.path.abspath(os.path.expanduser(parts.index))), None, patterns)
    cached = cache_folder() / cached_index_name(folders, patterns)
    checkout = checkout_folder()
    if checkout and not patterns and folders == (str(checkout / "corpus"),):
        return Locations(folders, checkout / "index", cached)
    return Locations(folders, cached, None, patterns)


def _locate_read_only(parts: ChosenParts) -> Locations:
    cached = cache_folder() / cached_index_name((), (), parts.remote)
    return Locations((), cached, None, (), parts.remote, parts.notice)


def cached_index_name(folders: Sequence[str], excluded: Sequence[str] = (), remote: "RemoteIndex | None" = None) -> str:
    """Return the name of the folder, in the user's cache, with the index of a list of corpus folders.

    Patterns of `excluded` files, and an index of a cluster, are hashed on their own, behind a hyphen, so that the
    folders alone can be compared.
    """
    others = [*excluded, "", *sorted(remote.urls), remote.name] if remote else excluded
    return "-".join(
        hashlib.sha256("\0".join(words).encode("utf-8", "surrogateescape")).hexdigest()[:16]
        for words in (folders, others)
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
    return find_user_folder(UserFolder.DATA) / "articles"


def cache_folder() -> Path:
    """Return the folder for indexes of archives other than the checkout's; it need not exist."""
    return find_user_folder(UserFolder.CACHE) / "indexes"


def state_folder() -> Path:
    """Return the folder for what is remembered between runs; it need not exist."""
    return find_user_folder(UserFolder.STATE)


def saved_searches_file() -> Path:
    """Return the file of the user's saved searches; it need not exist."""
    return find_user_folder(UserFolder.CONFIG) / "saved.toml"


def default_folders() -> set[str]:
    """Return the folders that can be in the default archive, whether they exist or not."""
    return {os.path.realpath(folder) for folder in (user_folder(), shipped_folder()) if folder}


def choose_parts(choice: ArchiveChoice, environ: Mapping[str, str]) -> ChosenParts:
    """Return what options, else the environment, else the configuration name."""
    corpus, index = choice.corpus, choice.index
    parts = ChosenParts(corpus, "--corpus" if corpus else "", index, "--index" if index else "")
    if choice.archive:
        parts = _fill_parts(parts, choose_archive(choice.archive, "--archive"), 0)
    else:
        parts = _choose_from_environment(parts, environ)
    if not parts.remote and not is_address(parts.index):
        return parts
    from shanxi_cli.settings import remote_address  # lazy: most indexes are on this machine

    remote = parts.remote or remote_address.read_address(parts.index, parts.index_source, environ)
    remote = replace_fields(remote, insecure=remote.insecure or choice.insecure)
    remote_address.check_connection(remote, parts.index_source)
    return replace_fields(parts, remote=remote, notice=remote_address.describe_plain_nodes(remote))


def _choose_from_environment(parts: ChosenParts, environ: Mapping[str, str]) -> ChosenParts:
    """Return parts with what they lack from the environment, else the configuration."""
    if not parts.index and (named := environ.get("SHANXI_INDEX", "")):
        parts = replace_fields(parts, index=named, index_source="SHANXI_INDEX", index_rank=1)
    if parts.corpus:
        return parts
    folders = [part for part in environ.get("SHANXI_CORPUS", "").split(os.pathsep) if part]
    if folders:
        return replace_fields(parts, corpus=folders, corpus_source="SHANXI_CORPUS", corpus_rank=1)
    name = environ.get("SHANXI_ARCHIVE", "")
    chosen = choose_archive(name, "SHANXI_ARCHIVE") if name else find_default_archive()
    return _fill_parts(parts, chosen, 1 if name else 2) if chosen else parts


def _fill_parts(parts: ChosenParts, archive: "NamedArchive", rank: int) -> ChosenParts:
    """Return parts with what they lack from an archive of the configuration."""
    source = f"archives.{archive.name} of {config_file()}"
    if not parts.corpus and archive.corpus:
        parts = replace_fields(parts, corpus=archive.corpus, corpus_source=source, corpus_rank=rank)
    if not parts.index and (archive.index or archive.remote):
        remote, index = archive.remote, archive.index
        parts = replace_fields(parts, index=index, index_source=source, remote=remote, index_rank=rank)
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
