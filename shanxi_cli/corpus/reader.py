"""Articles on disk: one file each, Markdown or text, with or without a front matter. Knows no index, engine or display.

The format is described in `docs/articles.md`. Files are untrusted: size, file type, location, encoding
and the structure of the front matter are checked, and every value is text.
"""

import os
import re
from typing import Any

from shanxi_cli.corpus.dates import find_date_in_folders, find_date_in_name
from shanxi_cli.corpus.field_reader import (
    MAX_TITLE,
    ProblemCallback,
    ignore_problem,
    is_known_field,
    normalize_line,
    read_fields,
)
from shanxi_cli.corpus.file_names import is_index_path, is_plain_text, strip_suffix
from shanxi_cli.corpus.front_matter_formats import parse_front_matter, split_front_matter
from shanxi_cli.corpus.frontmatter import write_front_matter
from shanxi_cli.corpus.markdown import (
    escape_markdown,
    escape_references,
    normalize_paragraphs,
    render_heading,
    render_markdown,
    resolve_references,
    split_items,
)
from shanxi_cli.corpus.safe_open import RefusedFile
from shanxi_cli.corpus.scanner import SourceFile, is_outside_link, open_source
from shanxi_cli.corpus.titles import drop_title_heading, make_readable_title, take_heading
from shanxi_cli.errors import ArticleError, NotAnArticle
from shanxi_cli.model.article import Article, Caption
from shanxi_cli.util.sanitize import is_sanitized
from shanxi_cli.util.unicode import normalize_nfc

MAX_BYTES = 8_000_000
_MENU_LINE = re.compile(
    r"\s*(?:(?P<link>(?:[-*+]|\d{1,9}[.)])\s+[*_]{0,3}\[[^\[\]]*\]\([^()]*\)[*_]{0,3}\s*\Z)|#{1,6}\s|(?:---|\*\*\*)\s*\Z)"
)
"""A line of a menu: a link as an item of a list, a heading, or a rule."""
_ADDRESS = re.compile(r"https?://\S+\Z", re.IGNORECASE)
"""An address in place of a caption: of a file with captions of a film."""
_WRITTEN_FIELDS = (
    *("title", "title_note", "deck", "author", "contributors", "author_note", "date", "date_note", "publication"),
    *("section", "page", "language", "type", "edition", "places", "people", "organisations", "keywords", "captions"),
    *("url", "source", "repairs", "unsure"),
)
"""Names of a front matter in the order of writing."""


def load_article(source: SourceFile, on_problem: ProblemCallback = ignore_problem) -> tuple[Article, bytes]:
    """Read the article in a file; return it with the bytes of the file. Raise `ArticleError` if it is not valid."""
    data = read_source(source)
    return parse_source(source, data, on_problem), data


def read_source(source: SourceFile) -> bytes:
    """Return the bytes of a file that may be an article. Raise `ArticleError` if it is not read at all."""
    shown = display_path(source.full)
    if source.is_folder:
        reason = "a link to a folder outside the corpus; pass that folder with --corpus"
        raise ArticleError(shown, reason if is_outside_link(source) else "the folder cannot be read")
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


def parse_source(source: SourceFile, data: bytes, on_problem: ProblemCallback = ignore_problem) -> Article:
    """Parse the bytes of a corpus file; raise and call `on_problem` as `parse_article`."""
    is_plain = is_plain_text(source.path)
    shown = display_path(source.full)
    is_index = is_index_path(source.path)
    return parse_article(data, source.id, shown, is_index=is_index, is_plain=is_plain, on_problem=on_problem)


def parse_article(
    data: bytes,
    article_id: str,
    shown: str,
    *,
    is_index: bool = False,
    is_plain: bool = False,
    on_problem: ProblemCallback = ignore_problem,
) -> Article:
    """Parse the bytes of an article file, which `shown` names in errors.

    `is_index` is true for a file that stands for its folder, `is_plain` for one whose body is plain text, not
    Markdown. `on_problem` is called for a date that cannot be read: the article has the next best one, or none. Raises
    `NotAnArticle` for a file without text of its own, and `ArticleError` for any other that is not valid.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ArticleError(shown, "not UTF-8; save it as UTF-8", line) from error
    text = normalize_nfc(text.replace("\r\n", "\n").replace("\r", "\n"))
    split = split_front_matter(text, shown)
    fields = read_fields(parse_front_matter(split, shown, is_known_field), shown, on_problem)
    if reason := _find_emptiness(fields, split.body, is_index=is_index):
        raise NotAnArticle(shown, reason, 1)
    article = _make_article(article_id, fields, split.body, is_plain=is_plain)
    if is_index and not (article.body or article.deck or article.captions):
        raise NotAnArticle(shown, "a section page without text", 1)  # nothing but pictures, comments or shortcodes
    return article


def check_article(data: bytes, article_id: str, shown: str) -> Article:
    """Return the article of these bytes, written under this id. Raise `ArticleError` if it could not be loaded."""
    _check_file_name(SourceFile("", f"{article_id}.md", len(data), 0, 0, 0), shown)
    if len(data) > MAX_BYTES:
        raise ArticleError(shown, f"{len(data):,} bytes; at most {MAX_BYTES:,} are allowed")
    return parse_article(data, article_id, shown, on_problem=_raise_problem)


def _raise_problem(problem: ArticleError) -> None:
    raise problem


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
    # The joiners of Persian and emoji are not printable; `is_sanitized` allows them where they are needed.
    if not name or not re.sub("[\u200c\u200d]", "", name).isprintable() or not is_sanitized(name):
        raise ArticleError(shown, "the file name is not a valid id; rename the file with printable characters")
    if name[0] in "-@":
        raise ArticleError(shown, f"an id cannot begin with {name[0]}; rename the file")


def _find_emptiness(fields: dict[str, Any], body: str, *, is_index: bool) -> str:
    """Return the reason why a file is no article; empty if it is one."""
    if fields["deck"] or fields["captions"] or (fields["title"] and not is_index):
        return ""
    heading, rest = take_heading(_remove_comments(body))
    if not rest.strip():
        if is_index:
            return "a section page without text"
        return "" if heading else "no text"
    if fields["title"]:
        return ""
    links = 0
    for line in filter(str.strip, rest.split("\n")):
        if not (match := _MENU_LINE.match(line)):
            return ""
        links += match["link"] is not None
    return "a menu: nothing but links" if links else ""


def _remove_comments(body: str) -> str:
    """Return a body without HTML comments."""
    start, *pieces = body.split("<!--")
    return start + "".join(piece.partition("-->")[2] for piece in pieces)


def _make_article(article_id: str, fields: dict[str, Any], body: str, *, is_plain: bool) -> Article:
    """Make the article of a file; what its front matter leaves open comes from its body and from its id."""
    title = fields.pop("title")
    if title and not is_plain:
        body = drop_title_heading(body, resolve_references(title))
    if not title:
        title, body = take_heading(body)
        title = normalize_line(title) or normalize_line(make_readable_title(article_id))[:MAX_TITLE] or article_id
    title = resolve_references(title) or title
    fields["deck"] = render_heading(fields["deck"])
    fields["captions"] = tuple(
        Caption(render_heading(caption.text), caption.credit)
        for caption in fields["captions"]
        if not _ADDRESS.match(caption.text)
    )
    date = fields.pop("date") or _find_date_in_id(article_id)
    if is_plain:
        return Article(id=article_id, title=title, date=date, body=normalize_paragraphs(split_items(body)), **fields)
    text, layout, links = render_markdown(body)
    markup = body.strip("\n") if text != body.strip("\n") else ""
    if markup and not layout and not links and escape_markdown(text) == markup:
        markup = ""  # plain text that `format_article` wrote
    return Article(
        id=article_id, title=title, date=date, body=text, layout=layout, links=links, markup=markup, **fields
    )


def _find_date_in_id(article_id: str) -> str:
    """Return the date in the name of a file, else that of its folders, as EDTF; empty for none."""
    folder, _, name = article_id.rpartition("/")
    return find_date_in_name(strip_suffix(name))[0] or find_date_in_folders(folder)


def format_article(article: Article) -> str:
    """Return the file content of an article, without empty fields; `parse_article` reads an equal article from it."""
    values: dict[str, object] = {name: getattr(article, name) for name in _WRITTEN_FIELDS}
    values["people"] = [_drop_empty_fields(person._asdict()) for person in article.people]
    values["title"] = escape_references(article.title)
    values["deck"] = escape_markdown(article.deck)
    values["captions"] = [
        _drop_empty_fields({"text": escape_markdown(caption.text), "credit": caption.credit})
        for caption in article.captions
    ]
    kept = {name: list(value) if isinstance(value, tuple) else value for name, value in values.items() if value}
    return f"---\n{write_front_matter(kept)}---\n\n{article.markup or escape_markdown(article.body)}\n"


def _drop_empty_fields(record: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in record.items() if value}
