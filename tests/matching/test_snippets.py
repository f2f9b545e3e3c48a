"""The best passages of an article for a query, as text and marks."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanxi_cli.analysis.document_fields import running_texts
from shanxi_cli.errors import QueryError
from shanxi_cli.matching.highlighter import TextPattern, collect_patterns, find_marks, merge_marks
from shanxi_cli.matching.snippets import MAX_PASSAGE_CHARS, select_passages, title_snippet
from shanxi_cli.model.article import Article, Caption
from shanxi_cli.model.results import Mark, Snippet
from shanxi_cli.query.parser import WordOperator, parse_query
from shanxi_cli.query.plan.noise_words import drop_noise_words
from shanxi_cli.query.plan.planner import plan_query
from shanxi_cli.query.validate import check_query
from tests.support.articles import ARTICLES
from tests.support.strategies import QUERY_TEXTS, TEXTS, examples

TOWN = ARTICLES["coal-town-plants-trees"]
RULES = ARTICLES["mine-safety-rules"]
CHINESE = ARTICLES["taiyuan-paper-in-chinese"]


def wanted(query: str) -> list[TextPattern]:
    return collect_patterns(
        plan_query(drop_noise_words(check_query(parse_query(query, WordOperator.ANY), query), query))
    )


def shown(snippet: Snippet) -> str:
    """A snippet as `field: text`, its marks in brackets."""
    text = snippet.text
    for mark in reversed(snippet.marks):
        text = f"{text[: mark.start]}[{text[mark.start : mark.end]}]{text[mark.end :]}"
    return f"{snippet.field}: {text}"


def found(article: Article, query: str, most: int = 3) -> list[str]:
    return [shown(snippet) for snippet in select_passages(article, wanted(query), most)]


def of_body(body: str, query: str, most: int = 3) -> list[str]:
    return found(Article("x", "A title", body), query, most)


TITLES = [
    ("coal trees", "title: [Coal] town plants [trees]"),
    ('"coal town"', "title: [Coal town] plants trees"),
    ("coal-town", "title: [Coal town] plants trees"),
    ("town* coal~", "title: [Coal] [town] plants trees"),
    ("title:plant", "title: Coal town [plants] trees"),
    ("body:plant", "title: Coal town plants trees"),
    ("solar", "title: Coal town plants trees"),
]


@pytest.mark.parametrize(("query", "expected"), TITLES)
def test_title_snippet(query: str, expected: str) -> None:
    assert shown(title_snippet(TOWN, wanted(query))) == expected


def test_snippet_is_text_with_marks() -> None:
    assert select_passages(TOWN, wanted("mine"), 1) == (
        Snippet(
            "body",
            "The mine closed in 2016. Its coal-fired plant closed too, and the 16-gigawatt grid no longer needs it.",
            (Mark(4, 8),),
        ),
    )


PASSAGES: list[tuple[Article, str, list[str]]] = [
    # whole sentences, in the order of the article; a short one with the next of its paragraph
    (
        TOWN,
        "coal",
        [
            "body: Miners in Datong used to dig [coal]. Now 1,200 of them plant trees, Zhao Lei said.",
            "body: Its [coal]-fired plant closed too, and the 16-gigawatt grid no longer needs it.",
        ],
    ),
    (TOWN, "zhao", ["body: Now 1,200 of them plant trees, [Zhao] Lei said."]),
    (
        TOWN,
        "2016 zhao",
        [
            "body: Now 1,200 of them plant trees, [Zhao] Lei said.",
            "body: The mine closed in [2016]. Its coal-fired plant closed too, and the 16-gigawatt grid no longer needs"
            " it.",
        ],
    ),
    # deck, captions and keywords too
    (
        TOWN,
        "forest saplings 1200",
        [
            "deck: Former miners look after a [forest]",
            "caption: [Saplings] wait beside an old pit.",
            "body: Now [1,200] of them plant trees, Zhao Lei said.",
        ],
    ),
    # three at most, those of the body first
    (
        TOWN,
        "forest saplings 1200 2016",
        [
            "deck: Former miners look after a [forest]",
            "body: Now [1,200] of them plant trees, Zhao Lei said.",
            "body: The mine closed in [2016]. Its coal-fired plant closed too, and the 16-gigawatt grid no longer needs"
            " it.",
        ],
    ),
    (TOWN, "forestry", ["keyword: [forestry]"]),
    # true to the match
    (TOWN, '"coal fired"', ["body: Its [coal-fired] plant closed too, and the 16-gigawatt grid no longer needs it."]),
    (RULES, '"power rules"~2', ["body: The [rules] speak of [power] and of solar lamps. Mining firms have a year."]),
    (RULES, "solar -mine", ["body: The rules speak of power and of [solar] lamps. Mining firms have a year."]),
    (CHINESE, "太原", ["body: [太原]市的煤炭产量下降。Output of coal in [太原] fell."]),
    # nothing but the title matches: how the article begins, without marks
    (TOWN, "town", ["deck: Former miners look after a forest"]),
    (RULES, "author:zhou", ["body: New rules for mines ask for safer coal mining."]),
    (RULES, "title:mine", ["body: New rules for mines ask for safer coal mining."]),
    (Article("x", "Coal", ""), "coal", []),
    (Article("x", "Coal", "", deck="A mine. A pit."), "coal", ["deck: A mine."]),
]


@pytest.mark.parametrize(("article", "query", "expected"), PASSAGES)
def test_select_passages(article: Article, query: str, expected: list[str]) -> None:
    assert found(article, query) == expected


def test_captions_keep_their_order() -> None:
    captions = (
        Caption("Nobody is to be seen on this picture. Coal."),
        Caption("Mines by night."),
    )
    assert found(Article("x", "A title", "", captions=captions), "coal mines") == [
        "caption: [Coal].",
        "caption: [Mines] by night.",
    ]


ALL = "Coal is old, and so are the words of this sentence, which is longer than ninety characters by a few of them."


def test_passages_with_new_parts_come_first() -> None:
    # two words before one, then a word not shown yet; what adds nothing makes a second passage, never a third
    body = "\n\n".join(["Coal one.", "Coal two.", "Coal three.", "Solar and coal.", "Wind."])
    assert of_body(body, "coal solar wind") == ["body: [Solar] and [coal].", "body: [Wind]."]
    assert of_body(body, "coal solar") == ["body: [Coal] one.", "body: [Solar] and [coal]."]
    assert of_body(body, "coal") == ["body: [Coal] one.", "body: [Coal] two."]
    assert of_body(body, "coal solar wind", 1) == ["body: [Solar] and [coal]."]
    assert of_body(body, "coal solar wind", 0) == []


def test_body_wins_ties() -> None:
    article = Article("x", "A title", "Coal here.", deck="Coal there.", keywords=("coal",))
    assert found(article, "coal", 1) == ["body: [Coal] here."]


JOINED = [
    # a short sentence takes the next ones until it is long enough
    ("Coal. Steel. Wind.", "coal", ["body: [Coal]. Steel. Wind."]),
    ("Steel. Coal. Wind.", "coal", ["body: [Coal]. Wind."]),
    (
        "Coal. " + "Much is said here. " * 6,
        "coal",
        [
            "body: [Coal]. Much is said here. Much is said here. "
            "Much is said here. Much is said here. Much is said here."
        ],
    ),
    # as long as there is room
    ("Coal. Y" + "y" * 272 + ".", "coal", ["body: [Coal]. Y" + "y" * 272 + "."]),
    ("Coal. Y" + "y" * 273 + ".", "coal", ["body: [Coal]."]),
    # a long one stands alone, and none takes the next paragraph
    (ALL + " Steel.", "coal", ["body: [Coal]" + ALL[4:]]),
    ("Coal.\n\nSteel.", "coal", ["body: [Coal]."]),
    # but for a match that runs over the border
    (ALL[:-1] + " with coal. Mines closed.", '"coal mines"', ["body: " + ALL[:-1] + " with [coal. Mines] closed."]),
    ("The age of coal\n\nMines closed.", '"coal mines"~1', ["body: The age of [coal]", "body: [Mines] closed."]),
]


@pytest.mark.parametrize(("body", "query", "expected"), JOINED)
def test_short_sentences_are_joined(body: str, query: str, expected: list[str]) -> None:
    assert of_body(body, query) == expected


CUT = [
    # round the match, at whole words, a third of the room before it
    (
        "Alpha " + "filler " * 60 + "coal " + "filler " * 59 + "end.",
        ["body: … " + "filler " * 13 + "[coal]" + " filler" * 26 + " …"],
    ),
    ("Coal " + "filler " * 59 + "end.", ["body: [Coal]" + " filler" * 39 + " …"]),
    ("Alpha " + "filler " * 59 + "coal.", ["body: … " + "filler " * 13 + "[coal]."]),
    # two windows share nothing
    (
        "Coal " + "filler " * 40 + "coal " + "filler " * 59 + "end.",
        ["body: [Coal]" + " filler" * 39 + " …", "body: … filler [coal]" + " filler" * 38 + " …"],
    ),
    # a match at the edge belongs to the next window
    (
        "Coal " + "filler " * 38 + "xx coal mine " + "filler " * 40 + "end.",
        ["body: [Coal]" + " filler" * 38 + " xx …", "body: … [coal mine]" + " filler" * 38 + " …"],
    ),
    # a match that ends there does not
    (
        "Coal " + "filler " * 38 + "xxxx coal " + "filler " * 40 + "end.",
        ["body: [Coal]" + " filler" * 38 + " xxxx [coal] …"],
    ),
    # wherever a sentence stands, it is whole when it is not long
    ("Steel is not asked for. " * 20 + "Coal " + "filler " * 30 + "end.", ["body: [Coal]" + " filler" * 30 + " end."]),
    # without spaces too
    ("太" * 300 + "原煤" + "太" * 300, ["body: … " + "太" * 93 + "[原煤]" + "太" * 185 + " …"]),
    # a cut passage of Chinese neither begins with closing punctuation nor ends with opening
    (
        "太" * 206 + "”，" + "太" * 92 + "原煤" + "太" * 182 + "：（“" + "太" * 99,
        ["body: … " + "太" * 92 + "[原煤]" + "太" * 182 + "： …"],
    ),
]


@pytest.mark.parametrize(("body", "expected"), CUT)
def test_long_sentences_are_cut(body: str, expected: list[str]) -> None:
    assert of_body(body, '"coal mine" coal 原煤') == expected


OPENINGS = [
    ("A short one. Another.", "body: A short one."),
    ("filler " * 60 + "end.", "body: " + " ".join(["filler"] * 40) + " …"),
    ("x" * 500, "body: " + "x" * 140 + " …"),
    ("太" * 150 + "。" + "太" * 300, "body: " + "太" * 150 + "。"),
    ("A heading\n\nThe text.", "body: A heading"),
]


@pytest.mark.parametrize(("body", "expected"), OPENINGS)
def test_opening_passage(body: str, expected: str) -> None:
    assert of_body(body, "nowhere") == [expected]


CODE = "def dig(coal):\n    return [coal.lift(n) for n in range(coal.depth)]\n\nA mine has coal."


def of_code(query: str, *layout: str) -> list[str]:
    article = Article(
        "x", "T", CODE.replace("\n\n", "\n    # deep, deeper, deepest coal of them all\n\n"), layout=layout
    )
    return [snippet.text for snippet in select_passages(article, wanted(query))]


def test_passage_of_code_is_a_line() -> None:
    assert of_code("depth", "c", "") == ["return [coal.lift(n) for n in range(coal.depth)]"]


def test_code_is_shown_for_what_no_other_passage_has() -> None:
    assert of_code("coal", "c", "")[-1] == "A mine has coal."
    assert of_code("mine depth", "c", "") == ["return [coal.lift(n) for n in range(coal.depth)]", "A mine has coal."]


def test_opening_passage_is_no_heading_and_no_code() -> None:
    article = Article("x", "T", "Head\n\na = 1\n\nThe mine is open.", layout=("2", "c", ""))
    assert [snippet.text for snippet in select_passages(article, wanted("nowhere"))] == ["The mine is open."]


def test_line_breaks_become_spaces() -> None:
    assert of_body("The old\tcoal\nmine", "mine") == ["body: The old coal [mine]"]


# Properties


def covered(marks: tuple[Mark, ...]) -> set[int]:
    return {at for mark in marks for at in range(mark.start, mark.end)}


ARTICLES_OF_TEXTS = st.builds(
    lambda title, deck, captions, body: Article(
        "x", title, body, deck=deck, captions=tuple(Caption(text) for text in captions)
    ),
    TEXTS,
    TEXTS,
    st.lists(TEXTS, max_size=2),
    st.lists(TEXTS, max_size=4).map(" ".join),
)


@examples(300)
@given(article=ARTICLES_OF_TEXTS, query=QUERY_TEXTS | st.just("coal mining 太原 solar* power"), most=st.integers(1, 4))
def test_passages_and_marks_are_from_article(article: Article, query: str, most: int) -> None:
    try:
        items = wanted(query)
    except QueryError:
        return
    matching = [(f, t) for f, t in running_texts(article) if f != "title" and find_marks(items, f, t)]
    some = select_passages(article, items, most)
    assert len(some) <= most
    assert bool(matching) <= bool(some)
    for snippet in some:
        assert not set("\n\r\t") & set(snippet.text)
        assert bool(snippet.marks) is bool(matching)
        assert list(snippet.marks) == sorted(snippet.marks)
        assert all(one.end < other.start for one, other in pairwise(snippet.marks))
        assert all(0 <= mark.start < mark.end <= len(snippet.text) for mark in snippet.marks)
        assert stands_in(article, items, snippet)


def stands_in(article: Article, items: list[TextPattern], snippet: Snippet) -> bool:
    """True when a text of the article has the snippet's words, and matches at all its marks."""
    for lead in ("", "… "):
        for tail in ("", " …"):
            if not (snippet.text.startswith(lead) and snippet.text.endswith(tail)):
                continue
            core = snippet.text[len(lead) : len(snippet.text) - len(tail)]
            marks = {at - len(lead) for at in covered(snippet.marks)}
            for field, text in running_texts(article):
                flat = "".join(" " if c in "\n\r\t" else c for c in text)
                there = covered(merge_marks([mark for _, mark in find_marks(items, field, text)]))
                for at in range(len(flat) - len(core) + 1):
                    if field == snippet.field and flat.startswith(core, at) and {m + at for m in marks} <= there:
                        return True
    return False


@examples(200)
@given(words=st.lists(st.sampled_from(["coal", "mine", *["w"] * 12, *["."] * 1]), min_size=1, max_size=300))
def test_passages_are_short_and_disjoint(words: list[str]) -> None:
    numbered = [f"{n}w" if word == "w" else word for n, word in enumerate(words, 100)]
    body = " ".join(numbered).replace(" .", ". A").strip(". ")
    some = select_passages(Article("x", "", body), wanted("coal mine"), 4)
    shown_numbers = [
        int(word[:3]) for snippet in some for word in snippet.text.split() if word.rstrip(".").endswith("w")
    ]
    assert all(one < other for one, other in pairwise(shown_numbers))
    assert all(len(snippet.text) <= MAX_PASSAGE_CHARS + len("… ") + len(" …") for snippet in some)


@examples(200)
@given(title=TEXTS, query=QUERY_TEXTS)
def test_title_snippet_is_whole(title: str, query: str) -> None:
    try:
        items = wanted(query)
    except QueryError:
        return
    snippet = title_snippet(Article("x", title, ""), items)
    assert (snippet.field, snippet.text) == ("title", title)
    assert snippet.marks == merge_marks([mark for _, mark in find_marks(items, "title", title)])
