"""Passages: every word of a body is in one, and none is longer than a model reads."""

from hypothesis import given
from hypothesis import strategies as st

from shanxi_cli.model.article import Article, Caption
from shanxi_cli.semantic.passages import TextSpan, make_passage_text, split_passages


def body(words: int) -> str:
    return " ".join(f"w{n}" for n in range(words))


def test_a_short_body_is_one_passage() -> None:
    assert split_passages(body(129)) == [TextSpan(0, len(body(129)))]
    assert split_passages("") == [TextSpan(0, 0)]


def test_long_bodies_are_cut_with_a_quarter_shared() -> None:
    text = body(250)
    passages = [text[start:end].split() for start, end in split_passages(text)]
    assert [(words[0], words[-1], len(words)) for words in passages] == [
        ("w0", "w99", 100),
        ("w75", "w174", 100),
        ("w150", "w249", 100),
    ]


def test_scripts_without_spaces_are_cut_too() -> None:
    passages = split_passages("煤" * 300)
    assert [span.end - span.start for span in passages] == [100, 100, 100, 75]


@given(st.integers(0, 2000))
def test_every_word_is_in_a_passage(words: int) -> None:
    text = body(words)
    covered = {word for start, end in split_passages(text) for word in text[start:end].split()}
    assert covered == set(text.split())
    assert all(len(text[start:end].split()) < 130 for start, end in split_passages(text))


def test_the_title_stands_before_the_words() -> None:
    article = Article("salt", "Salt is cheap", "The price fell.")
    assert make_passage_text(article, TextSpan(4, 9)) == "Salt is cheap. price"


def test_an_article_without_words_is_read_by_its_captions() -> None:
    article = Article("salt", "Salt", "", deck="Cheap again", captions=(Caption("A heap of salt."),))
    assert make_passage_text(article, TextSpan(0, 0)) == "Salt. Cheap again A heap of salt."
