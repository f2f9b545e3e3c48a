"""Separate the options of a command line from the words of its query, where `-coal` excludes a word.

An argument that begins with one hyphen is options if each of its letters is a short option of the command and what
follows an option with a value fits it: `-qc`, `-n5`, `-ln5`, `-fcsv`. Everything else with one hyphen is a word to
exclude, except a single letter or digit, which is a mistake. After `--` everything is the query.
"""

from collections.abc import Callable, Iterable, Mapping

from shanxi_cli.cli.query_args import decode_argument
from shanxi_cli.errors import UsageError
from shanxi_cli.util.closest_names import closest_names
from shanxi_cli.util.frozen_record import NamedTuple

_MIN_EDITED = 3
"""Characters of a value from which a similar one is suggested."""
_SIMILAR = 0.75
"""Least similarity of a suggested value: `-fjson` is a slip, `-fish` is a word."""

_SHARED_LETTERS = frozenset("cqlnf")
"""Short options that most commands share: `-ln5` was meant as options where there is no `-l` too."""


class ValuedOption(NamedTuple):
    """An option with a value: a test whether a text is one, and the values to choose from (empty: not a choice)."""

    accepts: Callable[[str], bool]
    choices: tuple[str, ...] = ()


class OptionTable(NamedTuple):
    """The options of a command by name (`-n`, `--limit`): those without a value and those with one."""

    command: str
    flags: frozenset[str]
    valued: Mapping[str, ValuedOption]


class SeparatedArguments(NamedTuple):
    """A command line as options (each valued one before its value) and words of the query; None without a query.

    `notices` are hints about words that look like options.
    """

    options: list[str]
    words: list[str] | None
    notices: list[str]

    def join(self) -> list[str]:
        """Return the command line with the words behind `--`."""
        return self.options if self.words is None else [*self.options, "--", *self.words]


def separate_options(args: Iterable[str], table: OptionTable) -> SeparatedArguments:
    """Separate options and words. `UsageError` for a single letter with a hyphen that is no option."""
    separated = SeparatedArguments([], [], [])
    options, words, notices = separated
    assert words is not None
    rest = iter(args)
    for arg in rest:
        if arg == "--":
            words += map(decode_argument, rest)
            continue
        split = [arg] if arg.startswith("--") or arg in table.flags or arg in table.valued else _split(arg, table)
        if not split:
            notices += _check_word(arg, table)
            words.append(decode_argument(arg))
            continue
        options += split
        if split[-1] in table.valued:
            value = next(rest, None)
            if value is None:
                return SeparatedArguments(options, None, notices)  # Typer reports the option that lacks its value
            options.append(value)
    return separated


def _split(arg: str, table: OptionTable) -> list[str]:
    """Return an argument of short options as separate arguments (`-ln5`: `-l`, `-n`, `5`); empty for a word."""
    options: list[str] = []
    for at, letter in enumerate(arg[1:], 1) if len(arg) > 2 and arg[0] == "-" else ():
        name = f"-{letter}"
        options.append(name)
        if name in table.valued:
            value = arg[at + 1 :].removeprefix("=")
            if not value:
                return options if arg[at + 1 :] == "" else []
            return [*options, value] if table.valued[name].accepts(value) else []
        if name not in table.flags:
            return []
    return options


def _check_word(arg: str, table: OptionTable) -> list[str]:
    """Return a hint about a word that looks like an option. `UsageError` for `-o` and `-5`."""
    word = arg[1:]
    if not arg.startswith("-") or not word.isascii() or not word:
        return []
    if len(word) == 1 and word.isalnum():
        from shanxi_cli.cli.options.absent import explain_absence

        if reason := explain_absence(table.command, arg):
            raise UsageError(f"{reason}; to exclude a word, put it after --")
        advice = f"for a number of results write -n {word}, " if word.isdigit() and "-n" in table.valued else ""
        raise UsageError(f"{table.command} has no option {arg}; {advice}to exclude a word, put it after --")
    advice = _advise(arg[:2], word, table)
    return [f"{arg} is read as a word to exclude; {advice}"] if advice else []


def _advise(name: str, word: str, table: OptionTable) -> str:
    """Return what a word behind a hyphen, which begins like the option `name`, may have been meant to be; or empty."""
    value = word[1:].removeprefix("=")
    if word.isdigit() and "-n" in table.valued:
        return f"for that many results write -n {word}"
    if name in table.valued:
        close = closest_names(value, table.valued[name].choices, cutoff=_SIMILAR) if len(value) >= _MIN_EDITED else []
        if close or value[:1].isdigit():
            return f"did you mean {name} {close[0]}?" if close else f"{value} does not fit {name}"
    elif word[1:].removeprefix("=").isdigit() or word[1:2] == "=":
        return f"{table.command} has no option {name}"
    known = [f"-{letter}" in table.flags or f"-{letter}" in table.valued for letter in word]
    letters = word.rstrip("0123456789")
    if 1 < len(letters) < len(word) and set(letters) <= _SHARED_LETTERS and not all(known[: len(letters)]):
        return f"{table.command} has no option -{letters[known.index(False)]}"
    if len(word) < _MIN_EDITED + 1 and all(known):
        return f"as options, write {' '.join(f'-{letter}' for letter in word)}"
    return f"{table.command} has no option -{word[1]}" if known == [True, False] and name in table.flags else ""
