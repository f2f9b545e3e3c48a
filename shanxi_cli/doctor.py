"""Checks of an archive: its files, its index, and whether the index matches the files.

The checks are read-only. Only `repair_index` changes anything, and never a file of the corpus.
"""

import random
from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path
from stat import S_IWGRP, S_IWOTH
from typing import NamedTuple

from shanxi_cli.corpus.reader import display_path, load_article
from shanxi_cli.corpus.scanner import SourceFile
from shanxi_cli.engines.base import Backend, Engine
from shanxi_cli.errors import ArticleError, IndexBusy, IndexUnusable, LocationError, NotAnArticle
from shanxi_cli.extraction.names import add_derived_names
from shanxi_cli.indexing import store
from shanxi_cli.indexing.builder import UpdateOptions, update_index
from shanxi_cli.indexing.change_detection import find_edited_files, is_stale, scan_corpus
from shanxi_cli.indexing.file_failures import describe_date
from shanxi_cli.indexing.lock import lock_index
from shanxi_cli.indexing.manifest import Manifest, ManifestEntry, load_manifest
from shanxi_cli.indexing.snapshot import Generation, find_damaged_files
from shanxi_cli.util.frozen_record import Record
from shanxi_cli.util.shell_words import quote_command
from shanxi_cli.util.text import pluralize

SAMPLE_SIZE = 50
"""Articles that are compared with their files and analysed again, unless a full check is requested."""

ProgressCallback = Callable[[int, int], None]
"""Called with the number of articles compared so far and the total."""


class FindingState(Enum):
    """Severity of a finding."""

    SOUND = "ok"
    NOTED = "note"  # not an error, but worth knowing
    WRONG = "wrong"


class Finding(NamedTuple):
    """Result of one check: its subject, its state, a message, and advice (empty if there is nothing to do)."""

    subject: str
    state: FindingState
    message: str
    advice: str = ""


class Examination(Record):
    """Arguments of the checks: corpus and index folders, engine backend, and whether to check every article.

    `excluded` are patterns of files to leave out.
    """

    roots: tuple[str, ...]
    index: Path
    backend: Backend
    full: bool
    progress: ProgressCallback
    excluded: tuple[str, ...] = ()


REPAIR_COMMAND = "shanxi doctor --repair"
"""Command of the advice, as for the default archive; `cli.commands.doctor` adds the options that name another."""

_REBUILD_ADVICE = f"{REPAIR_COMMAND} rebuilds it"
_REBUILT_SUBJECTS = {"index", "files", "version", "contents", "articles", "terms"}


def examine_archive(examination: Examination) -> Iterator[Finding]:
    """Check an archive and yield the findings in the order of the checks."""
    index = examination.index
    yield from _check_corpus(examination.roots, examination.excluded)
    try:
        generation = store.current_generation(index)
    except IndexUnusable as error:
        yield Finding("index", FindingState.WRONG, str(error), f"{_REBUILD_ADVICE} from the articles")
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
    if wrong & _REBUILT_SUBJECTS:
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
        Finding("files", FindingState.WRONG, problem, _REBUILD_ADVICE) for problem in find_damaged_files(generation)
    ]
    yield from damaged
    if generation.identity != examination.backend.identity():
        message = "the index was made by another version of shanxi"
        yield Finding("version", FindingState.WRONG, message, _REBUILD_ADVICE)
    elif not damaged:
        size = sum(file.size for file in generation.files)
        yield Finding("files", FindingState.SOUND, f"{len(generation.files)} files, {size:,} bytes, checksums match")
        try:
            store.require_alive(generation, examination.backend)
        except IndexUnusable as error:
            yield Finding("index", FindingState.WRONG, str(error), f"{_REBUILD_ADVICE} from the articles")
        else:
            yield from _check_engine(examination, generation)


def _check_engine(examination: Examination, generation: Generation) -> Iterator[Finding]:
    """Compare the manifest with the corpus, and what the engine returns with both."""
    roots = examination.roots
    try:
        manifest, engine = load_manifest(generation), examination.backend.open(generation.directory)
    except IndexUnusable as error:
        yield Finding("files", FindingState.WRONG, str(error), _REBUILD_ADVICE)
        return
    sources = scan_corpus(roots, manifest, examination.excluded).files
    if is_stale(manifest, sources, roots, generation.built):
        message = "the corpus has changed since the last update; the next search updates the index"
        yield Finding("index", FindingState.NOTED, message)
    try:
        yield _check_contents(manifest, engine)
        yield from _check_articles(examination, manifest, set(sources), engine)
    except IndexUnusable as error:
        yield Finding("files", FindingState.WRONG, str(error), _REBUILD_ADVICE)
    finally:
        engine.close()


def _check_contents(manifest: Manifest, engine: Engine) -> Finding:
    """Check that the engine has each article of the manifest, once, and no other."""
    indexed = [article_id for article_id, _ in engine.articles_with_id_prefix("")]
    listed = sorted(entry.id for entry in manifest.entries if entry.id)
    if indexed == listed and len(indexed) == engine.article_count():
        return Finding("contents", FindingState.SOUND, f"{len(indexed):,} articles, no duplicates")
    missing, extra = sorted({*listed} - {*indexed}), sorted({*indexed} - {*listed})
    problems = [f"{len(missing):,} articles are missing ({', '.join(missing[:3])})"] if missing else []
    problems += [f"{len(extra):,} articles have no file ({', '.join(extra[:3])})"] if extra else []
    message = "; ".join(problems) or "an article is indexed twice"
    return Finding("contents", FindingState.WRONG, message, _REBUILD_ADVICE)


def _check_articles(
    examination: Examination, manifest: Manifest, sources: set[SourceFile], engine: Engine
) -> Iterator[Finding]:
    """Compare indexed articles with their files, and their terms with a fresh analysis, for a sample or for all."""
    full = examination.full
    unchanged = [entry for entry in manifest.entries if entry.id and not entry.error and entry.source in sources]
    chosen = unchanged if full else random.sample(unchanged, min(SAMPLE_SIZE, len(unchanged)))
    number_by_id = dict(engine.articles_with_id_prefix(""))
    different = [entry.id for entry in find_edited_files(unchanged)]  # all: some editors leave no trace in the times
    for done, entry in enumerate(chosen, 1):
        if entry.id not in different and not _matches_file(entry, engine, number_by_id[entry.id]):
            different.append(entry.id)
        examination.progress(done, len(chosen))
    extent = f"all {len(chosen):,}" if full or len(chosen) == len(unchanged) else f"{len(chosen)} of {len(unchanged):,}"
    yield _make_comparison_finding("articles", different, f"{extent} match their files", "differ from their files")
    id_by_number = {number: article_id for article_id, number in number_by_id.items()}
    outdated = engine.outdated_documents(None if full else [number_by_id[entry.id] for entry in chosen])
    names = [id_by_number.get(number, f"number {number}") for number in outdated]
    yield _make_comparison_finding("terms", names, f"{extent} have the right terms", "have missing or wrong terms")


def _matches_file(entry: ManifestEntry, engine: Engine, number: int) -> bool:
    try:
        article, _ = load_article(entry.source)
    except ArticleError:
        return True  # reported by the check of the corpus
    return engine.article(number) == add_derived_names(article)


def _make_comparison_finding(subject: str, different: list[str], right: str, wrong: str) -> Finding:
    if not different:
        return Finding(subject, FindingState.SOUND, right)
    names = ", ".join(different[:3]) + (", ..." if len(different) > 3 else "")
    return Finding(subject, FindingState.WRONG, f"{len(different):,} {wrong}: {names}", _REBUILD_ADVICE)


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
