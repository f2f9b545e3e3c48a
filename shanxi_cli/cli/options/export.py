"""Options of `export`."""

from enum import Enum
from typing import Annotated, Optional

import typer

from shanxi_cli.cli.option_groups import OptionGroup
from shanxi_cli.cli.options.common import (
    ArchiveOptions,
    FilterOptions,
    JsonObjectOption,
    OffsetOption,
    QueryArgument,
    QuietOption,
)
from shanxi_cli.model.results import HitOrder


class ExportFormat(Enum):
    """The form of an export."""

    MARKDOWN = "markdown"  # a folder of articles
    SQLITE = "sqlite"  # a database


class ExportOptions(OptionGroup):
    """Write articles as a folder of Markdown or a SQLite database.

    All of the words must match; without a query, every article is exported. A folder can be searched as an archive of
    its own. A database has the articles with their figures, quotes and names, and a full-text table.

    Examples:
        shanxi export photovoltaic -o dossier
        shanxi export place:Taiyuan --since 2022 -o taiyuan.db
        shanxi search coal -l | shanxi export --within - -o coal.db --force
        shanxi search --corpus dossier solar
    """

    output: Annotated[
        str,
        typer.Option("-o", "--output", metavar="FILE", help="File (.db, .sqlite, .sqlite3) or folder to write."),
    ]
    form: Annotated[
        Optional[ExportFormat],
        typer.Option("-f", "--format", help="Format (default: sqlite for such a file, else markdown)."),
    ] = None
    force: Annotated[bool, typer.Option("--force", help="Replace an earlier export, or a file.")] = False
    filter: FilterOptions = FilterOptions()
    limit: Annotated[
        Optional[int],
        typer.Option("-n", "--limit", min=0, metavar="N", help="Export at most N; 0 for all (default: all)."),
    ] = None
    offset: OffsetOption = 0
    sort: Annotated[Optional[HitOrder], typer.Option("--sort", help="Sort order (default: newest).")] = None
    quiet: QuietOption = False
    json: JsonObjectOption = False
    archive: ArchiveOptions = ArchiveOptions()
    query: QueryArgument = None
