"""Whether a corpus has changed since its index was built. It reads no article.

Every search asks this, so it costs a `stat` for each file, and no more: all of them are compared at
once, by a checksum of the whole listing. A file counts as unchanged when its size, times and inode
are the same; one that was changed within two seconds of the build is hashed again, because the clock
of a file system may be that coarse (git calls such entries racy).

Of more than `MAX_FULL_SCAN_FILES` files a search asks their folders alone: a file that comes, goes, is renamed or
replaced changes
the times of its folder. One that is written over where it lies does not. So what is not found is looked for again
after every file was asked (`archive.Reader`), as `shanxi index` and `shanxi status` always do.
"""

import hashlib
import marshal
import os
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from shanxi_cli.corpus.scanner import (
    SourceFile,
    StatRow,
    is_folder_path,
    list_folder_files,
    scan_root,
    stat_folder,
    stat_source,
)
from shanxi_cli.indexing.manifest import Manifest, ManifestEntry, ManifestSummary, compute_coverage, load_manifest
from shanxi_cli.indexing.snapshot import Generation
from shanxi_cli.query.fields import FIELDS

RACY_NANOSECONDS = 2_000_000_000  # nanoseconds
MAX_FULL_SCAN_FILES = 20_000
"""Files up to which every search asks each of them: 0.1 s."""


class CorpusScan(NamedTuple):
    """The files of all corpus folders, and of each root its folders as `stat` tells of them."""

    files: list[SourceFile]
    folders: list[tuple[str, list[StatRow]]]


def summarize_manifest(known: Manifest, folders: list[tuple[str, list[StatRow]]], listed_at: int) -> ManifestSummary:
    """`known` in short; its files were listed, with these folders, no earlier than `listed_at` (nanoseconds)."""
    files = [(root, [e.source[1:] for e in known.entries if e.source.root == root]) for root in known.roots]
    have: Counter[str] = Counter()
    for fields, articles in Counter(entry.fields for entry in known.entries if entry.id).items():
        have.update(dict.fromkeys(fields, articles))  # few sets of fields, many articles
    return ManifestSummary(
        known.roots,
        compute_coverage(known),
        {name: have[name] for name in FIELDS},
        sum(1 for entry in known.entries if entry.error),
        _listing_checksum(files),
        tuple(entry for entry in known.entries if entry.unread or _is_racy(entry.source, listed_at)),
        len(known.entries),
        tuple(tuple(row[0] for row in rows) for _, rows in folders),
        _listing_checksum(folders),
        tuple(_find_racy_folders(known, folders, listed_at)),
    )


def _find_racy_folders(
    known: Manifest, folders: list[tuple[str, list[StatRow]]], listed_at: int
) -> Iterator[tuple[int, str, str]]:
    """The folders that were changed just before they were listed, and whose files may have changed again since.

    Where the build has taken longer than the clock is coarse, a second look tells that they have not.
    """
    racy = {
        (n, row[0]): row
        for n, (_, rows) in enumerate(folders)
        for row in rows
        if max(row[2:4]) > listed_at - RACY_NANOSECONDS
    }
    if not racy:
        return
    files: dict[tuple[int, str], list[StatRow]] = defaultdict(list)
    for entry in known.entries:
        if not entry.source.is_folder:
            folder = entry.source.path.rpartition("/")
            files[known.roots.index(entry.source.root), folder[0] + folder[1]].append(entry.source[1:])
    for (n, path), row in racy.items():
        root, held = known.roots[n], files[n, path]
        settled = max(row[2:4]) <= time.time_ns() - RACY_NANOSECONDS and list_folder_files(root, path) == held
        if not settled or stat_folder(root, path) != row:
            yield n, path, _listing_checksum([(root, held)])


def scan_corpus(roots: Iterable[str], known: Manifest | None) -> CorpusScan:
    """The files of all corpus folders, in the order of the folders and by path within one, and what these look like.

    What was known of a folder that cannot be looked into any more is taken to be there still.
    """
    listings = [(root, scan_root(root)) for root in roots]
    found = [SourceFile(root, *row) for root, listing in listings for row in listing.files]
    folders = [(root, listing.folders) for root, listing in listings]
    return CorpusScan(_add_hidden_sources(found, [root for root, _ in listings], known), folders)


def _add_hidden_sources(found: list[SourceFile], roots: list[str], known: Manifest | None) -> list[SourceFile]:
    closed = [source for source in found if source.is_folder]
    if not closed or known is None:
        return found
    hidden = {
        entry.source
        for entry in known.entries
        for folder in closed
        if entry.source.root == folder.root and entry.source.path.startswith("" if folder.path == "./" else folder.path)
    }
    order = {root: number for number, root in enumerate(roots)}
    return sorted({*found, *hidden}, key=lambda source: (order.get(source.root, len(order)), source.path))


def may_have_changed(generation: Generation, short: ManifestSummary, roots: tuple[str, ...]) -> bool:
    """False when the folders of a large corpus are what they were: then files can only have been written over.


    True where the folders alone cannot show it, or there are no more than `MAX_FULL_SCAN_FILES` files.
    """
    return short.files <= MAX_FULL_SCAN_FILES or short.roots != roots or _folders_have_changed(generation, short)


def requires_full_scan(generation: Generation, short: ManifestSummary) -> bool:
    """True when every search of a large corpus asks every file, for its folders are not what is remembered of them."""
    return short.files > MAX_FULL_SCAN_FILES and _folders_have_changed(generation, short)


def _folders_have_changed(generation: Generation, short: ManifestSummary) -> bool:
    """True when a folder, or a file of which its folder tells too little, is not what it was."""
    roots = short.roots
    pairs = zip(roots, short.folders, strict=True)
    folders = [(root, [stat_folder(root, path) for path in paths]) for root, paths in pairs]
    if _listing_checksum(folders) != short.looks:
        return True
    if any(
        _listing_checksum([(roots[n], list_folder_files(roots[n], path))]) != held for n, path, held in short.unsettled
    ):
        return True
    return any(
        not (
            (entry.unread or stat_source(entry.source) == entry.source)
            and is_unchanged(entry, entry.source, generation.built)
        )
        for entry in short.doubted
    )


def has_changed(generation: Generation, short: ManifestSummary, roots: tuple[str, ...]) -> bool:
    """True when the corpus is not what it was when a generation was built. `IndexUnusable` when that is damaged.

    Where a folder cannot be looked into now, what was in it has to be recalled file by file.
    """
    if short.roots != roots:
        return True
    files = [(root, scan_root(root).files) for root in roots]
    if _listing_checksum(files) == short.listing:
        return not all(is_unchanged(entry, entry.source, generation.built) for entry in short.doubted)
    if not any(is_folder_path(row[0]) for _, rows in files for row in rows):
        return True
    known = load_manifest(generation)
    return is_stale(known, scan_corpus(roots, known).files, roots, generation.built)


def _listing_checksum(files: list[tuple[str, list[StatRow]]]) -> str:
    """The SHA-256 of what is listed of each root.

    Marshalled at version 0, which knows no references, equal values are equal bytes, in a fifth of the
    time of JSON. Should another Python write other bytes, that is an update that finds nothing to do.
    """
    return hashlib.sha256(marshal.dumps(files, 0)).hexdigest()


def is_stale(known: Manifest, found: list[SourceFile], roots: tuple[str, ...], built: int) -> bool:
    """True when the corpus is not what it was when the index was built (`built`: nanoseconds)."""
    if known.roots != roots or len(known.entries) != len(found):
        return True
    return any(not is_unchanged(entry, source, built) for entry, source in zip(known.entries, found, strict=True))


def is_unchanged(entry: ManifestEntry, source: SourceFile, built: int) -> bool:
    """True when the file holds what it held when `entry` was made."""
    if entry.source != source:
        return False
    if entry.unread:  # its times cannot tell that a disk or a right has come back
        return not _is_readable(source)
    return not _is_racy(source, built) or not entry.sha256 or file_checksum(source) == entry.sha256


def _is_racy(source: SourceFile, built: int) -> bool:
    return max(source.mtime, source.ctime) > built - RACY_NANOSECONDS


def _is_readable(source: SourceFile) -> bool:
    try:
        handle = os.open(source.full, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        os.read(handle, 1)
    except OSError:
        return False
    finally:
        os.close(handle)
    return True


def file_checksum(source: SourceFile) -> str:
    """The SHA-256 of a file's bytes; empty when it cannot be read, as for a file that never could."""
    try:
        with open(source.full, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
