"""`search -f context`: budget, number of articles, statuses, and options that it has no use for."""

import pytest

from shanxi_cli.util.word_count import count_words
from tests.conftest import Shanxi


def test_context_prints_passages_with_ids_and_dates(shanxi: Shanxi) -> None:
    run = shanxi("search", "coal", "miners", "--all", "-f", "context")
    assert (run.status, run.err) == (0, "")
    assert run.out == (
        "Passages of 1 article on: coal miners\n\n"
        "[coal-town-plants-trees] Coal town plants trees\n"
        "2021-07-22/2021-08-31, Shanxi Daily News, Business\n"
        "- Miners in Datong used to dig coal. Now 1,200 of them plant trees, Zhao Lei said.\n"
        "- Its coal-fired plant closed too, and the 16-gigawatt grid no longer needs it.\n"
    )


def test_context_keeps_the_budget(shanxi: Shanxi) -> None:
    whole = shanxi("list", "-f", "context").out
    assert whole.startswith("Passages of 6 articles\n")
    part = shanxi("list", "-f", "context", "--budget", "100").out
    assert part.startswith("Passages of 5 of 6 articles\n")
    assert count_words(part) <= 100 < count_words(whole)
    assert shanxi("list", "-f", "context", "-n", "2").out.count("\n\n[") == 2
    assert shanxi("list", "-f", "context", "--offset", "5").out.count("\n\n[") == 1


def test_context_without_results_is_status_1(shanxi: Shanxi) -> None:
    run = shanxi("search", "zeppelin", "-f", "context")
    assert (run.status, run.out) == (1, "")
    assert run.err.startswith("shanxi: no results for zeppelin\n")
    assert shanxi("search", "minners", "-f", "context").err.startswith("shanxi: searched for miners instead of minners")


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("search coal --budget 500", "--budget is for context, not lines: add -f context"),
        ("search coal -f context --budget 99", "invalid value for '--budget': 99 is not in the range x>=100"),
        ("search coal -f context --fields id", "--fields is for lines, csv and jsonl, not context"),
        ("search coal -f context -0", "--null is for lines and ids, not context"),
        ("search coal -f context --bom", "--bom is for csv, not context"),
        ("search coal -f context -c", "--format and --count cannot be combined"),
        ("search --batch - -f context", "--batch prints counts, not passages"),
    ],
)
def test_context_refuses_options_of_other_formats(shanxi: Shanxi, line: str, error: str) -> None:
    run = shanxi(*line.split())
    assert (run.status, run.out, run.err) == (2, "", f"shanxi: {error}\n")
