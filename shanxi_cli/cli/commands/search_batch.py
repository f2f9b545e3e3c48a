"""`search --batch`: one query a line in, one line of counts a query out."""

import sys
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from shanxi_cli.answers.corrections import correct_in_archive
from shanxi_cli.answers.query_plans import parse_day_options, plan_words
from shanxi_cli.archive import OpenedArchive
from shanxi_cli.cli.context import Session, open_lines, open_session
from shanxi_cli.cli.corrections import json_notes
from shanxi_cli.cli.messages import format_error_lines, print_error, print_notice
from shanxi_cli.cli.options.common import FilterOptions, GlobalOptions
from shanxi_cli.cli.options.search import SearchOptions
from shanxi_cli.cli.output_format import choose_format, default_format, print_bom, require_at_most_one
from shanxi_cli.errors import QueryError, QueryTimeout, ShanxiError, UsageError
from shanxi_cli.output import Format, write_batch_table
from shanxi_cli.output.csv_format import write_rows
from shanxi_cli.output.jsonl import SCHEMA_VERSION, to_json
from shanxi_cli.query.parser import WordOperator
from shanxi_cli.search.corrected_query import CorrectedQuery, format_corrections
from shanxi_cli.util import edtf
from shanxi_cli.util.sanitize import sanitize_line

_MAX_QUERY_SHOWN = 60
"""Characters of a query that an error message shows."""


class QueryCounts(NamedTuple):
    """Number of articles that match any and all words of a query, and the days that those with any cover.

    The days are ISO dates; None when no article is dated.
    """

    query: str
    any: int
    all: int
    first_day: str | None
    last_day: str | None


class _BatchTotals:
    """Bad lines and matching articles counted while the lines are answered."""

    def __init__(self) -> None:
        self.bad = 0
        self.matches = 0


def search_batch(options: SearchOptions, settings: GlobalOptions) -> int:
    """Answer each line of the batch file (`-`: stdin); a bad line is an error with its number, the rest is answered.

    The exit status is 2 for a bad line, else 1 when every count is 0, else 0. `UsageError` for options without a
    meaning here.
    """
    form = _choose_batch_format(options)
    parse_day_options(options.hits)  # a mistake there is of the command line, not of every query
    session = open_session(options.session, settings)
    session.run(lambda archive: None)  # errors of the archive come before the first row
    totals = _BatchTotals()
    rows = _answer_lines(options, session, form, totals)
    if form is Format.CSV:
        print_bom(options.format)
        write_rows(sys.stdout, QueryCounts._fields, (counts for counts, _ in rows))
    elif form is Format.TERMINAL:
        write_batch_table(sys.stdout, QueryCounts._fields, [counts for counts, _ in rows])
    else:
        for row, notes in rows:
            line = (
                to_json({"schema": SCHEMA_VERSION, **row._asdict(), **notes})
                if form is Format.JSONL
                else _format_row(row)
            )
            sys.stdout.write(line + "\n")
    return 2 if totals.bad else 0 if totals.matches else 1


def _choose_batch_format(options: SearchOptions) -> Format:
    output, hits = options.format, options.hits
    unused = {
        "a query": bool(options.query),
        "--ids": output.ids,
        "--count": output.count,
        "--quiet": output.quiet,
        "--fields": output.fields,
        "--null": output.null,
        "--explain": output.explain,
        "--expand": options.expand,
        "--limit": hits.limit,
        "--offset": hits.offset or None,
        "--sort": hits.sort,
        "--any/--all": None if hits.any_word is None else True,
        "--within": hits.within,
    }
    for name, value in unused.items():
        require_at_most_one({"--batch": True, name: value})
    form = choose_format(output.form, default_format(Format.TERMINAL, Format.LINES), json=output.json)
    if form in (Format.IDS, Format.CONTEXT):
        raise UsageError(f"--batch prints counts, not {'ids' if form is Format.IDS else 'passages'}")
    if output.bom and form is not Format.CSV:
        raise UsageError(f"--bom is for csv, not {form.value}")
    return form


def _answer_lines(
    options: SearchOptions, session: Session, form: Format, totals: _BatchTotals
) -> Iterator[tuple[QueryCounts, Mapping[str, Any]]]:
    """Yield the counts of each line with its corrections as a key of a JSON object."""
    filters = options.hits
    for number, text in _read_queries(options.batch or "-"):
        try:
            counts, corrected = session.run(lambda archive, text=text: _count_matches(archive, text, filters))  # type: ignore[misc]
        except (QueryError, QueryTimeout) as error:
            totals.bad += 1
            problem = format_error_lines(error)[0].removeprefix("shanxi: ")
            message = f"line {number}: {problem}: {_shorten_query(text)}"
            print_error(ShanxiError(message), ["--json"] if form is Format.JSONL else [])
            continue
        totals.matches += counts.any
        if corrected.corrections and form is not Format.JSONL:
            print_notice(f"line {number}: {format_corrections(corrected.corrections)}")
        yield counts, json_notes(corrected)


def _read_queries(file: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that are not empty, with their numbers from 1."""
    with open_lines(file) as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield number, line.strip()


def _count_matches(archive: OpenedArchive, text: str, filters: FilterOptions) -> tuple[QueryCounts, CorrectedQuery]:
    engine = archive.engine
    corrected = correct_in_archive(archive, plan_words(text, WordOperator.ANY, filters), filters)
    query = corrected.plan
    matches = engine.search(query)
    if not matches:
        archive.ensure_full_scan()
    days = [edtf.parse_edtf(date) for date in matches.counts("date") if date]
    first = min((day.first for day in days if day.first > edtf.FIRST_DAY), default=None)
    last = max((day.last for day in days if day.last < edtf.LAST_DAY), default=None)
    counts = QueryCounts(
        text,
        len(matches),
        engine.count(query.with_operator(WordOperator.ALL)),
        edtf.format_day(first) if first else None,
        edtf.format_day(last) if last else None,
    )
    return counts, corrected


def _format_row(counts: QueryCounts) -> str:
    return "\t".join("" if value is None else sanitize_line(str(value)) for value in counts)


def _shorten_query(text: str) -> str:
    return text if len(text) <= _MAX_QUERY_SHOWN else text[:_MAX_QUERY_SHOWN] + " …"
