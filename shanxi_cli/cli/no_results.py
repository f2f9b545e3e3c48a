"""What is said when nothing is found: something that a reader can write down."""

import shlex
import sys

from shanxi_cli.cli.messages import print_notice
from shanxi_cli.cli.options.common import ArchiveOptions, FilterOptions
from shanxi_cli.cli.rows import format_count
from shanxi_cli.indexing.manifest import Coverage
from shanxi_cli.output.jsonl import SCHEMA_VERSION, to_json
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.search.explain import format_query_tree
from shanxi_cli.search.suggest import NoResultsReport
from shanxi_cli.util.sanitize import sanitize_line


def format_command_prefix(verb: str, among: FilterOptions, where: ArchiveOptions) -> str | None:
    """The command line up to the query, asking the same archive in the same way; None where another query
    would not be asked of the same articles (`--within`). `verb` may have words of its own behind it.
    """
    if among.within is not None:
        return None
    words = ["shanxi", *shlex.split(verb)]
    for name, values in (("--corpus", where.corpus or ()), ("--index", [where.index] if where.index else ())):
        words += [part for value in values for part in (name, value)]
    if among.any_word is not None:
        words.append("--any" if among.any_word else "--all")
    return shlex.join(words)


def report_no_results(
    why: NoResultsReport, covered: Coverage, query: QueryPlan, text: str, command: str | None, as_json: bool
) -> None:
    """Writes to stderr what was understood, what was searched, which part found nothing, and what would find something.

    `command` is the command line up to the query, ready to be pasted before another one; None when only some
    of the articles were asked for, and then nothing is proposed.
    """
    if as_json:
        print(to_json(_make_report_object(covered, query, text, command, why)), file=sys.stderr)
        return
    print_notice(f"nothing found for {text}")
    for name, line in _format_report_lines(covered, query, command, why):
        print(f"  {name:<12}{sanitize_line(line)}", file=sys.stderr)


def _format_report_lines(
    covered: Coverage, query: QueryPlan, command: str | None, why: NoResultsReport
) -> list[tuple[str, str]]:
    searched = format_count(covered.articles, "article")
    if covered.first_day:
        searched += f" of {covered.first_day} to {covered.last_day}"
    searched += f", {covered.undated:,} of them without a date" if covered.undated else ""
    tree = list(format_query_tree(query))
    rows = [("understood" if not n else "", line) for n, line in enumerate(tree)]
    rows.append(("searched", searched))
    for n, part in enumerate(why.parts):
        line = f"{part.text}: {format_count(part.articles, 'article')}"
        if part.similar:
            line += "; like it: " + ", ".join(f"{word} ({articles:,})" for word, articles in part.similar)
        rows.append(("found" if not n else "", line))
    if command is None:
        rows.append(("", "but only the articles of --within were looked at"))
    elif why.proposal:
        found = format_count(why.proposal.articles, "article")
        rows.append(("try", f"{command} {shlex.quote(why.proposal.query)}   ({found})"))
    return rows


def _make_report_object(
    covered: Coverage, query: QueryPlan, text: str, command: str | None, why: NoResultsReport
) -> dict[str, object]:
    proposal = (
        command
        and why.proposal
        and {
            "query": why.proposal.query,
            "articles": why.proposal.articles,
            "command": f"{command} {shlex.quote(why.proposal.query)}",
        }
    )
    return {
        "schema": SCHEMA_VERSION,
        "nothing": {
            "query": text,
            "understood": list(format_query_tree(query)),
            "searched": covered._asdict(),
            "parts": [
                {
                    "text": part.text,
                    "articles": part.articles,
                    "similar": [{"word": word, "articles": articles} for word, articles in part.similar],
                }
                for part in why.parts
            ],
            "try": proposal or None,
        },
    }
