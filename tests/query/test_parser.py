"""The query language: what each text means, how it is written back, and what is said of each mistake."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanxi_cli.errors import QueryError
from shanxi_cli.query.ast import And, Clause, Exact, Fuzzy, Group, Near, Not, Occur, Or, Phrase, Prefix, Query, Word
from shanxi_cli.query.parser import WordOperator, parse_query, to_text
from tests.support.strategies import QUERY_TEXTS, examples, queries

COAL, CITY, SOLAR = Word("coal"), Word("city"), Word("solar")
MAY, MUST, FILTER, NOT = Occur.MAY, Occur.MUST, Occur.FILTER, Occur.NOT


def group(*clauses: tuple[Occur, Query]) -> Group:
    return Group(tuple(Clause(occur, node) for occur, node in clauses))


VALUES: list[tuple[str, Query]] = [
    # words
    ("coal", COAL),
    ("  coal\t\n", COAL),
    ("coal-fired", Word("coal-fired")),
    ("Xi’an", Word("Xi’an")),
    ("1,200", Word("1,200")),
    ("R&D", Word("R&D")),
    ("太原", Word("太原")),
    ("C++", Word("C++")),
    ("and", Word("and")),
    ("Or", Word("Or")),
    ("not", Word("not")),
    ("ANDROID", Word("ANDROID")),
    ("12:30", Word("12:30")),
    ("12:", Word("12:")),
    ("a~b", Word("a~b")),
    ("~5", Word("~5")),
    # phrases and nearness
    ('"solar power"', Phrase("solar power")),
    ('"  solar\n power "', Phrase("solar power")),
    ("“solar power”", Phrase("solar power")),
    ("„solar power‟", Phrase("solar power")),
    ("＂solar power＂", Phrase("solar power")),
    ('"coal"', Phrase("coal")),
    ('"AND"', Phrase("AND")),
    ('"coal (and) -city*"', Phrase("coal (and) -city*")),
    ('"solar power"~', Near("solar power", 5)),
    ('"solar power"~0', Near("solar power", 0)),
    ('"solar power"~50', Near("solar power", 50)),
    ("“solar power”~3", Near("solar power", 3)),
    # beginnings, likeness, exact words
    ("photo*", Prefix("photo")),
    ("prefix:photo", Prefix("photo")),
    ("prefix:photo*", Prefix("photo")),
    ("5G*", Prefix("5G")),
    ("coal~", Fuzzy("coal", 1)),
    ("coal~0", Fuzzy("coal", 0)),
    ("coal~1", Fuzzy("coal", 1)),
    ("coal~2", Fuzzy("coal", 2)),
    ("cat~1", Fuzzy("cat", 1)),
    ("fuzzy:coal", Fuzzy("coal", 1)),
    ("fuzzy:coal~2", Fuzzy("coal", 2)),
    ("=mining", Exact("mining")),
    ("exact:mining", Exact("mining")),
    ('="coal mining"', Exact("coal mining")),
    ('exact:"coal mining"', Exact("coal mining")),
    ("exact:coal~", Exact("coal~")),
    ("=title:coal", Exact("title:coal")),
    # fields
    ("title:coal", Word("coal", "title")),
    ('title:"solar power"', Phrase("solar power", "title")),
    ('title:"solar power"~3', Near("solar power", 3, "title")),
    ("title:photo*", Prefix("photo", "title")),
    ("title:coal~2", Fuzzy("coal", 2, "title")),
    ("title:=mining", Exact("mining", "title")),
    ('title:="coal mining"', Exact("coal mining", "title")),
    ("title:exact:mining", Exact("mining", "title")),
    ("exact:title:mining", Exact("mining", "title")),
    ('title:exact:"coal mining"', Exact("coal mining", "title")),
    ('exact:title:"coal mining"', Exact("coal mining", "title")),
    ("title:prefix:photo", Prefix("photo", "title")),
    ("prefix:title:photo", Prefix("photo", "title")),
    ("title:fuzzy:coal", Fuzzy("coal", 1, "title")),
    ("fuzzy:title:coal~2", Fuzzy("coal", 2, "title")),
    ("no_such_field:coal", Word("coal", "no_such_field")),
    ("date:2021-07..2022", Word("2021-07..2022", "date")),
    ("title:AND", Word("AND", "title")),
    ("title:-coal", Word("-coal", "title")),
    ("title:12:30", Word("12:30", "title")),
    ("title:body:coal", Word("body:coal", "title")),
    # parentheses round one thing change nothing
    ("(coal)", COAL),
    ("((title:coal))", Word("coal", "title")),
    ("+coal", COAL),
    ("(+coal)", COAL),
]


@pytest.mark.parametrize("want", WordOperator)
@pytest.mark.parametrize(("text", "expected"), VALUES)
def test_parse_single_value(text: str, expected: Query, want: WordOperator) -> None:
    assert parse_query(text, want) == expected


GROUPS: list[tuple[str, Query]] = [
    # side by side
    ("coal city", group((MAY, COAL), (MAY, CITY))),
    ("coal and city", group((MAY, COAL), (MAY, Word("and")), (MAY, CITY))),
    ("+coal city", group((MUST, COAL), (MAY, CITY))),
    ("coal -city", group((MAY, COAL), (NOT, CITY))),
    ("coal NOT city", group((MAY, COAL), (NOT, CITY))),
    ("-coal", group((NOT, COAL))),
    ("-nuclear", group((NOT, Word("nuclear")))),
    ("-mine coal", group((NOT, Word("mine")), (MAY, COAL))),
    ("NOT coal", group((NOT, COAL))),
    ("-coal -city", group((NOT, COAL), (NOT, CITY))),
    ("NOT NOT coal", COAL),
    ("--coal", COAL),
    ("-NOT coal city", group((MAY, COAL), (MAY, CITY))),
    ("+-coal city", group((NOT, COAL), (MAY, CITY))),
    ('-"solar power" coal', group((NOT, Phrase("solar power")), (MAY, COAL))),
    # a field has to match, whatever stands beside it
    ("coal title:city", group((MAY, COAL), (FILTER, Word("city", "title")))),
    ("coal +title:city", group((MAY, COAL), (FILTER, Word("city", "title")))),
    ("coal -title:city", group((MAY, COAL), (NOT, Word("city", "title")))),
    ("coal (title:city)", group((MAY, COAL), (FILTER, Word("city", "title")))),
    ("coal (title:city OR solar)", group((MAY, COAL), (MAY, Or((Word("city", "title"), SOLAR))))),
    # operators: AND binds tighter than OR, side by side loosest
    ("coal AND city", And((COAL, CITY))),
    ("coal OR city", Or((COAL, CITY))),
    ("coal AND city AND solar", And((COAL, CITY, SOLAR))),
    ("coal OR city OR solar", Or((COAL, CITY, SOLAR))),
    ("coal OR city AND solar", Or((COAL, And((CITY, SOLAR))))),
    ("coal AND city OR solar", Or((And((COAL, CITY)), SOLAR))),
    ("(coal OR city) AND solar", And((Or((COAL, CITY)), SOLAR))),
    ("coal (city AND solar)", group((MAY, COAL), (MAY, And((CITY, SOLAR))))),
    ("coal city AND solar", group((MAY, COAL), (MAY, And((CITY, SOLAR))))),
    ("coal OR city solar", group((MAY, Or((COAL, CITY))), (MAY, SOLAR))),
    ("(coal city) AND solar", And((group((MAY, COAL), (MAY, CITY)), SOLAR))),
    ("coal AND NOT city", And((COAL, Not(CITY)))),
    ("NOT coal AND city", And((Not(COAL), CITY))),
    ("NOT (coal AND city)", group((NOT, And((COAL, CITY))))),
    ("coal OR -city", Or((COAL, Not(CITY)))),
    ("+(coal OR city) solar", group((MUST, Or((COAL, CITY))), (MAY, SOLAR))),
    ("coal (city -solar)", group((MAY, COAL), (MAY, group((MAY, CITY), (NOT, SOLAR))))),
    ("coal (-city)", group((MAY, COAL), (MAY, group((NOT, CITY))))),
    ("NOT (NOT coal)", group((NOT, group((NOT, COAL))))),
    # nothing has to stand between them
    ('coal"solar power"city', group((MAY, COAL), (MAY, Phrase("solar power")), (MAY, CITY))),
    ("coal(city)solar", group((MAY, COAL), (MAY, CITY), (MAY, SOLAR))),
    ('"solar power"~5x', group((MAY, Phrase("solar power")), (MAY, Word("~5x")))),
    # only a field, exact: or = makes a quote part of a word
    ('12:"solar power"', group((MAY, Word("12:")), (MAY, Phrase("solar power")))),
    ('x="solar power"', group((MAY, Word("x=")), (MAY, Phrase("solar power")))),
]


@pytest.mark.parametrize(("text", "expected"), GROUPS)
def test_parse_clauses(text: str, expected: Query) -> None:
    assert parse_query(text, WordOperator.ANY) == expected


ALL_WANTED: list[tuple[str, Query]] = [
    ("coal city", group((MUST, COAL), (MUST, CITY))),
    ("+coal city", group((MUST, COAL), (MUST, CITY))),
    ("coal -city", group((MUST, COAL), (NOT, CITY))),
    ("coal title:city", group((MUST, COAL), (FILTER, Word("city", "title")))),
    ("coal OR city", Or((COAL, CITY))),
    ("coal OR city solar", group((MUST, Or((COAL, CITY))), (MUST, SOLAR))),
    ("coal (city solar)", group((MUST, COAL), (MUST, group((MUST, CITY), (MUST, SOLAR))))),
    ("-coal", group((NOT, COAL))),
]


@pytest.mark.parametrize(("text", "expected"), ALL_WANTED)
def test_parse_clauses_for_all(text: str, expected: Query) -> None:
    assert parse_query(text, WordOperator.ALL) == expected


WRITTEN = [
    (WordOperator.ANY, 'coal "solar power" -city', 'coal "solar power" NOT city'),
    (WordOperator.ALL, "coal -city", "+coal NOT city"),
    (WordOperator.ANY, "+coal title:mine photo* city~", "+coal title:mine prefix:photo fuzzy:city~1"),
    (WordOperator.ANY, '=mine ="coal mine" “a  b”~', 'exact:mine exact:"coal mine" "a b"~5'),
    (WordOperator.ANY, "title:photo* fuzzy:title:coal~2", "title:prefix:photo title:fuzzy:coal~2"),
    (WordOperator.ANY, "((a OR b)) AND c", "(a OR b) AND c"),
    (WordOperator.ANY, "a AND b OR (c AND d)", "a AND b OR c AND d"),
    (WordOperator.ANY, "a AND (b AND c)", "a AND (b AND c)"),
    (WordOperator.ANY, "-(a b) +(c OR d) (e f)", "NOT (a b) +(c OR d) (e f)"),
    (WordOperator.ALL, "a OR b c", "+(a OR b) +c"),
    # exact words that would be read as something else are quoted
    (WordOperator.ANY, "=title:coal", 'exact:"title:coal"'),
    (WordOperator.ANY, 'exact:"(co*)"', 'exact:"(co*)"'),
    (WordOperator.ANY, 'title:exact:"mining"', "title:exact:mining"),
]


@pytest.mark.parametrize(("want", "text", "expected"), WRITTEN)
def test_to_text(want: WordOperator, text: str, expected: str) -> None:
    assert to_text(parse_query(text, want)) == expected
    assert parse_query(expected, want) == parse_query(text, want)


def spans(query: Query) -> list[tuple[int, int]]:
    match query:
        case Group(clauses):
            return [span for clause in clauses for span in spans(clause.node)]
        case And(children) | Or(children):
            return [span for child in children for span in spans(child)]
        case Not(child):
            return spans(child)
        case _:
            return [query.span]


def test_parse_records_spans() -> None:
    text = '+coal  NOT (title:=mine OR “solar power”~3) "a" AND xy*'
    assert [text[start:end] for start, end in spans(parse_query(text, WordOperator.ANY))] == [
        "coal",
        "title:=mine",
        "“solar power”~3",
        '"a"',
        "xy*",
    ]


NO_VALUE = "give it a value; a shell may have eaten one: put the query in single quotes"
TOO_MUCH = "leave one field, and one of exact:, prefix: and fuzzy:"
INSIDE = "write the beginning of the word, then *"
MISTAKES = [
    ("", "the query is empty", "^", "type a word, for example: shanxi search coal"),
    ("  ", "the query is empty", "^", "type a word, for example: shanxi search coal"),
    # quotes and parentheses
    ('"open', "this quote is never closed", "^", 'close it with another "'),
    ('coal "solar power" "', "this quote is never closed", "                   ^", 'close it with another "'),
    ('title:"open', "this quote is never closed", "      ^", 'close it with another "'),
    ("coal “open", "this quote is never closed", "     ^", 'close it with another "'),
    ("(coal", "this parenthesis is never closed", "^", "close it with )"),
    ("coal (city (solar)", "this parenthesis is never closed", "     ^", "close it with )"),
    ("coal (", "this parenthesis is never closed", "     ^", "close it with )"),
    ("coal) city", "this parenthesis closes nothing", "    ^", "remove it, or open one before"),
    (")", "this parenthesis closes nothing", "^", "remove it, or open one before"),
    ("()", "there is nothing in these parentheses", "^^", "remove them"),
    ("coal (  )", "there is nothing in these parentheses", "     ^^^^", "remove them"),
    (
        "title:(coal)",
        "title: has no value",
        "^^^^^^",
        "a field takes one word or a phrase; write (title:this OR title:that)",
    ),
    # empty values
    ("title:", "title: has no value", "^^^^^^", NO_VALUE),
    ("coal title: city", "title: has no value", "     ^^^^^^", NO_VALUE),
    ('title:""', 'title:"" has no value', "^^^^^^^^", NO_VALUE),
    ('" "~3', '" "~3 has no value', "^^^^^", NO_VALUE),
    ("exact:", "exact: has no value", "^^^^^^", NO_VALUE),
    ("coal =", "= has no value", "     ^", NO_VALUE),
    ("title:prefix:", "title:prefix: has no value", "^^^^^^^^^^^^^", NO_VALUE),
    # operators with nothing to join
    ("-", "- has nothing to join", "^", "put a word right after it, or leave it out"),
    ("coal - city", "- has nothing to join", "     ^", "put a word right after it, or leave it out"),
    ("(coal +)", "+ has nothing to join", "      ^", "put a word right after it, or leave it out"),
    ("AND coal", "AND has nothing to join", "^^^", 'for the word write "AND"'),
    ("coal OR", "OR has nothing to join", "     ^^", 'for the word write "OR"'),
    ("coal AND OR city", "AND has nothing to join", "     ^^^", 'for the word write "AND"'),
    ("coal (city AND) solar", "AND has nothing to join", "           ^^^", 'for the word write "AND"'),
    ("NOT", "NOT has nothing to join", "^^^", 'for the word write "NOT"'),
    ("coal OR NOT", "NOT has nothing to join", "        ^^^", 'for the word write "NOT"'),
    ("NOT AND coal", "AND has nothing to join", "    ^^^", 'for the word write "AND"'),
    ("++coal", "+ must be at the beginning of a word", " ^", "remove it"),
    ("-+coal", "+ must be at the beginning of a word", " ^", "remove it"),
    ("coal AND +city", "+ must be at the beginning of a word", "         ^", "remove it"),
    ("+coal AND city", "+ cannot be combined with AND", "^", "put parentheses round one of the two"),
    ("a +coal OR city", "+ cannot be combined with OR", "  ^", "put parentheses round one of the two"),
    # prefixes
    ("*", "a prefix needs at least 2 letters", "^", "write more letters before *"),
    ("coal c*", "a prefix needs at least 2 letters", "     ^^", "write more letters before *"),
    ("prefix:c", "a prefix needs at least 2 letters", "^^^^^^^^", "write more letters before *"),
    ("title:*", "a prefix needs at least 2 letters", "^^^^^^^", "write more letters before *"),
    ("c-_*", "a prefix needs at least 2 letters", "^^^^", "write more letters before *"),
    ("coal**", "* is allowed only at the end of a word", "    ^", "remove it"),
    ("co*l", "* is allowed only at the end of a word", "  ^", INSIDE),
    ("city *coal", "* is allowed only at the end of a word", "     ^", INSIDE),
    ("title:co*l", "* is allowed only at the end of a word", "        ^", INSIDE),
    ("exact:coal*", "* is allowed only at the end of a word", "          ^", INSIDE),
    ("co*l~", "* is allowed only at the end of a word", "  ^", INSIDE),
    ('prefix:"solar power"', "prefix: takes one word", "^^^^^^^^^^^^^^^^^^^^", "remove the quotes"),
    # likeness and nearness
    ("coal~3", "word~N goes up to 2 edits", "    ^^", "write coal~2"),
    ("city title:fuzzy:coal~99", "word~N goes up to 2 edits", "                     ^^^", "write coal~2"),
    ("ox~", "the word is too short for so many edits", "^^^", "write more letters"),
    ("coal cat~2", "the word is too short for so many edits", "     ^^^^^", "write more letters"),
    ("fuzzy:ox", "the word is too short for so many edits", "^^^^^^^^", "write more letters"),
    ('fuzzy:"coal"', "fuzzy: takes one word", "^^^^^^^^^^^^", "remove the quotes"),
    ('"solar power"~51', '"..."~N goes up to 50', "             ^^^", "or write the words without quotes"),
    ('title:"a b"~100', '"..."~N goes up to 50', "           ^^^^", "or write the words without quotes"),
    ('="a b"~3', "~ does not go with exact words", "^^^^^^^^", "remove one of the two"),
    ('coal title:body:"a b"', "too many prefixes before this quote", "           ^^^^^", TOO_MUCH),
    ('exact:="a b"', "too many prefixes before this quote", "      ^", TOO_MUCH),
]


@pytest.mark.parametrize("want", WordOperator)
@pytest.mark.parametrize(("text", "message", "carets", "hint"), MISTAKES)
def test_parse_refuses(text: str, message: str, carets: str, hint: str, want: WordOperator) -> None:
    with pytest.raises(QueryError) as error:
        parse_query(text, want)
    found = error.value
    assert (str(found), found.message, found.hint) == (message, message, hint)
    assert " " * found.start + "^" * (found.end - found.start) == carets
    assert found.query == text.replace("“", '"')


LIMITS = [
    ("x" * 2_000, None),
    ("x" * 2_001, ("the query has 2,001 characters, the limit is 2,000", 2_000, 2_001, "")),
    (" " * 2_500, ("the query has 2,500 characters, the limit is 2,000", 2_000, 2_500, "")),
    ("a " * 64, None),
    ("a " * 64 + "last more", ("the query has more than 64 terms", 128, 132, "leave some out")),
    ('"' + "a " * 64 + '"', None),
    ("coal* coal~ " * 8, None),
    (
        "coal* mine~ " * 8 + "x y fuzzy:mine",
        ("the query has more than 16 words with * or ~", 100, 110, "leave some out"),
    ),
    ("co* coa* prefix:mi title:co* coal*", None),
    (
        "co* " * 4 + "mi*",
        ("the query has more than 4 prefixes of 3 letters or fewer", 16, 19, "write more letters before *"),
    ),
    ("太* " * 16, None),
    ('"' + "a " * 65 + '"', ("the query has more than 64 terms", 0, 132, "leave some out")),
    ("a " * 60 + 'x "b c d"', None),
    ("a " * 60 + 'x "b c d" y', ("the query has more than 64 terms", 130, 131, "leave some out")),
    ("(" * 50 + "coal" + ")" * 50, None),
    ("(" * 51 + "coal" + ")" * 51, ("the query is nested deeper than 50 levels", 51, 55, "simplify it")),
    ("-" * 50 + "coal", None),
    ("-" * 51 + "coal", ("the query is nested deeper than 50 levels", 51, 55, "simplify it")),
    ("NOT " * 51 + "coal", ("the query is nested deeper than 50 levels", 204, 208, "simplify it")),
    ("NOT (" * 25 + "coal" + ")" * 25, None),
    ("NOT (" * 26 + "coal" + ")" * 26, ("the query is nested deeper than 50 levels", 129, 130, "simplify it")),
    ("+(a " * 50 + "coal" + ")" * 50, None),
]


@pytest.mark.parametrize("want", WordOperator)
@pytest.mark.parametrize(("text", "mistake"), LIMITS)
def test_parse_limits(text: str, mistake: tuple[str, int, int, str] | None, want: WordOperator) -> None:
    if mistake is None:
        query = parse_query(text, want)
        assert parse_query(to_text(query), want) == query
        return
    with pytest.raises(QueryError) as error:
        parse_query(text, want)
    assert (error.value.message, error.value.start, error.value.end, error.value.hint) == mistake


def test_parse_error_deep_in_long_query() -> None:
    with pytest.raises(QueryError) as error:
        parse_query("coal " * 30 + "OR OR city", WordOperator.ANY)
    assert (error.value.start, error.value.end) == (150, 152)


@examples(600)
@given(text=QUERY_TEXTS | st.text(max_size=30), want=st.sampled_from(WordOperator))
def test_any_text_round_trips_or_is_refused(text: str, want: WordOperator) -> None:
    try:
        query = parse_query(text, want)
    except QueryError as error:
        assert error.message
        assert len(error.query) == len(text)
        assert 0 <= error.start < error.end <= max(len(text), 1)
        return
    assert parse_query(to_text(query), want) == query
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans(query))


@examples(300)
@given(query=queries(WordOperator.ANY))
def test_any_query_round_trips_for_any(query: Query) -> None:
    assert parse_query(to_text(query), WordOperator.ANY) == query


@examples(300)
@given(query=queries(WordOperator.ALL))
def test_any_query_round_trips_for_all(query: Query) -> None:
    assert parse_query(to_text(query), WordOperator.ALL) == query
