"""Change detection: compare a corpus with the manifest of its index, without reading articles.

Every search runs it, so it costs one `stat` per file: the results are compared all at once, by a checksum of the whole
listing. A file counts as unchanged if its size, times and inode are equal; one modified within two seconds of the build
is hashed again, because file system clocks may be that coarse (git calls such entries racy).

In a corpus of more than `MAX_FULL_SCAN_FILES` files, a search calls `stat` on folders only. Adding, removing, renaming
or replacing a file changes the mtime of its folder; overwriting it in place does not (nor does overwriting the ignore
file of a subfolder; that of the corpus folder is part of the checksum). A search without results is
therefore retried after a full scan (`answers.retrying_reader`). `shanxi index` and `shanxi status` always scan fully.

A program that writes through a memory map may change bytes and no time. Only checksums tell: `find_edited_files`, which
`shanxi index` and `shanxi doctor` call (10,000 files: 0.12 s of processor time, beside 0.25 s of the rest).
"""

import hashlib
import time
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from shanxi_cli.corpus.exclusions import read_patterns
from shanxi_cli.corpus.scanner import (
    SourceFile,
    StatRow,
    is_folder_path,
    list_folder_files,
    open_source,
    scan_root,
    stat_folder,
    stat_source,
)
from shanxi_cli.indexing.manifest import Manifest, ManifestEntry, ManifestSummary, compute_coverage, load_manifest
from shanxi_cli.indexing.snapshot import Generation
from shanxi_cli.query.fields import DERIVED_FIELDS, FIELDS
from shanxi_cli.util.frozen_record import NamedTuple, replace_fields

RACY_NANOSECONDS = 2_000_000_000
MAX_FULL_SCAN_FILES = 10_000
"""Number of files up to which every search calls `stat` on each: 25 ms, of which 17 are the calls themselves."""
_COLUMN_TYPECODES = "qqqQ"
"""Types of size, mtime, ctime and inode of stat rows."""


class CorpusScan(NamedTuple):
    """Files of all corpus folders, and the stat rows of the folders in each root."""

    files: list[SourceFile]
    folders: list[tuple[str, list[StatRow]]]


def summarize_manifest(
    manifest: Manifest, folders: list[tuple[str, list[StatRow]]], listed_at: int, excluded: tuple[str, ...] = ()
) -> ManifestSummary:
    """Return the summary of `manifest`, whose files and `folders` were listed at `listed_at` (nanoseconds) or later."""
    files = [(root, [e.source[1:] for e in manifest.entries if e.source.root == root]) for root in manifest.roots]
    field_counts: Counter[str] = Counter()
    for fields, articles in Counter(entry.fields for entry in manifest.entries if entry.id).items():
        field_counts.update(dict.fromkeys(fields, articles))  # few sets of fields, many articles
    return ManifestSummary(
        manifest.roots,
        compute_coverage(manifest),
        {name: field_counts[name] for name in (*FIELDS, *DERIVED_FIELDS.values())},
        sum(1 for entry in manifest.entries if entry.error),
        sum(1 for entry in manifest.entries if entry.warning),
        _listing_checksum(files, excluded),
        tuple(entry for entry in manifest.entries if entry.unread or _stays_racy(entry, listed_at)),
        len(manifest.entries),
        tuple(tuple(row[0] for row in rows) for _, rows in folders),
        _listing_checksum(folders, excluded),
        tuple(_find_racy_folders(manifest, folders, listed_at, excluded)),
    )


def _stays_racy(entry: ManifestEntry, listed_at: int) -> bool:
    """Return True if a file was modified just before it was listed, so that a later change may not show in its times.

    If the build took longer than the clock resolution, reading the file again can prove that it has not changed: what
    changes from now on has another time.
    """
    if not _is_racy(entry.source, listed_at):
        return False
    source, old = entry.source, not _is_racy(entry.source, time.time_ns())
    return not (old and entry.sha256 and file_checksum(source) == entry.sha256 and stat_source(source) == source)


def _find_racy_folders(
    manifest: Manifest, folders: list[tuple[str, list[StatRow]]], listed_at: int, excluded: tuple[str, ...]
) -> Iterator[tuple[int, str, str]]:
    """Yield the folders that were modified just before they were listed, so that a later change may not show.

    If the build took longer than the clock resolution, listing them again can prove that they have not changed.
    """
    racy = {
        (root_index, row[0]): row
        for root_index, (_, rows) in enumerate(folders)
        for row in rows
        if max(row[2:4]) > listed_at - RACY_NANOSECONDS
    }
    if not racy:
        return
    files: dict[tuple[int, str], list[StatRow]] = defaultdict(list)
    for entry in manifest.entries:
        if not entry.source.is_folder:
            parent, slash, _ = entry.source.path.rpartition("/")
            files[manifest.roots.index(entry.source.root), parent + slash].append(entry.source[1:])
    for (root_index, path), row in racy.items():
        root, listed = manifest.roots[root_index], files[root_index, path]
        old = max(row[2:4]) <= time.time_ns() - RACY_NANOSECONDS
        settled = old and list_folder_files(root, path, excluded) == listed
        if not settled or stat_folder(root, path) != row:
            yield root_index, path, _listing_checksum([(root, listed)], excluded)


def scan_corpus(roots: Iterable[str], manifest: Manifest | None, excluded: tuple[str, ...] = ()) -> CorpusScan:
    """List the files of all corpus folders, in the order of the folders and by path within each.

    Files that `manifest` has in a folder that is unreadable now are assumed to exist still.
    """
    listings = [(root, scan_root(root, excluded)) for root in roots]
    sources = [SourceFile(root, *row) for root, listing in listings for row in listing.files]
    folders = [(root, listing.folders) for root, listing in listings]
    return CorpusScan(_add_hidden_sources(sources, [root for root, _ in listings], manifest), folders)


def _add_hidden_sources(sources: list[SourceFile], roots: list[str], manifest: Manifest | None) -> list[SourceFile]:
    """Return `sources` with the files that `manifest` has in folders that are unreadable now."""
    unreadable = [source for source in sources if source.is_folder]
    if not unreadable or manifest is None:
        return sources
    hidden = {
        entry.source
        for entry in manifest.entries
        for folder in unreadable
        if entry.source.root == folder.root and entry.source.path.startswith("" if folder.path == "./" else folder.path)
    }
    order = {root: number for number, root in enumerate(roots)}
    return sorted({*sources, *hidden}, key=lambda source: (order.get(source.root, len(order)), source.path))


def may_have_changed(
    generation: Generation, summary: ManifestSummary, roots: tuple[str, ...], excluded: tuple[str, ...] = ()
) -> bool:
    """Return False if the folders of a large corpus are unchanged; in-place edits of files are not detected.

    Return True for up to `MAX_FULL_SCAN_FILES` files, where folders alone are never sufficient.
    """
    small = summary.files <= MAX_FULL_SCAN_FILES
    return small or summary.roots != roots or _folders_have_changed(generation, summary, excluded)


def requires_full_scan(generation: Generation, summary: ManifestSummary, excluded: tuple[str, ...] = ()) -> bool:
    """Return True if every search must call `stat` on all files of a large corpus because its folders differ."""
    return summary.files > MAX_FULL_SCAN_FILES and _folders_have_changed(generation, summary, excluded)


def _folders_have_changed(generation: Generation, summary: ManifestSummary, excluded: tuple[str, ...]) -> bool:
    """Return True if a folder, or a racy folder or file, differs from the manifest."""
    roots = summary.roots
    pairs = zip(roots, summary.folders, strict=True)
    folders = [(root, [stat_folder(root, path) for path in paths]) for root, paths in pairs]
    if _listing_checksum(folders, excluded) != summary.folder_checksum:
        return True
    for root_index, path, checksum in summary.racy_folders:
        root = roots[root_index]
        if _listing_checksum([(root, list_folder_files(root, path, excluded))], excluded) != checksum:
            return True
    return any(
        not (
            (entry.unread or stat_source(entry.source) == entry.source)
            and is_unchanged(entry, entry.source, generation.built)
        )
        for entry in summary.racy_files
    )


def has_changed(
    generation: Generation, summary: ManifestSummary, roots: tuple[str, ...], excluded: tuple[str, ...] = ()
) -> bool:
    """Return True if the corpus differs from the manifest. Raise `IndexUnusable` if the manifest is damaged.

    The full manifest is loaded only if a folder of the corpus is unreadable now.
    """
    if summary.roots != roots:
        return True
    files = [(root, scan_root(root, excluded).files) for root in roots]
    if _listing_checksum(files, excluded) == summary.file_checksum:
        return not all(is_unchanged(entry, entry.source, generation.built) for entry in summary.racy_files)
    if not any(is_folder_path(row[0]) for _, rows in files for row in rows):
        return True
    manifest = load_manifest(generation)
    return is_stale(manifest, scan_corpus(roots, manifest, excluded).files, roots, generation.built)


def _listing_checksum(listings: list[tuple[str, list[StatRow]]], excluded: tuple[str, ...]) -> str:
    """Return the SHA-256 of the stat rows of each root, and of the patterns of what is left out.

    Rows are hashed column by column, which takes half the time of hashing them one by one.
    """
    digest = hashlib.sha256()
    for root, rows in listings:
        paths, *columns = zip(*rows, strict=True) if rows else ((), (), (), (), ())
        names = "\0".join([root, str(len(rows)), *paths, ""])
        digest.update(names.encode("utf-8", "surrogateescape"))
        for kind, column in zip(_COLUMN_TYPECODES, columns, strict=True):
            try:
                digest.update(array(kind, column))
            except OverflowError:  # a time after 2262
                digest.update(repr(column).encode())
    patterns = [read_patterns(root, excluded) for root, _ in listings]
    if any(patterns):
        digest.update(repr(patterns).encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def is_stale(manifest: Manifest, sources: list[SourceFile], roots: tuple[str, ...], built: int) -> bool:
    """Return True if `sources` differ from the manifest of an index built at `built` (nanoseconds)."""
    if manifest.roots != roots or len(manifest.entries) != len(sources):
        return True
    return any(not is_unchanged(entry, source, built) for entry, source in zip(manifest.entries, sources, strict=True))


def is_unchanged(entry: ManifestEntry, source: SourceFile, built: int) -> bool:
    """Return True if the file has the same content as when `entry` was recorded."""
    if entry.source != source:
        return False
    if entry.unread:  # times do not change when a disk or a permission comes back
        return not _is_readable(source)
    return not _is_racy(source, built) or not entry.sha256 or file_checksum(source) == entry.sha256


def find_edited_files(entries: Iterable[ManifestEntry]) -> Iterator[ManifestEntry]:
    """Yield the entries whose files have other bytes than recorded, whatever their times; read every file."""
    return (e for e in entries if e.sha256 and file_checksum(e.source) not in ("", e.sha256))


def forget_times(manifest: Manifest, edited: frozenset[SourceFile]) -> Manifest:
    """Return `manifest` without the times of some files, so that these count as changed."""
    entries = (
        entry._replace(source=entry.source._replace(mtime=0, ctime=0)) if entry.source in edited else entry
        for entry in manifest.entries
    )
    return replace_fields(manifest, entries=tuple(entries))


def _is_racy(source: SourceFile, built: int) -> bool:
    return max(source.mtime, source.ctime) > built - RACY_NANOSECONDS


def _is_readable(source: SourceFile) -> bool:
    try:
        with open(open_source(source), "rb", buffering=0) as file:
            file.read(1)
    except (OSError, UnicodeEncodeError):
        return False
    return True


def file_checksum(source: SourceFile) -> str:
    """Return the SHA-256 of a file; empty if it cannot be read, as in the entry of a file that never could be."""
    try:
        with open(open_source(source), "rb", buffering=0) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, UnicodeEncodeError):  # the second: the index was built in a locale with other letters
        return ""
