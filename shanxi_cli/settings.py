"""Named archives: the user's `config.toml`, read where an archive is chosen by name or by default.

    default = "press"
    semantic = true                    # search ranks by meaning too (docs/semantic.md)

    [archives.press]
    corpus = ["~/press", "notes"]      # folders, in order; relative to the folder of the file
    index = "~/press-index"            # by default in the cache
    exclude = ["drafts/"]              # patterns of files to leave out

Every mistake is one line that names the file and the place.
"""

import os
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from shanxi_cli.errors import LocationError
from shanxi_cli.util.closest_names import closest_name, format_suggestion
from shanxi_cli.util.frozen_record import Record

_MAX_BYTES = 1_000_000
_KEYS = ("default", "semantic", "archives")
_ARCHIVE_KEYS = ("corpus", "index", "exclude")


class NamedArchive(Record):
    """An archive of the file: absolute folders, and patterns of files to leave out. Empty: not given."""

    name: str
    corpus: tuple[str, ...] = ()
    index: str = ""
    excluded: tuple[str, ...] = ()


class Settings(Record):
    """Contents of the file: archives by name, in its order, and the name of the default one; empty without one.

    `semantic` makes `search` rank by meaning too.
    """

    archives: Mapping[str, NamedArchive]
    default: str = ""
    semantic: bool = False


NO_SETTINGS = Settings({})


def config_file() -> Path:
    """Return the path of the user's configuration; it need not exist."""
    from platformdirs import user_config_path  # lazy: most archives are chosen by nothing or by options

    return user_config_path("shanxi", appauthor=False) / "config.toml"


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


def choose_archive(name: str, source: str) -> NamedArchive:
    """Return the archive with a name, which `source` gave. Raise `LocationError` for one that the file lacks."""
    path = config_file()
    archives = load_settings(path).archives
    if name in archives:
        return archives[name]
    if not archives:
        reason = "names no archives" if path.exists() else "does not exist"
        raise LocationError(f"there is no archive {name[:80]} ({source}): {path} {reason}")
    hint = format_suggestion(closest_name(name, archives), f"{path} names {', '.join(archives)}")
    raise LocationError(f"there is no archive {name[:80]} ({source}); {hint}")


def is_semantic_default() -> bool:
    """Return True if the file makes `search` rank by meaning; without the extra it is not even read."""
    if sys.platform == "linux" and not os.path.exists(_linux_config_file()):
        return False  # what every search pays: two variables and a stat
    return find_spec("onnxruntime") is not None and load_settings(config_file()).semantic


def _linux_config_file() -> str:
    """Return the same path as `config_file` on Linux, without the 3 ms of importing platformdirs."""
    folder = os.environ.get("XDG_CONFIG_HOME", "").strip() or os.path.expanduser("~/.config")
    return os.path.join(folder, "shanxi", "config.toml")


def find_default_archive() -> NamedArchive | None:
    """Return the archive that the file makes the default; None without one."""
    settings = load_settings(config_file())
    return settings.archives[settings.default] if settings.default else None


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
    corpus, index, excluded = (_read_texts(table, key, where) for key in _ARCHIVE_KEYS)
    if len(index) > 1:
        raise LocationError(f"{where}index: one folder")
    folders = tuple(_resolve(folder, path) for folder in corpus)
    return NamedArchive(name, folders, _resolve(index[0], path) if index else "", excluded)


def _check_keys(values: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    for key in values:
        if key not in known:
            hint = format_suggestion(closest_name(key, known), f"the keys are {', '.join(known)}")
            raise LocationError(f"{where}unknown key {key}; {hint}")


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
