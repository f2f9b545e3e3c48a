"""Partitions of article ids: resolve ids to files, read the articles and produce manifest entries.

Partitions can be processed in parallel: the result for an id depends only on the files that claim it and on its
previous entry in the manifest.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from math import ceil
from typing import NamedTuple

from shanxi_cli.analysis.document_fields import present_fields
from shanxi_cli.corpus.reader import display_path, parse_source, read_source
from shanxi_cli.corpus.scanner import SourceFile
from shanxi_cli.errors import ArticleError, NotAnArticle
from shanxi_cli.extraction.names import add_derived_names
from shanxi_cli.indexing.change_detection import is_unchanged
from shanxi_cli.indexing.manifest import Manifest, ManifestEntry
from shanxi_cli.model.article import Article
from shanxi_cli.query.plan.range import measured_fields

SourceKey = tuple[str, str]
"""Key of a file: the root of its corpus, and its path relative to it."""

_Claims = list[tuple[SourceFile, ...]]
"""The files that claim each of several ids."""

MAX_PARTITION_IDS = 20_000
"""Ids in a partition: an engine holds what it writes of one in memory."""
MIN_PARALLEL_IDS = 1_000
"""Ids from which several processes are faster than one, which starts at once."""


class Partition(NamedTuple):
    """Some ids to resolve, sorted.

    `claims` has for each id the files that claim it, in order of precedence. `previous_by_file` are the manifest
    entries of these files from the last build, `previous_by_id` those of the indexed articles with these ids, which may
    come from other files. `built` is the time of that build, in nanoseconds.
    """

    claims: tuple[tuple[SourceFile, ...], ...]
    previous_by_file: dict[SourceKey, ManifestEntry]
    previous_by_id: dict[str, ManifestEntry]
    built: int


class PartitionPlan(NamedTuple):
    """All ids of a build: partitions of ids to read, and one partition of ids whose files are all unchanged."""

    changed: list[Partition]
    unchanged: Partition


class PartitionResult(NamedTuple):
    """Result of a partition: the manifest entry of each file, and the SHA-256 of each indexed article, by id."""

    entries: dict[SourceFile, ManifestEntry]
    checksums: dict[str, str]


def plan_partitions(
    sources: Iterable[SourceFile], previous: Manifest | None, built: int, processes: int
) -> PartitionPlan:
    """Split the ids that files claim into partitions of equal size for `processes` workers, none over the maximum."""
    entries = previous.entries if previous else ()
    by_file = {entry.source[:2]: entry for entry in entries}
    by_id = {entry.id: entry for entry in entries if entry.id}
    claims: dict[str, list[SourceFile]] = defaultdict(list)
    for source in sources:
        claims[source.id].append(source)
    changed: _Claims = []
    unchanged: _Claims = []
    for article_id in sorted(claims):
        group = tuple(claims[article_id])
        same = all((old := by_file.get(source[:2])) and old.source == source for source in group)
        (unchanged if same else changed).append(group)

    def make_partition(groups: _Claims) -> Partition:
        keys = {source[:2] for group in groups for source in group}
        return Partition(
            tuple(groups),
            {key: by_file[key] for key in keys if key in by_file},
            {group[0].id: by_id[group[0].id] for group in groups if group[0].id in by_id},
            built,
        )

    size = _partition_size(len(changed), processes)
    partitions = [make_partition(changed[start : start + size]) for start in range(0, len(changed), size)]
    return PartitionPlan(partitions, make_partition(unchanged))


def _partition_size(changed: int, processes: int) -> int:
    """Return the number of ids in each partition."""
    workers = max(1, processes) if changed >= MIN_PARALLEL_IDS else 1
    partitions = workers * ceil(changed / (workers * MAX_PARTITION_IDS))
    return ceil(changed / partitions) if partitions else 1


class PartitionReader:
    """Reader of one partition: `read_articles` reads what changed; then `result` is complete."""

    def __init__(self, partition: Partition, on_progress: Callable[[int], None]) -> None:
        """`on_progress` is called with the number of files processed since its last call."""
        self._partition = partition
        self._on_progress = on_progress
        self._entries: dict[SourceFile, ManifestEntry] = {}
        self._checksums: dict[str, str] = {}

    def read_articles(self) -> Iterator[Article]:
        """Yield the articles that are new or changed, in the order of their ids."""
        for group in self._partition.claims:
            for source in group:
                rival = next((s for s in group if s.root == source.root and self._is_article(s)), None)
                if rival and not source.is_folder:
                    self._record_duplicate_id(source, rival)
                elif (article := self._read_source(source)) is not None:
                    yield article
            self._on_progress(len(group))

    def result(self) -> PartitionResult:
        """Return the result. Call only after `read_articles()` is exhausted."""
        return PartitionResult(self._entries, self._checksums)

    def _is_article(self, source: SourceFile) -> bool:
        return source in self._entries and not self._entries[source].note

    def _read_source(self, source: SourceFile) -> Article | None:
        """Record the entry of one file; return its article if it must be written to the index."""
        previous = self._partition.previous_by_file.get(source[:2])
        id_taken = source.id in self._checksums
        if previous and self._can_keep(previous, source, id_taken=id_taken):
            self._keep_entry(source, previous, id_taken=id_taken)
            return None
        checksum = ""
        problems: list[ArticleError] = []
        try:
            data = read_source(source)
            checksum = hashlib.sha256(data).hexdigest()
            article = add_derived_names(parse_source(source, data, problems.append))
        except NotAnArticle as error:
            self._record_no_article(source, checksum, error)
            return None
        except ArticleError as error:
            kept = previous if previous and self._is_indexed(previous) and not id_taken else None
            self._record_failure(source, checksum, error, kept)
            return None
        if id_taken:  # a valid article, but an earlier folder has the id
            self._entries[source] = ManifestEntry(source, checksum, "", "", frozenset(), "", "", 0)
            return None
        fields = present_fields(article) | measured_fields(article)
        entry = ManifestEntry(source, checksum, article.id, article.date, fields, checksum, "", 0)
        if problems:
            entry = entry._replace(line=problems[0].line, warning=problems[0].reason)
        self._entries[source] = entry
        self._checksums[article.id] = checksum
        indexed = self._partition.previous_by_id.get(article.id)
        # Equal bytes are an equal article, which the index has already: only its mtime or path has changed.
        return None if indexed is not None and indexed.indexed_sha256 == checksum else article

    def _can_keep(self, previous: ManifestEntry, source: SourceFile, *, id_taken: bool) -> bool:
        """Return True if the file is an unchanged, valid article that is indexed or superseded."""
        unchanged = is_unchanged(previous, source, self._partition.built) and not previous.error
        return unchanged and (id_taken or self._is_indexed(previous))

    def _is_indexed(self, previous: ManifestEntry) -> bool:
        """Return True if the index has the article of this very file."""
        indexed = self._partition.previous_by_id.get(previous.id)
        return bool(previous.id) and indexed is not None and indexed.source[:2] == previous.source[:2]

    def _keep_entry(self, source: SourceFile, previous: ManifestEntry, *, id_taken: bool) -> None:
        if self._is_indexed(previous) and not id_taken:
            self._entries[source] = previous
            self._checksums[previous.id] = previous.indexed_sha256
        else:
            self._entries[source] = previous._replace(
                source=source, id="", date="", fields=frozenset(), indexed_sha256="", line=0, warning=""
            )

    def _record_failure(
        self, source: SourceFile, checksum: str, error: ArticleError, kept: ManifestEntry | None
    ) -> None:
        """Record a file that is not a valid article; its last good version, `kept`, stays searchable."""
        if kept:
            self._checksums[kept.id] = kept.indexed_sha256
        self._entries[source] = ManifestEntry(
            source,
            checksum,
            kept.id if kept else "",
            kept.date if kept else "",
            kept.fields if kept else frozenset(),
            kept.indexed_sha256 if kept else "",
            error.reason,
            error.line,
            error.unread,
        )

    def _record_no_article(self, source: SourceFile, checksum: str, error: NotAnArticle) -> None:
        self._entries[source] = ManifestEntry(source, checksum, "", "", frozenset(), "", "", 0, note=error.reason)

    def _record_duplicate_id(self, source: SourceFile, rival: SourceFile) -> None:
        checksum = ""
        try:
            data = read_source(source)
            checksum = hashlib.sha256(data).hexdigest()
            parse_source(source, data)
        except NotAnArticle as error:
            self._record_no_article(source, checksum, error)
            return
        except ArticleError:
            pass  # whatever else is wrong with it, another file has the id
        reason = f"the same id as {display_path(rival.full)}; rename one of them"
        self._entries[source] = ManifestEntry(source, checksum, "", "", frozenset(), "", reason, 0)
