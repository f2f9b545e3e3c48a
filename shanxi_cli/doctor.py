"""Whether an archive is sound: its files, its index, and whether the one holds what the other says.

It looks and tells; only `repair_index` changes anything, and never a file of the corpus.
"""

import random
from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path
from stat import S_IWGRP, S_IWOTH
from typing import Any, NamedTuple

from shanxi_cli.corpus.reader import display_path, load_article
from shanxi_cli.engines.base import Backend, Engine
from shanxi_cli.errors import ArticleError, IndexBusy, IndexUnusable, LocationError
from shanxi_cli.indexing import store
from shanxi_cli.indexing.builder import update_index
from shanxi_cli.indexing.change_detection import is_stale, scan_corpus
from shanxi_cli.indexing.manifest import Manifest, ManifestEntry, load_manifest
from shanxi_cli.indexing.snapshot import Generation, find_damaged_files

SAMPLE_SIZE = 50
"""Articles that are compared with their files, and analysed again, unless all of them are to be."""

ProgressCallback = Callable[[int, int], None]


class FindingState(Enum):
    """What was found."""

    SOUND = "ok"
    NOTED = "note"  # nothing is wrong, but good to know
    WRONG = "wrong"


class Finding(NamedTuple):
    """What was looked at, how it is, in words, and what to do about it (empty: nothing)."""

    subject: str
    state: FindingState
    message: str
    advice: str = ""


_REPAIR_COMMAND = "shanxi doctor --repair"


def examine_archive(
    roots: tuple[str, ...], index: Path, backend: Backend, full: bool, progress: ProgressCallback
) -> Iterator[Finding]:
    """What there is to say of an archive, in the order in which it is found out."""
    yield from _check_corpus(roots)
    try:
        generation = store.current_generation(index)
    except IndexUnusable as error:
        yield Finding("index", FindingState.WRONG, str(error), f"{_REPAIR_COMMAND} builds it again from the articles")
        generation = None
    else:
        if generation is None:
            yield Finding("index", FindingState.NOTED, f"there is none in {index} yet; the first search builds it")
    if generation is not None:
        yield from _check_index(roots, generation, backend, full, progress)
    yield from _check_leftovers(index)


def repair_index(
    roots: tuple[str, ...], index: Path, backend: Backend, findings: list[Finding], progress: ProgressCallback
) -> str:
    """Puts right what `examine_archive` found wrong with an index, and tells what was done; empty when there was
    nothing to do.

    Raises what `indexing.update` does.
    """
    wrong = {finding.subject for finding in findings if finding.state is FindingState.WRONG}
    if wrong & {"index", "files", "version", "contents", "articles", "terms"}:
        _, report = update_index(index, roots, backend, rebuild=True, progress=progress)
        return f"built the index again from the articles ({report.total:,} articles)"
    if "leftovers" in wrong:
        with store.lock_index(index, 0):
            store.remove_leftovers(index)
        return "removed the leftovers"
    return ""


def _check_corpus(roots: tuple[str, ...]) -> Iterator[Finding]:
    """Every file is read, whatever the index remembers of it."""
    good, ids = 0, dict[str, str]()
    for source in scan_corpus(roots, None).files:
        try:
            load_article(source)
            good += 1
        except ArticleError as error:
            yield Finding("corpus", FindingState.WRONG, str(error), "mend the file, or take it out of the folder")
            continue
        first = ids.setdefault(source.id, source.full)
        if first != source.full:
            where = f"{display_path(source.full)} has the id of {display_path(first)}, which is searched in its place"
            yield Finding("corpus", FindingState.NOTED, where)
    files = f"{good:,} article" + ("" if good == 1 else "s")
    yield Finding("corpus", FindingState.SOUND, f"{files} in {', '.join(map(display_path, roots))}")


def _check_index(
    roots: tuple[str, ...], generation: Generation, backend: Backend, full: bool, progress: ProgressCallback
) -> Iterator[Finding]:
    bad = [
        Finding("files", FindingState.WRONG, problem, f"{_REPAIR_COMMAND} builds it again")
        for problem in find_damaged_files(generation)
    ]
    yield from bad
    if generation.identity != backend.identity():
        yield Finding(
            "version",
            FindingState.WRONG,
            "the index was made by another version of shanxi",
            f"{_REPAIR_COMMAND} builds it again",
        )
        return
    if bad:
        return
    size = sum(file.size for file in generation.files)
    yield Finding("files", FindingState.SOUND, f"{len(generation.files)} files, {size:,} bytes, as they were written")
    try:
        known, engine = load_manifest(generation), backend.open(generation.held)
    except IndexUnusable as error:
        yield Finding("files", FindingState.WRONG, str(error), f"{_REPAIR_COMMAND} builds it again")
        return
    found = scan_corpus(roots, known).files
    if is_stale(known, found, roots, generation.built):
        yield Finding(
            "index", FindingState.NOTED, "the corpus has changed since; the next search brings the index up to date"
        )
    try:
        yield from _check_contents(known, engine)
        yield from _check_articles(known, set(found), engine, full, progress)
    except IndexUnusable as error:
        yield Finding("files", FindingState.WRONG, str(error), f"{_REPAIR_COMMAND} builds it again")
    finally:
        engine.close()


def _check_contents(known: Manifest, engine: Engine) -> Iterator[Finding]:
    """The index holds each article that it remembers, once, and no other."""
    held = [article_id for article_id, _ in engine.articles_with_id_prefix("")]
    remembered = sorted(entry.id for entry in known.entries if entry.id)
    if held != remembered or len(held) != engine.article_count():
        lost, more = sorted({*remembered} - {*held}), sorted({*held} - {*remembered})
        what = f"{len(lost):,} articles are missing ({', '.join(lost[:3])})" if lost else ""
        what += f"{len(more):,} articles are of no file ({', '.join(more[:3])})" if more else ""
        yield Finding(
            "contents", FindingState.WRONG, what or "an article is held twice", f"{_REPAIR_COMMAND} builds it again"
        )
    else:
        yield Finding("contents", FindingState.SOUND, f"{len(held):,} articles, each once")


def _check_articles(
    known: Manifest, now: set[Any], engine: Engine, full: bool, progress: ProgressCallback
) -> Iterator[Finding]:
    """What is held of an article is what its file says and what analysing it again gives, for a sample or for all."""
    unchanged = [entry for entry in known.entries if entry.id and not entry.error and entry.source in now]
    chosen = unchanged if full else random.sample(unchanged, min(SAMPLE_SIZE, len(unchanged)))
    numbers = dict(engine.articles_with_id_prefix(""))
    different = []
    for done, entry in enumerate(chosen, 1):
        if not _is_indexed(entry, engine, numbers[entry.id]):
            different.append(entry.id)
        progress(done, len(chosen))
    extent = f"all {len(chosen):,}" if full or len(chosen) == len(unchanged) else f"{len(chosen)} of {len(unchanged):,}"
    yield _make_comparison_finding(
        "articles", different, f"{extent} are what their files say", "are not what their files say"
    )
    ids = {number: article_id for article_id, number in numbers.items()}
    wrong = engine.outdated_documents(None if full else [numbers[entry.id] for entry in chosen])
    names = [ids.get(number, f"number {number}") for number in wrong]
    yield _make_comparison_finding(
        "terms", names, f"{extent} are found by their words", "are not found by all and only their words"
    )


def _is_indexed(entry: ManifestEntry, engine: Engine, number: int) -> bool:
    try:
        article, _ = load_article(entry.source)
    except ArticleError:
        return True  # told of the corpus
    return engine.article(number) == article


def _make_comparison_finding(subject: str, different: list[str], right: str, wrong: str) -> Finding:
    if not different:
        return Finding(subject, FindingState.SOUND, right)
    named = ", ".join(different[:3]) + (", ..." if len(different) > 3 else "")
    return Finding(
        subject, FindingState.WRONG, f"{len(different):,} {wrong}: {named}", f"{_REPAIR_COMMAND} builds it again"
    )


def _check_leftovers(index: Path) -> Iterator[Finding]:
    if not index.is_dir():
        return
    if index.stat().st_mode & (S_IWGRP | S_IWOTH):
        message = f"others may write {index}: nothing that they put there is opened, but they can have it built again"
        yield Finding("rights", FindingState.NOTED, message, f"if nobody else works with it: chmod go-w {index}")
    try:
        with store.lock_index(index, 0):
            left = store.list_leftovers(index)
    except IndexBusy:
        yield Finding("leftovers", FindingState.NOTED, "another shanxi is building this index just now")
        return
    except LocationError as error:
        yield Finding("leftovers", FindingState.NOTED, f"{error}; a search uses the index as it is")
        return
    if left:
        yield Finding(
            "leftovers",
            FindingState.WRONG,
            f"of a build that died: {', '.join(left)}",
            f"{_REPAIR_COMMAND} removes them",
        )
    else:
        yield Finding("leftovers", FindingState.SOUND, "none")
