"""Report an empty result, with the command line of a query that would match."""

import sys

from shanxi_cli.cli.corrections import json_corrections
from shanxi_cli.cli.messages import print_notice
from shanxi_cli.cli.options.common import ArchiveOptions, FilterOptions
from shanxi_cli.indexing.manifest import Coverage
from shanxi_cli.output.no_results_report import EmptyResult, write_no_results_json, write_no_results_text
from shanxi_cli.search.corrected_query import CorrectedQuery
from shanxi_cli.search.explain import format_query_tree
from shanxi_cli.search.suggest import NoResultsReport
from shanxi_cli.util.shell_words import quote_command


def format_command_prefix(command: str, filters: FilterOptions, archive: ArchiveOptions) -> str | None:
    """Return the command line up to the query, which searches the same archive in the same way.

    None where another query would not search the same articles (`--within`), empty where the name of a folder cannot
    be printed. `command` may have arguments of its own, separated by spaces. `--since` and `--until` are not part of
    it: the other query has them as a clause.
    """
    if filters.within is not None:
        return None
    words = ["shanxi", *command.split(), *list_archive_options(archive)]
    if filters.any_word is not None:
        words.append("--any" if filters.any_word else "--all")
    if filters.no_derived:
        words.append("--no-derived")
    return quote_command(words)


def list_archive_options(archive: ArchiveOptions) -> list[str]:
    """Return the options as the words of a command line; a name that begins with a hyphen is joined to its option."""
    named = [("--archive", archive.archive_name)] if archive.archive_name else []
    named += [("--corpus", folder) for folder in archive.corpus or ()]
    named += [("--index", archive.index)] if archive.index else []
    named += [("--exclude", pattern) for pattern in archive.exclude or ()]
    words = [word for name, value in named for word in ([f"{name}={value}"] if value[:1] == "-" else [name, value])]
    return [*words, "--insecure"] if archive.insecure else words


def report_no_results(
    report: NoResultsReport, coverage: Coverage, query: CorrectedQuery, text: str, command: str | None, *, as_json: bool
) -> None:
    """Print on stderr how the query was parsed, what was searched, which clause matches nothing, and a suggestion.

    `command` is as of `format_command_prefix`.
    """
    corrections = json_corrections(query)
    result = EmptyResult(text, tuple(format_query_tree(query.plan)), coverage, report, command, corrections)
    if as_json:
        write_no_results_json(sys.stderr, result)
        return
    print_notice(f"no results for {text}")
    write_no_results_text(sys.stderr, result)
