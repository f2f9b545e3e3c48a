"""Answer `figures` and `quotes`: rows extracted from the matching sentences, and the reason for an empty result."""

import sys
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from shanxi_cli.archive import Archive
from shanxi_cli.cli.context import merge_archive_options
from shanxi_cli.cli.messages import print_notice
from shanxi_cli.cli.no_results import format_command_prefix, report_no_results
from shanxi_cli.cli.options.common import ArchiveOptions, FilterOptions, GlobalOptions, SessionOptions
from shanxi_cli.cli.options.sentences import ScopeOptions, SentenceFormatOptions
from shanxi_cli.cli.output_format import choose_format, default_format
from shanxi_cli.cli.query_args import join_query_words
from shanxi_cli.indexing.manifest import ManifestSummary
from shanxi_cli.model.options import Scope
from shanxi_cli.model.quantity import Figure
from shanxi_cli.model.quote import Quote
from shanxi_cli.output import TableFormat
from shanxi_cli.output.jsonl import SCHEMA_VERSION, to_json
from shanxi_cli.query.parser import WordOperator
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.search.searcher import MATCH_ALL, compile_query
from shanxi_cli.search.shaanxi_notice import find_shaanxi_notice
from shanxi_cli.search.suggest import NoResultsReport, explain_no_results
from shanxi_cli.util.frozen_record import Record
from shanxi_cli.util.text import pluralize

MAX_NAMES = 8
"""Units or speakers that a message names."""


class SentenceRequest(Record):
    """One command line: command, query as typed (None: every article) and parsed, scope of a match, format.

    `archive` names the archive, as the options before or behind the command do.
    """

    command: str
    text: str | None
    query: QueryPlan
    scope: Scope
    form: TableFormat
    as_json: bool
    any_word: bool
    archive: ArchiveOptions


class SentenceAnswer(Record):
    """Rows of a request, and, where there are none, what the message says.

    `articles` is the number of matching articles; None where rows were found, so that it was not counted. `others` has
    units or speakers of the rows that the options exclude, `wider` the number of rows by wider scope; `no_results`
    explains why not even an article matches; `notice` is about Shaanxi, or empty.
    """

    rows: Sequence[Any]
    summary: ManifestSummary
    notice: str
    articles: int = 0
    others: Sequence[tuple[str, int]] = ()
    wider: Mapping[str, int] = MappingProxyType({})
    no_results: NoResultsReport | None = None


def make_sentence_request(
    command: str,
    words: Sequence[str] | None,
    scope: ScopeOptions,
    output: SentenceFormatOptions,
    session: SessionOptions,
    settings: GlobalOptions,
) -> SentenceRequest:
    """Return the request of a command line. Its query is parsed first: a mistake needs neither directory nor engine."""
    default = default_format(TableFormat.TERMINAL, TableFormat.LINES)
    form = choose_format(output.form, default, json=output.json)
    text = join_query_words(words)
    want = WordOperator.ANY if scope.any_word else WordOperator.ALL
    query = MATCH_ALL if text is None else compile_query(text, want)
    archive = merge_archive_options(session.archive, settings)
    return SentenceRequest(command, text, query, scope.scope, form, output.json, scope.any_word, archive)


def find_sentence_rows(
    archive: Archive,
    request: SentenceRequest,
    find: Callable[[Scope], Sequence[Any]],
    count_others: Callable[[], Sequence[tuple[str, int]]],
) -> SentenceAnswer:
    """Return the rows that `find` returns for the scope; `count_others` is called where there are none."""
    engine, query, rows = archive.engine, request.query, find(request.scope)
    notice = find_shaanxi_notice(engine, query)
    if rows:
        return SentenceAnswer(rows, archive.summary, notice)
    archive.ensure_full_scan()
    articles = engine.count(query)
    if not articles and request.text is not None:
        return SentenceAnswer((), archive.summary, notice, no_results=explain_no_results(engine, query))
    scopes = list(Scope)[list(Scope).index(request.scope) + 1 :]
    wider = {wide.value: len(find(wide)) for wide in scopes}
    return SentenceAnswer((), archive.summary, notice, articles, count_others(), wider)


def print_row_count(shown: int, rows: Sequence[Figure] | Sequence[Quote], noun: str, form: TableFormat) -> None:
    """Print, for people, the line below the rows: `showing 20 of 25 quotes in 3 articles`."""
    if rows and form is TableFormat.TERMINAL:
        articles = pluralize(len({row.article.id for row in rows}), "article")
        total = pluralize(len(rows), noun)
        sys.stdout.flush()
        print(f"{total if shown == len(rows) else f'showing {shown:,} of {total}'} in {articles}", file=sys.stderr)


def print_no_rows(
    answer: SentenceAnswer, request: SentenceRequest, kind: str, others: list[dict[str, Any]], reason: str
) -> None:
    """Print on stderr why there are no rows.

    `kind` is the JSON key of `others`, the rows that the options exclude; `reason` says why there is none, for people.
    """
    if answer.no_results and request.text is not None:
        report = answer.no_results, answer.summary.coverage
        filters = FilterOptions(any_word=request.any_word or None)
        command = format_command_prefix(request.command, filters, request.archive)
        report_no_results(*report, request.query, request.text, command, as_json=request.as_json)
    elif request.as_json:
        nothing = {"query": request.text, "articles": answer.articles, kind: others, "in": dict(answer.wider)}
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
