"""Reports of an empty result: how the query was parsed, what was searched, and what would match."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, TextIO

from shanxi_cli.indexing.manifest import Coverage
from shanxi_cli.output.jsonl import SCHEMA_VERSION, to_json
from shanxi_cli.search.suggest import NoResultsReport
from shanxi_cli.util.frozen_record import Record
from shanxi_cli.util.sanitize import sanitize_line
from shanxi_cli.util.shell_words import append_query
from shanxi_cli.util.text import pluralize
from shanxi_cli.util.word_wrap import wrap_words

_LABEL_COLUMNS = 14
_ANY_WIDTH = 10_000  # of a pipe


class EmptyResult(Record):
    """A query without results.

    `text` is the query as typed, `tree` as parsed. `command` is the command line up to the query, to which another
    query can be appended; None when only some of the articles were searched, empty when it cannot be printed, and
    then none is proposed. `corrections` are those of the query, as the key of a JSON object.
    """

    text: str
    tree: Sequence[str]
    coverage: Coverage
    report: NoResultsReport
    command: str | None
    corrections: Mapping[str, Any] = MappingProxyType({})

    @property
    def proposed_command(self) -> str | None:
        """Command line that would match something; None where none is known, or none that can be pasted."""
        if self.command is None or self.report.proposal is None:
            return None
        return append_query(self.command, self.report.proposal.query) or None


def write_no_results_text(out: TextIO, result: EmptyResult) -> None:
    """Write the report for people, a row of label and text per line."""
    window = shutil.get_terminal_size().columns if out.isatty() else _ANY_WIDTH
    for label, text in _format_rows(result):
        line = sanitize_line(text)
        lines = [line] if label == "try" else wrap_words(line, window - _LABEL_COLUMNS)  # people paste the command
        out.writelines(f"  {'' if at else label:<{_LABEL_COLUMNS - 2}}{each}\n" for at, each in enumerate(lines))


def write_no_results_json(out: TextIO, result: EmptyResult) -> None:
    """Write the report as one JSON object."""
    proposal = result.report.proposal
    suggested = proposal and {
        "query": proposal.query,
        "articles": proposal.articles,
        "command": result.proposed_command,
    }
    clauses = [
        {
            "text": part.text,
            "articles": part.articles,
            "similar": [{"word": word, "articles": articles} for word, articles in part.similar],
        }
        for part in result.report.parts
    ]
    report = {
        "query": result.text,
        **result.corrections,
        "understood": list(result.tree),
        "searched": result.coverage._asdict(),
        "parts": clauses,
        "try": suggested if result.proposed_command else None,
    }
    out.write(to_json({"schema": SCHEMA_VERSION, "nothing": report}) + "\n")


def _format_rows(result: EmptyResult) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(result.tree):
        yield "" if number else "understood", line
    yield "searched", _format_coverage(result.coverage)
    for number, part in enumerate(result.report.parts):
        line = f"{part.text}: {pluralize(part.articles, 'article')}"
        if part.similar:
            line += "; similar: " + ", ".join(f"{word} ({articles:,})" for word, articles in part.similar)
        yield "" if number else "found", line
    if result.command is None:
        yield "", "only the articles of --within were searched"
    elif result.report.proposal and result.proposed_command:
        yield "try", f"{result.proposed_command}   ({pluralize(result.report.proposal.articles, 'article')})"


def _format_coverage(coverage: Coverage) -> str:
    articles = pluralize(coverage.articles, "article")
    days = f" from {coverage.first_day} to {coverage.last_day}" if coverage.first_day else ""
    return f"{articles}{days}" + (f", {coverage.undated:,} of them undated" if coverage.undated else "")
