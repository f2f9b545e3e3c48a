"""`search --batch`: one query a line in, one line of counts a query out."""

import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from shanxi_cli.archive import Archive
from shanxi_cli.cli.context import Session, open_lines, resolve_locations
from shanxi_cli.cli.messages import format_error_lines, print_error
from shanxi_cli.cli.options.common import ArchiveOptions, GlobalOptions, HitFormatOptions, HitOptions, TimeoutOptions
from shanxi_cli.errors import QueryError, QueryTimeout, ShanxiError, UsageError
from shanxi_cli.model.options import HitOrder
from shanxi_cli.output import Format
from shanxi_cli.output.csv_format import write_rows
from shanxi_cli.output.jsonl import SCHEMA_VERSION, to_json
from shanxi_cli.query.parser import WordOperator
from shanxi_cli.search.searcher import compile_query
from shanxi_cli.util import edtf
from shanxi_cli.util.sanitize import sanitize_line


class QueryCounts(NamedTuple):
    """How many articles a query finds with any and with all of its words, and the days that those with
    any cover (ISO, None when none is dated).
    """

    query: str
    any: int
    all: int
    first_day: str | None
    last_day: str | None


def search_batch(
    file: str,
    words: Sequence[str],
    which: HitOptions,
    answer: HitFormatOptions,
    patience: TimeoutOptions,
    where: ArchiveOptions,
    settings: GlobalOptions,
) -> int:
    """Answers each line of `file` (`-`: stdin); a bad line is an error with its number and the rest goes on.

    The status is 2 when a line was bad, else 1 when every count is 0, else 0. `UsageError` for
    options that mean nothing here.
    """
    form = _choose_batch_format(words, which, answer)
    session = Session(resolve_locations(where, settings), patience)
    session.ask(lambda archive: None)  # what is wrong with the archive is said before anything else
    bad = found = 0

    def rows() -> Iterator[QueryCounts]:
        nonlocal bad, found
        for number, text in _read_queries(file):
            try:
                counts = session.ask(lambda archive, text=text: _count_matches(archive, text))  # type: ignore[misc]
            except (QueryError, QueryTimeout) as error:
                bad += 1
                message = (
                    f"line {number}: {format_error_lines(error)[0].removeprefix('shanxi: ')}: {_shorten_query(text)}"
                )
                print_error(ShanxiError(message), ["--json"] if form is Format.JSONL else [])
                continue
            found += counts.any
            yield counts

    if form is Format.CSV:
        write_rows(sys.stdout, QueryCounts._fields, rows())
    else:
        for row in rows():
            shown = to_json({"schema": SCHEMA_VERSION, **row._asdict()}) if form is Format.JSONL else _format_row(row)
            sys.stdout.write(shown + "\n")
    return 2 if bad else 0 if found else 1


def _choose_batch_format(words: Sequence[str], which: HitOptions, answer: HitFormatOptions) -> Format:
    unused = {
        "a query": bool(words),
        "--ids": answer.ids,
        "--count": answer.count,
        "--quiet": answer.quiet,
        "--fields": answer.fields is not None,
        "--null": answer.null,
        "--explain": answer.explain,
        "--limit": which.limit is not None,
        "--offset": which.offset != 0,
        "--sort": which.sort is not None,
        "--any/--all": which.any_word is not None,
        "--within": which.within is not None,
    }
    for name, given in unused.items():
        if given:
            raise UsageError(f"--batch and {name} do not go together")
    form = Format.JSONL if answer.json else answer.form or Format.LINES
    if form not in (Format.LINES, Format.CSV, Format.JSONL):
        raise UsageError(f"--batch gives lines, csv or jsonl, not {form.value}")
    return form


def _read_queries(file: str) -> Iterator[tuple[int, str]]:
    """The lines that are not empty, with their numbers from 1."""
    with open_lines(file) as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield number, line.strip()


def _count_matches(archive: Archive, text: str) -> QueryCounts:
    engine = archive.engine
    query = compile_query(text, WordOperator.ANY)
    matches = engine.search(query, HitOrder.OLDEST)
    if not matches:
        archive.confirm()
    days = [day for match in matches if (day := engine.date_interval(match.number))]
    first = min((day.first for day in days if day.first > edtf.FIRST_DAY), default=None)
    last = max((day.last for day in days if day.last < edtf.LAST_DAY), default=None)
    return QueryCounts(
        text,
        len(matches),
        engine.count(query.with_operator(WordOperator.ALL)),
        edtf.format_day(first) if first else None,
        edtf.format_day(last) if last else None,
    )


def _format_row(counts: QueryCounts) -> str:
    return "\t".join("" if value is None else sanitize_line(str(value)) for value in counts)


def _shorten_query(text: str) -> str:
    return text if len(text) <= 60 else text[:60] + " …"
