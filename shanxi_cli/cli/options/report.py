"""Options of `report`."""

from enum import Enum
from typing import Annotated, Optional

import typer

from shanxi_cli.cli.option_groups import OptionGroup
from shanxi_cli.cli.options.common import QueryArgument, SessionOptions
from shanxi_cli.cli.options.sentences import ScopeOptions
from shanxi_cli.model.results import HitOrder


class ReportFormat(Enum):
    """Formats of a report."""

    HTML = "html"
    MARKDOWN = "markdown"
    DOCX = "docx"


class ReportOptions(OptionGroup):
    """Make a dossier on a query: one file to hand over.

    It has timeline, facets, figures, quotes by speaker, passages and citations. All of the words must match.

    Examples:
        shanxi report photovoltaic -o solar.html
        shanxi report coal place:Datong --full -o coal.docx
        shanxi report '"foreign trade"' -f markdown | less
    """

    out: Annotated[
        Optional[str],
        typer.Option("-o", "--output", metavar="FILE", help="File to write, replaced if it exists (default: stdout)."),
    ] = None
    form: Annotated[
        Optional[ReportFormat],
        typer.Option("-f", "--format", help="Format (default: by the ending of FILE, else html)."),
    ] = None
    title: Annotated[
        Optional[str], typer.Option("--title", metavar="TEXT", help="Title of the report (default: the query).")
    ] = None
    full: Annotated[bool, typer.Option("--full", help="Whole articles instead of the best passages.")] = False
    limit: Annotated[
        int, typer.Option("-n", "--limit", min=0, metavar="N", help="Show at most N articles; 0 for all.")
    ] = 50
    sort: Annotated[Optional[HitOrder], typer.Option("--sort", help="Sort order (default: relevance).")] = None
    scope: ScopeOptions = ScopeOptions()
    session: SessionOptions = SessionOptions()
    query: QueryArgument = None
