"""What the commands that look round share: what a question finds, the form of the answer, why there is none."""

import shlex
import sys
from collections.abc import Callable, Sequence

from shanxi_cli.archive import Archive
from shanxi_cli.cli.context import Session, choose_pager, choose_terminal_style, read_ids, resolve_locations
from shanxi_cli.cli.explain import print_explanation
from shanxi_cli.cli.messages import print_notice, print_notice_if_any
from shanxi_cli.cli.no_results import format_command_prefix, report_no_results
from shanxi_cli.cli.options.explore import ExploreArguments
from shanxi_cli.cli.output_format import choose_format, choose_limit
from shanxi_cli.cli.rows import format_count
from shanxi_cli.cli.shaanxi_notice import shaanxi_notice
from shanxi_cli.engines.base import Engine
from shanxi_cli.errors import UsageError
from shanxi_cli.indexing.manifest import ManifestSummary
from shanxi_cli.model.options import HitOrder
from shanxi_cli.model.views import View
from shanxi_cli.output import TableFormat, make_view_printer
from shanxi_cli.output.jsonl import SCHEMA_VERSION, to_json
from shanxi_cli.query.parser import WordOperator
from shanxi_cli.search.searcher import MATCH_ALL, compile_query, match_numbers, search_matches
from shanxi_cli.search.suggest import NoResultsReport, explain_no_results
from shanxi_cli.util.frozen_record import Record
from shanxi_cli.util.sanitize import sanitize_line

DEFAULT_ROWS = 20
COMMANDS_WITHOUT_QUERY = ("terms", "similar")


class ExploreResult(Record):
    """What a question finds: a view of which there are `total` rows, what is said of it on stderr, for people, and
    what there is to say where some articles match and there is no row all the same.
    """

    view: View
    total: int
    footer: Sequence[str | None]
    otherwise: str = ""


class _EmptyResult(Record):
    """Why there are no rows: no article at all, none that matches (`why`), or something else."""

    articles: int
    outline: ManifestSummary
    why: NoResultsReport | None


class ExploreRequest:
    """A question to be answered. Its query is understood first: a mistake needs neither folders nor an engine."""

    def __init__(self, question: ExploreArguments) -> None:
        self.question = question
        if question.rows.explain and question.verb in COMMANDS_WITHOUT_QUERY:
            raise UsageError(f"--explain explains a query, and {question.verb} has none")
        self.form = choose_format(question.rows, TableFormat)
        want = WordOperator.ANY if question.among.any_word else WordOperator.ALL
        self.query = compile_query(question.text, want) if question.text else MATCH_ALL
        style, rows = question.style, question.rows
        end = "\0" if rows.null else "\n"
        self._printer = make_view_printer(
            self.form,
            sys.stdout,
            choose_terminal_style(style, question.settings),
            choose_pager(style),
            rows.fields,
            end,
        )
        within = question.among.within
        self._within = None if within is None or rows.explain else read_ids(within)

    @property
    def limit(self) -> int | None:
        """How many rows are shown; None: all."""
        return choose_limit(self.question.rows.limit, DEFAULT_ROWS)

    def numbers(self, engine: Engine, order: HitOrder | None = None) -> Sequence[int]:
        """The articles that match, as the numbers of their matches; None: as they come."""
        if order is None:
            return match_numbers(engine, self.query, self._within)
        return [match.number for match in search_matches(engine, self.query, order, self._within)]

    def explain(self) -> int:
        """Prints what was understood; nothing is opened."""
        return print_explanation(self.query, self.question.text)

    def again(self, verb: str, query: str) -> str | None:
        """The command line that asks another query of the same articles; None where none would."""
        command = format_command_prefix(verb, self.question.among, self.question.where)
        return f"{command} {shlex.quote(query)}" if command else None

    def answer(self, find: Callable[[Engine], ExploreResult]) -> int:
        """Asks the archive, and prints what `find` finds there, or what `-c` and `-q` leave of it. The exit status."""
        question, rows = self.question, self.question.rows
        session = Session(resolve_locations(question.where, question.settings), question.patience, rows.quiet)
        found, nothing, line = session.ask(lambda archive: self._found(archive, find))
        if nothing:
            self._tell(nothing, found.otherwise)
        if rows.count:
            print(found.total)
        elif not rows.quiet:
            self._printer.show(found.view)
            sys.stdout.flush()
            if self.form is TableFormat.TERMINAL and found.total:
                print(sanitize_line("; ".join(part for part in found.footer if part)), file=sys.stderr)
            print_notice_if_any(line)
        return 0 if found.total else 1

    def _found(
        self, archive: Archive, find: Callable[[Engine], ExploreResult]
    ) -> tuple[ExploreResult, _EmptyResult | None, str]:
        found, rows = find(archive.engine), self.question.rows
        if not found.total:
            archive.confirm()
        line = shaanxi_notice(archive.engine, self.query)
        if found.total or rows.count or rows.quiet:
            return found, None, line
        none = bool(self.question.text) and not archive.engine.count(self.query)
        why = explain_no_results(archive.engine, self.query) if none else None
        return found, _EmptyResult(archive.engine.article_count(), archive.outline, why), line

    def _tell(self, nothing: _EmptyResult, otherwise: str) -> None:
        question = self.question
        if nothing.articles and nothing.why:
            command = format_command_prefix(question.verb, question.among, question.where)
            report_no_results(
                nothing.why, nothing.outline.coverage, self.query, question.text, command, question.rows.json
            )
            return
        message = otherwise if nothing.articles else "there are no articles in " + " or ".join(nothing.outline.roots)
        if nothing.articles and self._within is not None:
            message += "; only the articles of --within were looked at"
        if question.rows.json:
            print(
                to_json({"schema": SCHEMA_VERSION, "nothing": {"query": question.text, "message": message}}),
                file=sys.stderr,
            )
        else:
            print_notice(message)


def format_row_range(shown: int, total: int, what: str, plural: str = "") -> str:
    """Return `12 values`, or `showing 20 of 120 values`."""
    rows = f"{total:,} {plural}" if plural and total != 1 else format_count(total, what)
    return rows if shown == total else f"showing {shown:,} of {rows}"
