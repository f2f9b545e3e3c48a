"""Short options: written together, glued to their value, and told from words to exclude."""

import pytest

from shanxi_cli.cli.short_options import OptionTable, ValuedOption, separate_options
from shanxi_cli.errors import UsageError
from tests.conftest import Shanxi

TABLE = OptionTable(
    "search",
    frozenset(("-c", "-l", "-q", "-0", "--count")),
    {
        "-n": ValuedOption(str.isdigit),
        "--limit": ValuedOption(str.isdigit),
        "-f": ValuedOption(("csv", "lines", "jsonl").__contains__, ("csv", "lines", "jsonl")),
    },
)


@pytest.mark.parametrize(
    ("typed", "options", "words"),
    [
        ("-n 7 ore", "-n 7", "ore"),
        ("-n7 ore", "-n 7", "ore"),
        ("ore -n7", "-n 7", "ore"),
        ("-n=7 ore", "-n 7", "ore"),
        ("-ln7", "-l -n 7", ""),
        ("-ln 7 ore", "-l -n 7", "ore"),
        ("-l0n7", "-l -0 -n 7", ""),
        ("-fcsv", "-f csv", ""),
        ("-lfjsonl", "-l -f jsonl", ""),
        ("-qc ore", "-q -c", "ore"),
        ("--limit 7 ore", "--limit 7", "ore"),
        ("--count ore", "--count", "ore"),
        ("-ore", "", "-ore"),
        ("-nickel", "", "-nickel"),
        ("-clay", "", "-clay"),
        ("-flint", "", "-flint"),
        ("-quarry -lead", "", "-quarry -lead"),
        ("-n7x", "", "-n7x"),
        ("-fxml", "", "-fxml"),
        ("-氧", "", "-氧"),
        ("+ore -", "", "+ore -"),
        ("-l -- -n7 -c", "-l", "-n7 -c"),
        ("-- ore -ln7", "", "ore -ln7"),
    ],
)
def test_arguments_are_options_or_words(typed: str, options: str, words: str) -> None:
    separated = separate_options(typed.split(), TABLE)
    assert (" ".join(separated.options), " ".join(separated.words or ())) == (options, words)


def test_option_without_its_value_is_left_to_the_parser() -> None:
    assert separate_options(["ore", "-ln"], TABLE).join() == ["-l", "-n"]


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("-12", "-12 is read as a word to exclude; for that many results write -n 12"),
        ("-fcvsv", "-fcvsv is read as a word to exclude; did you mean -f csv?"),
        ("-n3rd", "-n3rd is read as a word to exclude; 3rd does not fit -n"),
        ("-nl", "-nl is read as a word to exclude; as options, write -n -l"),
        ("-w80", "-w80 is read as a word to exclude; search has no option -w"),
        ("-lw", "-lw is read as a word to exclude; search has no option -w"),
    ],
)
def test_word_like_an_option_gets_a_hint(typed: str, hint: str) -> None:
    separated = separate_options([typed], TABLE)
    assert (separated.words, separated.notices) == ([typed], [hint])


def test_cluster_with_an_option_that_the_command_lacks_gets_a_hint() -> None:
    table = TABLE._replace(command="facets", flags=TABLE.flags - {"-l"})
    hint = "-ln5 is read as a word to exclude; facets has no option -l"
    assert separate_options(["-ln5"], table).notices == [hint]


@pytest.mark.parametrize("word", ["-ore", "-nickel", "-fish", "-quarry", "-clay", "-us", "-2019-2020", "-氧化"])
def test_word_to_exclude_gets_no_hint(word: str) -> None:
    assert separate_options([word], TABLE).notices == []


@pytest.mark.parametrize("typed", ["-w", "-z", "-X", "-8"])
def test_single_letter_that_is_no_option_is_an_error(typed: str) -> None:
    with pytest.raises(UsageError, match=f"search has no option {typed}"):
        separate_options(["ore", typed], TABLE)


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["figures", "coal", "-z"], "shanxi: figures has no option -z; to exclude a word, put it after --"),
        (["kwic", "!coal"], "shanxi: ! means nothing here"),
        (["list", "place:!Datong"], "shanxi: ! means nothing here"),
        (["search", '!"solar power"'], "shanxi: ! means nothing here"),
        (["search", "coal && mine"], "shanxi: && means nothing here"),
        (["search", "coal || mine"], "shanxi: || means nothing here"),
        (["search", "^coal"], "shanxi: ^ means nothing here"),
    ],
)
def test_sign_without_meaning_is_an_error(shanxi: Shanxi, arguments: list[str], error: str) -> None:
    run = shanxi(*arguments)
    assert (run.status, run.out, run.err.splitlines()[0]) == (2, "", error)


def test_exclamation_mark_after_a_word_is_punctuation(shanxi: Shanxi) -> None:
    assert shanxi("search", "-c", "coal!").out == shanxi("search", "-c", "coal").out
