"""What an index remembers of its corpus: of each file, and of all in short, as plain JSON values and back.

Each file is recalled only where somebody has to know: an update, `status`, `doctor`. The outline is enough for
all others.
"""

from collections import Counter
from typing import Any, NamedTuple

from shanxi_cli.corpus.scanner import SourceFile
from shanxi_cli.errors import IndexUnusable
from shanxi_cli.indexing.snapshot import Generation
from shanxi_cli.query.fields import FIELDS
from shanxi_cli.util import edtf


class ManifestEntry(NamedTuple):
    """A file of the corpus as the index remembers it.

    `sha256` is of the bytes that were read last, good or bad. `id` is of the article that the index
    holds from this file, empty when it holds none; `date` (EDTF) is of that article and `fields` are
    the fields it has. `kept` is the sha256 of the version that the index holds. `error` and `line`
    say why the bytes are no article, empty and 0 when they are one. `unread` is true when the file
    could not be read at all.
    """

    source: SourceFile
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


class Manifest(NamedTuple):
    """The corpus as it was at a build: its folders in their order and all files in theirs."""

    roots: tuple[str, ...]
    entries: tuple[ManifestEntry, ...]


class ManifestSummary(NamedTuple):
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
    doubted: tuple[ManifestEntry, ...]
    files: int
    folders: tuple[tuple[str, ...], ...]
    looks: str
    unsettled: tuple[tuple[int, str, str], ...]


def dump_manifest(known: Manifest) -> Any:
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


def load_manifest(generation: Generation) -> Manifest:
    """What `dump_manifest` wrote into a generation. `IndexUnusable` when it is damaged."""
    data = generation.corpus()
    try:
        return _parse_manifest(data)
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise IndexUnusable("the index does not remember its corpus") from error


def _parse_manifest(data: Any) -> Manifest:
    roots, names = tuple(data["roots"]), data["fields"]
    of: dict[int, frozenset[str]] = {}
    return Manifest(roots, tuple(_parse_entry(row, roots, names, of) for row in data["entries"]))


def dump_manifest_summary(short: ManifestSummary) -> Any:
    """`short` as plain JSON values."""
    return {**short._asdict(), "doubted": dump_manifest(Manifest(short.roots, short.doubted))}


def load_manifest_summary(generation: Generation) -> ManifestSummary:
    """What `dump_manifest_summary` wrote into a generation. `IndexUnusable` when it is damaged."""
    data = generation.outline()
    try:
        doubted = _parse_manifest(data["doubted"])
        covered = Coverage(*data["coverage"])
        return ManifestSummary(
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


def load_article_dates(generation: Generation) -> dict[str, str]:
    """The id of each article of a generation, sorted, with its date (EDTF, or empty). `IndexUnusable` when damaged.

    It is `load_manifest` for whoever is in a hurry: a shell that completes an id waits for it.
    """
    try:
        return dict(sorted((row[7], row[8]) for row in generation.corpus()["entries"] if row[7]))
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise IndexUnusable("the index does not remember its corpus") from error


def compute_coverage(known: Manifest) -> Coverage:
    """What the articles that the index holds cover; open ends of dates are left out."""
    held = Counter(entry.date for entry in known.entries if entry.id)
    articles, undated = held.total(), held.pop("", 0)
    days = [edtf.parse_edtf(date) for date in held]
    first = min((d.first for d in days if d.first > edtf.FIRST_DAY), default=None)
    last = max((d.last for d in days if d.last < edtf.LAST_DAY), default=None)
    return Coverage(
        articles, undated, edtf.format_day(first) if first else None, edtf.format_day(last) if last else None
    )


def _parse_entry(
    row: list[Any], roots: tuple[str, ...], names: list[str], of: dict[int, frozenset[str]]
) -> ManifestEntry:
    sha256, article_id, date, bits, kept, error, line, unread = row[6:]
    if bits not in of:  # few sets of fields, many articles
        of[bits] = frozenset(name for number, name in enumerate(names) if bits >> number & 1)
    return ManifestEntry(
        SourceFile(roots[row[0]], *row[1:6]), sha256, article_id, date, of[bits], kept, error, line, unread
    )
