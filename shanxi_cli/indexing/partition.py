"""Which file gives which article: reading the files that claim ids, and what to remember of each.

It is one part of an update, and any number of parts can be done at the same time: what is decided of an
id depends on the files that claim it and on what the index held of it, and on nothing else.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from math import ceil
from typing import NamedTuple

from shanxi_cli.analysis.document_fields import present_fields
from shanxi_cli.corpus.reader import display_path, load_article
from shanxi_cli.corpus.scanner import SourceFile
from shanxi_cli.errors import ArticleError
from shanxi_cli.indexing.change_detection import is_unchanged
from shanxi_cli.indexing.manifest import Manifest, ManifestEntry
from shanxi_cli.model.article import Article
from shanxi_cli.query.plan.range import measured_fields

SourceKey = tuple[str, str]
"""A file: the root of its corpus, and its path below that."""


MAX_PARTITION_IDS = 20_000
"""Ids in a part: an engine gathers what it writes of one in memory."""
MIN_PARALLEL_IDS = 1_000
"""Ids from which on several processes take less time than one, which begins at once."""


class Partition(NamedTuple):
    """Some ids to decide about: for each, sorted, the files that claim it, in the order in which they may have it.

    `files` are the entries of these files from before, `held` those of the ids that the index held, which may
    be of other files. `built` is when it was built, in nanoseconds.
    """

    claims: tuple[tuple[SourceFile, ...], ...]
    files: dict[SourceKey, ManifestEntry]
    held: dict[str, ManifestEntry]
    built: int


class PartitionPlan(NamedTuple):
    """All ids: those to read, each part a run of them, and those whose files are all as they were."""

    changed: list[Partition]
    same: Partition


class PartitionResult(NamedTuple):
    """What was decided of a part: an entry for each file, and by id the SHA-256 of the version held from now on."""

    entries: dict[SourceFile, ManifestEntry]
    now: dict[str, str]


def plan_partitions(found: Iterable[SourceFile], known: Manifest | None, built: int, processes: int) -> PartitionPlan:
    """The ids that files claim, as many to read for each of some processes, and in parts that memory has room for."""
    files = {e.source[:2]: e for e in known.entries} if known else {}
    held = {e.id: e for e in known.entries if e.id} if known else {}
    claims: dict[str, list[SourceFile]] = defaultdict(list)
    for source in found:
        claims[source.id].append(source)
    changed: list[tuple[str, tuple[SourceFile, ...]]] = []
    same: list[tuple[str, tuple[SourceFile, ...]]] = []
    for article_id in sorted(claims):
        group = tuple(claims[article_id])
        as_before = all((old := files.get(source[:2])) and old.source == source for source in group)
        (same if as_before else changed).append((article_id, group))
    size = _partition_size(len(changed), processes)

    def part(run: list[tuple[str, tuple[SourceFile, ...]]]) -> Partition:
        return Partition(
            tuple(group for _, group in run),
            {source[:2]: files[source[:2]] for _, group in run for source in group if source[:2] in files},
            {article_id: held[article_id] for article_id, _ in run if article_id in held},
            built,
        )

    return PartitionPlan([part(changed[at : at + size]) for at in range(0, len(changed), size)], part(same))


def _partition_size(changed: int, processes: int) -> int:
    """How many ids a part has."""
    each = max(1, processes) if changed >= MIN_PARALLEL_IDS else 1
    parts = each * ceil(changed / (each * MAX_PARTITION_IDS))
    return ceil(changed / parts) if parts else 1


class PartitionReader:
    """One part. `articles` reads what is needed; then the rest can be asked."""

    def __init__(self, part: Partition, tell: Callable[[int], None]) -> None:
        """`tell` is called with how many files were looked at since it was called last."""
        self._part = part
        self._tell = tell
        self._entries: dict[SourceFile, ManifestEntry] = {}
        self._now: dict[str, str] = {}

    def articles(self) -> Iterator[Article]:
        """The articles that the index does not hold yet as they are, in the order of their ids."""
        for group in self._part.claims:
            for source in group:
                rival = next((s for s in group if s in self._entries and s.root == source.root), None)
                if rival:
                    self._refused(source, rival)
                elif (article := self._examine(source)) is not None:
                    yield article
            self._tell(len(group))

    def decided(self) -> PartitionResult:
        """What was decided; to be asked after `articles`."""
        return PartitionResult(self._entries, self._now)

    def _examine(self, source: SourceFile) -> Article | None:
        """Decides about one file; the article if it has to be written."""
        old = self._part.files.get(source[:2])
        taken = source.id in self._now
        if old and is_unchanged(old, source, self._part.built) and not old.error and (taken or self._holds(old)):
            self._carry(source, old, taken)
            return None
        try:
            article, data = load_article(source)
        except ArticleError as error:
            self._failed(source, old, error, taken)
            return None
        digest = hashlib.sha256(data).hexdigest()
        if taken:  # good, but a folder before this one has the id
            self._entries[source] = ManifestEntry(source, digest, "", "", frozenset(), "", "", 0)
            return None
        self._entries[source] = ManifestEntry(
            source, digest, article.id, article.date, _list_present_fields(article), digest, "", 0
        )
        self._now[article.id] = digest
        before = self._part.held.get(article.id)
        # The same bytes from the same place are the same article: only its times have changed.
        same = before is not None and before.kept == digest
        return None if same else article

    def _holds(self, old: ManifestEntry) -> bool:
        """True when the index holds the article of this very file."""
        held = self._part.held.get(old.id)
        return bool(old.id) and held is not None and held.source[:2] == old.source[:2]

    def _carry(self, source: SourceFile, old: ManifestEntry, taken: bool) -> None:
        keeps = self._holds(old) and not taken
        self._entries[source] = (
            old if keeps else old._replace(source=source, id="", date="", fields=frozenset(), kept="")
        )
        if keeps:
            self._now[old.id] = old.kept

    def _failed(self, source: SourceFile, old: ManifestEntry | None, error: ArticleError, taken: bool) -> None:
        """A file that is no article; the version of it that the index holds stays searchable."""
        from_before = old if old and self._holds(old) and not taken else None
        self._entries[source] = ManifestEntry(
            source,
            "",
            from_before.id if from_before else "",
            from_before.date if from_before else "",
            from_before.fields if from_before else frozenset(),
            from_before.kept if from_before else "",
            error.reason,
            error.line,
            error.unread,
        )
        if from_before:
            self._now[from_before.id] = from_before.kept

    def _refused(self, source: SourceFile, rival: SourceFile) -> None:
        reason = f"the same id as {display_path(rival.full)}; rename one of them"
        self._entries[source] = ManifestEntry(source, "", "", "", frozenset(), "", reason, 0)


def _list_present_fields(article: Article) -> frozenset[str]:
    """The fields of a query that the article has something for."""
    return present_fields(article) | measured_fields(article)
