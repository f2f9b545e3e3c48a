"""Answer `search` and `list`: request, query, answer, output."""

import sys
import time
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from shanxi_cli.answers.hits import HitSelection, find_hits
from shanxi_cli.answers.query_plans import describe_query, plan_words
from shanxi_cli.archive import OpenedArchive
from shanxi_cli.cli.context import choose_pager, choose_terminal_style, open_session, read_ids
from shanxi_cli.cli.corrections import are_in_rows, explain_corrections, json_notes, print_corrections
from shanxi_cli.cli.messages import NO_DERIVED_HINT, print_footer, print_notice, print_notice_if_any
from shanxi_cli.cli.options.common import ArchiveOptions, GlobalOptions
from shanxi_cli.cli.options.search import ListOptions
from shanxi_cli.cli.output_format import (
    LEAST_HIT_WORDS,
    choose_budget,
    choose_limit,
    choose_line_end,
    choose_list_format,
    default_format,
    print_bom,
)
from shanxi_cli.indexing.manifest import ManifestSummary
from shanxi_cli.model.results import HitOrder, Results
from shanxi_cli.output import Format, annotate_rows, make_context_printer, make_results_printer
from shanxi_cli.query.parser import WordOperator
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.search.corrected_query import CorrectedQuery
from shanxi_cli.search.searcher import MATCH_ALL, count_derived
from shanxi_cli.util.frozen_record import Record
from shanxi_cli.util.text import pluralize

if TYPE_CHECKING:
    from shanxi_cli.output.protocols import ResultsPrinter
    from shanxi_cli.search.suggest import NoResultsReport

DEFAULT_HITS = 10


class SearchRequest(Record):
    """One command line of `search` or `list`.

    `text` is the query as typed (None: every article); `any_word` is True when one of its words is enough. `phrase`
    is the query as a phrase where its words came as one argument: its quotes were the shell's. `archive` names the
    archive, as the options before or behind the command do. `expand` ranks by words of the best articles too,
    `semantic` by meaning too; with `near`, articles without a typed word are offered.
    """

    verb: str
    text: str | None
    any_word: bool
    order: HitOrder
    options: ListOptions
    archive: ArchiveOptions
    phrase: str = ""
    expand: bool = False
    semantic: bool = False
    near: bool = False

    def command_prefix(self) -> str | None:
        """Return the command line up to the query, as `format_command_prefix` does."""
        from shanxi_cli.cli.no_results import format_command_prefix  # only for a suggestion

        return format_command_prefix(self.verb, self.options.hits, self.archive)


class SearchAnswer(Record):
    """Result of a request: number of matching articles, the hits to print, and what to print beside them.

    `seconds` is the time of matches and passages. `word_counts` is the number of articles that match any and all of
    the words, where the footer has it; `derived` the number that only names derived from their text make matches.
    `no_results` explains an empty result; `notice` is about Shaanxi, or empty; `corrected` is the query that was
    searched for.
    """

    total: int
    results: Results
    summary: ManifestSummary
    notice: str
    corrected: CorrectedQuery
    seconds: float = 0
    word_counts: tuple[int, int] | None = None
    derived: int = 0
    no_results: "NoResultsReport | None" = None


def answer_request(request: SearchRequest, settings: GlobalOptions) -> int:
    """Print the answer to a request; exit status 0 for at least one matching article, else 1.

    The query is parsed first: a mistake in it needs neither directories nor an engine.
    """
    output, terminal = request.options.format, request.options.session.terminal
    form = choose_list_format(output, output.form, default_format(Format.TERMINAL, Format.LINES), ids=output.ids)
    query = _parse_request(request)
    style, pager, end = choose_terminal_style(terminal, settings), choose_pager(terminal), choose_line_end(output)
    budget = choose_budget(request.options.format.budget, form)
    if budget:
        text = describe_query(request.text, request.options.hits)
        printer = make_context_printer(sys.stdout, budget, text, output.fields, end)
    else:
        printer = make_results_printer(form, sys.stdout, style, pager, output.fields, end)
    if output.explain:
        print_explanation(
            explain_corrections(request.options, settings, query, request.options.hits), request.text or ""
        )
        if request.semantic:
            _explain_meaning(request.text or "", query)
        return 0
    within = None if request.options.hits.within is None else read_ids(request.options.hits.within)
    session = open_session(request.options.session, settings, quiet=output.quiet)
    answer = session.run(lambda archive: _search_archive(archive, request, query, within, form))
    _print_answer(answer, request, form, printer)
    return 0 if answer.total else 1


def _explain_meaning(text: str, query: QueryPlan) -> None:
    """Print what is read for its meaning, and the rule that joins it with the words."""
    from shanxi_cli.semantic.fusion import describe_rule
    from shanxi_cli.semantic.query_text import plan_filters, read_meaning_text
    from shanxi_cli.util.sanitize import sanitize_line

    near = "offered" if plan_filters(query) is not None else "not offered: the query asks for words themselves"
    read = read_meaning_text(text, query) or "nothing"
    for name, line in (
        ("meaning", f"of: {read}"),
        ("", describe_rule()),
        ("", f"articles without a typed word: {near}"),
    ):
        print(f"{name:<12}{sanitize_line(line)}")


def print_explanation(corrected: CorrectedQuery, text: str, *, to_stderr: bool = False) -> None:
    """Print a query as typed, corrected, parsed, analysed and as the engine would run it, without searching."""
    from shanxi_cli.engines.explain import explain_plan
    from shanxi_cli.search.explain import format_analysis, format_query_tree  # rare
    from shanxi_cli.util.sanitize import sanitize_line

    query = corrected.plan
    steps: dict[str, Iterable[str]] = {
        "typed": [text],
        "corrected": [f"{each.typed} → {each.searched}" for each in corrected.corrections],
        "understood": format_query_tree(query),
        "analysed": format_analysis(query),
        "engine": explain_plan(query),
    }
    for name, lines in steps.items():
        for number, line in enumerate(lines):
            shown = f"{'' if number else name:<12}{sanitize_line(line)}".rstrip()
            print(shown, file=sys.stderr if to_stderr else sys.stdout)


def _parse_request(request: SearchRequest) -> QueryPlan:
    want = WordOperator.ANY if request.any_word else WordOperator.ALL
    return plan_words(request.text, want, request.options.hits)


def _search_archive(
    archive: OpenedArchive, request: SearchRequest, query: QueryPlan, within: Sequence[str] | None, form: Format
) -> SearchAnswer:
    """Compute the answer to a request; no passages are read where only a number is printed."""
    started = time.perf_counter()
    output = request.options.format
    selection = HitSelection(
        request.order,
        None if output.count or output.quiet else _choose_part(request, form),
        within,
        with_passages=form in (Format.TERMINAL, Format.JSONL, Format.CONTEXT) or "passage" in (output.fields or ""),
        collapse=_should_collapse(request, form),
        expand=request.expand,
        meaning=(request.text or "") if request.semantic else "",
        near=request.near and form is not Format.IDS,
    )
    found = find_hits(archive, query, request.options.hits, selection)
    total, query = found.total, found.corrected.plan
    if selection.part is None:
        return SearchAnswer(total, found.results, archive.summary, found.notice, found.corrected)
    return SearchAnswer(
        total,
        found.results,
        archive.summary,
        corrected=found.corrected,
        seconds=time.perf_counter() - started,
        derived=count_derived(archive.engine, query) if form is Format.TERMINAL else 0,
        word_counts=_count_any_and_all(archive, request, query, form) if total else None,
        no_results=None if total else _explain_no_results(archive, request, query),
        notice=found.notice,
    )


def _should_collapse(request: SearchRequest, form: Format) -> bool:
    """Return True to hide near-duplicates: by default for people only, so that scripts get every match."""
    collapse = request.options.hits.collapse
    is_read = form in (Format.TERMINAL, Format.CONTEXT) and not request.options.format.count
    return is_read if collapse is None else collapse


def _count_any_and_all(
    archive: OpenedArchive, request: SearchRequest, query: QueryPlan, form: Format
) -> tuple[int, int] | None:
    if request.text is None or form is not Format.TERMINAL:
        return None
    any_word, all_words = (
        archive.engine.count(query.with_operator(want)) for want in (WordOperator.ANY, WordOperator.ALL)
    )
    return any_word, all_words


def _choose_part(request: SearchRequest, form: Format) -> slice:
    offset, limit = request.options.hits.offset, choose_limit(request.options.hits.limit, DEFAULT_HITS)
    budget = choose_budget(request.options.format.budget, form)
    if budget:  # the number of hits that it can hold
        limit = min(request.options.hits.limit or budget, budget // LEAST_HIT_WORDS)
    return slice(offset, None if limit is None else offset + limit)


def _explain_no_results(archive: OpenedArchive, request: SearchRequest, query: QueryPlan) -> "NoResultsReport | None":
    if query == MATCH_ALL:
        return None
    from shanxi_cli.search.suggest import explain_no_results  # only for an empty result

    return explain_no_results(archive.engine, query)


def _print_answer(answer: SearchAnswer, request: SearchRequest, form: Format, printer: "ResultsPrinter") -> None:
    output = request.options.format
    if output.quiet:
        return
    if output.count:
        print(answer.results.total)
    else:
        print_bom(output)
        annotate_rows(printer, json_notes(answer.corrected))
        printer.results(answer.results)
        sys.stdout.flush()
        if sys.stdout.isatty():
            from shanxi_cli.cli.history import save_shown_hits  # a pipe keeps no hits

            hits = (*answer.results.hits, *(answer.results.near or ()))
            save_shown_hits({hit.rank: hit.article.id for hit in hits})
        _print_notices(answer, request, form)
    print_corrections(answer.corrected, found=bool(answer.total), in_rows=are_in_rows(output, form))
    print_notice_if_any(answer.notice)


def _print_notices(answer: SearchAnswer, request: SearchRequest, form: Format) -> None:
    """Print on stderr the words of `--expand`, and why there is no hit, or, for people, how many are shown."""
    if answer.results.added_words:
        print_notice(f"ranked by these words too: {' '.join(answer.results.added_words)}")
    if answer.no_results:
        from shanxi_cli.cli.no_results import report_no_results  # only for an empty result

        report, as_json = (answer.no_results, answer.summary.coverage), request.options.format.json
        text = describe_query(request.text, request.options.hits)
        report_no_results(*report, answer.corrected, text, request.command_prefix(), as_json=as_json)
        if not answer.summary.coverage.articles and not as_json:
            _print_no_articles(answer.summary)
    elif not answer.total:
        _print_no_articles(answer.summary)
    elif form is Format.TERMINAL:
        print_footer(_format_footer(answer, request))


def _print_no_articles(summary: ManifestSummary) -> None:
    from shanxi_cli.corpus.other_files import describe_no_articles  # only for an empty archive

    print_notice(describe_no_articles(summary.roots))


def _format_footer(answer: SearchAnswer, request: SearchRequest) -> str:
    """Return the line below the hits: articles, hidden near-duplicates, other ways to ask, and the time."""
    results, offset = answer.results, request.options.hits.offset
    shown = len(results.hits)
    articles = pluralize(results.total, "article")
    if shown < results.total and offset:
        articles = (
            f"showing {offset + 1:,} to {offset + shown:,} of {articles}" if shown else f"showing none of {articles}"
        )
    elif shown < results.total:
        articles = f"showing {shown:,} of {articles}" if shown else f"showing none of {articles}"
    parts = [articles]
    if results.collapsed:
        parts.append(f"{pluralize(results.collapsed, 'near-duplicate')} hidden (--no-collapse shows all)")
    if answer.derived:
        parts.append(f"{answer.derived:,} by names derived from the text ({NO_DERIVED_HINT})")
    if request.phrase:
        from shanxi_cli.util.shell_words import append_query  # only for a suggestion

        phrase = describe_query(request.phrase, request.options.hits)
        command = append_query(request.command_prefix() or "", phrase)
        parts += [f"as a phrase: {command}"] if command else []
    if answer.word_counts and answer.word_counts[0] != answer.word_counts[1]:
        parts.append(f"{answer.word_counts[0]:,} with any of the words, {answer.word_counts[1]:,} with all")
    return f"{'; '.join(parts)} · {answer.seconds * 1000:.0f} ms"
