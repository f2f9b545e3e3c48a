"""From the words of a reader to terms: lookups, the words that say nothing, edits, neighbours and weights."""

from functools import cache
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanxi_cli.analysis.edit_distance import edit_distance
from shanxi_cli.analysis.fuzzy_words import FuzzyWordIndex, is_similar_word
from shanxi_cli.analysis.stopwords import STOP_WORDS
from shanxi_cli.engines.bm25 import adjacent_pairs, idf
from shanxi_cli.errors import QueryError
from shanxi_cli.query.ast import Dated, Exact, Fuzzy, Group, Measured, Near, Phrase, Prefix, Query, Word
from shanxi_cli.query.parser import WordOperator, parse_query, to_text
from shanxi_cli.query.plan.lookups import CodeLookup, DateLookup, ExpansionLookup, Lookup, PhraseLookup, TermForm
from shanxi_cli.query.plan.noise_words import drop_noise_words
from shanxi_cli.query.plan.planner import plan_leaf, plan_query
from shanxi_cli.query.validate import check_query
from shanxi_cli.util.edtf import parse_range
from tests.support.strategies import QUERY_TEXTS, examples

STEMS, WORDS = TermForm.STEMS, TermForm.WORDS


def understood(text: str, want: WordOperator = WordOperator.ANY) -> Query:
    return drop_noise_words(check_query(parse_query(text, want), text), text)


TAIYUAN = "Taiyuan city, 太原市"
YUCI = "Yuci district in Jinzhong, 榆次区"
LOOKUPS: list[tuple[Word | Exact | Phrase | Near | Prefix | Fuzzy, Lookup | tuple[Lookup, ...]]] = [
    # words: stems, side by side
    (Word("Mining"), PhraseLookup("", STEMS, ("mine",))),
    (Word("coal-fired"), PhraseLookup("", STEMS, ("coal", "fire"))),
    (Word("16-gigawatt"), PhraseLookup("", STEMS, ("16", "gigawatt"))),
    (Word("1,200"), PhraseLookup("", STEMS, ("1200",))),
    (Word("Xi’an"), PhraseLookup("", STEMS, ("xi'an",))),
    (Word("Shanxi's"), PhraseLookup("", STEMS, ("shanxi",))),
    (Word("R&D"), PhraseLookup("", STEMS, ("r&d",))),
    (Word("mining", "title"), PhraseLookup("title", STEMS, ("mine",))),
    (Phrase("the mines closed"), PhraseLookup("", STEMS, ("the", "mine", "close"))),
    (Exact("mining"), PhraseLookup("", WORDS, ("mining",))),
    (Exact("The mines", "body"), PhraseLookup("body", WORDS, ("the", "mines"))),
    # names: words as they are
    (Word("Mining", "author"), PhraseLookup("author", WORDS, ("mining",))),
    (Phrase("Li Min's", "person"), PhraseLookup("person", WORDS, ("li", "min"))),
    (Exact("Mines", "org"), PhraseLookup("org", WORDS, ("mines",))),
    # nearness
    (Near("power rules", 3), PhraseLookup("", STEMS, ("power", "rule"), 3)),
    (Near("power rules", 0, "title"), PhraseLookup("title", STEMS, ("power", "rule"), 0)),
    (Near("power", 3), PhraseLookup("", STEMS, ("power",))),
    # beginnings and likeness
    (Prefix("Photo"), ExpansionLookup("", "photo", None)),
    (Prefix("CAFÉ", "title"), ExpansionLookup("title", "cafe", None)),
    (Prefix("1,200"), ExpansionLookup("", "1200", None)),
    (Fuzzy("Mining", 2), ExpansionLookup("", "mining", 2)),
    (Fuzzy("Datng", 1, "place"), ExpansionLookup("place", "datng", 1)),
    # codes: the whole value
    (Word("004", "page"), CodeLookup("page", "4")),
    (Word("Image", "type"), CodeLookup("type", "image")),
    (Phrase("Old  Walls", "id"), CodeLookup("id", "old walls")),
    (Exact("old-walls", "id"), CodeLookup("id", "old-walls")),
    (Prefix("Old", "id"), CodeLookup("id", "old", prefix=True)),
    (Word("太原", "id"), CodeLookup("id", "太原")),
    # Chinese: pairs side by side; the last character is part of the pair before it
    (Word("煤炭"), PhraseLookup("", STEMS, ("煤炭",))),
    (Word("煤炭业"), PhraseLookup("", STEMS, ("煤炭", "炭业"))),
    (Exact("太原市"), PhraseLookup("", WORDS, ("太原", "原市"))),
    # a place of Shanxi has its other names too
    (
        Word("太原"),
        (PhraseLookup("", STEMS, ("太原",)), PhraseLookup("", STEMS, ("taiyuan",))),
    ),
    (
        Phrase("太原市"),
        (PhraseLookup("", STEMS, ("太原", "原市")), PhraseLookup("", STEMS, ("taiyuan",))),
    ),
    (
        Word("榆次", "place"),
        (PhraseLookup("place", WORDS, ("榆次",)), PhraseLookup("place", WORDS, ("yuci",))),
    ),
    (Word("煤炭", "place"), PhraseLookup("place", WORDS, ("煤炭",))),
    (Phrase("太原 煤炭"), PhraseLookup("", STEMS, ("太原", "原", "煤炭"))),
    (Near("太原 煤炭", 5), PhraseLookup("", STEMS, ("太原", "煤炭"), 5)),
    (Near("太原", 5), PhraseLookup("", STEMS, ("太原",))),
    (Word("coal太原"), PhraseLookup("", STEMS, ("coal", "太原"))),
    (Word("太原coal"), PhraseLookup("", STEMS, ("太原", "原", "coal"))),
    (Word("coal太"), PhraseLookup("", STEMS, ("coal", "太"))),
    (Word("太"), ExpansionLookup("", "太", None)),
    (Exact("太", "title"), ExpansionLookup("title", "太", None)),
    (Prefix("太原"), ExpansionLookup("", "太原", None)),
    (Prefix("太原市"), PhraseLookup("", STEMS, ("太原", "原市"))),
    (Fuzzy("太原市", 1), PhraseLookup("", STEMS, ("太原", "原市"))),
    # no word at all
    (Word("!!"), ()),
    (Phrase("… –"), ()),
    (Exact("_", "title"), ()),
]


@pytest.mark.parametrize(("leaf", "expected"), LOOKUPS, ids=lambda value: getattr(value, "text", ""))
def test_plan_leaf_lookups(
    leaf: Word | Exact | Phrase | Near | Prefix | Fuzzy, expected: Lookup | tuple[Lookup, ...]
) -> None:
    assert plan_leaf(leaf).lookups == (expected if isinstance(expected, tuple) else (expected,))


DESCRIPTIONS: list[tuple[Word | Exact | Phrase | Near, str]] = [
    (Word("太原"), TAIYUAN),
    (Phrase("太原市"), TAIYUAN),
    (Word("榆次", "place"), YUCI),
    (Word("煤炭", "place"), ""),
    (Near("太原", 5), ""),
    (Exact("太原市"), ""),
]


@pytest.mark.parametrize(("leaf", "expected"), DESCRIPTIONS)
def test_plan_leaf_describes_places(leaf: Word | Exact | Phrase | Near, expected: str) -> None:
    assert plan_leaf(leaf).description == expected


def test_plan_leaf_keeps_days() -> None:
    days = parse_range("2021..")
    assert plan_leaf(Dated("2021..", days)).lookups == (DateLookup(days),)


BEGINNINGS = [("photo", True), ("photovoltaics", True), ("phot", False), ("aphoto", False)]


@pytest.mark.parametrize(("word", "expected"), BEGINNINGS)
def test_prefix_expansion_matches(word: str, expected: bool) -> None:
    assert ExpansionLookup("", "photo", None).matches(word) is expected


def test_fuzzy_expansion_matches() -> None:
    like = ExpansionLookup("", "coal", 1)
    assert [w for w in ["coal", "coala", "oal", "coil", "caol", "cool", "goals", "co", "foil"] if like.matches(w)] == [
        "coal",
        "coala",
        "oal",
        "coil",
        "caol",
        "cool",
    ]


PREPARED = [
    # stop words are left out of words only
    ("the coal of Shanxi", "coal Shanxi"),
    ("The mine", "mine"),
    ("coal and solar", "coal solar"),
    ("who is Li Min", "Li Min"),
    ("+the coal", "coal"),
    ("coal -the", "coal"),
    ('"the mine" of', '"the mine"'),
    ('the "of" it', '"of"'),
    ("=the coal", "exact:the coal"),
    ("title:the coal", "title:the coal"),
    ("the* coal", "prefix:the coal"),
    ("there~ coal", "fuzzy:there~1 coal"),
    ("the-mine of", "the-mine"),
    # capitals are meant
    ("US coal", "US coal"),
    ("WHO is it", "WHO"),
    ("U.S. and us", "U.S."),
    ("IT AND coal", "IT AND coal"),
    ("It AND coal", "coal"),
    ("I coal A", "coal"),
    # words without a letter or digit
    ("coal !! & …", "coal"),
    ("coal '' '5'", "coal '5'"),
    ("title:!! coal", "coal"),
    ('"…" coal', "coal"),
    # in every kind of node
    ("the AND coal", "coal"),
    ("the OR coal OR of", "coal"),
    ("the OR coal OR mine", "coal OR mine"),
    ("coal AND NOT the", "coal"),
    ("coal (the of)", "coal"),
    ("coal (the mine)", "coal (mine)"),
    ("+(the OR mine) coal", "+mine coal"),
    ("the -coal", "NOT coal"),
    # codes and dates stay whatever they are
    ("page:!!", "page:!!"),
    ("id:the coal", "id:the coal"),
    ("the date:2021", "date:2021"),
    ("太 的", "太 的"),
]


@pytest.mark.parametrize(("text", "expected"), PREPARED)
def test_drop_noise_words(text: str, expected: str) -> None:
    assert to_text(understood(text)) == expected


COMMON = "every word of it is too common; write it in quotes: "
NO_LETTER = "it has no letter and no digit"
BESIDE = "write the other words beside it"
MISTAKES = [
    ("the", "there is nothing to search for", "^^^", COMMON + '"the"'),
    (" to be or not to be ", "there is nothing to search for", "^" * 20, COMMON + '"to be or not to be"'),
    ("the AND of", "there is nothing to search for", "^" * 10, COMMON + '"the AND of"'),
    ("-the", "there is nothing to search for", "^^^^", COMMON + '"the"'),
    ("!!", "there is nothing to search for", "^^", NO_LETTER),
    ("NOT !! AND …", "there is nothing to search for", "^" * 12, NO_LETTER),
    ('title:"…" !!', "there is nothing to search for", "^" * 12, NO_LETTER),
    ("wall-to*", "a prefix is one word", "^^^^^^^^", BESIDE),
    ("coal prefix:title:wall-to", "a prefix is one word", "     ^^^^^^^^^^^^^^^^^^^^", BESIDE),
    ("太原abc*", "a prefix is one word", "^^^^^^", BESIDE),
    ("coal wall-too~", "~ goes with one word", "     ^^^^^^^^^", BESIDE),
    ("author:li/min~", "~ goes with one word", "^^^^^^^^^^^^^^", BESIDE),
]


@pytest.mark.parametrize(("text", "message", "carets", "hint"), MISTAKES)
def test_drop_noise_words_refuses(text: str, message: str, carets: str, hint: str) -> None:
    with pytest.raises(QueryError) as error:
        understood(text)
    found = error.value
    assert (found.message, found.hint, found.query) == (message, hint, text)
    assert " " * found.start + "^" * (found.end - found.start) == carets


def test_stop_words_are_the_measured_list() -> None:
    assert len(STOP_WORDS) == 131
    assert {"may", "tbd", "us", "yet", "the", "of"} <= STOP_WORDS
    assert not {"coal", "new", "would"} & STOP_WORDS
    assert all(word == word.lower() for word in STOP_WORDS)


@examples(300)
@given(text=QUERY_TEXTS, want=st.sampled_from(WordOperator))
def test_every_remaining_leaf_has_lookups(text: str, want: WordOperator) -> None:
    def leaves(query: Query) -> list[Query]:
        if isinstance(query, Group):
            assert query.clauses
            return [leaf for clause in query.clauses for leaf in leaves(clause.node)]
        children = getattr(query, "children", None) or ([query.child] if hasattr(query, "child") else None)
        assert children is None or len(children) != 1 or hasattr(query, "child")
        return [query] if children is None else [leaf for child in children for leaf in leaves(child)]

    try:
        query = understood(text, want)
    except QueryError as error:
        assert 0 <= error.start < error.end <= max(len(text), 1)
        return
    for leaf in leaves(query):
        if not isinstance(leaf, Dated):
            assert isinstance(leaf, (Word, Exact, Phrase, Near, Prefix, Fuzzy, Measured))
            [found, *_] = plan_leaf(leaf).lookups
            assert not isinstance(found, PhraseLookup) or (found.terms and all(found.terms))
            assert not isinstance(found, ExpansionLookup) or found.word


# Edits


EDITS = [
    ("coal", "coal", 0),
    ("", "", 0),
    ("", "ab", 2),
    ("coal", "coals", 1),
    ("coal", "oal", 1),
    ("coal", "coil", 1),
    ("coal", "caol", 1),
    ("coal", "laoc", 3),
    ("coal", "mine", 4),
    ("abcd", "badc", 2),
    ("ca", "abc", 3),  # optimal string alignment: no letter is edited twice
    ("shanxi", "shaanxi", 1),
    ("taiyuan", "tayiuan", 1),
    ("kitten", "sitting", 3),
    ("太原", "原太", 1),
]


@pytest.mark.parametrize(("one", "other", "distance"), EDITS)
def test_edit_distance(one: str, other: str, distance: int) -> None:
    for a, b in ((one, other), (other, one)):
        within = [edit_distance(a, b, limit) is not None for limit in range(6)]
        assert within == [limit >= distance for limit in range(6)]


def alignment(one: str, other: str) -> int:
    """The optimal string alignment distance, by its definition."""

    @cache
    def distance(i: int, j: int) -> int:
        if not i or not j:
            return i + j
        best = min(distance(i - 1, j), distance(i, j - 1)) + 1
        best = min(best, distance(i - 1, j - 1) + (one[i - 1] != other[j - 1]))
        if i > 1 and j > 1 and one[i - 2 : i] == other[j - 2 : j][::-1]:
            best = min(best, distance(i - 2, j - 2) + 1)
        return best

    return distance(len(one), len(other))


@examples(500)
@given(one=st.text("abc", max_size=7), other=st.text("abc", max_size=7), limit=st.integers(0, 3))
def test_edit_distance_by_definition(one: str, other: str, limit: int) -> None:
    assert is_similar_word(one, other, limit) is (alignment(one, other) <= limit)


@examples(300)
@given(
    word=st.text("abc太\x41\x01", max_size=7),
    words=st.sets(st.text("abc太\x41\x01", max_size=7)),
    limit=st.integers(0, 3),
)
def test_fuzzy_index_finds_all_similar_words(word: str, words: set[str], limit: int) -> None:
    near = {other: alignment(word, other) for other in words}
    assert dict(FuzzyWordIndex(words).words_within(word, limit)) == {
        w: edits for w, edits in near.items() if edits <= limit
    }


# Weights


def pair(one: str, other: str) -> PhraseLookup:
    return PhraseLookup("", STEMS, (one, other))


NEIGHBOURS = [
    ("coal mining towns", [pair("coal", "mine"), pair("mine", "town")]),
    ("+coal mining", [pair("coal", "mine")]),
    ("the coal of towns", [pair("coal", "town")]),
    ("coal coal mine coal mine", [pair("coal", "mine"), pair("mine", "coal")]),
    ("mining mines", []),
    ("coal -steel mine", []),
    ("coal title:steel mine", []),
    ('coal "steel" mine', []),
    ("coal =steel mine", []),
    ("coal steel* mine", []),
    ("coal coal-fired mine", []),
    ("太原 coal", [pair("太原", "coal")]),
    ("太 coal", []),
    ("coal (steel mine)", []),
]


@pytest.mark.parametrize(("text", "expected"), NEIGHBOURS)
def test_adjacent_pairs(text: str, expected: list[PhraseLookup]) -> None:
    query = understood(text)
    assert isinstance(query, Group)
    assert adjacent_pairs(query, plan_query(query)) == expected


def test_adjacent_pairs_for_all() -> None:
    query = understood("coal mining", WordOperator.ALL)
    assert isinstance(query, Group)
    assert adjacent_pairs(query, plan_query(query)) == [pair("coal", "mine")]


def test_idf() -> None:
    assert idf(22, 1) == pytest.approx(log(1 + 21.5 / 1.5))
    assert idf(22, 22) == pytest.approx(log(1 + 0.5 / 22.5))
    assert idf(1, 1) > 0
    assert idf(22, 1) > idf(22, 2) > idf(22, 22)
