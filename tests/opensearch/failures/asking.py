"""Commands whose answers must be whole or an error, whatever happens to the cluster."""

from collections.abc import Sequence
from typing import NamedTuple

import pytest

from tests.opensearch.program import Result, User

COMMANDS: list[tuple[str, ...]] = [
    ("search", "coal river factory", "--fields", "id,score"),
    ("search", '"coal mine" OR fact*', "--json", "-n", "30"),
    ("list", "--sort", "title", "-l"),
    ("facets", "place", "coal"),
    ("timeline", "coal", "--by", "year", "--hits"),
    ("figures", "money:100m..", "--sort", "value"),
    ("quotes", "--by", "Zhao Lei"),
    ("kwic", "river", "-n", "40"),
    ("terms", "-n", "20"),
    ("similar", "bridge-opens", "-n", "5"),
    ("show", "made-017", "--json"),
    ("cite", "solar-cells", "--style", "bibtex"),
    ("search", "zzzz"),
]
"""Each kind of command and of query; the last finds nothing, which is no error."""

SOME = [command for command in COMMANDS if command[0] in ("facets", "kwic", "show", "terms")] + COMMANDS[:1]
"""Those of every run; the others are for the slow tests."""
EACH = pytest.mark.parametrize(
    "command",
    [command if command in SOME else pytest.param(command, marks=pytest.mark.slow) for command in COMMANDS],
    ids=" ".join,
)


class Press(NamedTuple):
    """A reader of the index, and what each command must print."""

    reader: User
    expected: dict[tuple[str, ...], Result]

    def answer(self, urls: Sequence[str], command: tuple[str, ...], **variables: str) -> Result:
        return self.reader.run(urls, *command, **variables)

    def is_whole(self, command: tuple[str, ...], result: Result) -> bool:
        """Whether a command printed what it must print."""
        return result[:3] == self.expected[command][:3]
