"""Options of `show` and `cite`."""

from enum import Enum
from typing import Annotated, Optional

import typer

from shanxi_cli.cli.option_groups import OptionGroup
from shanxi_cli.cli.options.common import (
    ArchiveOptions,
    ArticleFilterOptions,
    ArticlesArgument,
    CountOption,
    JsonOption,
    NoDerivedOption,
    NullOption,
    OffsetOption,
    QuietOption,
    RowIdsOption,
    SessionOptions,
)
from shanxi_cli.model.options import CitationStyle
from shanxi_cli.output import ArticleFormat


class CitationOrder(Enum):
    """The sort order of citations: those of hits without relevance, as no query has ranked the articles."""

    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"


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
        shanxi cite rural-tourism foreign-trade --style apa --sort title
    """

    article: ArticlesArgument
    archive: ArchiveOptions = ArchiveOptions()
    style: Annotated[
        Optional[CitationStyle],
        typer.Option("-f", "--format", "--style", help="Citation format, also --style (default: text)."),
    ] = None
    json: Annotated[bool, typer.Option("--json", help="Same as --format csl-json; errors are JSON objects too.")] = (
        False
    )
    sort: Annotated[
        Optional[CitationOrder], typer.Option("--sort", help="Sort order (default: as the articles are named).")
    ] = None
    limit: Annotated[
        Optional[int],
        typer.Option("-n", "--limit", min=0, metavar="N", help="Cite at most N; 0 for all (default: all)."),
    ] = None
    offset: OffsetOption = 0
    ids: RowIdsOption = False
    null: NullOption = False
    quiet: QuietOption = False
    count: CountOption = False
    filter: ArticleFilterOptions = ArticleFilterOptions()


class OpenTarget(Enum):
    """Sources that `open` can open."""

    URL = "url"
    FILE = "file"
    PAGE = "page"


class PathOptions(OptionGroup):
    """Print the files of articles, one path per line.

    Examples:
        shanxi path rural-tourism
        shanxi search coal -l | shanxi path - -0 | xargs -0 grep -c coal
        $EDITOR "$(shanxi path @1)"
    """

    article: ArticlesArgument
    null: NullOption = False
    session: SessionOptions = SessionOptions()


class OpenOptions(OptionGroup):
    """Open the source of an article: its web page, else its file.

    Examples:
        shanxi open @1
        shanxi open rural-tourism --what file
        shanxi open @1 --what page --print
    """

    article: Annotated[
        str,
        typer.Argument(metavar="ARTICLE", help="Article id, unique prefix, or @N for hit N of the last search."),
    ]
    what: Annotated[
        Optional[OpenTarget],
        typer.Option("--what", help="Open url, file, or the page it was imported from (default: url, else file)."),
    ] = None
    show: Annotated[bool, typer.Option("--print", help="Print what would be opened.")] = False
    session: SessionOptions = SessionOptions()
