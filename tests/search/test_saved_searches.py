"""Saved searches: their file, and what `query:NAME` stands for."""

from datetime import date
from pathlib import Path

import pytest

from shanxi_cli.errors import QueryError, StateError
from shanxi_cli.model.results import HitOrder
from shanxi_cli.paths import saved_searches_file
from shanxi_cli.query.ast import Group, WordOperator
from shanxi_cli.query.parser import parse_query
from shanxi_cli.query.unparse import to_text
from shanxi_cli.query.visit import set_word_operator
from shanxi_cli.search.saved_edit import delete_searches, write_search
from shanxi_cli.search.saved_expansion import expand_saved_searches
from shanxi_cli.search.saved_searches import SavedSearch, load_saved_searches, parse_saved_searches
from shanxi_cli.search.searcher import compile_query

FILE = Path("/home/li/saved.toml")
TODAY = date(2023, 5, 20)


def searches(**queries: str) -> dict[str, SavedSearch]:
    return {name: SavedSearch(name, query) for name, query in queries.items()}


def expand(text: str, saved: dict[str, SavedSearch], want: WordOperator = WordOperator.ANY) -> Group:
    query = expand_saved_searches(parse_query(text, WordOperator.ANY), text, saved, TODAY)
    expanded = set_word_operator(query, want)
    assert isinstance(expanded, Group)
    return expanded


def inside(group: Group) -> str:
    """The clauses of a group as text, without its name."""
    return to_text(Group(group.clauses))


# the file


def test_parse_saved_searches_reads_every_key() -> None:
    text = '[solar]\nquery = "pv OR solar"\n[2021.coal]\n'.replace("[2021.coal]", '["2021.coal"]')
    text += 'query = "coal mine"\nwords = "all"\nsort = "newest"\nsince = "2021"\nuntil = "-30d"\n'
    assert list(parse_saved_searches(text, FILE).values()) == [
        SavedSearch("solar", "pv OR solar"),
        SavedSearch("2021.coal", "coal mine", WordOperator.ALL, HitOrder.NEWEST, "2021", "-30d"),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "[a\n",
            "is no valid TOML: Expected ']' at the end of a table declaration (at line 1, column 3); correct it there",
        ),
        ('["a b"]\nquery="x"\n', "[a b] is no name for a search; a name has letters, digits, hyphens, dots and"),
        ('a = "coal"\n', '[a] is no table; write [NAME], and below it query = "..."'),
        ("[a]\n", '[a] has no query; write query = "..." below it'),
        ('[a]\nquery = " "\n', '[a] has no query; write query = "..." below it'),
        ("[a]\nquery = 5\n", "[a] query is not in quotes"),
        ('[a]\nquery = "x"\nsrot = "newest"\n', "[a] has the unknown key srot; did you mean sort?"),
        ('[a]\nquery = "x"\nzzz = "y"\n', "[a] has the unknown key zzz; the keys are query, words, sort, since, until"),
        ('[a]\nquery = "x"\nwords = "some"\n', "[a] words is 'some'; it can be any, all"),
    ],
)
def test_parse_saved_searches_names_the_mistake(text: str, message: str) -> None:
    with pytest.raises(StateError) as caught:
        parse_saved_searches(text, FILE)
    assert str(caught.value).startswith(f"{FILE}{':' if message[0] == '[' else ''} {message}")


def test_load_saved_searches_without_a_file() -> None:
    assert load_saved_searches() == {}


def test_load_saved_searches_refuses_bytes_that_are_not_utf8() -> None:
    saved_searches_file().parent.mkdir(parents=True)
    saved_searches_file().write_bytes(b'[a]\nquery = "\xe9"\n')
    with pytest.raises(StateError, match="is not UTF-8; correct it, or move it away"):
        load_saved_searches()


def test_write_search_keeps_what_the_user_wrote() -> None:
    path = saved_searches_file()
    path.parent.mkdir(parents=True)
    path.write_text('# mine\n[b]\nquery = "b"   # wind\n\n# last\n[c]\nquery = \'"c d"\'\n')
    write_search(SavedSearch("a", 'say "hi" \\ 煤', WordOperator.ALL, HitOrder.ADDED, until="2022"))
    write_search(SavedSearch("b", "bb"))
    delete_searches(["c"])
    assert path.read_text().startswith('# mine\n[b]\nquery = "bb"\n')
    assert "[c]" not in path.read_text()
    assert list(load_saved_searches().values()) == [
        SavedSearch("b", "bb"),
        SavedSearch("a", 'say "hi" \\ 煤', WordOperator.ALL, HitOrder.ADDED, until="2022"),
    ]


def test_write_search_writes_through_a_link(tmp_path: Path) -> None:
    path = saved_searches_file()
    path.parent.mkdir(parents=True)
    path.symlink_to(tmp_path / "dotfiles.toml")
    write_search(SavedSearch("a", "coal"))
    assert path.is_symlink()
    assert '[a]\nquery = "coal"' in (tmp_path / "dotfiles.toml").read_text()


# query:NAME


def test_expand_keeps_the_operator_of_the_saved_search() -> None:
    saved = {**searches(any="coal mine place:Datong"), "all": SavedSearch("all", "coal mine", WordOperator.ALL)}
    for want in WordOperator:
        assert inside(expand("query:any", saved, want)) == "coal mine place:Datong"
        assert inside(expand("query:all", saved, want)) == "+coal +mine"


def test_expand_has_to_match_and_leaves_the_other_words_their_operator() -> None:
    saved = searches(a="coal mine")
    assert to_text(expand("gas oil query:a", saved)) == "gas oil query:a"
    assert to_text(expand("gas oil query:a", saved, WordOperator.ALL)) == "+gas +oil query:a"
    assert to_text(expand("gas -query:a", saved)) == "gas NOT query:a"
    assert to_text(expand("(gas OR query:a) +query:a", saved)) == "gas OR query:a query:a"


def test_expand_adds_the_dates_of_the_search() -> None:
    saved = {"a": SavedSearch("a", "coal", since="2021", until="last-month")}
    assert inside(expand("query:a", saved)) == "coal date:2021..last-month"


def test_expand_goes_through_nested_searches() -> None:
    saved = searches(a="query:b coal", b="query:c -city", c="mine")
    outer = expand("query:a", saved)
    assert inside(outer) == "query:b coal"
    [inner] = [clause.node for clause in outer.clauses if isinstance(clause.node, Group)]
    assert inside(inner) == "query:c NOT city"


@pytest.mark.parametrize(
    ("text", "message", "span", "hint"),
    [
        ("coal query:Solar", "there is no saved search Solar", (5, 16), "did you mean solar?"),
        (
            "query:zzz",
            "there is no saved search zzz",
            (0, 9),
            "the saved searches are solar, loop, back, self, bad, worse",
        ),
        (
            "x query:loop",
            "the saved search loop leads back to itself: loop → back → loop",
            (2, 12),
            "change it with: shanxi saved add --force NAME QUERY",
        ),
        (
            "query:self",
            "the saved search self leads back to itself: self → self",
            (0, 10),
            "change it with: shanxi saved add --force NAME QUERY",
        ),
        ("query:bad", "the saved search bad has a mistake: there is no field plcae", (0, 9), "did you mean place: ?"),
        (
            "query:worse",
            "the saved search bad has a mistake: there is no field plcae",
            (0, 11),
            "did you mean place: ?",
        ),
        ("query:sol*", "query: takes the name of a saved search", (0, 10), "write query:NAME"),
        ("fuzzy:query:solar", "query: takes the name of a saved search", (0, 17), "write query:NAME"),
    ],
)
def test_expand_places_a_mistake_in_the_query_that_was_typed(
    text: str, message: str, span: tuple[int, int], hint: str
) -> None:
    saved = searches(
        solar="pv", loop="a query:back", back="query:loop b", self="query:self", bad="plcae:x", worse="query:bad"
    )
    with pytest.raises(QueryError) as caught:
        expand(text, saved)
    error = caught.value
    assert (error.message, (error.start, error.end), error.query, error.hint) == (message, span, text, hint)


def test_expand_without_saved_searches_says_how_to_save_one() -> None:
    with pytest.raises(QueryError) as caught:
        expand("query:a", {})
    assert caught.value.hint == "save one: shanxi saved add NAME QUERY"


def test_expand_holds_the_limits_of_a_query() -> None:
    many = searches(**{f"s{n}": f"query:s{n + 1} query:s{n + 1}" for n in range(30)}, s30="coal")
    with pytest.raises(QueryError, match="more than 64 terms with its saved searches"):
        expand("query:s0", many)
    deep = searches(**{f"s{n}": f"query:s{n + 1}" for n in range(60)}, s60="coal")
    with pytest.raises(QueryError, match="more than 50 levels with its saved searches"):
        expand("query:s0", deep)
    prefixes = searches(a=" ".join(f"prefix{n}*" for n in range(10)))
    with pytest.raises(QueryError, match=r"more than 16 words with \* or ~ with its saved searches"):
        expand("query:a query:a", prefixes)


def test_compile_query_reads_the_file_only_for_a_reference() -> None:
    saved_searches_file().parent.mkdir(parents=True)
    saved_searches_file().write_text("[")
    assert to_text(compile_query('coal "query: mine"', WordOperator.ANY).query) == 'coal "query: mine"'
    with pytest.raises(StateError):
        compile_query("query:coal", WordOperator.ANY)
