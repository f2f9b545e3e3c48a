"""`figures`: figures of the matching sentences, their statistics, or those that contradict each other."""

from collections.abc import Sequence

from shanxi_cli.answers.corrections import correct_in_archive
from shanxi_cli.answers.figures import find_figure_rows
from shanxi_cli.answers.query_plans import format_query_heading
from shanxi_cli.answers.sentences import SentenceAnswer
from shanxi_cli.archive import OpenedArchive
from shanxi_cli.cli.commands._charts import check_chart_option, write_figure_chart
from shanxi_cli.cli.commands._search import print_explanation
from shanxi_cli.cli.commands._sentences import (
    SentenceRequest,
    join_name_counts,
    make_sentence_printer,
    make_sentence_request,
    print_counts,
    print_no_rows,
    print_sentence_rows,
    suggest_wider_scopes,
)
from shanxi_cli.cli.context import Session, open_session
from shanxi_cli.cli.corrections import (
    are_in_rows,
    explain_corrections,
    json_notes,
    print_corrections,
)
from shanxi_cli.cli.messages import print_notice, print_notice_if_any
from shanxi_cli.cli.options.common import GlobalOptions
from shanxi_cli.cli.options.sentences import FigureOptions
from shanxi_cli.cli.output_format import require_at_most_one
from shanxi_cli.errors import UsageError
from shanxi_cli.explore.figures import (
    ANY_LIMIT,
    explain_figures,
    find_inconsistencies,
    summarize_figures,
)
from shanxi_cli.extraction.quantities.consistency import QuantityConflict
from shanxi_cli.model.options import FigureOrder
from shanxi_cli.model.quantity import Quantity
from shanxi_cli.output import annotate_rows, make_figures_printer
from shanxi_cli.output.protocols import FiguresPrinter
from shanxi_cli.query.plan.range import QuantityRange
from shanxi_cli.query.plan.range_parser import range_from_options
from shanxi_cli.search.corrected_query import CorrectedQuery
from shanxi_cli.util.text import add_article, pluralize


def run_figures(options: FigureOptions, settings: GlobalOptions) -> int:
    """Print the figures that match; exit status 0 for at least one, else 1."""
    request = make_sentence_request("figures", options, settings)
    value_range = _parse_value_range(options)
    chart = check_chart_option(options.chart, options.rows)
    printer = make_sentence_printer(request, options.session.terminal, settings, make_figures_printer)
    explains_rows = not (options.check or options.group_by or options.ids or options.rows.count or options.rows.quiet)
    if options.rows.explain:
        corrected = explain_corrections(options, settings, request.query, request.filters)
        print_explanation(corrected, request.text or "", to_stderr=explains_rows)
        if not explains_rows:
            return 0
    session = open_session(options.session, settings, quiet=options.rows.quiet)
    if options.check:
        return _print_conflicts(session, request, printer)
    by, order = options.by or "", options.sort or FigureOrder.DATE
    answer = session.run(lambda archive: find_figure_rows(archive, request, value_range, by, order))
    annotate_rows(printer, json_notes(answer.corrected))
    if chart and answer.rows:
        heading = f"Figures by period{format_query_heading(request.text, request.filters)}"
        write_figure_chart(answer.rows, heading, chart)
    _print_figures(answer, request, options, printer)
    if not answer.rows and not options.rows.count and not options.rows.quiet:
        by_speaker = options.by and value_range == ANY_LIMIT
        kind = "speaker" if by_speaker else "unit"
        others = [{kind: name or None, "figures": count} for name, count in answer.others]
        print_no_rows(answer, request, f"{kind}s", others, _explain_no_figures(answer, request, options))
    if not options.rows.quiet:
        print_corrections(answer.corrected, found=bool(answer.rows), in_rows=are_in_rows(options.rows, request.form))
    print_notice_if_any(answer.notice)
    return 0 if answer.rows else 1


def _parse_value_range(options: FigureOptions) -> QuantityRange:
    """Return the range of `--unit`, `--at-least` and `--at-most`. `UsageError` for a bad one, or two that exclude."""
    given = {
        "--unit": options.unit,
        "--at-least": options.least,
        "--at-most": options.most,
        "--by": options.by,
        "--sort": options.sort,
        "--group-by": options.group_by,
        "--chart": options.chart,
    }
    for name, value in given.items():
        require_at_most_one({"--check": options.check, name: value})
    for excluded in ({"--check": options.check}, {"--group-by": options.group_by}):
        require_at_most_one({"--ids": options.ids, **excluded})
    for name, value in given.items():
        if isinstance(value, str) and not any(char.isalnum() for char in value):
            raise UsageError(f"{name} is empty")
    require_at_most_one({"--sort": options.sort, "--group-by": options.group_by})
    try:
        return range_from_options(options.unit, options.least, options.most)
    except ValueError as error:
        raise UsageError(f"--unit, --at-least, --at-most: {error}") from error


def _print_figures(
    answer: SentenceAnswer, request: SentenceRequest, options: FigureOptions, printer: FiguresPrinter
) -> None:
    if by := options.group_by:
        summaries = summarize_figures(answer.rows, by)
        if not print_counts(request, len(summaries)):
            printer.summaries(summaries[request.whole_part], by)
    else:
        names = (options.rows.fields or "").split(",")
        explain = options.rows.explain or "rules" in (name.strip() for name in names)
        show = (lambda rows: printer.figures(explain_figures(rows))) if explain else printer.figures
        print_sentence_rows(request, answer.rows, show, "figure")


def _explain_no_figures(answer: SentenceAnswer, request: SentenceRequest, options: FigureOptions) -> str:
    """Return why there is no figure: all are out of the range or of others, or the matching sentences have none."""
    limited = options.unit or options.least or options.most
    if answer.similar:
        return f"no figures by '{options.by}'; did you mean {join_name_counts(answer.similar)}?"
    if options.by and answer.others and not limited:
        return f"no figures by '{options.by}'; there are figures by {join_name_counts(answer.others)}"
    if answer.others:
        units = join_name_counts([(unit or "no unit", count) for unit, count in answer.others])
        return f"no figures within these limits; there are {units}"
    found, scope = pluralize(answer.articles, "article"), add_article(request.filters.scope.value)
    reason = f"{found} found, but no figures in {scope} that matches"
    return "; ".join([reason, *suggest_wider_scopes(answer)])


def _print_conflicts(session: Session, request: SentenceRequest, printer: FiguresPrinter) -> int:
    conflicts, corrected = session.run(lambda archive: _find_conflicts(archive, request))
    annotate_rows(printer, json_notes(corrected))
    if not print_counts(request, len(conflicts)):
        printer.flags(conflicts[request.whole_part])
        if not conflicts:
            print_notice("no inconsistent figures found")
    if not request.rows.quiet:
        print_corrections(corrected, found=True, in_rows=are_in_rows(request.rows, request.form) and bool(conflicts))
    return 0 if conflicts else 1


def _find_conflicts(
    archive: OpenedArchive, request: SentenceRequest
) -> tuple[Sequence[tuple[QuantityConflict, tuple[Quantity, ...]]], CorrectedQuery]:
    corrected = correct_in_archive(archive, request.query, request.filters)
    conflicts = find_inconsistencies(archive.engine, corrected.plan, request.within)
    if not conflicts:
        archive.ensure_full_scan()
    return conflicts, corrected
