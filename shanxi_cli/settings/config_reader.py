"""Reads the user's `config.toml`, where an archive is chosen by name or by default.

    default = "press"
    semantic = true                    # search ranks by meaning too (docs/semantic.md)

    [archives.press]
    corpus = ["~/press", "notes"]      # folders, in order; relative to the folder of the file
    index = "~/press-index"            # by default in the cache
    exclude = ["drafts/"]              # patterns of files to leave out

    [archives.library]                 # an index that a cluster keeps (docs/opensearch.md)
    engine = "opensearch"
    url = ["https://a:9200", "https://b:9200"]
    name = "library"                   # by default the name of the archive
    ca = "library-ca.pem"              # certificates to trust instead of those of the system
    auth = "env:LIBRARY_AUTH"          # where the credentials come from; never the credentials

Every mistake is one line that names the file and the place.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from shanxi_cli.errors import LocationError
from shanxi_cli.model.remote_index import RemoteIndex
from shanxi_cli.settings.address_forms import is_address
from shanxi_cli.util.closest_names import closest_name, format_suggestion
from shanxi_cli.util.frozen_record import Record

_MAX_BYTES = 1_000_000
_KEYS = ("default", "semantic", "archives")
_ENGINES = ("whoosh", "opensearch")
_LOCAL_KEYS = ("corpus", "index", "exclude")
_REMOTE_KEYS = ("url", "name", "ca", "auth", "insecure")
_ARCHIVE_KEYS = (*_LOCAL_KEYS, "engine", *_REMOTE_KEYS)


class NamedArchive(Record):
    """An archive of the file: absolute folders, and patterns of files to leave out. Empty: not given.

    `remote` is the index of an archive whose engine is a cluster, which has no folder `index`.
    """

    name: str
    corpus: tuple[str, ...] = ()
    index: str = ""
    excluded: tuple[str, ...] = ()
    remote: RemoteIndex | None = None


class Settings(Record):
    """Contents of the file: archives by name, in its order, and the name of the default one; empty without one.

    `semantic` makes `search` rank by meaning too.
    """

    archives: Mapping[str, NamedArchive]
    default: str = ""
    semantic: bool = False


NO_SETTINGS = Settings({})


def load_settings(path: Path) -> Settings:
    """Return what a file says; `NO_SETTINGS` where it does not exist. Raise `LocationError` for a mistake in it."""
    try:
        with open(path, "rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        return NO_SETTINGS
    except OSError as error:
        raise LocationError(f"cannot read {path}: {error.strerror}") from error
    if len(data) > _MAX_BYTES:
        raise LocationError(f"{path}: more than {_MAX_BYTES:,} bytes")
    return _read_settings(_parse_toml(data, path), path)


def _parse_toml(data: bytes, path: Path) -> dict[str, Any]:
    import tomllib  # lazy: few have a configuration

    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise LocationError(f"{path}: not UTF-8") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise LocationError(f"{path}: broken TOML: {' '.join(str(error).split())}") from error


def _read_settings(values: Mapping[str, Any], path: Path) -> Settings:
    _check_keys(values, _KEYS, f"{path}: ")
    tables = values.get("archives", {})
    if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
        raise LocationError(f"{path}: archives are tables, as [archives.press]")
    archives = {name: _read_archive(name, table, path) for name, table in tables.items()}
    default = values.get("default", "")
    if default not in ("", *archives):
        raise LocationError(f"{path}: default: there is no [archives.{default}]")
    semantic = values.get("semantic", False)
    if not isinstance(semantic, bool):
        raise LocationError(f"{path}: semantic: true or false")
    return Settings(archives, default, semantic)


def _read_archive(name: str, table: Mapping[str, Any], path: Path) -> NamedArchive:
    where = f"{path}: archives.{name}: "
    if not name or name.startswith("-") or not name.isprintable():
        raise LocationError(f"{path}: archives: {name!r} cannot be a name")
    _check_keys(table, _ARCHIVE_KEYS, where)
    corpus, index, excluded = (_read_texts(table, key, where) for key in _LOCAL_KEYS)
    if len(index) > 1:
        raise LocationError(f"{where}index: one folder")
    folders = tuple(_resolve(folder, path) for folder in corpus)
    if _is_remote(table, where):
        remote = _read_remote(table, name, path)
        return NamedArchive(name, folders, "", excluded, remote)
    return NamedArchive(name, folders, _resolve(index[0], path) if index else "", excluded)


def _is_remote(table: Mapping[str, Any], where: str) -> bool:
    """Return True if a cluster keeps the index. Raise `LocationError` for keys of the other engine."""
    engine = table.get("engine", "whoosh")
    if engine not in _ENGINES:
        known = " or ".join(f'"{each}"' for each in _ENGINES)
        raise LocationError(f"{where}engine: {known}")
    if engine == "whoosh":
        if other := next((key for key in table if key in _REMOTE_KEYS), ""):
            raise LocationError(f'{where}{other}: only with engine = "opensearch"')
        if any(map(is_address, _read_texts(table, "index", where))):
            raise LocationError(f'{where}index: a folder; for a cluster write engine = "opensearch", url and name')
    elif "index" in table:
        raise LocationError(f'{where}index: not with engine = "opensearch"; url and name tell where the index is')
    return bool(engine == "opensearch")


def _read_remote(table: Mapping[str, Any], archive: str, path: Path) -> RemoteIndex:
    """Return the index that the keys of an archive name; each value is checked as far as no connection is needed."""
    from shanxi_cli.settings import remote_address  # lazy: most archives are on this machine

    where = f"{path}: archives.{archive}: "
    urls = tuple(
        dict.fromkeys(
            remote_address.parse_listed_node(text, f"{where}url: ") for text in _read_texts(table, "url", where)
        )
    )
    if not urls:
        raise LocationError(f'{where}url is missing: the nodes of the cluster, as url = ["https://a.example.org:9200"]')
    name, ca, auth = (_read_text(table, key, where) for key in ("name", "ca", "auth"))
    remote_address.check_index_name(name or archive, f"{where}name: ")
    insecure = table.get("insecure", False)
    if not isinstance(insecure, bool):
        raise LocationError(f"{where}insecure: true or false")
    auth = remote_address.parse_credentials(auth, f"{where}auth: ", path.parent) if auth else ""
    return RemoteIndex(urls, name or archive, _resolve(ca, path) if ca else "", auth, insecure)


def _check_keys(values: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    for key in values:
        if key not in known:
            hint = format_suggestion(closest_name(key, known), f"the keys are {', '.join(known)}")
            raise LocationError(f"{where}unknown key {key}; {hint}")


def _read_text(table: Mapping[str, Any], key: str, where: str) -> str:
    """Return a text; empty if it is not given."""
    value = table.get(key, "")
    if not isinstance(value, str) or (key in table and not value.strip()):
        raise LocationError(f"{where}{key}: a text, not empty")
    return value


def _read_texts(table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    """Return a text, or a list of texts, as texts; none of them empty."""
    value = table.get(key, [])
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list) or not all(isinstance(text, str) and text for text in texts):
        raise LocationError(f"{where}{key}: a text or a list of texts, none of them empty")
    return tuple(texts)


def _resolve(folder: str, path: Path) -> str:
    """Return a folder as an absolute path: `~` is the home, others are relative to the folder of the file."""
    return os.path.normpath(path.parent / os.path.expanduser(folder))
