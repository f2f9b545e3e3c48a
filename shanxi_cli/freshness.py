"""What an index remembers of its corpus, and whether the corpus has changed since. It reads no article.

Every search asks this, so it costs a `stat` for each file, and no more: all of them are compared at
once, by a checksum of the whole listing. A file counts as unchanged when its size, times and inode
are the same; one that was changed within two seconds of the build is hashed again, because the clock
of a file system may be that coarse (git calls such entries racy).

Of more than `MANY` files a search asks their folders alone: a file that comes, goes, is renamed or replaced changes
the times of its folder. One that is written over where it lies does not. So what is not found is looked for again
after every file was asked (`archive.Reader`), as `shanxi index` and `shanxi status` always do.

What is remembered of each file is recalled only where somebody has to know: an update, `status`,
`doctor`. The outline is enough for all others.
"""

import hashlib
import marshal
import os
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from shanxi_cli import dates
from shanxi_cli.errors import IndexUnusable
from shanxi_cli.generation import Generation
from shanxi_cli.query import FIELDS
from shanxi_cli.sources import Row, Source, asked, files_in, is_folder, listed, of_folder

RACY = 2_000_000_000  # nanoseconds
MANY = 20_000
"""Files up to which every search asks each of them: 0.1 s."""


class Entry(NamedTuple):
    """A file of the corpus as the index remembers it.

    `sha256` is of the bytes that were read last, good or bad. `id` is of the article that the index
    holds from this file, empty when it holds none; `date` (EDTF) is of that article and `fields` are
    the fields it has. `kept` is the sha256 of the version that the index holds. `error` and `line`
    say why the bytes are no article, empty and 0 when they are one. `unread` is true when the file
    could not be read at all.
    """

    source: Source
    sha256: str
    id: str
    date: str
    fields: frozenset[str]
    kept: str
    error: str
    line: int
    unread: bool = False


class Coverage(NamedTuple):
    """What an archive covers: its articles, those without a date, and the first and last day of the dates (ISO)."""

    articles: int
    undated: int
    first_day: str | None
    last_day: str | None


class Remembered(NamedTuple):
    """The corpus as it was at a build: its folders in their order and all files in theirs."""

    roots: tuple[str, ...]
    entries: tuple[Entry, ...]


class Outline(NamedTuple):
    """What is remembered of a corpus in short.

    `failed` is how many files are no articles, `fields` how many of the articles that the index holds
    have each field. `listing` is the checksum of all that `stat` said of the files. `doubted` are those
    of which that proves too little: they were changed just before the build, or could not be read.
    `files` is how many files there were. `folders` are the paths of the folders in each root, and `looks` is the
    checksum of what `stat` said of these. `unsettled` are those of which that proves too little, for the same
    reason: the number of the root, the path, and the checksum of the files in it.
    """

    roots: tuple[str, ...]
    coverage: Coverage
    fields: dict[str, int]
    failed: int
    listing: str
    doubted: tuple[Entry, ...]
    files: int
    folders: tuple[tuple[str, ...], ...]
    looks: str
    unsettled: tuple[tuple[int, str, str], ...]


class Survey(NamedTuple):
    """The files of all corpus folders, and of each root its folders as `stat` tells of them."""

    files: list[Source]
    folders: list[tuple[str, list[Row]]]


def remember(known: Remembered) -> Any:
    """`known` as plain JSON values."""
    sets = {entry.fields for entry in known.entries}
    of = {fields: sum(1 << n for n, name in enumerate(FIELDS) if name in fields) for fields in sets}
    return {
        "roots": known.roots,
        "fields": list(FIELDS),
        "entries": [
            [known.roots.index(e.source.root), *e.source[1:], e.sha256, e.id, e.date, of[e.fields], *e[5:]]
            for e in known.entries
        ],
    }


def recall(generation: Generation) -> Remembered:
    """What `remember` wrote into a generation. `IndexUnusable` when it is damaged."""
    data = generation.corpus()
    try:
        return _recalled(data)
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise IndexUnusable("the index does not remember its corpus") from error


def _recalled(data: Any) -> Remembered:
    roots, names = tuple(data["roots"]), data["fields"]
    of: dict[int, frozenset[str]] = {}
    return Remembered(roots, tuple(_entry(row, roots, names, of) for row in data["entries"]))


def outline(known: Remembered, folders: list[tuple[str, list[Row]]], listed_at: int) -> Outline:
    """`known` in short; its files were listed, with these folders, no earlier than `listed_at` (nanoseconds)."""
    files = [(root, [e.source[1:] for e in known.entries if e.source.root == root]) for root in known.roots]
    have: Counter[str] = Counter()
    for fields, articles in Counter(entry.fields for entry in known.entries if entry.id).items():
        have.update(dict.fromkeys(fields, articles))  # few sets of fields, many articles
    return Outline(
        known.roots,
        coverage(known),
        {name: have[name] for name in FIELDS},
        sum(1 for entry in known.entries if entry.error),
        _checksum_of(files),
        tuple(entry for entry in known.entries if entry.unread or _is_racy(entry.source, listed_at)),
        len(known.entries),
        tuple(tuple(row[0] for row in rows) for _, rows in folders),
        _checksum_of(folders),
        tuple(_unsettled(known, folders, listed_at)),
    )


def _unsettled(
    known: Remembered, folders: list[tuple[str, list[Row]]], listed_at: int
) -> Iterator[tuple[int, str, str]]:
    """The folders that were changed just before they were listed, and whose files may have changed again since.

    Where the build has taken longer than the clock is coarse, a second look tells that they have not.
    """
    racy = {(n, row[0]): row for n, (_, rows) in enumerate(folders) for row in rows if max(row[2:4]) > listed_at - RACY}
    if not racy:
        return
    files: dict[tuple[int, str], list[Row]] = defaultdict(list)
    for entry in known.entries:
        if not entry.source.is_folder:
            folder = entry.source.path.rpartition("/")
            files[known.roots.index(entry.source.root), folder[0] + folder[1]].append(entry.source[1:])
    for (n, path), row in racy.items():
        root, held = known.roots[n], files[n, path]
        settled = max(row[2:4]) <= time.time_ns() - RACY and files_in(root, path) == held
        if not settled or of_folder(root, path) != row:
            yield n, path, _checksum_of([(root, held)])


def remember_outline(short: Outline) -> Any:
    """`short` as plain JSON values."""
    return {**short._asdict(), "doubted": remember(Remembered(short.roots, short.doubted))}


def recall_outline(generation: Generation) -> Outline:
    """What `remember_outline` wrote into a generation. `IndexUnusable` when it is damaged."""
    data = generation.outline()
    try:
        doubted = _recalled(data["doubted"])
        covered = Coverage(*data["coverage"])
        return Outline(
            doubted.roots,
            covered,
            data["fields"],
            data["failed"],
            data["listing"],
            doubted.entries,
            data["files"],
            tuple(map(tuple, data["folders"])),
            data["looks"],
            tuple((n, path, checksum) for n, path, checksum in data["unsettled"]),
        )
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise IndexUnusable("the index does not remember its corpus") from error


def article_dates(generation: Generation) -> dict[str, str]:
    """The id of each article of a generation, sorted, with its date (EDTF, or empty). `IndexUnusable` when damaged.

    It is `recall` for whoever is in a hurry: a shell that completes an id waits for it.
    """
    try:
        return dict(sorted((row[7], row[8]) for row in generation.corpus()["entries"] if row[7]))
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise IndexUnusable("the index does not remember its corpus") from error


def coverage(known: Remembered) -> Coverage:
    """What the articles that the index holds cover; open ends of dates are left out."""
    held = Counter(entry.date for entry in known.entries if entry.id)
    articles, undated = held.total(), held.pop("", 0)
    days = [dates.parse(date) for date in held]
    first = min((d.first for d in days if d.first > dates.FIRST_DAY), default=None)
    last = max((d.last for d in days if d.last < dates.LAST_DAY), default=None)
    return Coverage(articles, undated, dates.iso(first) if first else None, dates.iso(last) if last else None)


def _entry(row: list[Any], roots: tuple[str, ...], names: list[str], of: dict[int, frozenset[str]]) -> Entry:
    sha256, article_id, date, bits, kept, error, line, unread = row[6:]
    if bits not in of:  # few sets of fields, many articles
        of[bits] = frozenset(name for number, name in enumerate(names) if bits >> number & 1)
    return Entry(Source(roots[row[0]], *row[1:6]), sha256, article_id, date, of[bits], kept, error, line, unread)


def all_sources(roots: Iterable[str], known: Remembered | None) -> list[Source]:
    """The files that `survey` finds."""
    return survey(roots, known).files


def survey(roots: Iterable[str], known: Remembered | None) -> Survey:
    """The files of all corpus folders, in the order of the folders and by path within one, and what these look like.

    What was known of a folder that cannot be looked into any more is taken to be there still.
    """
    listings = [(root, listed(root)) for root in roots]
    found = [Source(root, *row) for root, listing in listings for row in listing.files]
    folders = [(root, listing.folders) for root, listing in listings]
    return Survey(_with_hidden(found, [root for root, _ in listings], known), folders)


def _with_hidden(found: list[Source], roots: list[str], known: Remembered | None) -> list[Source]:
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


def may_have_changed(generation: Generation, short: Outline, roots: tuple[str, ...]) -> bool:
    """False when the folders of a large corpus are what they were: then files can only have been written over.

    True where that cannot be told by the folders alone, or is not worth it, for there are no more than `MANY` files.
    """
    return short.files <= MANY or short.roots != roots or _folders_have_changed(generation, short)


def looks_otherwise(generation: Generation, short: Outline) -> bool:
    """True when every search of a large corpus asks every file, for its folders are not what is remembered of them."""
    return short.files > MANY and _folders_have_changed(generation, short)


def _folders_have_changed(generation: Generation, short: Outline) -> bool:
    """True when a folder, or a file of which its folder tells too little, is not what it was."""
    roots = short.roots
    pairs = zip(roots, short.folders, strict=True)
    folders = [(root, [of_folder(root, path) for path in paths]) for root, paths in pairs]
    if _checksum_of(folders) != short.looks:
        return True
    if any(_checksum_of([(roots[n], files_in(roots[n], path))]) != held for n, path, held in short.unsettled):
        return True
    return any(
        not (
            (entry.unread or asked(entry.source) == entry.source)
            and is_unchanged(entry, entry.source, generation.built)
        )
        for entry in short.doubted
    )


def has_changed(generation: Generation, short: Outline, roots: tuple[str, ...]) -> bool:
    """True when the corpus is not what it was when a generation was built. `IndexUnusable` when that is damaged.

    Where a folder cannot be looked into now, what was in it has to be recalled file by file.
    """
    if short.roots != roots:
        return True
    files = [(root, listed(root).files) for root in roots]
    if _checksum_of(files) == short.listing:
        return not all(is_unchanged(entry, entry.source, generation.built) for entry in short.doubted)
    if not any(is_folder(row[0]) for _, rows in files for row in rows):
        return True
    known = recall(generation)
    return is_stale(known, all_sources(roots, known), roots, generation.built)


def _checksum_of(files: list[tuple[str, list[Row]]]) -> str:
    """The SHA-256 of what is listed of each root.

    Marshalled at version 0, which knows no references, equal values are equal bytes, in a fifth of the
    time of JSON. Should another Python write other bytes, that is an update that finds nothing to do.
    """
    return hashlib.sha256(marshal.dumps(files, 0)).hexdigest()


def is_stale(known: Remembered, found: list[Source], roots: tuple[str, ...], built: int) -> bool:
    """True when the corpus is not what it was when the index was built (`built`: nanoseconds)."""
    if known.roots != roots or len(known.entries) != len(found):
        return True
    return any(not is_unchanged(entry, source, built) for entry, source in zip(known.entries, found, strict=True))


def is_unchanged(entry: Entry, source: Source, built: int) -> bool:
    """True when the file holds what it held when `entry` was made."""
    if entry.source != source:
        return False
    if entry.unread:  # its times cannot tell that a disk or a right has come back
        return not _can_be_read(source)
    return not _is_racy(source, built) or not entry.sha256 or checksum(source) == entry.sha256


def _is_racy(source: Source, built: int) -> bool:
    return max(source.mtime, source.ctime) > built - RACY


def _can_be_read(source: Source) -> bool:
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


def checksum(source: Source) -> str:
    """The SHA-256 of a file's bytes; empty when it cannot be read, as for a file that never could."""
    try:
        with open(source.full, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
