"""Options of `show` and `cite`."""

from enum import Enum
from typing import Annotated, Optional

import typer

from shanxi_cli.cli.option_groups import OptionGroup
from shanxi_cli.cli.options.common import (
    ArchiveOptions,
    ArticleFilterOptions,
    ArticlesArgument,
    JsonOption,
    NoDerivedOption,
    SessionOptions,
)
from shanxi_cli.output import ArticleFormat


class CitationStyle(Enum):
    """Citation formats."""

    TEXT = "text"
    BIBTEX = "bibtex"
    CSL_JSON = "csl-json"


class ShowOptions(OptionGroup):
    """Show whole articles.

    Examples:
        shanxi show foreign-trade-continues-to-triumph-in-first-half
        shanxi show foreign-trade --match robots
        shanxi search coal -l | shanxi show - -f markdown
    """

    article: ArticlesArgument
    form: Annotated[
        Optional[ArticleFormat],
        typer.Option("-f", "--format", help="Output format (default: terminal; text when piped)."),
    ] = None
    json: JsonOption = False
    match: Annotated[
        Optional[str],
        typer.Option("--match", metavar="QUERY", help="Highlight matches of QUERY (terminal and jsonl)."),
    ] = None
    no_derived: NoDerivedOption = False
    session: SessionOptions = SessionOptions()


class CiteOptions(OptionGroup):
    """Print citations of articles.

    Examples:
        shanxi cite rural-tourism
        shanxi cite rural-tourism foreign-trade-continues --style bibtex >> sources.bib
        shanxi search coal -l | shanxi cite - --style csl-json > zotero.json
    """

    article: ArticlesArgument
    archive: ArchiveOptions = ArchiveOptions()
    style: Annotated[
        CitationStyle, typer.Option("-f", "--format", "--style", help="Citation format, also --style (default: text).")
    ] = CitationStyle.TEXT
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print nothing; only set the exit status.")] = False
    count: Annotated[bool, typer.Option("-c", "--count", help="Print only the number of results.")] = False
    filter: ArticleFilterOptions = ArticleFilterOptions()
