"""`index`: update or rebuild the index."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from shanxi_cli.archive import choose_backend
from shanxi_cli.caches import find_gone_archives, remove_gone_archive
from shanxi_cli.cli.context import choose_archive_parts, cluster_timeout
from shanxi_cli.cli.messages import print_notice, print_notice_if_any
from shanxi_cli.cli.options.archive import IndexOptions
from shanxi_cli.cli.options.common import GlobalOptions
from shanxi_cli.cli.output_format import require_at_most_one
from shanxi_cli.corpus.other_files import describe_no_articles
from shanxi_cli.corpus.reader import display_path
from shanxi_cli.errors import IndexBusy, LocationError, UsageError
from shanxi_cli.indexing.builder import UpdateOptions, UpdateReport, update_index
from shanxi_cli.indexing.published_index import describe_other_folders
from shanxi_cli.indexing.store import current_generation
from shanxi_cli.indexing.vector_files import TABLE_FILE
from shanxi_cli.output import make_progress_printer
from shanxi_cli.output.file_report import summarize_failures
from shanxi_cli.output.index_report import write_update_text
from shanxi_cli.output.protocols import ProgressPrinter
from shanxi_cli.paths import ArchiveChoice, Locations, cache_folder, choose_parts, locate_choice
from shanxi_cli.util.text import pluralize

if TYPE_CHECKING:
    from shanxi_cli.semantic.build import VectorReport


def run_index(options: IndexOptions, settings: GlobalOptions) -> int:
    """Update the index and print the counts; exit status 2 when a file is no article, else 0."""
    require_at_most_one({"--prune": options.prune, "--rebuild": options.rebuild})
    if options.prune:
        return _prune_caches()
    choice = choose_archive_parts(options.archive, settings)
    locations = locate_choice(choice, os.environ, builds=True)
    print_notice_if_any(locations.notice)
    if options.semantic and locations.remote:
        raise UsageError("vectors to search by meaning are kept for an index in a folder, not for one in a cluster")
    if options.semantic:
        from shanxi_cli.semantic.model_files import find_model  # of an extra; refused before an hour of work

        find_model(os.environ)
    _handle_other_folders(locations, choice)
    progress = make_progress_printer(sys.stderr)
    try:
        index, report = _update_first_writable(locations, options, progress)
        progress.close()
        vectors = _update_vectors(locations, index, options)
    finally:
        progress.close()
    write_update_text(sys.stdout, report)
    if vectors:
        sys.stdout.write(f"vectors   {vectors.articles:>7,}  of {pluralize(vectors.passages, 'passage')}\n")
    if not report.total and not report.failed:
        print_notice(describe_no_articles(locations.corpus))
    for line in summarize_failures([*report.failed, *report.warned]):
        print_notice(line)
    return 2 if report.failed else 0


def _handle_other_folders(locations: Locations, choice: ArchiveChoice) -> None:
    """Say that an index that others may read is about to be replaced by one of other corpus folders.

    Raise `LocationError` if no corpus was named: that of readers must not replace what they read by mistake.
    """
    if not locations.remote:
        return
    if before := describe_other_folders(locations.remote, cluster_timeout(os.environ), locations.corpus):
        now = ", ".join(map(display_path, locations.corpus))
        if choose_parts(choice, os.environ).only_read:
            raise LocationError(f"{before}; to replace it by that of {now}, name these folders with --corpus")
        print_notice(f"{before}; replacing it by that of {now}")


def _prune_caches() -> int:
    """Remove the indexes of archives that are gone; exit status 2 when one of them cannot be removed, else 0."""
    removed, status = 0, 0
    for index in find_gone_archives(cache_folder()):
        try:
            removed += remove_gone_archive(index)
        except (IndexBusy, LocationError) as error:
            print_notice(str(error))
            status = 2
    print(f"removed {pluralize(removed, 'index')} of archives that are gone")
    return status


def _update_vectors(locations: Locations, index: Path, options: IndexOptions) -> "VectorReport | None":
    """Give vectors to the articles that have none, if `--semantic` asks for it or others have them; None if not."""
    if not options.semantic and not _has_vectors(index):
        return None
    from shanxi_cli.semantic.build import update_vectors
    from shanxi_cli.semantic.embedder import Embedder
    from shanxi_cli.semantic.model_files import find_model

    progress = make_progress_printer(sys.stderr)
    try:
        embedder = Embedder(find_model(os.environ))
        return update_vectors(index, choose_backend(locations), embedder, progress, options.wait)
    except KeyboardInterrupt:
        raise KeyboardInterrupt("interrupted; the vectors made so far are kept") from None
    finally:
        progress.close()


def _has_vectors(index: Path) -> bool:
    """Return True if an index has vectors and the extra that makes them is installed."""
    generation = current_generation(index)
    return bool(generation and generation.directory.has(TABLE_FILE) and find_spec("onnxruntime"))


def _update_first_writable(
    locations: Locations, options: IndexOptions, progress: ProgressPrinter
) -> tuple[Path, UpdateReport]:
    """Update the index, in the fallback directory where its own cannot be used; return the directory too."""
    try:
        return locations.index, _update_directory(locations, locations.index, options, progress)
    except LocationError as error:
        if locations.fallback is None:
            raise
        print_notice(f"{error}; using {locations.fallback}")
        return locations.fallback, _update_directory(locations, locations.fallback, options, progress)


def _update_directory(
    locations: Locations, index: Path, options: IndexOptions, progress: ProgressPrinter
) -> UpdateReport:
    update = UpdateOptions(
        *(options.rebuild, options.wait, progress, options.jobs), compare_contents=True, excluded=locations.excluded
    )
    return update_index(index, locations.corpus, choose_backend(locations), update)[1]
