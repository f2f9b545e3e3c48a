"""Answer `figures` and `quotes`: rows extracted from the matching sentences, and the reason for an empty result."""

import sys
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from shanxi_cli.answers.query_plans import describe_query, plan_words
from shanxi_cli.answers.sentences import SentenceAnswer
from shanxi_cli.cli.commands._explore import format_row_count
from shanxi_cli.cli.context import choose_pager, choose_terminal_style, merge_archive_options, read_ids
from shanxi_cli.cli.corrections import json_corrections
from shanxi_cli.cli.messages import print_footer, print_notice
from shanxi_cli.cli.no_results import format_command_prefix, report_no_results
from shanxi_cli.cli.options.common import ArchiveOptions, GlobalOptions, RowFormatOptions, TerminalOptions
from shanxi_cli.cli.options.sentences import FigureOptions, FigureRowOptions, QuoteOptions, ScopeOptions
from shanxi_cli.cli.output_format import choose_id_part, choose_line_end, choose_list_format, default_format, print_bom
from shanxi_cli.cli.query_args import join_query_words
from shanxi_cli.corpus.other_files import describe_no_articles
from shanxi_cli.model.options import Scope
from shanxi_cli.model.quantity import Figure
from shanxi_cli.model.quote import Quote
from shanxi_cli.output import TableFormat, make_id_printer
from shanxi_cli.output.jsonl import SCHEMA_VERSION, to_json
from shanxi_cli.query.parser import WordOperator
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.query.unparse import to_text
from shanxi_cli.search.passage_filter import NAME_FIELDS
from shanxi_cli.util.frozen_record import Record
from shanxi_cli.util.sanitize import sanitize_line
from shanxi_cli.util.text import pluralize

P = TypeVar("P")
MAX_NAMES = 8
"""Units or speakers that a message names."""


class SentenceRequest(Record):
    """One command line: command, query as typed (None: every article) and parsed, format, options.

    `within` has the ids to search, None for all; with `ids`, the ids of the articles are printed instead of the rows.
    `archive` names the archive, as the options before or behind the command do.
    """

    command: str
    text: str | None
    query: QueryPlan
    form: TableFormat
    within: Sequence[str] | None
    ids: bool
    filters: ScopeOptions
    rows: RowFormatOptions
    archive: ArchiveOptions

    @property
    def part(self) -> slice:
        """The rows to print."""
        return choose_id_part(self.rows)

    @property
    def whole_part(self) -> slice:
        """The rows to print of a table that is printed whole on a terminal too: groups and conflicts."""
        offset, limit = self.rows.offset, self.rows.limit
        return slice(offset, offset + limit if limit else None)


def make_sentence_request(
    command: str, options: FigureOptions | QuoteOptions, settings: GlobalOptions
) -> SentenceRequest:
    """Return the request of a command line. Its query is parsed first: a mistake needs neither directory nor engine."""
    rows, scope, ids = options.rows, options.scope, options.ids
    default = default_format(TableFormat.TERMINAL, TableFormat.LINES)
    explains_rows = isinstance(rows, FigureRowOptions)
    form = choose_list_format(rows, rows.form, default, ids=ids, explains_rows=explains_rows)
    text = join_query_words(options.query)
    query = plan_words(text, WordOperator.ANY if scope.any_word else WordOperator.ALL, scope)
    within = None if scope.within is None or (rows.explain and not explains_rows) else read_ids(scope.within)
    archive = merge_archive_options(options.session.archive, settings)
    return SentenceRequest(command, text, query, form, within, ids, scope, rows, archive)


def make_sentence_printer(
    request: SentenceRequest, terminal: TerminalOptions, settings: GlobalOptions, make_printer: Callable[..., P]
) -> P:
    """Return the printer that `make_printer` makes for the format, the terminal and the columns of a request."""
    style, pager = choose_terminal_style(terminal, settings), choose_pager(terminal)
    fields = None if request.ids else request.rows.fields
    return make_printer(request.form, sys.stdout, style, pager, fields, choose_line_end(request.rows))


def print_counts(request: SentenceRequest, count: int) -> bool:
    """Print the number of rows for `-c`, nothing for `-q`; return False where the rows are to be printed."""
    if request.rows.count:
        print(count)
    if request.rows.count or request.rows.quiet:
        return True
    print_bom(request.rows)
    return False


def print_sentence_rows(
    request: SentenceRequest, rows: Sequence[Any], show: Callable[[Sequence[Any]], None], noun: str
) -> None:
    """Print figures or quotes by `show`, the ids of their articles for `--ids`, or what `-c` and `-q` leave of them."""
    if print_counts(request, len(rows)):
        return
    if request.ids:
        end = choose_line_end(request.rows)
        make_id_printer(sys.stdout, request.part, request.rows.fields, end).ids(rows)
    else:
        shown = rows[request.part]
        show(shown)
        _print_row_count(request, len(shown), rows, noun)


def _print_row_count(request: SentenceRequest, shown: int, rows: Sequence[Figure] | Sequence[Quote], noun: str) -> None:
    """Print, for people, the line below the rows: `showing 20 of 25 quotes in 3 articles`."""
    if rows and request.form is TableFormat.TERMINAL:
        articles = pluralize(len({row.article.id for row in rows}), "article")
        offset = request.rows.offset
        sys.stdout.flush()
        line = f"{format_row_count(offset + shown, len(rows), noun, offset)} in {articles}"
        print_footer(sanitize_line(line + _format_named_clauses(request)))


def _format_named_clauses(request: SentenceRequest) -> str:
    """Return, for the line below the rows, that these name the places, people and organisations of the query."""
    scope, leaves = request.filters.scope, [planned.leaf for planned in request.query.iterate_leaves()]
    names = [to_text(leaf) for leaf in leaves if getattr(leaf, "field", "") in NAME_FIELDS]
    if not names or scope is Scope.ARTICLE:
        return ""
    return f"; only {scope.value}s that name {' or '.join(names)} (--in article: all)"


def print_no_rows(
    answer: SentenceAnswer, request: SentenceRequest, kind: str, others: list[dict[str, Any]], reason: str
) -> None:
    """Print on stderr why there are no rows.

    `kind` is the JSON key of `others`, the rows that the options exclude; `reason` says why there is none, for people.
    """
    if answer.no_results:
        report = answer.no_results, answer.summary.coverage
        command = format_command_prefix(request.command, request.filters, request.archive)
        text = describe_query(request.text, request.filters)
        report_no_results(*report, answer.corrected, text, command, as_json=request.rows.json)
        if not answer.summary.coverage.articles and not request.rows.json:
            print_notice(describe_no_articles(answer.summary.roots))
    elif request.rows.json:
        typed = {"query": request.text, **json_corrections(answer.corrected)}
        nothing = {**typed, "articles": answer.articles, kind: others, "in": dict(answer.wider)}
        if answer.similar:
            nothing["similar"] = [{"name": name, request.command: count} for name, count in answer.similar]
        print(to_json({"schema": SCHEMA_VERSION, "nothing": nothing}), file=sys.stderr)
    else:
        print_notice(reason)


def join_name_counts(names: Sequence[tuple[str, int]]) -> str:
    """Return the first `MAX_NAMES` names with their counts: `Li Min (4), Wang Fang (1)`."""
    shown = ", ".join(f"{name} ({count:,})" for name, count in names[:MAX_NAMES])
    return shown + ", ..." * (len(names) > MAX_NAMES)


def suggest_wider_scopes(answer: SentenceAnswer) -> list[str]:
    """Return `--in article has 3` for each wider scope with rows."""
    return [f"--in {name} has {count:,}" for name, count in answer.wider.items() if count]
