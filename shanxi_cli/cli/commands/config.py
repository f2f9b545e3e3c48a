"""`config`: the archives of the configuration, and which archive holds now."""

import os
import sys
from typing import Any

from shanxi_cli.cli.context import merge_archive_options, resolve_locations
from shanxi_cli.cli.options.archive import ConfigOptions
from shanxi_cli.cli.options.common import ArchiveOptions, GlobalOptions
from shanxi_cli.output.jsonl import SCHEMA_VERSION, to_json
from shanxi_cli.paths import choose_parts
from shanxi_cli.settings import Settings, config_file, load_settings
from shanxi_cli.util.sanitize import sanitize_line

_DEFAULT = "the default"


def run_config(options: ConfigOptions, settings: GlobalOptions) -> int:
    """Print the configuration without opening an archive; a mistake in it is an error."""
    read = load_settings(config_file())
    holds = _describe_chosen(merge_archive_options(options.archive, settings), settings)
    if options.json:
        print(to_json(_make_object(read, holds)))
    else:
        _write_text(read, holds)
    return 0


def _describe_chosen(named: ArchiveOptions, settings: GlobalOptions) -> list[tuple[str, str, str]]:
    """Return what holds: name, value and source of corpus folders, index and excluded patterns."""
    parts = choose_parts(named.corpus or [], named.index or "", os.environ, named.archive_name or "")
    locations = resolve_locations(named, settings)
    rows = [("corpus", folder, parts.corpus_source or _DEFAULT) for folder in locations.corpus]
    rows.append(("index", str(locations.index), parts.index_source or _DEFAULT))
    from_option = named.exclude or []
    return rows + [
        ("exclude", pattern, "--exclude" if pattern in from_option else parts.corpus_source)
        for pattern in locations.excluded
    ]


def _make_object(settings: Settings, holds: list[tuple[str, str, str]]) -> dict[str, Any]:
    archives = [
        {"name": each.name, "corpus": list(each.corpus), "index": each.index or None, "exclude": list(each.excluded)}
        for each in settings.archives.values()
    ]
    chosen = [{"name": name, "value": value, "source": source} for name, value, source in holds]
    file = config_file()
    shown = {"file": str(file), "exists": file.exists(), "default": settings.default or None, "archives": archives}
    return {"schema": SCHEMA_VERSION, **shown, "holds": chosen}


def _write_text(settings: Settings, holds: list[tuple[str, str, str]]) -> None:
    """Write the file, its archives, and what holds with where it comes from."""
    file = config_file()
    rows = [("file", str(file) if file.exists() else f"{file} (does not exist)")]
    for each in settings.archives.values():
        mark = " (default)" if each.name == settings.default else ""
        rows.append(("archive", f"{each.name}{mark}: {', '.join(each.corpus) or 'the default corpus'}"))
    rows += [(name, f"{value}  ({source})") for name, value, source in holds]
    sys.stdout.write("".join(f"{name:<9}{sanitize_line(value)}\n" for name, value in rows))
