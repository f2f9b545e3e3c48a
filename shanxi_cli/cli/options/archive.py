"""Options of the commands that maintain an archive or explain the program."""

from typing import Annotated, Optional

import typer

from shanxi_cli.cli.option_groups import OptionGroup
from shanxi_cli.cli.options.common import ArchiveOptions, JsonObjectOption, Shell


class IndexOptions(OptionGroup):
    """Update the index; a search does this by itself.

    Examples:
        shanxi index
        shanxi index --rebuild
        shanxi index --prune
        shanxi index --semantic
    """

    rebuild: Annotated[bool, typer.Option("--rebuild", help="Index every article again.")] = False
    wait: Annotated[
        float,
        typer.Option(
            "--wait",
            min=0,
            metavar="SECONDS",
            help="Wait up to SECONDS for another process to finish indexing (default: 0).",
        ),
    ] = 0
    jobs: Annotated[
        int,
        typer.Option(
            "--jobs", "-j", min=0, metavar="N", help="Number of worker processes (default: one per core, up to 8)."
        ),
    ] = 0
    prune: Annotated[
        bool,
        typer.Option("--prune", help="Update nothing, but remove the cached indexes of archives that are gone."),
    ] = False
    semantic: Annotated[
        bool, typer.Option("--semantic", help="Also make the vectors for search --semantic (extra; slow at first).")
    ] = False
    archive: ArchiveOptions = ArchiveOptions()


class StatusOptions(OptionGroup):
    """Show paths and index status."""

    archive: ArchiveOptions = ArchiveOptions()
    json: JsonObjectOption = False


class ConfigOptions(OptionGroup):
    """Show the configuration: named archives, and which holds.

    Examples:
        shanxi config
        shanxi config --archive press
        shanxi config --json
    """

    archive: ArchiveOptions = ArchiveOptions()
    json: JsonObjectOption = False


class DoctorOptions(OptionGroup):
    """Check the articles and the index, and print what to do.

    Examples:
        shanxi doctor
        shanxi doctor --full
        shanxi doctor --repair
    """

    full: Annotated[bool, typer.Option("--full", help="Compare every article with the index instead of a sample.")] = (
        False
    )
    repair: Annotated[bool, typer.Option("--repair", help="Rebuild a damaged index and remove leftovers.")] = False
    json: JsonObjectOption = False
    archive: ArchiveOptions = ArchiveOptions()


class FieldsOptions(OptionGroup):
    """List the fields of a query, and how many articles have each.

    Examples:
        shanxi fields
        shanxi fields --json
    """

    archive: ArchiveOptions = ArchiveOptions()
    json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object per line; errors are JSON objects too.")
    ] = False


class HelpOptions(OptionGroup):
    """Explain the query language, or a command.

    Examples:
        shanxi help query
        shanxi help search
    """

    topic: Annotated[Optional[str], typer.Argument(metavar="[TOPIC]", help="query, or the name of a command.")] = None


class CompletionOptions(OptionGroup):
    """Print the completion script of a shell.

    It completes commands, options, fields and article ids.

    Examples:
        eval "$(shanxi completion bash)"                            in ~/.bashrc
        source <(shanxi completion zsh)                             in ~/.zshrc, after compinit
        shanxi completion fish > ~/.config/fish/completions/shanxi.fish
    """

    shell: Annotated[Shell, typer.Argument(metavar="bash|zsh|fish", help="Shell to print the script for.")]
