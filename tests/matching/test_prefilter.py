"""Words that are left out before analysis: the marks and passages stay those of the plain way, which analyses all."""

import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from spellchecker import SpellChecker

from shanxi_cli.analysis.sentence_splitter import split_sentences
from shanxi_cli.analysis.tokenizer import tokenize
from shanxi_cli.errors import QueryError
from shanxi_cli.matching import snippets
from shanxi_cli.matching.highlighter import MarkFinder, TextPattern, build_prefilter, collect_patterns
from shanxi_cli.matching.prefilter import stem_prefixes
from shanxi_cli.model.article import Article, Caption
from shanxi_cli.query.parser import WordOperator, parse_query
from shanxi_cli.query.plan.noise_words import drop_noise_words
from shanxi_cli.query.plan.planner import plan_query
from shanxi_cli.query.validate import check_query
from tests.support.strategies import TEXTS, examples

# What the pieces of TEXTS look like in queries, and words that are stemmed in unusual ways.
_WORDS = (
    "coal mine mining of THE IT power Xi'an Xi’an shanxi's 5G R&D R U.S. us US mr 1,200 1200 200 12.5 gigawatt 2016 "
    "café cafe 太原 太原市 市 原 煤炭 人々 ℂoal İt straße sky skies dying die lie lying hopping hope news only able"
).split()
_FORMS = [
    "{}",
    "={}",
    "{}*",
    "{}~",
    "title:{}",
    "body:{}",
    '"{} {}"',
    '"{} {} {}"',
    '"{} {}"~1',
    '"{} {} {}"~5',
    "={0}-{1}",
]
_LEAVES = st.builds(
    lambda form, words: form.format(*words), st.sampled_from(_FORMS), st.lists(st.sampled_from(_WORDS), min_size=3)
)
QUERIES = st.lists(_LEAVES, min_size=1, max_size=3).map(" ".join)
_TEXTS = st.lists(
    st.sampled_from([*_WORDS, "coals", "U.S", "u.s.a.b", "1,200km", "12.5coal", "x_coal", "co\u00adal", "Coal’s"])
    | st.sampled_from(["İ", "ﬁ", "ｃoal", "ſ", "ŉcoal", "Ⅷ"])
    | st.sampled_from([" ", " ", " ", "\n\n", ". ", ", ", "-", "'", "’", "—", "\t", "\u3000", "…", " . . . . . "])
    | TEXTS,
    max_size=30,
).map("".join)  # fmt: skip


def wanted(query: str) -> list[TextPattern]:
    try:
        return collect_patterns(
            plan_query(drop_noise_words(check_query(parse_query(query, WordOperator.ANY), query), query))
        )
    except QueryError:
        assume(False)
        raise


@given(QUERIES, _TEXTS, st.sampled_from(["title", "body", "caption"]))
@examples(600)
def test_prefilter_keeps_marks(query: str, text: str, field: str) -> None:
    some = wanted(query)
    assert MarkFinder(some).marks(field, text) == MarkFinder(some, prefiltered=False).marks(field, text)


def all_ranges(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of a text, long ones with line ends by their lines: code."""
    return (line for sentence in split_sentences(text) for line in snippets._split_lines(text, *sentence))


@given(QUERIES, st.tuples(_TEXTS, _TEXTS, _TEXTS))
@examples(300)
def test_prefilter_keeps_passages(query: str, parts: tuple[str, str, str]) -> None:
    some = wanted(query)
    article = Article("x", "A title", parts[0], deck=parts[1], captions=(Caption(parts[2]),))
    quick = snippets.select_passages(article, some, quantities=())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(snippets, "cached_finder", lambda these: MarkFinder(these, prefiltered=False))
        patch.setattr(snippets, "_marked_sentences", lambda text, marks: all_ranges(text))
        assert quick == snippets.select_passages(article, some, quantities=())


def test_words_begin_with_a_prefix_of_their_stem() -> None:
    for word in SpellChecker().word_frequency.words():
        for token in tokenize(word):
            assert token.word.startswith(tuple(stem_prefixes(token.stem))), token


def test_no_word_has_skipped_signs() -> None:
    """What `beyond_ascii` passes over: everything else that is not ASCII is looked at."""
    passed = [chr(n) for n in (*range(0x80, 0xAA), *range(0x2010, 0x202A), *range(0x202F, 0x2060))]
    in_words = [c for c in passed if next(tokenize(f"a{c}b")).end > 1]
    assert in_words == ["‘", "’", "‛", "′", "‵"]
    assert not any(c.isalnum() or unicodedata.combining(c) for c in passed)


WORDS = [
    # (query, text, the words that are analysed)
    ("coal", "Coal mines of the coalition, charcoal and cold.", ["coal", "coalition", "cold"]),
    ("photovoltaic", "Photo and PHOTOVOLTAICS, photovoltaic-powered", ["photovoltaics", "photovoltaic", "powered"]),
    ("=us", "The U.S. told us. Ulan used.", ["US", "us", "used"]),
    ("1200", "1,200 or 1200 or 12 or 1,3", ["1200", "1200", "12", "1", "3"]),
    ("coal", "cafés of naïve “people”", ["cafes", "naive"]),
    ('"coal mine"', "coal — 5 mines", ["coal", "mines"]),
]


@pytest.mark.parametrize(("query", "text", "analysed"), WORDS)
def test_candidate_words(query: str, text: str, analysed: list[str]) -> None:
    looked = build_prefilter(wanted(query))
    assert looked is not None
    assert [token.word for token in looked.candidate_words(text).values()] == analysed


def test_fuzzy_word_disables_prefilter() -> None:
    assert build_prefilter(wanted("coal~")) is None
