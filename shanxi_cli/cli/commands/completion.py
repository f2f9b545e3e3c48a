"""`completion`: the script that a shell loads to complete command lines."""

from shanxi_cli.cli.completion.shells import completion_script
from shanxi_cli.cli.options.archive import CompletionOptions
from shanxi_cli.cli.options.common import GlobalOptions


def run_completion(options: CompletionOptions, settings: GlobalOptions) -> int:
    """Print the script of a shell."""
    print(completion_script(options.shell), end="")
    return 0
