"""The commands that look round, over the six articles and four of a bridge: every form, and every mistake."""

import json
import shlex
from pathlib import Path

import pytest

from shanxi_cli.cli.options import explore as options
from shanxi_cli.explore.facets import FACET_NAMES
from tests.conftest import Shanxi
from tests.support import articles


@pytest.fixture
def explore(corpus: Path, shanxi: Shanxi, monkeypatch: pytest.MonkeyPatch) -> Shanxi:
    """The commands over the ten articles, in a window of 72 columns."""
    articles.write(corpus, list(articles.TWIN_FILES))
    assert shanxi("index").status == 0
    monkeypatch.setenv("COLUMNS", "72")
    return shanxi


# facets


def test_facets_as_lines(explore: Shanxi) -> None:
    run = explore("facets", "place")
    assert run.out == (
        "Linfen\t3\tplace:=Linfen\t0\n"
        "Datong\t2\tplace:=Datong\t0\n"
        "Shanxi\t2\tplace:=Shanxi\t1\n"
        "Taiyuan\t2\tplace:=Taiyuan\t0\n"
        "太原\t2\tplace:=太原\t0\n"
        '"Old" Town\t1\tplace:"Old Town"\t0\n'
        'Fenhe River\t1\tplace:"Fenhe River"\t0\n'
        "Jinzhong\t1\tplace:=Jinzhong\t0\n"
        "Pingyao\t1\tplace:=Pingyao\t0\n"
        "Shaanxi\t1\tplace:Shaanxi\t1\n"
    )
    assert (run.status, run.err) == (0, "")


def test_facets_as_csv_and_json(explore: Shanxi) -> None:
    assert explore("facets", "place", "coal", "OR", "bridge", "-n", "1", "-f", "csv").out == (
        "value,articles,query,derived\r\nLinfen,3,(coal OR bridge) place:=Linfen,0\r\n"
    )
    [first, *_] = explore("facets", "place", "bridge", "--json").out.splitlines()
    assert json.loads(first) == {
        "schema": 1,
        "value": "Linfen",
        "articles": 3,
        "query": "bridge place:=Linfen",
        "derived": 0,
    }


def test_facets_for_people(explore: Shanxi) -> None:
    run = explore("facets", "keyword", "--min", "2", "-f", "terminal")
    assert run.out == (
        "bridges      2  ███████████████████████████████  keyword:bridges\n"
        "coal mining  2  ███████████████████████████████  'keyword:\"coal mining\"'\n"
    )
    assert run.err.startswith("2 values in 10 articles; 5 without a value; shanxi list keyword:bridges\n")


def test_the_query_that_drills_down_can_be_pasted(explore: Shanxi) -> None:
    for field in ("place", "keyword", "author", "publication", "page", "type", "edition", "year", "month"):
        for text in ("", "bridge OR coal", "coal -safety"):
            for line in explore("facets", field, text, "--json").out.splitlines():
                row = json.loads(line)
                pasted = shlex.split(f"list {shlex.quote(row['query'])} -c")
                assert int(explore(*pasted).out) == row["articles"], row


DATED = [
    (["year"], "2020\t4\tdate:2020\n2021\t4\tdate:2021\n2022\t2\tdate:2022\n2023\t2\tdate:2023\n"),
    (["month", "bridge"], "2020-03\t4\tbridge date:2020-03\n2020-04\t2\tbridge date:2020-04\n"),
]


@pytest.mark.parametrize(("arguments", "expected"), DATED)
def test_uncertain_date_counts_in_each_period(explore: Shanxi, arguments: list[str], expected: str) -> None:
    assert explore("facets", *arguments).out == expected


# timeline


def test_timeline_spreads_uncertain_dates(explore: Shanxi) -> None:
    run = explore("timeline", "bridge", "-f", "terminal")
    assert run.out == (
        "2020-03  ~2.5  ████████████████████████████████████████\n"
        "2020-04  ~0.5  ███████▉\n"
        "\n"
        "first        2020-03  bridge-opens-retold\n"
        "last         2020-03..2020-04  bridge-opens\n"
    )
    assert run.err.startswith(
        "4 articles; 1 of uncertain date, spread over the possible periods (~); "
        "1 with a date without start or end, left out\n"
    )


def test_a_timeline_as_lines_csv_and_json(explore: Shanxi) -> None:
    assert explore("timeline", "bridge").out == "2020-03\t2.5082\n2020-04\t0.4918\n"
    assert explore("timeline", "coal", "--by", "year", "--share", "-f", "csv").out == (
        "period,articles,among,share,uncertain,first_day,last_day\r\n2021,3,3,1,0,2021-01-01,2021-12-31\r\n"
    )
    *rows, last = map(json.loads, explore("timeline", "coal OR walls", "--by", "year", "--json").out.splitlines())
    assert [(row["period"], row["articles"]) for row in rows] == [("2021", 3), ("2022", 0), ("2023", 1)]
    assert last == {
        "schema": 1,
        "summary": {
            "articles": 4,
            "spread": 0,
            "undated": 0,
            "open": 0,
            "earliest": {"date": "2021", "article": "taiyuan-paper-in-chinese"},
            "latest": {"date": "2023-05-01", "article": "old-walls-of-pingyao"},
            "silence": ["2022-01-01", "2023-04-30"],
        },
    }


def test_matches_by_period(explore: Shanxi) -> None:
    assert explore("timeline", "coal", "walls", "--any", "--hits", "--by", "year", "-f", "terminal").out == (
        "period  articles  matches\n"
        "2021           3       10  ████████████████████████████████████████\n"
        "2022           0        0\n"
        "2023           1        3  ████████████\n"
        "\n"
        "first        2021  taiyuan-paper-in-chinese\n"
        "last         2023-05-01  old-walls-of-pingyao\n"
        "longest gap  2022-01-01 to 2023-04-30, 485 days\n"
    )


def test_the_unit_is_the_shortest_that_fits(explore: Shanxi) -> None:
    periods = [line.split("\t")[0] for line in explore("timeline").out.splitlines()]
    assert (periods[0], periods[-1], len(periods)) == ("2020-03", "2023-05", 39)
    assert [line.split("\t")[0] for line in explore("timeline", "--by", "quarter", "bridge").out.splitlines()] == [
        "2020-Q1",
        "2020-Q2",
    ]


def test_the_years_that_sentences_speak_of(explore: Shanxi) -> None:
    run = explore("timeline", "--years-mentioned")
    assert run.out == "2016\t3\t2\n2017\t1\t1\n2018\t1\t1\n2019\t1\t1\n2020\t1\t1\n"
    run = explore("timeline", "mine", "--years-mentioned", "-f", "terminal")
    assert run.out == "2016  1  ████████████████████████████████████████\n"
    assert run.err.startswith("4 sentences; 3 without a year\n")


# kwic


def test_a_concordance_for_people(explore: Shanxi) -> None:
    run = explore("kwic", "mine*", "--sort", "left", "-f", "terminal", "--width", "20")
    assert run.out == (
        "coal-town-plants-                       Miners in Datong used to\n"
        "mine-safety-rules                       Mine safety rules\n"
        "mine-safety-rules         New rules for mines ask for safer coal\n"
        "coal-town-plants-                Former miners look after a forest\n"
        "mine-safety-rules    and coal again: no mine opens without a\n"
        "coal-town-plants-    Zhao Lei said. The mine closed in 2016. Its\n"
    )
    assert run.err.startswith("6 matches in 2 articles\n")


def test_a_concordance_fits_the_window(explore: Shanxi, monkeypatch: pytest.MonkeyPatch) -> None:
    for columns in ("40", "60", "160"):
        monkeypatch.setenv("COLUMNS", columns)
        lines = explore("kwic", "太原 OR coal", "--any", "-f", "terminal").out.splitlines()
        assert all(len(line) + sum(c > "\u2e80" for c in line) <= int(columns) for line in lines)
        before = [line[: line.lower().find("coal")] for line in lines if "coal" in line.lower()]
        assert len({len(text) + sum(c > "\u2e80" for c in text) for text in before if text}) >= 1


def test_a_concordance_as_lines(explore: Shanxi) -> None:
    assert explore("kwic", '"rules power"~2').out == (
        "mine-safety-rules\t2021-08-15\tand coal again: no mine opens without a plan. The \trules speak of power\t"
        " and of solar lamps. Mining firms have a year.\tbody\n"
    )
    assert explore("kwic", "coal", "-n", "2", "--fields", "id,field,match").out == (
        "taiyuan-paper-in-chinese\tbody\tcoal\ncoal-town-plants-trees\ttitle\tCoal\n"
    )


def test_kwic_offsets_are_into_the_shown_paragraph(explore: Shanxi) -> None:
    rows = [json.loads(line) for line in explore("kwic", "mine OR coal OR bridge", "--json").out.splitlines()]
    assert len(rows) > 20
    for row in rows:
        if row["field"] == "body":
            shown = json.loads(explore("show", row["id"], "--json").out)
            assert shown["paragraphs"][row["paragraph"]][row["start"] : row["end"]] == row["match"]


def test_kwic_marks_each_word_of_a_proximity(explore: Shanxi) -> None:
    out = explore("kwic", '"rules power"~2', "-f", "terminal", "--color", "always").out
    assert "\x1b[1;4;33mrules\x1b[0m speak of \x1b[1;4;33mpower\x1b[0m" in out


def test_collocates(explore: Shanxi) -> None:
    assert explore("kwic", "coal", "--collocates", "-f", "csv").out == (
        "word,near,occurrences,expected,score\r\n"
        "mining,3,4,0.3825,9.9547\r\n"
        "closed,2,2,0.1913,9.4688\r\n"
        "plant,2,2,0.1913,9.4688\r\n"
        "mine,2,3,0.2869,5.8427\r\n"
    )
    assert explore("kwic", "coal", "--collocates", "--min", "3", "-f", "terminal").out == (
        "word    near  occurrences  expected  score\n"
        "mining     3            4       0.4   10.0  ████████████████████████████\n"
    )


# terms


def test_the_vocabulary(explore: Shanxi) -> None:
    assert explore("terms", "--prefix", "Min").out == (
        "mining\t2\t4\t8316.0083\nmine\t2\t3\t6237.0062\nmin\t2\t2\t4158.0042\nminers\t1\t2\t4158.0042\nmines\t1\t1\t2079.0021\n"
    )
    assert explore("terms", "--field", "place", "--min", "2").out == (
        "linfen\t3\t4\t190476.1905\ndatong\t2\t2\t95238.0952\nshanxi\t2\t2\t95238.0952\ntaiyuan\t2\t2\t95238.0952\n"
        "原\t2\t2\t95238.0952\n太原\t2\t2\t95238.0952\n"
    )
    assert explore("terms", "--prefix", "mi", "--sort", "word", "-n", "2", "-f", "terminal").out == (
        "word     articles  occurrences  per million\n"
        "million         3            3      6,237.0  ███████████████████████████\n"
        "min             2            2      4,158.0  ██████████████████\n"
    )


# similar, and articles that are nearly the same text


def test_similar_articles(explore: Shanxi) -> None:
    run = explore("similar", "bridge-opens-over", "-f", "terminal")
    assert run.out == (
        "1  Mine safety rules\n"
        "   mine-safety-rules\n"
        "   2021-08-15 · Shanxi Daily News\n"
        "   opened\n"
        "\n"
        "2  Apples and the ferry\n"
        "   apples-and-the-ferry\n"
        "   2019..\n"
        "   bridge\n"
        "\n"
    )
    assert run.err.startswith("the 2 most similar articles; 1 near-duplicate of it hidden (--no-collapse shows all)\n")
    assert explore("similar", "bridge-opens-over").out == (
        "bridge-opens\t2020-03/2020-04\tRiver crossing opens\t"
        "bridge; fenhe; opened; bank; bring; cost; drive; drivers\n"
        "mine-safety-rules\t2021-08-15\tMine safety rules\topened\n"
        "apples-and-the-ferry\t2019/..\tApples and the ferry\tbridge\n"
    )


def test_similar_hides_retellings_of_the_article(explore: Shanxi) -> None:
    ids = {line.split("\t")[0] for line in explore("similar", "bridge-opens-retold", "-n", "0").out.splitlines()}
    assert "bridge-opens" in ids  # another title
    assert "bridge-opens-over-the-fenhe" not in ids


def test_the_same_story_is_shown_once(explore: Shanxi) -> None:
    run = explore("search", "bridge", "-f", "terminal")
    assert "   2020-03-02 · Shanxi Daily News · (+1 near-duplicate)\n" in run.out
    assert "River crossing opens" not in run.out
    assert run.err.startswith("3 articles; 1 near-duplicate hidden (--no-collapse shows all) · ")
    assert "River crossing opens" in explore("search", "bridge", "-f", "terminal", "--no-collapse").out


def test_near_duplicates_are_kept_in_a_pipe(explore: Shanxi) -> None:
    for verb in ("search", "list"):
        assert len(explore(verb, "bridge", "-l").out.splitlines()) == 4
        assert len(explore(verb, "bridge", "-l", "--collapse").out.splitlines()) == 3
        assert explore(verb, "bridge", "-c").out == "4\n"
        assert explore(verb, "bridge", "-c", "--collapse").out == "3\n"
    assert explore("search", "bridge", "--collapse", "--fields", "rank,id,alike").out == (
        "1\tbridge-opens-over-the-fenhe\tbridge-opens\n2\tbridge-opens-retold\t\n3\tapples-and-the-ferry\t\n"
    )
    [first, *_] = explore("search", "bridge", "--collapse", "--json").out.splitlines()
    assert json.loads(first)["alike"] == ["bridge-opens"]


def test_offered_facet_fields_can_be_counted() -> None:
    assert options.FACET_FIELDS == FACET_NAMES


# What all of them share


EACH = [
    ["facets", "place"],
    ["timeline"],
    ["kwic"],
    ["kwic", "--collocates"],
    ["timeline", "--hits"],
    ["timeline", "--years-mentioned"],
]


@pytest.mark.parametrize("verb", EACH, ids=" ".join)
def test_empty_view_has_status_1(explore: Shanxi, verb: list[str]) -> None:
    run = explore(*verb, "zebra")
    assert (run.status, run.out) == (1, "")
    assert run.err.startswith("shanxi: no results for zebra\n  understood  zebra\n")
    assert json.loads(explore(*verb, "zebra", "--json").err)["nothing"]["query"] == "zebra"
    run = explore(*verb, "zebra", "-q")
    assert (run.status, run.out, run.err) == (1, "", "")


@pytest.mark.parametrize("verb", EACH, ids=" ".join)
def test_a_mistake_in_the_query(explore: Shanxi, verb: list[str]) -> None:
    run = explore(*verb, "titel:coal")
    assert (run.status, run.out) == (2, "")
    assert run.err == "shanxi: there is no field titel\n  titel:coal\n  ^^^^^\n  did you mean title: ?\n"


@pytest.mark.parametrize("verb", EACH, ids=" ".join)
def test_only_among_some_ids(explore: Shanxi, verb: list[str], tmp_path: Path) -> None:
    (tmp_path / "ids").write_text("mine-safety-rules\t2021\n")
    some = explore(*verb, "mine", "--within", str(tmp_path / "ids"), "-n", "0").out
    both = explore(*verb, "mine", "-n", "0").out
    assert some != both or verb[-1] == "--years-mentioned"
    assert "coal-town" not in some


@pytest.mark.parametrize("verb", EACH, ids=" ".join)
def test_a_query_explained(explore: Shanxi, verb: list[str]) -> None:
    assert explore(*verb, "coal", "mine", "--explain").out.startswith(
        "typed       coal mine\nunderstood  must match: coal\n            must match: mine\n"
    )


@pytest.mark.parametrize("verb", [*EACH, ["terms"], ["similar", "bridge-opens"]], ids=" ".join)
def test_every_form_is_of_the_same_rows(explore: Shanxi, verb: list[str]) -> None:
    words = [] if verb[0] in ("terms", "similar") else ["mine OR walls OR bridge OR coal"]
    lines = explore(*verb, *words).out.splitlines()
    rows = [json.loads(line) for line in explore(*verb, *words, "--json").out.splitlines()]
    rows = [row for row in rows if "summary" not in row]
    header, *table = explore(*verb, *words, "-f", "csv").out.splitlines()
    assert len(lines) == len(rows) == len(table) > 0
    assert int(explore(*verb, *words, "-c").out) == len(lines)
    assert all(list(row)[1:] == header.split(",") for row in rows)
    assert explore(*verb, *words, "-0").out.count("\0") == len(lines)
    assert explore(*verb, *words, "-n", "1").out == lines[0] + "\n"
    name = header.split(",")[0]
    assert explore(*verb, *words, "--fields", name).out.splitlines() == [str(row[name]) for row in rows]


def test_no_articles_at_all(explore: Shanxi, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    where = ["--corpus", str(tmp_path / "empty"), "--index", str(tmp_path / "other")]
    for verb in (["facets", "place"], ["timeline"], ["kwic", "x"], ["terms"]):
        run = explore(*verb, *where)
        assert (run.status, run.out) == (1, "")
        assert run.err == f"shanxi: there are no articles in {tmp_path / 'empty'}\n"


NONE = [
    (["facets", "edition", "walls"], "shanxi: 1 article found, but none of them has any edition\n"),
    (["facets", "place", "--min", "9"], "shanxi: 10 articles found, but no place occurs in 9 articles or more\n"),
    (["facets", "year", "note"], "shanxi: 1 article found, but none of them has any year\n"),
    (["timeline", "note"], "shanxi: 1 article found, but none with a date that has both a start and an end\n"),
    (["timeline", "walls", "--years-mentioned"], "shanxi: 1 sentence found, but none names a year\n"),
    (
        ["kwic", "note", "--collocates"],
        "shanxi: no word occurs near the matches 2 times or more and unusually often; lower --min\n",
    ),
    (["terms", "--prefix", "zz"], "shanxi: no word that begins with zz occurs in the text\n"),
    (["terms", "--field", "deck", "--min", "2"], "shanxi: no word occurs 2 times or more in deck\n"),
    (["similar", "undated-note"], "shanxi: no other article shares a distinctive word with this one\n"),
    (["similar", "nothing"], "shanxi: there is no article nothing; shanxi search -l WORDS gives ids\n"),
]


@pytest.mark.parametrize(("arguments", "message"), NONE)
def test_empty_result_is_explained(explore: Shanxi, arguments: list[str], message: str) -> None:
    run = explore(*arguments)
    assert (run.status, run.out, run.err) == (1, "", message)


FIELDS = "place, person, org, keyword, author, publication, section, page, type, edition, year, month"
WRONG = [
    (["facets", "citty"], f"shanxi: cannot count by citty; use one of {FIELDS}\n"),
    (["facets", "plce"], "shanxi: cannot count by plce; did you mean place?\n"),
    (["facets", "city"], "shanxi: cannot count by city; did you mean place?\n"),
    (["facets", "title"], "shanxi: title has no values to count; for its words use shanxi terms --field title\n"),
    (["facets", "money"], "shanxi: money is a quantity: use shanxi figures\n"),
    (["facets", "date"], "shanxi: dates are counted by year or month: use shanxi facets year, or shanxi timeline\n"),
    (["facets", "place", "-c", "-q"], "shanxi: --count and --quiet cannot be combined\n"),
    (
        ["facets", "place", "--fields", "valu"],
        "shanxi: --fields: unknown column valu; did you mean value?\n",
    ),
    (["timeline", "x", "--hits", "--share"], "shanxi: --share and --hits cannot be combined\n"),
    (["timeline", "x", "--years-mentioned", "--hits"], "shanxi: --hits and --years-mentioned cannot be combined\n"),
    (
        ["timeline", "place:Linfen", "--hits"],
        "shanxi: nothing in this query matches text; add a word, a phrase or a prefix\n",
    ),
    (["kwic"], "shanxi: a concordance of what? give it a word: shanxi kwic coal\n"),
    (
        ["kwic", "place:Linfen"],
        "shanxi: nothing in this query matches text; add a word, a phrase or a prefix\n",
    ),
    (["kwic", "coal", "--min", "2"], "shanxi: --min needs --collocates\n"),
    (["kwic", "coal", "--collocates", "--width", "9"], "shanxi: --width cannot be combined with --collocates\n"),
    (["terms", "--explain"], "shanxi: terms has no option --explain: there is no query\n"),
    (["terms", "--field", "placce"], "shanxi: unknown field placce; did you mean place?\n"),
    (["terms", "--field", "date"], "shanxi: date is not a field of words: use shanxi timeline\n"),
    (
        ["similar", "bridge"],
        "shanxi: bridge matches 3 ids: bridge-opens, bridge-opens-over-the-fenhe, bridge-opens-retold\n",
    ),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG)
def test_mistakes(explore: Shanxi, arguments: list[str], message: str) -> None:
    run = explore(*arguments)
    assert (run.status, run.out, run.err) == (2, "", message)


def test_empty_reason_is_an_object_under_json(explore: Shanxi) -> None:
    run = explore("terms", "--prefix", "zzz", "--json")
    assert (run.status, run.out) == (1, "")
    message = "no word that begins with zzz occurs in the text"
    assert json.loads(run.err) == {"schema": 1, "nothing": {"query": "", "message": message}}


def test_ids_that_no_article_has(explore: Shanxi, tmp_path: Path) -> None:
    (tmp_path / "ids").write_text("nope\n")
    run = explore("facets", "place", "coal", "--within", str(tmp_path / "ids"))
    assert (run.status, run.out) == (1, "")
    assert run.err.endswith("; only the articles of --within were searched\n")


def test_true_and_false_are_small_in_csv(explore: Shanxi) -> None:
    rows = explore("similar", "mine-safety-rules", "-f", "csv", "--no-collapse").out
    assert "True" not in rows and "False" not in rows
    assert ",false," in rows
