"""`config`: the archives of the configuration, and which archive holds now."""

import os
import sys
from typing import Any

from shanxi_cli.cli.context import choose_archive_parts, resolve_locations
from shanxi_cli.cli.options.archive import ConfigOptions
from shanxi_cli.cli.options.common import GlobalOptions
from shanxi_cli.model.remote_index import RemoteIndex
from shanxi_cli.output.jsonl import SCHEMA_VERSION, to_json
from shanxi_cli.paths import ArchiveChoice, ChosenParts, Locations, choose_parts
from shanxi_cli.settings import config_file
from shanxi_cli.settings.config_reader import NamedArchive, Settings, load_settings
from shanxi_cli.settings.remote_address import describe_credentials, format_address
from shanxi_cli.util.sanitize import sanitize_line

_DEFAULT = "the default"
_NO_CORPUS = "none: the index is only read"

_Row = tuple[str, str, str]
"""What holds: its name, its value, and its source."""


def run_config(options: ConfigOptions, settings: GlobalOptions) -> int:
    """Print the configuration without opening an archive; a mistake in it is an error."""
    read = load_settings(config_file())
    choice = choose_archive_parts(options.archive, settings)
    parts, locations = choose_parts(choice, os.environ), resolve_locations(options.archive, settings)
    holds = _describe_chosen(choice, parts, locations)
    if options.json:
        print(to_json(_make_object(read, holds)))
    else:
        _write_text(read, holds if locations.corpus else [("corpus", _NO_CORPUS, ""), *holds])
    return 0


def _describe_chosen(choice: ArchiveChoice, parts: ChosenParts, locations: Locations) -> list[_Row]:
    """Return what holds, in the order of printing: corpus folders, index with its engine, excluded patterns."""
    rows = [("corpus", folder, parts.corpus_source or _DEFAULT) for folder in locations.corpus]
    source = parts.index_source or _DEFAULT
    if locations.remote:
        rows += _describe_remote(locations.remote, source, "--insecure" if choice.insecure else source)
        rows += [("folder", str(locations.index), _DEFAULT)] if locations.corpus else []
    else:
        rows += [("index", str(locations.index), source), ("engine", "whoosh", source)]
    from_option = choice.excluded
    return rows + [
        ("exclude", pattern, "--exclude" if pattern in from_option else parts.corpus_source)
        for pattern in locations.excluded
    ]


def _describe_remote(remote: RemoteIndex, source: str, insecure_source: str) -> list[_Row]:
    """Return what holds for an index of a cluster; the source of its credentials, never the credentials."""
    named = source.startswith("archives.")
    rows = [("index", format_address(remote), source), ("engine", "opensearch", source)]
    rows += [("url", url, source) for url in remote.urls]
    rows.append(("name", remote.name, source))
    if remote.ca:
        rows.append(("ca", remote.ca, source if named else "SHANXI_CA"))
    if remote.auth:
        rows.append(("auth", describe_credentials(remote.auth), source if named else "SHANXI_AUTH"))
    return [*rows, ("insecure", "true", insecure_source)] if remote.insecure else rows


def _make_object(settings: Settings, holds: list[_Row]) -> dict[str, Any]:
    archives = [_make_archive_object(each) for each in settings.archives.values()]
    chosen = [{"name": name, "value": value, "source": source} for name, value, source in holds]
    file = config_file()
    shown = {"file": str(file), "exists": file.exists(), "default": settings.default or None, "archives": archives}
    return {"schema": SCHEMA_VERSION, **shown, "holds": chosen}


def _make_archive_object(archive: NamedArchive) -> dict[str, Any]:
    remote = archive.remote
    return {
        "name": archive.name,
        "corpus": list(archive.corpus),
        "index": (format_address(remote) if remote else archive.index) or None,
        "exclude": list(archive.excluded),
        "engine": "opensearch" if remote else "whoosh",
        "ca": (remote and remote.ca) or None,
        "auth": describe_credentials(remote.auth) if remote and remote.auth else None,
        "insecure": bool(remote and remote.insecure),
    }


def _write_text(settings: Settings, holds: list[_Row]) -> None:
    """Write the file, its archives, and what holds with where it comes from."""
    file = config_file()
    rows = [("file", str(file) if file.exists() else f"{file} (does not exist)")]
    for each in settings.archives.values():
        mark = " (default)" if each.name == settings.default else ""
        folders = ", ".join(each.corpus) or ("" if each.remote else "the default corpus")
        shown = [folders, format_address(each.remote) if each.remote else ""]
        rows.append(("archive", f"{each.name}{mark}: {' in '.join(filter(None, shown))}"))
    rows += [(name, f"{value}  ({source})" if source else value) for name, value, source in holds]
    sys.stdout.write("".join(f"{name:<9}{sanitize_line(value)}\n" for name, value in rows))
