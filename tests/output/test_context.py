"""Passages for pasting: their layout, and that the budget is never exceeded."""

import io
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanxi_cli.errors import UsageError
from shanxi_cli.model.article import Article
from shanxi_cli.model.results import Hit, Results, Snippet
from shanxi_cli.output.context import ContextPrinter
from shanxi_cli.util.word_count import count_words, limit_words


def hit(rank: int, article: Article, *passages: str) -> Hit:
    title = Snippet("title", article.title)
    return Hit(rank, 1.0, article, title, tuple(Snippet("body", passage) for passage in passages))


def printed(budget: int, *hits: Hit, total: int | None = None, query: str = "coal") -> str:
    out = io.StringIO()
    ContextPrinter(out, budget, query).results(Results(total or len(hits), hits))
    return out.getvalue()


COAL = Article("coal-town", "Coal town plants trees", "", date="2021-07", publication="Daily News", section="Business")
NOTE = Article("undated-note", "A note", "", edition="retelling")


def test_passages_stand_below_id_title_date_and_source() -> None:
    assert printed(2_000, hit(1, COAL, "Miners dig.", "Trees grow."), hit(2, NOTE, "A note."), total=3) == (
        "Passages of 2 of 3 articles on: coal\n\n"
        "[coal-town] Coal town plants trees\n2021-07, Daily News, Business\n- Miners dig.\n- Trees grow.\n\n"
        "[undated-note] A note\nundated, retelling\n- A note.\n"
    )


def test_without_query_and_without_hits() -> None:
    assert printed(100, hit(1, NOTE, "A note."), query="").startswith("Passages of 1 article\n\n")
    assert printed(100) == ""


def test_hits_without_passages_have_their_title() -> None:
    assert printed(100, hit(1, COAL)).endswith("\n- Coal town plants trees\n")


def test_passages_are_shortened_at_a_word_or_left_out() -> None:
    long = " ".join(["word"] * 200)
    text = printed(100, hit(1, COAL, long), hit(2, NOTE, "A note."))
    assert text.endswith(" word word …\n")
    assert count_words(text) == 100
    assert "undated-note" not in text
    few = printed(100, hit(1, COAL, " ".join(["word"] * 70), long))
    assert few.count("\n- ") == 1


def test_budget_that_holds_nothing_is_an_error() -> None:
    chinese = Article("太原" * 60, "太原市", "")
    with pytest.raises(UsageError, match="--budget 100 does not hold the first passage; allow more words"):
        printed(100, hit(1, chinese, "煤炭产量"))
    assert printed(200, hit(1, chinese, "煤炭产量")).endswith("- 煤炭产量\n")


def test_control_characters_are_not_printed() -> None:
    hostile = Article("a", "T\x1b[31m", "", publication="P\x07")
    text = printed(100, hit(1, hostile, "x\x1b]0;owned\x07y"), query="c\x1b[2J")
    assert not any(char in text for char in "\x1b\x07")


TEXTS = st.text(st.sampled_from("ab 太原\u3042\u3000\u00a0,.-\t"), max_size=300)


@given(st.integers(100, 400), st.lists(st.lists(TEXTS, max_size=4), max_size=6), TEXTS, TEXTS)
def test_budget_is_never_exceeded(budget: int, passages: list[list[str]], title: str, query: str) -> None:
    hits = [
        hit(n, Article(f"id-{n}", title or "T", "", publication=title, section=title), *texts)
        for n, texts in enumerate(passages, 1)
    ]
    try:
        text = printed(budget, *hits, total=1_000, query=query)
    except UsageError:
        return
    assert count_words(text) <= budget


@given(TEXTS, st.integers(0, 50))
def test_limited_texts_have_at_most_so_many_words(text: str, most: int) -> None:
    assert count_words(limit_words(text, most)) <= most
    assert (limit_words(text, most) == text) == (count_words(text) <= most)


@pytest.mark.parametrize("text", ["coal fell by 1,200 tons", "a\u00a0b\tc\n\nd", "太原 coal 煤炭", "", "[x] - …"])
def test_words_are_at_least_those_of_wc(text: str) -> None:
    run = subprocess.run(["wc", "-w"], input=text, capture_output=True, text=True, env={"LC_ALL": "C.UTF-8"})
    assert count_words(text) >= int(run.stdout)
    if text.isascii():
        assert count_words(text) == int(run.stdout)
