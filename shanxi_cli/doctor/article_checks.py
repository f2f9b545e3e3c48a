"""Checks of the articles of an index: that each is there once, as in its file, with the terms of an analysis."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

from shanxi_cli.corpus.reader import load_article
from shanxi_cli.corpus.scanner import SourceFile
from shanxi_cli.doctor.findings import Finding, FindingState
from shanxi_cli.engines.base import Backend, Engine
from shanxi_cli.errors import ArticleError
from shanxi_cli.extraction.names import add_derived_names
from shanxi_cli.indexing.change_detection import find_edited_files
from shanxi_cli.indexing.manifest import Manifest, ManifestEntry
from shanxi_cli.model.remote_index import RemoteIndex
from shanxi_cli.util.frozen_record import Record

SAMPLE_SIZE = 50
"""Articles that are compared with their files and analysed again, unless a full check is requested."""

ProgressCallback = Callable[[int, int], None]
"""Called with the number of articles compared so far and the total."""


class Examination(Record):
    """Arguments of the checks: corpus and index folders, engine backend, and whether to check every article.

    `excluded` are patterns of files to leave out. `remote` is the index that a cluster keeps, which is only read
    without `roots`; the cluster has `timeout` seconds for an answer.
    """

    roots: tuple[str, ...]
    index: Path
    backend: Backend
    full: bool
    progress: ProgressCallback
    excluded: tuple[str, ...] = ()
    remote: RemoteIndex | None = None
    timeout: float = 30.0


REPAIR_COMMAND = "shanxi doctor --repair"
"""Command of the advice, as for the default archive; `cli.commands.doctor` adds the options that name another."""

REBUILD_ADVICE = f"{REPAIR_COMMAND} rebuilds it"


def check_contents(manifest: Manifest, engine: Engine, *, by_id: bool) -> Finding:
    """Check that the engine has each article of the manifest, once, and no other; or (not `by_id`) that it has as many.

    The ids of all articles are a long answer of a cluster.
    """
    listed = sorted(entry.id for entry in manifest.entries if entry.id)
    if not by_id and len(listed) == engine.article_count():
        return Finding("contents", FindingState.SOUND, f"{len(listed):,} articles, as in the manifest")
    indexed = [article_id for article_id, _ in engine.articles_with_id_prefix("")]
    if indexed == listed and len(indexed) == engine.article_count():
        return Finding("contents", FindingState.SOUND, f"{len(indexed):,} articles, no duplicates")
    missing, extra = sorted({*listed} - {*indexed}), sorted({*indexed} - {*listed})
    problems = [f"{len(missing):,} articles are missing ({', '.join(missing[:3])})"] if missing else []
    problems += [f"{len(extra):,} articles have no file ({', '.join(extra[:3])})"] if extra else []
    message = "; ".join(problems) or "an article is indexed twice"
    return Finding("contents", FindingState.WRONG, message, REBUILD_ADVICE)


def check_articles(
    examination: Examination, manifest: Manifest, sources: set[SourceFile], engine: Engine
) -> Iterator[Finding]:
    """Compare indexed articles with their files, and their terms with a fresh analysis, for a sample or for all."""
    full = examination.full
    unchanged = [entry for entry in manifest.entries if entry.id and not entry.error and entry.source in sources]
    chosen = unchanged if full else random.sample(unchanged, min(SAMPLE_SIZE, len(unchanged)))
    number_by_id = engine.numbers_of([entry.id for entry in chosen])
    different = [entry.id for entry in find_edited_files(unchanged)]  # all: some editors leave no trace in the times
    for done, entry in enumerate(chosen, 1):
        number = number_by_id.get(entry.id)  # one that is missing was reported
        if entry.id not in different and number is not None and not _matches_file(entry, engine, number):
            different.append(entry.id)
        examination.progress(done, len(chosen))
    extent = f"all {len(chosen):,}" if full or len(chosen) == len(unchanged) else f"{len(chosen)} of {len(unchanged):,}"
    yield make_comparison_finding("articles", different, f"{extent} match their files", "differ from their files")
    id_by_number = {number: article_id for article_id, number in number_by_id.items()}
    outdated = engine.outdated_documents(None if full else list(number_by_id.values()))
    names = [id_by_number.get(number, f"number {number}") for number in outdated]
    yield make_comparison_finding("terms", names, f"{extent} have the right terms", "have missing or wrong terms")


def _matches_file(entry: ManifestEntry, engine: Engine, number: int) -> bool:
    try:
        article, _ = load_article(entry.source)
    except ArticleError:
        return True  # reported by the check of the corpus
    return engine.article(number) == add_derived_names(article)


def make_comparison_finding(subject: str, different: list[str], right: str, wrong: str) -> Finding:
    """Return the finding of a comparison: what is right of all, or which ids are wrong."""
    if not different:
        return Finding(subject, FindingState.SOUND, right)
    names = ", ".join(different[:3]) + (", ..." if len(different) > 3 else "")
    return Finding(subject, FindingState.WRONG, f"{len(different):,} {wrong}: {names}", REBUILD_ADVICE)
