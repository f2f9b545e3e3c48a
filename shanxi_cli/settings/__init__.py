"""The user's `config.toml`: its path, and the archive that a name or a default of it chooses.

Most commands find no file. What reads one (`settings.config_reader`) and what an archive of a cluster needs
(`settings.remote_address`) is imported only then.
"""

import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from shanxi_cli.errors import LocationError
from shanxi_cli.util.closest_names import closest_name, format_suggestion
from shanxi_cli.util.user_folders import UserFolder, find_user_folder

if TYPE_CHECKING:
    from shanxi_cli.settings.config_reader import NamedArchive


def config_file() -> Path:
    """Return the path of the user's configuration; it need not exist."""
    return find_user_folder(UserFolder.CONFIG) / "config.toml"


def choose_archive(name: str, source: str) -> "NamedArchive":
    """Return the archive with a name, which `source` gave. Raise `LocationError` for one that the file lacks."""
    from shanxi_cli.settings.config_reader import load_settings

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
    if not config_file().exists():
        return False  # what every search pays: two variables and a stat
    if find_spec("onnxruntime") is None:
        return False
    from shanxi_cli.settings.config_reader import load_settings

    return load_settings(config_file()).semantic


def find_default_archive() -> "NamedArchive | None":
    """Return the archive that the file makes the default; None without one."""
    path = config_file()
    if not os.path.lexists(path):
        return None
    from shanxi_cli.settings.config_reader import load_settings

    settings = load_settings(path)
    return settings.archives[settings.default] if settings.default else None
