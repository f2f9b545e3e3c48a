"""Fields of an article from the names and values of a front matter, in the shapes that other programs give them."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from shanxi_cli.corpus.dates import find_date_in_folders, read_date
from shanxi_cli.corpus.field_aliases import MONTH_FIRST_ALIASES, resolve_field_alias
from shanxi_cli.errors import ArticleError
from shanxi_cli.model.article import Caption, Person
from shanxi_cli.util.line_joining import join_lines
from shanxi_cli.util.unicode import normalize_nfc, replace_surrogates

MAX_TITLE = 1_000
MAX_DECK = 20_000
MAX_VALUES = 1_000
MAX_ADDRESS = 2_000

_TEXT_FIELDS = (
    *("title", "title_note", "deck", "author_note", "date_note", "publication", "section", "page"),
    *("language", "type", "edition", "source"),
)
_LIST_FIELDS = ("author", "contributors", "places", "organisations", "keywords", "repairs", "unsure")
_KNOWN_FIELDS = frozenset((*_TEXT_FIELDS, *_LIST_FIELDS, "date", "people", "captions"))
_READ_FIELDS = _KNOWN_FIELDS | {"url"}
"""Fields that are read where they can be; `url` is worth no mistake: sites write much else under its names."""
_PUBLICATION_NAMES = {"datepublished", "issued", "published"}
_ADDRESS_NAMES = ("path", "url", "permalink", "slug")
_MAIN_NAMES = ("name", "title", "text", "label", "value", "en")
"""Names in a mapping whose value stands for the whole, in order of preference."""


_WEB_ADDRESS = re.compile(r"https?://[^\s/?#<>\"\\^`{|}]+(?:[/?#][^\s<>\"\\^`{|}]*)?", re.IGNORECASE)
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]+)\]\]")  # of Obsidian
_BYLINE = re.compile(r"(?:[Bb]y|BY):?\s+(?=[^\W\d_]+\s)")


class _Entry(NamedTuple):
    """An entry of a front matter: the rank of its name (0: our own name), its value, line, and name as written."""

    rank: int
    value: object
    line: int
    name: str


ProblemCallback = Callable[[ArticleError], None]
"""Called with what is wrong with a file and does not cost the article."""

_Entries = Mapping[str, list[_Entry]]
"""Our names -> entries, the best first."""


def ignore_problem(problem: ArticleError) -> None:
    """Do nothing: whoever shows an article is not told."""


def is_known_field(name: str) -> bool:
    """Return True for a name, of this program or another, that is read."""
    return resolve_field_alias(name)[0] in _KNOWN_FIELDS


def read_fields(
    front: Mapping[str, tuple[object, int]], shown: str, on_problem: ProblemCallback = ignore_problem
) -> dict[str, Any]:
    """Return the arguments of an `Article` that a front matter has; `title` and `date` may be empty.

    Raises `ArticleError` for a value that is too long, and calls `on_problem` for a date that cannot be read.
    """
    entries = _sort_entries(front)
    fields: dict[str, Any] = {name: _read_text(entries, name) for name in _TEXT_FIELDS}
    fields |= {name: _read_list(entries, name, shown) for name in _LIST_FIELDS}
    for name, most in (("title", MAX_TITLE), ("deck", MAX_DECK)):
        if len(fields[name]) > most:
            reason = f"the {name} has {len(fields[name]):,} characters; at most {most:,} are allowed"
            raise ArticleError(shown, reason, entries[name][0].line)
    people = _read_mappings(entries, "people", Person._fields, "name", shown)
    captions = _read_mappings(entries, "captions", Caption._fields, "text", shown)
    fields["date"] = _read_date_entry(entries, shown, on_problem) or _read_date_of_address(front)
    fields["people"] = tuple(Person(**record) for record in people)
    fields["captions"] = tuple(Caption(**record) for record in captions)
    fields["type"] = fields["type"] or "article"
    fields["url"] = next(filter(None, map(clean_address, _iterate_texts(entries, "url"))), "")
    return fields


def clean_address(text: str) -> str:
    """Return a whole address of the web; empty for any other text, such as the path of a page on its own site."""
    match = _WEB_ADDRESS.fullmatch(text.strip())
    return match[0] if match and len(match[0]) <= MAX_ADDRESS else ""


def normalize_line(value: str) -> str:
    """Return a value on one line, in NFC, without surrogates, which YAML escapes can produce."""
    return normalize_nfc(join_lines(replace_surrogates(value)))


def _sort_entries(front: Mapping[str, tuple[object, int]]) -> _Entries:
    entries: defaultdict[str, list[_Entry]] = defaultdict(list)
    for name, (value, line) in front.items():
        ours, rank = resolve_field_alias(name)
        if ours in _READ_FIELDS and value not in ("", [], {}):
            entries[ours].append(_Entry(rank, value, line, name))
    for group in entries.values():
        group.sort(key=lambda entry: entry.rank)
    return entries


def _find_texts(value: object) -> Iterator[str]:
    """Yield the texts in a value: of a mapping, that of its main name, else of its values, else its names."""
    if isinstance(value, str):
        if text := normalize_line(_WIKI_LINK.sub(r"\1", value) if "[[" in value else value):
            yield text
    elif isinstance(value, list):
        for item in value:
            yield from _find_texts(item)
    elif isinstance(value, dict):
        names = {name.lower(): item for name, item in value.items()}
        main = next((text for name in _MAIN_NAMES for text in _find_texts(names.get(name, ""))), "")
        if main:
            yield main
        elif any(isinstance(item, (dict, list)) and item for item in value.values()):
            yield from _find_texts([item for item in value.values() if isinstance(item, (dict, list))])
        elif not any(value.values()):
            yield from _find_texts(list(value))


def _read_text(entries: _Entries, name: str) -> str:
    return next(_iterate_texts(entries, name), "")


def _iterate_texts(entries: _Entries, name: str) -> Iterator[str]:
    return (text for entry in entries.get(name, ()) for text in _find_texts(entry.value))


def _read_list(entries: _Entries, name: str, shown: str) -> tuple[str, ...]:
    """Return the values of all entries of a list; keywords in one text are separated by commas or semicolons."""
    texts: list[str] = []
    for entry in entries.get(name, ()):
        value = entry.value
        if name == "keywords" and isinstance(value, str):
            value = re.split(r"[,;，、；]", value)
        found = list(_find_texts(value))
        if name == "author":
            found = [_BYLINE.sub("", text) for text in found]
        if name == "keywords" and entry.rank:
            found = [text.lstrip("#") or text for text in found]
        texts += [text for text in found if text not in texts] if texts else found
        if len(texts) > MAX_VALUES:
            raise ArticleError(shown, f"{name} has more than {MAX_VALUES:,} values", entry.line)
    return tuple(texts)


def _read_date_entry(entries: _Entries, shown: str, on_problem: ProblemCallback) -> str:
    """Return the first date that can be read (EDTF); empty if there is none.

    A date that cannot be read is a problem if it stands under our own name, or if no name has a readable one and one
    for the day of publication has digits.
    """
    problem: ArticleError | None = None
    for entry in entries.get("date", ()):
        text, name = _find_date_text(entry)
        try:
            date = read_date(text, month_first=name in MONTH_FIRST_ALIASES)
        except ValueError as error:
            reason = f"bad date: {error}" if text else "bad date: not one line of text"
            if entry.rank == 0:
                on_problem(ArticleError(shown, reason, entry.line))
            elif entry.name.lower() in _PUBLICATION_NAMES and any(char.isdigit() for char in text):
                problem = problem or ArticleError(shown, reason, entry.line)
        else:
            return date
    if problem:
        on_problem(problem)
    return ""


def _find_date_text(entry: _Entry) -> tuple[str, str]:
    """Return the text of an entry of a date, and its name: of a mapping (`created: ..., updated: ...`), the best."""
    if not isinstance(entry.value, dict):
        return next(_find_texts(entry.value), ""), entry.name.strip().lower()
    ranked = [(resolve_field_alias(name), name.strip().lower(), value) for name, value in entry.value.items()]
    dates = sorted((rank, name, next(_find_texts(value), "")) for (ours, rank), name, value in ranked if ours == "date")
    named = ((text, name) for _, name, text in dates if text)
    return next(named, (next(_find_texts(entry.value), ""), ""))


def _read_date_of_address(front: Mapping[str, tuple[object, int]]) -> str:
    """Return the date (EDTF) in the folders of the address of the page on its own site; empty if there is none."""
    for name in _ADDRESS_NAMES:
        address = front.get(name, ("", 0))[0]
        if isinstance(address, str) and "://" not in address and (date := find_date_in_folders(address)):
            return date
    return ""


def _read_mappings(
    entries: _Entries, name: str, fields: Iterable[str], main: str, shown: str
) -> Iterator[dict[str, str]]:
    """Yield the items of a list of mappings; an item that is plain text becomes its main field."""
    for entry in entries.get(name, ()):
        items = entry.value if isinstance(entry.value, list) else [entry.value]
        if len(items) > MAX_VALUES:
            raise ArticleError(shown, f"{name} has more than {MAX_VALUES:,} values", entry.line)
        for item in items:
            record = item if isinstance(item, dict) else {main: next(_find_texts(item), "")}
            kept = {field: next(_find_texts(record.get(field, "")), "") for field in fields}
            if kept[main]:
                yield kept
