"""Corpus manifest: an entry for each file and a summary, (de)serialised as plain JSON values.

Entries are loaded on demand only, by an update, `status` and `doctor`. Every other command reads the summary alone.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from shanxi_cli.corpus.scanner import SourceFile
from shanxi_cli.errors import IndexUnusable
from shanxi_cli.indexing.snapshot import CORPUS_FILE, SUMMARY_FILE, Generation
from shanxi_cli.query.fields import DERIVED_FIELDS, FIELDS
from shanxi_cli.util import edtf
from shanxi_cli.util.frozen_record import NamedTuple, Record

_COUNTED_FIELDS = (*FIELDS, *DERIVED_FIELDS.values())
"""Names whose articles a manifest counts."""


class ManifestEntry(NamedTuple):
    """Entry of a corpus file.

    `sha256` is of the bytes last read, valid or not. `id` is that of the article indexed from this file, empty if there
    is none; `date` (EDTF) and `fields` (the fields that it has) belong to that article, and `indexed_sha256` is of the
    indexed version. `error` and `line` tell why the bytes are not a valid article, empty and 0 if they are. `unread`
    is true if the file could not be read at all. `note` tells why a file that is valid has no article, or is empty.
    `warning` is what is wrong with an article that is indexed all the same, in `line`: a date that cannot be read.
    """

    source: SourceFile
    sha256: str
    id: str
    date: str
    fields: frozenset[str]
    indexed_sha256: str
    error: str
    line: int
    unread: bool = False
    note: str = ""
    warning: str = ""


class Coverage(NamedTuple):
    """Coverage of an archive: number of articles, number without a date, first and last day of the dates (ISO)."""

    articles: int
    undated: int
    first_day: str | None
    last_day: str | None


class Manifest(Record):
    """State of the corpus at a build: its folders in order, and the entries of all files in corpus order."""

    roots: tuple[str, ...]
    entries: tuple[ManifestEntry, ...]


class ManifestSummary(Record):
    """Summary of a manifest.

    `failed` counts the files that are not valid articles, `warned` the articles with a warning, and `fields` the
    indexed articles that have each field. `file_checksum` covers the stat results of all files. `racy_files` are those
    for which it is not sufficient: they were modified just before the build (git's word is racy), or could not be read.
    `files` is the number of files. `folders` are the paths of the folders in each root, and `folder_checksum` covers
    their stat results.
    `racy_folders` are those for which it is not sufficient, for the same reason: index of the root, path, and checksum
    of the files in the folder.
    """

    roots: tuple[str, ...]
    coverage: Coverage
    fields: dict[str, int]
    failed: int
    warned: int
    file_checksum: str
    racy_files: tuple[ManifestEntry, ...]
    files: int
    folders: tuple[tuple[str, ...], ...]
    folder_checksum: str
    racy_folders: tuple[tuple[int, str, str], ...]


def dump_manifest(manifest: Manifest) -> Any:
    """Return `manifest` as plain JSON values; `load_manifest` reads them back."""
    field_sets = {entry.fields for entry in manifest.entries}
    bits = {fields: sum(1 << n for n, name in enumerate(_COUNTED_FIELDS) if name in fields) for fields in field_sets}
    return {
        "roots": manifest.roots,
        "fields": list(_COUNTED_FIELDS),
        "entries": [
            [manifest.roots.index(e.source.root), *e.source[1:], e.sha256, e.id, e.date, bits[e.fields], *e[5:]]
            for e in manifest.entries
        ],
    }


def load_manifest(generation: Generation) -> Manifest:
    """Load the manifest of a generation. Raise `IndexUnusable` if it is damaged."""
    with _translate_invalid_json(CORPUS_FILE):
        return _parse_manifest(generation.read_manifest_json())


def _parse_manifest(data: Any) -> Manifest:
    roots, names = tuple(data["roots"]), data["fields"]
    fields_by_bits: dict[int, frozenset[str]] = {}
    return Manifest(roots, tuple(_parse_entry(row, roots, names, fields_by_bits) for row in data["entries"]))


def dump_manifest_summary(summary: ManifestSummary) -> Any:
    """Return `summary` as plain JSON values; `load_manifest_summary` reads them back."""
    return {
        "roots": summary.roots,
        "coverage": summary.coverage,
        "fields": summary.fields,
        "failed": summary.failed,
        "warned": summary.warned,
        "listing": summary.file_checksum,
        "doubted": dump_manifest(Manifest(summary.roots, summary.racy_files)),
        "files": summary.files,
        "folders": summary.folders,
        "looks": summary.folder_checksum,
        "unsettled": summary.racy_folders,
    }


def load_manifest_summary(generation: Generation) -> ManifestSummary:
    """Load the summary of the manifest of a generation. Raise `IndexUnusable` if it is damaged."""
    with _translate_invalid_json(SUMMARY_FILE):
        return parse_manifest_summary(generation.read_summary_json())


def parse_manifest_summary(data: Any) -> ManifestSummary:
    """Return the summary that `dump_manifest_summary` gave. Raise `IndexUnusable` if it is damaged."""
    with _translate_invalid_json(SUMMARY_FILE):
        racy_files = _parse_manifest(data["doubted"])
        return ManifestSummary(
            racy_files.roots,
            Coverage(*data["coverage"]),
            data["fields"],
            data["failed"],
            data["warned"],
            data["listing"],
            racy_files.entries,
            data["files"],
            tuple(map(tuple, data["folders"])),
            data["looks"],
            tuple((root_index, path, checksum) for root_index, path, checksum in data["unsettled"]),
        )


def load_article_dates(generation: Generation) -> dict[str, str]:
    """Return the dates (EDTF, or empty) of all articles by id, sorted by id. Raise `IndexUnusable` if damaged.

    Faster than `load_manifest`: shell completion of an id waits for it.
    """
    with _translate_invalid_json(CORPUS_FILE):
        entries = generation.read_manifest_json()["entries"]
        return dict(sorted((row[7], row[8]) for row in entries if row[7]))


def load_article_checksums(generation: Generation) -> dict[str, str]:
    """Return the SHA-256 of the file of each article, as indexed, by id. Raise `IndexUnusable` if damaged."""
    with _translate_invalid_json(CORPUS_FILE):
        return list_article_checksums(generation.read_manifest_json())


def list_article_checksums(manifest: Any) -> dict[str, str]:
    """Return the same of a manifest as plain JSON values."""
    with _translate_invalid_json(CORPUS_FILE):
        return {row[7]: row[10] for row in manifest["entries"] if row[7]}


def compute_coverage(manifest: Manifest) -> Coverage:
    """Return the coverage of the indexed articles; open ends of dates are ignored."""
    articles_by_date = Counter(entry.date for entry in manifest.entries if entry.id)
    articles, undated = articles_by_date.total(), articles_by_date.pop("", 0)
    intervals = [edtf.parse_edtf(date) for date in articles_by_date]
    first = min((days.first for days in intervals if days.first > edtf.FIRST_DAY), default=None)
    last = max((days.last for days in intervals if days.last < edtf.LAST_DAY), default=None)
    return Coverage(
        articles, undated, edtf.format_day(first) if first else None, edtf.format_day(last) if last else None
    )


def _parse_entry(
    row: list[Any], roots: tuple[str, ...], names: list[str], fields_by_bits: dict[int, frozenset[str]]
) -> ManifestEntry:
    source = SourceFile(roots[row[0]], *row[1:6])
    sha256, article_id, date, bits, indexed_sha256, error, line, unread, note, warning = row[6:]
    if bits not in fields_by_bits:  # few sets of fields, many articles
        fields_by_bits[bits] = frozenset(name for number, name in enumerate(names) if bits >> number & 1)
    fields = fields_by_bits[bits]
    return ManifestEntry(source, sha256, article_id, date, fields, indexed_sha256, error, line, unread, note, warning)


@contextmanager
def _translate_invalid_json(name: str) -> Iterator[None]:
    """Raise errors of JSON of an unexpected shape as `IndexUnusable`."""
    try:
        yield
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise IndexUnusable(f"{name} of the index is invalid") from error
