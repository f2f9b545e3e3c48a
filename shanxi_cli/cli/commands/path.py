"""`path`: the files of articles."""

import os
import sys
from collections.abc import Collection, Sequence

from shanxi_cli.archive import OpenedArchive
from shanxi_cli.cli.commands.show import find_articles
from shanxi_cli.cli.context import open_session, resolve_locations
from shanxi_cli.cli.options.articles import PathOptions
from shanxi_cli.cli.options.common import GlobalOptions
from shanxi_cli.cli.output_format import write_bytes
from shanxi_cli.corpus.scanner import SourceFile
from shanxi_cli.errors import UsageError
from shanxi_cli.indexing.change_detection import scan_corpus
from shanxi_cli.indexing.manifest import load_manifest
from shanxi_cli.paths import Locations
from shanxi_cli.util.sanitize import is_sanitized


def run_path(options: PathOptions, settings: GlobalOptions) -> int:
    """Print the paths of articles; exit status as for `show`."""
    locations = resolve_locations(options.session.archive, settings)
    require_files(locations)
    session = open_session(options.session, settings)
    articles, status = find_articles(session, options.article, as_json=False)
    ids = [article.id for article in articles]
    sources = session.run(lambda archive: find_sources(archive, locations, ids))
    _write_paths([sources[name] for name in ids], "\0" if options.null else "\n")
    return status


def require_files(locations: Locations) -> None:
    """Raise `UsageError` where the files of the articles are on another machine."""
    if not locations.corpus:
        raise UsageError("this index is only read, and the files of its articles are elsewhere; run it where they are")


def find_sources(archive: OpenedArchive, locations: Locations, ids: Collection[str]) -> dict[str, SourceFile]:
    """Return the file of each article of an archive, by id."""
    wanted = set(ids)
    if archive.generation is None:
        files = scan_corpus(locations.corpus, None, locations.excluded).files
        return {source.id: source for source in reversed(files) if source.id in wanted}
    entries = load_manifest(archive.generation).entries
    return {entry.id: entry.source for entry in entries if entry.id in wanted}


def full_path(source: SourceFile) -> str:
    """Return the absolute path of a file."""
    return os.path.abspath(source.full)


def _write_paths(sources: Sequence[SourceFile], end: str) -> None:
    """Write paths as the bytes that the system knows them by: another program has to find the files.

    Only on a terminal, one whose characters could move the cursor is shown escaped.
    """
    for source in sources:
        path = full_path(source)
        safe = not sys.stdout.isatty() or (is_sanitized(path) and "\n" not in path)
        write_bytes(os.fsencode(path if safe else ascii(path)) + end.encode())
