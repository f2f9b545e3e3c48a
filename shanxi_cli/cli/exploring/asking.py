"""What the commands that look round share: what a question finds, the form of the answer, why there is none."""

import shlex
import sys
from collections.abc import Sequence

from shanxi_cli.archive import Archive
from shanxi_cli.clean import clean_line
from shanxi_cli.cli.explanation import print_explanation
from shanxi_cli.cli.exploring.options import Question
from shanxi_cli.cli.forms import form_of, limit_of
from shanxi_cli.cli.nothing import asking_again, report_nothing
from shanxi_cli.cli.reporting import notify
from shanxi_cli.cli.session import ids_in, locations, look, opened, pager
from shanxi_cli.engines import Engine
from shanxi_cli.errors import UsageError
from shanxi_cli.grammar import Want
from shanxi_cli.model import Order
from shanxi_cli.printers import TableFormat, make_view_printer
from shanxi_cli.searching import EVERYTHING, matching, understand
from shanxi_cli.views import View

SHOWN_ON_A_TERMINAL = 20
WITHOUT_A_QUERY = ("terms", "similar")


class Asked:
    """A question being answered. Its query is understood first: a mistake needs neither folders nor an engine."""

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
        self._archive: Archive | None = None

    @property
    def archive(self) -> Archive:
        """The archive of the question, opened when it is first asked for."""
        if self._archive is None:
            self._archive = opened(locations(self.question.where, self.question.settings), self.question.rows.quiet)
        return self._archive

    @property
    def engine(self) -> Engine:
        """The engine of the archive."""
        return self.archive.engine

    @property
    def limit(self) -> int | None:
        """How many rows are shown; None: all."""
        return limit_of(self.question.rows.limit, SHOWN_ON_A_TERMINAL)

    def numbers(self, order: Order | None = None) -> list[int]:
        """The articles that match, as the numbers of their matches."""
        within = self.question.among.within
        found = matching(self.engine, self.query, order, None if within is None else ids_in(within))
        return [match.number for match in found]

    def explain(self) -> int:
        """Prints what was understood; nothing is opened."""
        return print_explanation(self.query, self.question.text)

    def again(self, verb: str, query: str) -> str | None:
        """The command line that asks another query of the same articles; None where none would."""
        command = asking_again(verb, self.question.among, self.question.where)
        return f"{command} {shlex.quote(query)}" if command else None

    def answer(self, view: View, total: int, footer: Sequence[str | None]) -> int:
        """Prints a view of which there are `total` rows, or what `-c` and `-q` leave of it. The exit status.

        What `footer` tells goes to stderr, for people.
        """
        if self.question.rows.count:
            print(total)
        elif not self.question.rows.quiet:
            self._printer.show(view)
            sys.stdout.flush()
            if self.form is TableFormat.TERMINAL and total:
                print(clean_line("; ".join(part for part in footer if part)), file=sys.stderr)
        return 0 if total else 1

    def nothing(self, otherwise: str) -> None:
        """Tells why there are no rows: no article matches, there is none at all, or, where some match, `otherwise`."""
        rows, question = self.question.rows, self.question
        if rows.count or rows.quiet:
            return
        if not self.engine.size():
            notify("there are no articles in " + " or ".join(self.archive.known.roots))
        elif question.text and not self.engine.count(self.query):
            command = asking_again(question.verb, question.among, question.where)
            report_nothing(self.archive, self.query, question.text, command, rows.json)
        else:
            notify(otherwise)


def counted(number: int, what: str) -> str:
    """`1 article`, `1,200 articles`."""
    return f"{number:,} {what}" + ("" if number == 1 else "s")


def shown_of(shown: int, total: int, what: str) -> str:
    """`12 values`, `1 to 20 of 120 values`."""
    if shown == total:
        return counted(total, what)
    return f"{'1 to ' if shown > 1 else ''}{shown:,} of {counted(total, what)}"
