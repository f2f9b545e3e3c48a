"""Where the words of a query stand in a text, and only what matched."""

from itertools import pairwise, permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanxi_cli.analysis.tokenizer import tokenize
from shanxi_cli.errors import QueryError
from shanxi_cli.matching.highlighter import TextPattern, collect_patterns, find_marks, merge_marks
from shanxi_cli.matching.proximity import find_proximity_matches
from shanxi_cli.model.results import Mark
from shanxi_cli.query.parser import WordOperator, parse_query
from shanxi_cli.query.plan.lookups import ExpansionLookup, PhraseLookup, TermForm
from shanxi_cli.query.plan.noise_words import drop_noise_words
from shanxi_cli.query.plan.planner import plan_query
from shanxi_cli.query.validate import check_query
from tests.support.strategies import QUERY_TEXTS, TEXTS, examples

STEMS, WORDS = TermForm.STEMS, TermForm.WORDS


def wanted(query: str, want: WordOperator = WordOperator.ANY) -> list[TextPattern]:
    return collect_patterns(plan_query(drop_noise_words(check_query(parse_query(query, want), query), query)))


def marked(query: str, text: str, field: str = "body") -> list[str]:
    return [text[mark.start : mark.end] for _, mark in find_marks(wanted(query), field, text)]


# Positions


TOGETHER: list[tuple[list[list[int]], int | None, list[tuple[int, ...]]]] = [
    # side by side, in order
    ([[1, 5, 9]], None, [(1,), (5,), (9,)]),
    ([[1, 5], [2, 7]], None, [(1, 2)]),
    ([[2], [1]], None, []),
    ([[1, 2, 3], [2, 3, 4], [3, 4, 5]], None, [(1, 2, 3), (2, 3, 4), (3, 4, 5)]),
    ([[1], [3]], None, []),
    ([[1], []], None, []),
    ([[1, 2, 3], [1, 2, 3]], None, [(1, 2), (2, 3)]),
    # near each other, in any order
    ([[1], [3]], 0, []),
    ([[1], [3]], 1, [(1, 3)]),
    ([[3], [1]], 1, [(3, 1)]),
    ([[1], [2]], 0, [(1, 2)]),
    ([[2], [1]], 0, [(2, 1)]),
    ([[1], [7]], 5, [(1, 7)]),
    ([[1], [8]], 5, []),
    ([[1, 10], [3, 12]], 1, [(1, 3), (10, 12)]),
    ([[1, 2], [4]], 2, [(1, 4), (2, 4)]),
    ([[1], [3, 4]], 5, [(1, 3)]),
    ([[5], [1], [3]], 2, [(5, 1, 3)]),
    ([[5], [1], [3]], 1, []),
    ([[1], []], 5, []),
    # equal terms stand on different positions
    ([[1], [1]], 5, []),
    ([[1, 4], [1, 4]], 2, [(1, 4)]),
    ([[1, 2, 3], [1, 2, 3]], 0, [(1, 2), (2, 3)]),
    ([[1, 4], [2], [1, 4]], 1, [(1, 2, 4)]),
]


@pytest.mark.parametrize(("positions", "between", "expected"), TOGETHER)
def test_find_proximity_matches(
    positions: list[list[int]], between: int | None, expected: list[tuple[int, ...]]
) -> None:
    assert list(find_proximity_matches(positions, between)) == expected


@examples(300)
@given(
    words=st.text("abcd", max_size=12),
    terms=st.text("abcd", min_size=1, max_size=4),
    between=st.none() | st.integers(0, 6),
)
def test_proximity_by_exhaustive_search(words: str, terms: str, between: int | None) -> None:
    positions = [[at for at, word in enumerate(words) if word == term] for term in terms]
    fitting = [
        chosen
        for chosen in product(*positions)
        if len(set(chosen)) == len(chosen)
        and (
            list(chosen) == list(range(chosen[0], chosen[0] + len(chosen)))
            if between is None
            else max(chosen) - min(chosen) + 1 - len(chosen) <= between
        )
    ]
    found = list(find_proximity_matches(positions, between))
    assert set(found) <= set(fitting)
    assert [min(chosen) for chosen in found] == sorted({min(chosen) for chosen in fitting})
    for chosen in found:  # of those that begin there, none is tighter
        assert max(chosen) == min(max(other) for other in fitting if min(other) == min(chosen))


# Patterns


PATTERNS: list[tuple[str, list[TextPattern]]] = [
    ("coal", [PhraseLookup("", STEMS, ("coal",))]),
    ("coal mines Coal", [PhraseLookup("", STEMS, ("coal",)), PhraseLookup("", STEMS, ("mine",))]),
    ("coal -steel NOT mine", [PhraseLookup("", STEMS, ("coal",))]),
    ("coal AND NOT steel", [PhraseLookup("", STEMS, ("coal",))]),
    ("-(coal steel)", []),
    ("coal -(steel -mine)", [PhraseLookup("", STEMS, ("coal",))]),
    ("(coal OR steel) AND mine", [PhraseLookup("", STEMS, (w,)) for w in ("coal", "steel", "mine")]),
    ("title:coal", [PhraseLookup("title", STEMS, ("coal",))]),
    ("title:coal coal", [PhraseLookup("title", STEMS, ("coal",)), PhraseLookup("", STEMS, ("coal",))]),
    ('"coal mine"~3 =mine', [PhraseLookup("", STEMS, ("coal", "mine"), 3), PhraseLookup("", WORDS, ("mine",))]),
    ("photo* body:coal~", [ExpansionLookup("", "photo", None), ExpansionLookup("body", "coal", 1)]),
    # names, codes and dates match no running text
    ("author:li place:=Datong page:004 prefix:id:old date:2021 coal", [PhraseLookup("", STEMS, ("coal",))]),
    ("煤炭 太", [PhraseLookup("", STEMS, ("煤炭",)), ExpansionLookup("", "太", None)]),
    ("太原", [PhraseLookup("", STEMS, ("太原",)), PhraseLookup("", STEMS, ("taiyuan",))]),
]


@pytest.mark.parametrize(("query", "expected"), PATTERNS)
def test_collect_patterns(query: str, expected: list[TextPattern]) -> None:
    assert wanted(query) == expected


# Marks


MARKED = [
    ("coal", "Coal, coal and charcoal.", ["Coal", "coal"]),
    ("mine", "Miners mined the mines; mining goes on.", ["mined", "mines", "mining"]),
    ("=mine", "Mines? A mine, mining.", ["mine"]),
    ("coal-fired", "Coal-fired, coal fired, fired coal.", ["Coal-fired", "coal fired"]),
    ("coal fired", "A coal-fired plant", ["coal", "fired"]),
    ("1200", "1,200 of 200 and 1200", ["1,200", "1200"]),
    ("Xi'an", "Xi’an’s noodles, xi an", ["Xi’an’s"]),
    ("cafe", "Cafés, CAFÉ, cafe\u0301", ["Cafés", "CAFÉ", "cafe\u0301"]),
    # a phrase is marked whole, its stray words are not
    ('"coal mine"', "Coal and the mine, the coal mine.", ["coal mine"]),
    ('"the mine"', "The mine, the old mine", ["The mine"]),
    ('"coal coal"', "coal, coal, coal", ["coal, coal", "coal, coal"]),
    ('"mine closed"', "The mine. Closed today", ["mine. Closed"]),
    ('exact:"coal mines"', "coal mine, coal mines", ["coal mines"]),
    # words near each other are marked one by one
    ('"rules power"~2', "The power of the rules; the rules of coal", ["power", "rules"]),
    ('"rules power"~1', "The power of the rules", []),
    # beginnings and likeness
    ("photo*", "Photos of photovoltaics, telephoto", ["Photos", "photovoltaics"]),
    ("taiyuan~", "Taiyuan, Tayuan, Tauian", ["Taiyuan", "Tayuan"]),
    # Chinese
    ("太原", "太原市，在太原", ["太原", "太原"]),
    ("太原市", "太原，太原市的", ["太原市"]),
    ("原", "太原市，原市，太原", ["原", "原", "原"]),
    ("太原*", "在太原市", ["太原"]),
    ("水", "在⽔\u200b力、ｽｲ力", ["⽔\u200b"]),
    ("デ", "ﾃﾞﾊﾟｰﾄ、デパート", ["ﾃﾞ", "デ"]),
    ("⽔⼒", "水力，水\u2060力", ["水力", "水\u2060力"]),
    # letters and marks of other scripts
    ("lodz soren", "Near Łódź, Søren (LODZ)", ["Łódź", "Søren", "LODZ"]),
    ("Łódź", "Near lodz", ["lodz"]),
    ("lu'an*", "Lu`an, Lu´an’s, Lu′anese", ["Lu`an", "Lu´an’s", "Lu′anese"]),
    ("مدرسة", "في مَدْرَسَة.", ["مَدْرَسَة"]),
    ("हिन्दी", "में हिन्दी, हिन", ["हिन्दी"]),
    ('"co\u00adal mine"', "a coal mine, a co\u200bal\ufeff mine", ["coal mine", "co\u200bal\ufeff mine"]),
    ("trom~2", "Trømsø", ["Trømsø"]),
    # what must not match is not marked
    ("coal -mine", "The coal mine", ["coal"]),
    ("author:li", "Li Min", []),
]


@pytest.mark.parametrize(("query", "text", "expected"), MARKED)
def test_find_marks(query: str, text: str, expected: list[str]) -> None:
    assert marked(query, text) == expected


def test_find_marks_gives_pattern_indexes() -> None:
    found = find_marks(wanted('mine "coal mine" photo*'), "body", "A coal mine: photos")
    assert found == [(1, Mark(2, 11)), (0, Mark(7, 11)), (2, Mark(13, 19))]


def test_field_pattern_marks_its_field_only() -> None:
    assert marked("title:coal mine", "The coal mine", "body") == ["mine"]
    assert marked("title:coal mine", "The coal mine", "title") == ["coal", "mine"]
    assert marked("caption:coal", "The coal mine", "title") == []


@examples(300)
@given(query=QUERY_TEXTS, text=TEXTS)
def test_marks_cover_matching_words(query: str, text: str) -> None:
    try:
        items = wanted(query)
    except QueryError:
        return
    found = find_marks(items, "body", text)
    assert [mark for _, mark in found] == sorted(mark for _, mark in found)
    for number, mark in found:
        assert 0 <= mark.start < mark.end <= len(text)
        item = items[number]
        inside = [t for t in tokenize(text) if mark.start <= t.start < mark.end]
        if isinstance(item, ExpansionLookup):
            assert item.matches(inside[0].word)
            continue
        assert isinstance(item, PhraseLookup)
        forms = [t.stem if item.layer is STEMS else t.word for t in inside]
        if item.max_gap is None:
            assert tuple(forms[: len(item.terms)]) == item.terms
        else:
            assert forms[0] in item.terms


@examples(300)
@given(text=TEXTS, query=st.permutations(["coal", "mining", "solar", "power", "1200"]))
def test_every_form_of_a_word_is_marked(text: str, query: list[str]) -> None:
    stems = {"coal": "coal", "mining": "mine", "solar": "solar", "power": "power", "1200": "1200"}
    expected = [(t.start, t.end) for t in tokenize(text) if t.stem in {stems[word] for word in query[:2]}]
    assert [(m.start, m.end) for _, m in find_marks(wanted(" ".join(query[:2])), "body", text)] == expected


MERGED = [
    ([], []),
    ([(3, 5)], [(3, 5)]),
    ([(5, 7), (1, 3)], [(1, 3), (5, 7)]),
    ([(1, 3), (1, 3)], [(1, 3)]),
    ([(1, 4), (3, 6)], [(1, 6)]),
    ([(1, 9), (3, 6)], [(1, 9)]),
    ([(1, 3), (3, 6)], [(1, 6)]),
    ([(1, 3), (4, 6)], [(1, 3), (4, 6)]),
]


@pytest.mark.parametrize(("marks", "expected"), MERGED)
def test_merge_marks(marks: list[tuple[int, int]], expected: list[tuple[int, int]]) -> None:
    assert merge_marks([Mark(*mark) for mark in marks]) == tuple(Mark(*mark) for mark in expected)


@examples(200)
@given(
    marks=st.lists(st.tuples(st.integers(0, 20), st.integers(1, 6)).map(lambda m: Mark(m[0], m[0] + m[1])), max_size=6)
)
def test_merge_marks_covers_same_characters(marks: list[Mark]) -> None:
    def covered(some: tuple[Mark, ...]) -> set[int]:
        return {at for mark in some for at in range(mark.start, mark.end)}

    found = merge_marks(marks)
    assert covered(found) == covered(tuple(marks))
    assert all(one.end < other.start for one, other in pairwise(found))


def test_merge_marks_ignores_order() -> None:
    marks = [Mark(1, 3), Mark(2, 5), Mark(7, 9)]
    assert {merge_marks(list(order)) for order in permutations(marks)} == {(Mark(1, 5), Mark(7, 9))}
