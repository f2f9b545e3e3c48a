"""What the commands that look round share: what a question finds, the form of the answer, why there is none."""

import shlex
import sys
from collections.abc import Callable, Sequence

from shanxi_cli.archive import Archive
from shanxi_cli.cli.context import Session, ids_in, locations, look, pager
from shanxi_cli.cli.explain import print_explanation
from shanxi_cli.cli.messages import notify, notify_if
from shanxi_cli.cli.no_results import asking_again, report_nothing
from shanxi_cli.cli.options.explore import Question
from shanxi_cli.cli.output_format import form_of, limit_of
from shanxi_cli.cli.rows import counted
from shanxi_cli.cli.shaanxi_notice import neighbour
from shanxi_cli.engines.base import Engine
from shanxi_cli.errors import UsageError
from shanxi_cli.indexing.manifest import Outline
from shanxi_cli.model.nouns import Order
from shanxi_cli.model.views import View
from shanxi_cli.output import TableFormat, make_view_printer
from shanxi_cli.output.jsonl import SCHEMA, to_json
from shanxi_cli.query.parser import Want
from shanxi_cli.search.explain import Nothing, why_nothing
from shanxi_cli.search.searcher import EVERYTHING, matching, numbers, understand
from shanxi_cli.util.frozen_record import Record
from shanxi_cli.util.sanitize import clean_line

SHOWN_ON_A_TERMINAL = 20
WITHOUT_A_QUERY = ("terms", "similar")


class Found(Record):
    """What a question finds: a view of which there are `total` rows, what is said of it on stderr, for people, and
    what there is to say where some articles match and there is no row all the same."""

    view: View
    total: int
    footer: Sequence[str | None]
    otherwise: str = ""


class _Nothing(Record):
    """Why there are no rows: no article at all, none that matches (`why`), or something else."""

    articles: int
    outline: Outline
    why: Nothing | None


class Asked:
    """A question to be answered. Its query is understood first: a mistake needs neither folders nor an engine."""

    def __init__(self, question: Question) -> None:
        self.question = question
        if question.rows.explain and question.verb in WITHOUT_A_QUERY:
            raise UsageError(f"--explain explains a query, and {question.verb} has none")
        self.form = form_of(question.rows, TableFormat)
        want = Want.ANY if question.among.any_word else Want.ALL
        self.query = understand(question.text, want) if question.text else EVERYTHING
        style, rows = question.style, question.rows
        end = "\0" if rows.null else "\n"
        self._printer = make_view_printer(
            self.form, sys.stdout, look(style, question.settings), pager(style), rows.fields, end
        )
        within = question.among.within
        self._within = None if within is None or rows.explain else ids_in(within)

    @property
    def limit(self) -> int | None:
        """How many rows are shown; None: all."""
        return limit_of(self.question.rows.limit, SHOWN_ON_A_TERMINAL)

    def numbers(self, engine: Engine, order: Order | None = None) -> Sequence[int]:
        """The articles that match, as the numbers of their matches; None: as they come."""
        if order is None:
            return numbers(engine, self.query, self._within)
        return [match.number for match in matching(engine, self.query, order, self._within)]

    def explain(self) -> int:
        """Prints what was understood; nothing is opened."""
        return print_explanation(self.query, self.question.text)

    def again(self, verb: str, query: str) -> str | None:
        """The command line that asks another query of the same articles; None where none would."""
        command = asking_again(verb, self.question.among, self.question.where)
        return f"{command} {shlex.quote(query)}" if command else None

    def answer(self, find: Callable[[Engine], Found]) -> int:
        """Asks the archive, and prints what `find` finds there, or what `-c` and `-q` leave of it. The exit status."""
        question, rows = self.question, self.question.rows
        session = Session(locations(question.where, question.settings), question.patience, rows.quiet)
        found, nothing, line = session.ask(lambda archive: self._found(archive, find))
        if nothing:
            self._tell(nothing, found.otherwise)
        if rows.count:
            print(found.total)
        elif not rows.quiet:
            self._printer.show(found.view)
            sys.stdout.flush()
            if self.form is TableFormat.TERMINAL and found.total:
                print(clean_line("; ".join(part for part in found.footer if part)), file=sys.stderr)
            notify_if(line)
        return 0 if found.total else 1

    def _found(self, archive: Archive, find: Callable[[Engine], Found]) -> tuple[Found, _Nothing | None, str]:
        found, rows = find(archive.engine), self.question.rows
        if not found.total:
            archive.confirm()
        line = neighbour(archive.engine, self.query)
        if found.total or rows.count or rows.quiet:
            return found, None, line
        none = bool(self.question.text) and not archive.engine.count(self.query)
        why = why_nothing(archive.engine, self.query) if none else None
        return found, _Nothing(archive.engine.size(), archive.outline, why), line

    def _tell(self, nothing: _Nothing, otherwise: str) -> None:
        question = self.question
        if nothing.articles and nothing.why:
            command = asking_again(question.verb, question.among, question.where)
            report_nothing(
                nothing.why, nothing.outline.coverage, self.query, question.text, command, question.rows.json
            )
            return
        message = otherwise if nothing.articles else "there are no articles in " + " or ".join(nothing.outline.roots)
        if nothing.articles and self._within is not None:
            message += "; only the articles of --within were looked at"
        if question.rows.json:
            print(to_json({"schema": SCHEMA, "nothing": {"query": question.text, "message": message}}), file=sys.stderr)
        else:
            notify(message)


def shown_of(shown: int, total: int, what: str) -> str:
    """`12 values`, `1 to 20 of 120 values`."""
    if shown == total:
        return counted(total, what)
    return f"{'1 to ' if shown > 1 else ''}{shown:,} of {counted(total, what)}"
