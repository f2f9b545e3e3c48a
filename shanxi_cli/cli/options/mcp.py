"""Options of `mcp`."""

from typing import Annotated

import typer

from shanxi_cli.cli.option_groups import OptionGroup
from shanxi_cli.cli.options.common import ArchiveOptions


class McpOptions(OptionGroup):
    """Serve the archive to an assistant, as read-only tools.

    An assistant that speaks the Model Context Protocol starts this command; docs/assistants.md has its configuration.

    Examples:
        shanxi mcp
        shanxi mcp --archive press
        shanxi mcp --corpus ~/clippings --timeout 30
    """

    timeout: Annotated[
        float,
        typer.Option("--timeout", min=0, metavar="SECONDS", help="Stop a call after SECONDS; 0 disables the limit."),
    ] = 10
    archive: ArchiveOptions = ArchiveOptions()
