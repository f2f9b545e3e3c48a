"""`search --batch`: one query a line in, one line of counts a query out."""

import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from shanxi_cli.archive import Archive
from shanxi_cli.cli.context import Session, locations, reading
from shanxi_cli.cli.messages import lines, report
from shanxi_cli.cli.options.common import Answer, Patience, Settings, Where, Which
from shanxi_cli.errors import QueryError, ShanxiError, TooCostly, UsageError
from shanxi_cli.model.nouns import Order
from shanxi_cli.output import Format
from shanxi_cli.output.csv_format import write_rows
from shanxi_cli.output.jsonl import SCHEMA, to_json
from shanxi_cli.query.parser import Want
from shanxi_cli.search.searcher import understand
from shanxi_cli.util import edtf
from shanxi_cli.util.sanitize import clean_line


class Counts(NamedTuple):
    """How many articles a query finds with any and with all of its words, and the days that those with
    any cover (ISO, None when none is dated)."""

    query: str
    any: int
    all: int
    first_day: str | None
    last_day: str | None


def search_batch(
    file: str,
    words: Sequence[str],
    which: Which,
    answer: Answer,
    patience: Patience,
    where: Where,
    settings: Settings,
) -> int:
    """Answers each line of `file` (`-`: stdin); a bad line is an error with its number and the rest goes on.

    The status is 2 when a line was bad, else 1 when every count is 0, else 0. `UsageError` for
    options that mean nothing here.
    """
    form = _form(words, which, answer)
    session = Session(locations(where, settings), patience)
    session.ask(lambda archive: None)  # what is wrong with the archive is said before anything else
    bad = found = 0

    def rows() -> Iterator[Counts]:
        nonlocal bad, found
        for number, text in _queries(file):
            try:
                counts = session.ask(lambda archive, text=text: _count(archive, text))  # type: ignore[misc]
            except (QueryError, TooCostly) as error:
                bad += 1
                message = f"line {number}: {lines(error)[0].removeprefix('shanxi: ')}: {_short(text)}"
                report(ShanxiError(message), ["--json"] if form is Format.JSONL else [])
                continue
            found += counts.any
            yield counts

    if form is Format.CSV:
        write_rows(sys.stdout, Counts._fields, rows())
    else:
        for row in rows():
            shown = to_json({"schema": SCHEMA, **row._asdict()}) if form is Format.JSONL else _line(row)
            sys.stdout.write(shown + "\n")
    return 2 if bad else 0 if found else 1


def _form(words: Sequence[str], which: Which, answer: Answer) -> Format:
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


def _queries(file: str) -> Iterator[tuple[int, str]]:
    """The lines that are not empty, with their numbers from 1."""
    with reading(file) as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield number, line.strip()


def _count(archive: Archive, text: str) -> Counts:
    engine = archive.engine
    matches = engine.search(understand(text, Want.ANY), Order.OLDEST)
    if not matches:
        archive.confirm()
    days = [day for match in matches if (day := engine.days(match.number))]
    first = min((day.first for day in days if day.first > edtf.FIRST_DAY), default=None)
    last = max((day.last for day in days if day.last < edtf.LAST_DAY), default=None)
    return Counts(
        text,
        len(matches),
        engine.count(understand(text, Want.ALL)),
        edtf.iso(first) if first else None,
        edtf.iso(last) if last else None,
    )


def _line(counts: Counts) -> str:
    return "\t".join("" if value is None else clean_line(str(value)) for value in counts)


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:60] + " …"
