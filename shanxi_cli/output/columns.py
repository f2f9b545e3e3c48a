"""What `--fields` can ask for: a table of names and what each gives for a hit."""

from collections.abc import Callable, Collection
from typing import Any

from shanxi_cli.errors import UsageError
from shanxi_cli.model.results import Hit
from shanxi_cli.util import edtf
from shanxi_cli.util.closest_names import closest_name


def _day_column(which: str) -> Callable[[Hit], str | None]:
    def day(hit: Hit) -> str | None:
        if not hit.article.date:
            return None
        number: int = getattr(edtf.parse_edtf(hit.article.date), which)
        return edtf.format_day(number) if edtf.FIRST_DAY < number < edtf.LAST_DAY else None

    return day


HIT_COLUMNS: dict[str, Callable[[Hit], Any]] = {
    "rank": lambda hit: hit.rank,
    "score": lambda hit: round(hit.score, 6),
    "id": lambda hit: hit.article.id,
    "title": lambda hit: hit.article.title,
    "deck": lambda hit: hit.article.deck or None,
    "author": lambda hit: list(hit.article.author),
    "contributors": lambda hit: list(hit.article.contributors),
    "date": lambda hit: hit.article.date or None,
    "date_note": lambda hit: hit.article.date_note or None,
    "first_day": _day_column("first"),
    "last_day": _day_column("last"),
    "publication": lambda hit: hit.article.publication or None,
    "section": lambda hit: hit.article.section or None,
    "page": lambda hit: hit.article.page or None,
    "language": lambda hit: hit.article.language or None,
    "type": lambda hit: hit.article.type,
    "edition": lambda hit: hit.article.edition or None,
    "places": lambda hit: list(hit.article.places),
    "people": lambda hit: [person.name for person in hit.article.people],
    "organisations": lambda hit: list(hit.article.organisations),
    "keywords": lambda hit: list(hit.article.keywords),
    "alike": lambda hit: list(hit.alike),
    "passage": lambda hit: hit.snippets[0].text if hit.snippets else None,
}
"""Name -> the value for a hit: text, a number, a list of text, or None for what is absent."""

DEFAULT_LINE_COLUMNS = ("id", "date", "title")
DEFAULT_CSV_COLUMNS = ("id", "date", "title", "author", "publication", "section", "page", "edition", "score")
PASSAGE_COLUMN = "passage"


def choose_hit_columns(names: str | None, default: tuple[str, ...]) -> tuple[str, ...]:
    """The columns of a hit that a comma-separated list names, in its order. `UsageError` for one that is none."""
    return choose_columns(names, HIT_COLUMNS, default)


def choose_columns(names: str | None, columns: Collection[str], default: tuple[str, ...]) -> tuple[str, ...]:
    """Those of `columns` that a comma-separated list names, in its order. `UsageError` for one that is none."""
    if names is None:
        return default
    wanted = tuple(name.strip() for name in names.split(",") if name.strip())
    for name in wanted:
        if name not in columns:
            close = closest_name(name, columns)
            hint = f"did you mean {close}?" if close else f"there are {', '.join(columns)}"
            raise UsageError(f"--fields: there is no column {name}; {hint}")
    if not wanted:
        raise UsageError(f"--fields names no column; there are {', '.join(columns)}")
    return wanted


def column_values(hit: Hit, names: tuple[str, ...]) -> list[Any]:
    """The values of those columns for a hit, in their order."""
    return [HIT_COLUMNS[name](hit) for name in names]


def flatten_value(value: Any) -> str:
    """A value as text: nothing for None, a list joined by semicolons."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "; ".join(value) if isinstance(value, list) else str(value)
