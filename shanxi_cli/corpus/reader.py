"""Articles on disk: one Markdown file each, with a YAML front matter. Knows no index, engine or display.

The format is described in `docs/articles.md`. Files are untrusted: size, file type, location, encoding
and the structure of the front matter are checked, and every value is text.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from shanxi_cli.corpus.frontmatter import read_front_matter, write_front_matter
from shanxi_cli.corpus.scanner import RefusedFile, SourceFile, open_source
from shanxi_cli.errors import ArticleError
from shanxi_cli.model.article import Article, Caption, Person
from shanxi_cli.util import edtf
from shanxi_cli.util.sanitize import is_sanitized
from shanxi_cli.util.unicode import normalize_nfc, replace_surrogates

MAX_BYTES = 8_000_000
MAX_TITLE = 1_000
MAX_DECK = 20_000
MAX_VALUES = 1_000

FIELD_ALIASES = {
    "headline": "title",
    "byline": "author",
    "by": "author",
    "creator": "author",
    "published": "date",
    "datepublished": "date",
    "issued": "date",
    "newspaper": "publication",
    "container-title": "publication",
    "tags": "keywords",
    "keyword": "keywords",
}
"""Names of fields in other programs (lower case) -> our name."""

_SCALAR_FIELDS = (
    *("title", "title_note", "deck", "author_note", "date", "date_note", "publication", "section", "page"),
    *("language", "type", "edition", "source"),
)
_LIST_FIELDS = ("author", "contributors", "places", "organisations", "keywords", "repairs", "unsure")
_WRITTEN_FIELDS = (
    *("title", "title_note", "deck", "author", "contributors", "author_note", "date", "date_note", "publication"),
    *("section", "page", "language", "type", "edition", "places", "people", "organisations", "keywords", "captions"),
    *("source", "repairs", "unsure"),
)
"""Names of a front matter in the order of writing."""


def load_article(source: SourceFile) -> tuple[Article, bytes]:
    """Read the article in a file; return it with the bytes of the file. Raise `ArticleError` if it is not valid."""
    data = read_source(source)
    return parse_article(data, source.id, display_path(source.full)), data


def read_source(source: SourceFile) -> bytes:
    """Return the bytes of a file that may be an article. Raise `ArticleError` if it is not read at all."""
    shown = display_path(source.full)
    if source.is_folder:
        raise ArticleError(shown, "the folder cannot be read")
    _check_file_name(source, shown)
    try:
        with os.fdopen(open_source(source), "rb") as file:
            size = os.fstat(file.fileno()).st_size
            data = b"" if size > MAX_BYTES else file.read(MAX_BYTES + 1)
    except RefusedFile as refusal:
        raise ArticleError(shown, str(refusal)) from refusal
    except OSError as error:
        raise ArticleError(shown, f"cannot be read: {error.strerror}", unread=True) from error
    if size > MAX_BYTES:
        raise ArticleError(shown, f"{size:,} bytes; at most {MAX_BYTES:,} are allowed")
    if len(data) > MAX_BYTES:
        raise ArticleError(shown, f"more than {MAX_BYTES:,} bytes")
    return data


def parse_article(data: bytes, article_id: str, shown: str) -> Article:
    """Parse the bytes of an article file. Raise `ArticleError`, in which `shown` names the file."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ArticleError(shown, "not UTF-8; save it as UTF-8", line) from error
    text = normalize_nfc(text.replace("\r\n", "\n").replace("\r", "\n"))
    front, body = _split_front_matter(text, shown)
    return _build_article(article_id, read_front_matter(front, shown), body, shown)


def check_article(data: bytes, article_id: str, shown: str) -> None:
    """Raise `ArticleError` if an article of these bytes, written under this id, could not be loaded."""
    _check_file_name(SourceFile("", f"{article_id}.md", len(data), 0, 0, 0), shown)
    if len(data) > MAX_BYTES:
        raise ArticleError(shown, f"{len(data):,} bytes; at most {MAX_BYTES:,} are allowed")
    parse_article(data, article_id, shown)


def display_path(path: str) -> str:
    """Return a path for display: relative if below the current folder, unprintable bytes escaped."""
    try:
        short = os.path.relpath(path)
    except (OSError, ValueError):
        short = path
    if short.startswith(".."):
        short = path
    return short.encode("utf-8", "backslashreplace").decode() if short.isprintable() else ascii(short)[1:-1]


def _check_file_name(source: SourceFile, shown: str) -> None:
    name = source.id
    if not name or not name.isprintable() or not is_sanitized(name):
        raise ArticleError(shown, "the file name is not a valid id; rename the file with printable characters")
    if name[0] in "-@":
        raise ArticleError(shown, f"an id cannot begin with {name[0]}; rename the file")


def _split_front_matter(text: str, shown: str) -> tuple[str, str]:
    """Split text into front matter, between two lines of three hyphens, the first on line 1, and body."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        raise ArticleError(shown, "no front matter: the first line must be ---", 1)
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == "---":
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :])
    raise ArticleError(shown, "the front matter is not closed by a line of ---", 1)


class _FrontMatter(NamedTuple):
    """Values of a front matter under our names, and the line of each name."""

    values: dict[str, object]
    lines: dict[str, int]


def _build_article(article_id: str, front: Mapping[str, tuple[object, int]], body: str, shown: str) -> Article:
    known = _resolve_aliases(front, shown)
    lines: dict[str, Any] = {name: _read_scalar(known, name, shown) for name in _SCALAR_FIELDS}
    lists: dict[str, Any] = {name: _read_list(known, name, shown) for name in _LIST_FIELDS}
    if not lines["title"]:
        raise ArticleError(shown, "no title", known.lines.get("title", 1))
    for name, most in (("title", MAX_TITLE), ("deck", MAX_DECK)):
        if len(lines[name]) > most:
            reason = f"the {name} has {len(lines[name]):,} characters; at most {most:,} are allowed"
            raise ArticleError(shown, reason, known.lines[name])
    lines["date"] = edtf.strip_time(lines["date"])
    if lines["date"]:
        try:
            edtf.parse_edtf(lines["date"])
        except ValueError as error:
            raise ArticleError(shown, f"bad date: {error}", known.lines["date"]) from error
    people = tuple(Person(**record) for record in _read_mappings(known, "people", Person._fields, "name", shown))
    captions = tuple(Caption(**record) for record in _read_mappings(known, "captions", Caption._fields, "text", shown))
    lines["type"] = lines["type"] or "article"
    return Article(id=article_id, body=_normalize_paragraphs(body), people=people, captions=captions, **lines, **lists)


def _resolve_aliases(front: Mapping[str, tuple[object, int]], shown: str) -> _FrontMatter:
    known = _FrontMatter({}, {})
    for name, (value, line) in front.items():
        ours = FIELD_ALIASES.get(name.lower(), name.lower())
        if ours in known.values:
            raise ArticleError(shown, f"{name} repeats the field in line {known.lines[ours]}", line)
        known.values[ours] = value
        known.lines[ours] = line
    return known


def _read_scalar(known: _FrontMatter, name: str, shown: str) -> str:
    value = known.values.get(name, "")
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not isinstance(value, str):
        raise ArticleError(shown, f"{name} must be one line of text", known.lines[name])
    return _normalize_line(value)


def _normalize_line(value: str) -> str:
    """Return a value on one line, in NFC, without surrogates, which YAML escapes can produce."""
    return normalize_nfc(" ".join(replace_surrogates(value).split()))


def _read_list(known: _FrontMatter, name: str, shown: str) -> tuple[str, ...]:
    value = known.values.get(name, [])
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        raise ArticleError(shown, f"{name} must be a list of names", known.lines[name])
    if len(items) > MAX_VALUES:
        raise ArticleError(shown, f"{name} has more than {MAX_VALUES:,} values", known.lines[name])
    return tuple(_normalize_line(item) for item in items if item.strip())


def _read_mappings(
    known: _FrontMatter, name: str, fields: Iterable[str], main: str, shown: str
) -> Iterator[dict[str, str]]:
    """Yield the items of a list of mappings; an item that is plain text becomes its main field."""
    value = known.values.get(name, [])
    items = value if isinstance(value, list) else [value]
    if len(items) > MAX_VALUES:
        raise ArticleError(shown, f"{name} has more than {MAX_VALUES:,} values", known.lines[name])
    for item in items:
        record = {main: item} if isinstance(item, str) else item
        if not isinstance(record, dict) or not all(isinstance(v, str) for v in record.values()):
            raise ArticleError(shown, f"{name} must be a list of texts, or of mappings with {main}", known.lines[name])
        kept = {field: _normalize_line(record.get(field, "")) for field in fields}
        if kept[main]:
            yield kept


def _normalize_paragraphs(body: str) -> str:
    """Return the body with one empty line between paragraphs, each on one line and stripped."""
    pieces = (" ".join(piece.split()) for piece in _split_paragraphs(body))
    return "\n\n".join(piece for piece in pieces if piece)


def _split_paragraphs(body: str) -> Iterator[str]:
    piece: list[str] = []
    for line in body.split("\n"):
        if line.strip():
            piece.append(line)
        elif piece:
            yield " ".join(piece)
            piece = []
    if piece:
        yield " ".join(piece)


def format_article(article: Article) -> str:
    """Return the file content of an article, without empty fields; `parse_article` reads an equal article from it."""
    values: dict[str, object] = {name: getattr(article, name) for name in _WRITTEN_FIELDS}
    values["people"] = [_drop_empty_fields(person._asdict()) for person in article.people]
    values["captions"] = [_drop_empty_fields(caption._asdict()) for caption in article.captions]
    kept = {name: list(value) if isinstance(value, tuple) else value for name, value in values.items() if value}
    return f"---\n{write_front_matter(kept)}---\n\n{article.body}\n"


def _drop_empty_fields(record: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in record.items() if value}
