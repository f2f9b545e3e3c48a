"""Checks of an archive: its files, its index, and whether the index matches the files.

The checks are read-only. Only `repair_index` changes anything, and never a file of the corpus.
"""

from collections.abc import Iterator
from pathlib import Path
from stat import S_IWGRP, S_IWOTH

from shanxi_cli.corpus.reader import display_path, load_article
from shanxi_cli.doctor.article_checks import REBUILD_ADVICE, REPAIR_COMMAND, Examination, check_articles, check_contents
from shanxi_cli.doctor.findings import Finding, FindingState
from shanxi_cli.doctor.remote_checks import check_remote_index
from shanxi_cli.errors import ArticleError, IndexBusy, IndexUnusable, LocationError, NotAnArticle
from shanxi_cli.indexing import store
from shanxi_cli.indexing.builder import UpdateOptions, update_index
from shanxi_cli.indexing.change_detection import is_stale, scan_corpus
from shanxi_cli.indexing.file_failures import describe_date
from shanxi_cli.indexing.lock import lock_index
from shanxi_cli.indexing.manifest import load_manifest
from shanxi_cli.indexing.snapshot import Generation, find_damaged_files
from shanxi_cli.util.shell_words import quote_command
from shanxi_cli.util.text import pluralize

_REBUILT_SUBJECTS = {"index", "files", "version", "contents", "articles", "terms"}


def examine_archive(examination: Examination) -> Iterator[Finding]:
    """Check an archive and yield the findings in the order of the checks."""
    if examination.roots:
        yield from _check_corpus(examination.roots, examination.excluded)
    if examination.remote:
        yield from check_remote_index(examination)
    if examination.roots:
        yield from _check_local_files(examination)


def _check_local_files(examination: Examination) -> Iterator[Finding]:
    index = examination.index
    try:
        generation = store.current_generation(index)
    except IndexUnusable as error:
        yield Finding("index", FindingState.WRONG, str(error), f"{REBUILD_ADVICE} from the articles")
    else:
        if generation is None:
            yield Finding("index", FindingState.NOTED, f"no index in {index} yet; the first search builds it")
        else:
            yield from _check_index(examination, generation)
    yield from _check_leftovers(index)


def repair_index(examination: Examination, findings: list[Finding]) -> str:
    """Repair the index problems among `findings`; return a summary, empty if there was nothing to do.

    Raises what `indexing.builder.update_index` raises.
    """
    wrong = {finding.subject for finding in findings if finding.state is FindingState.WRONG}
    index = examination.index
    if wrong & _REBUILT_SUBJECTS and examination.roots:
        options = UpdateOptions(rebuild=True, progress=examination.progress, excluded=examination.excluded)
        _, report = update_index(index, examination.roots, examination.backend, options)
        return f"rebuilt the index from the articles ({report.total:,} articles)"
    if "leftovers" in wrong:
        with lock_index(index, 0):
            store.remove_leftovers(index, examination.backend)
        return "removed the leftovers"
    return ""


def _check_corpus(roots: tuple[str, ...], excluded: tuple[str, ...]) -> Iterator[Finding]:
    """Read every file, regardless of the index."""
    readable, path_by_id = 0, dict[str, str]()
    for source in scan_corpus(roots, None, excluded).files:
        problems: list[ArticleError] = []
        try:
            article, _ = load_article(source, problems.append)
            readable += 1
        except NotAnArticle:
            continue
        except ArticleError as error:
            yield Finding("corpus", FindingState.WRONG, str(error), "fix the file, or move it out of the corpus")
            continue
        for problem in problems:
            yield Finding("corpus", FindingState.NOTED, f"{problem}; {describe_date(article.date)}")
        winner = path_by_id.setdefault(source.id, source.full)
        if winner != source.full:
            message = f"{display_path(source.full)} is hidden by {display_path(winner)}, which has the same id"
            yield Finding("corpus", FindingState.NOTED, message)
    count = pluralize(readable, "article")
    yield Finding("corpus", FindingState.SOUND, f"{count} in {', '.join(map(display_path, roots))}")


def _check_index(examination: Examination, generation: Generation) -> Iterator[Finding]:
    damaged = [
        Finding("files", FindingState.WRONG, problem, REBUILD_ADVICE) for problem in find_damaged_files(generation)
    ]
    yield from damaged
    if generation.identity != examination.backend.identity():
        message = "the index was made by another version of shanxi"
        yield Finding("version", FindingState.WRONG, message, REBUILD_ADVICE)
    elif not damaged:
        size = sum(file.size for file in generation.files)
        yield Finding("files", FindingState.SOUND, f"{len(generation.files)} files, {size:,} bytes, checksums match")
        try:
            store.require_alive(generation, examination.backend)
        except IndexUnusable as error:
            yield Finding("index", FindingState.WRONG, str(error), f"{REBUILD_ADVICE} from the articles")
        else:
            yield from _check_engine(examination, generation)


def _check_engine(examination: Examination, generation: Generation) -> Iterator[Finding]:
    """Compare the manifest with the corpus, and what the engine returns with both."""
    roots = examination.roots
    try:
        manifest, engine = load_manifest(generation), examination.backend.open(generation.directory)
    except IndexUnusable as error:
        yield Finding("files", FindingState.WRONG, str(error), REBUILD_ADVICE)
        return
    sources = scan_corpus(roots, manifest, examination.excluded).files
    if is_stale(manifest, sources, roots, generation.built):
        message = "the corpus has changed since the last update; the next search updates the index"
        yield Finding("index", FindingState.NOTED, message)
    try:
        yield check_contents(manifest, engine, by_id=examination.full or examination.backend.local)
        yield from check_articles(examination, manifest, set(sources), engine)
    except IndexUnusable as error:
        yield Finding("files", FindingState.WRONG, str(error), REBUILD_ADVICE)
    finally:
        engine.close()


def _check_leftovers(index: Path) -> Iterator[Finding]:
    if not index.is_dir():
        return
    if index.stat().st_mode & (S_IWGRP | S_IWOTH):
        message = f"{index} is writable by other users: they can force a rebuild, but shanxi opens none of their files"
        command = quote_command(["chmod", "go-w", str(index)]) or "chmod go-w on it"
        yield Finding("rights", FindingState.NOTED, message, f"unless you share it, run {command}")
    try:
        with lock_index(index, 0):
            leftovers = store.list_leftovers(index)
    except IndexBusy:
        yield Finding("leftovers", FindingState.NOTED, "another shanxi is building this index now")
        return
    except LocationError as error:
        yield Finding("leftovers", FindingState.NOTED, f"{error}; searches use the existing index")
        return
    if leftovers:
        message = f"an interrupted build left {', '.join(leftovers)}"
        yield Finding("leftovers", FindingState.WRONG, message, f"{REPAIR_COMMAND} removes them")
    else:
        yield Finding("leftovers", FindingState.SOUND, "none")
