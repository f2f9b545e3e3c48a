"""Options of `browse`."""

from enum import Enum
from typing import Annotated, Optional

import typer

from shanxi_cli.cli.option_groups import OptionGroup
from shanxi_cli.cli.options.common import ArchiveOptions, QueryArgument
from shanxi_cli.model.results import HitOrder


class ScreenTheme(Enum):
    """Colours of the screen."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


class BrowseOptions(OptionGroup):
    """Search as you type, narrow by facets, and read, on a full screen.

    The ids of the articles that you choose are printed at the end. Press ? for the keys.

    Examples:
        shanxi browse
        shanxi browse coal place:Datong
        shanxi show $(shanxi browse coal)
    """

    any_word: Annotated[
        Optional[bool], typer.Option("--any/--all", help="Match any or all of the words (default: any).")
    ] = None
    sort: Annotated[
        Optional[HitOrder], typer.Option("--sort", help="Sort order (default: relevance; newest without a query).")
    ] = None
    theme: Annotated[
        ScreenTheme,
        typer.Option("--theme", help="Colours (default: as $COLORFGBG says, else dark).", show_default=False),
    ] = ScreenTheme.AUTO
    archive: ArchiveOptions = ArchiveOptions()
    query: QueryArgument = None
