"""The contract with scripts: csv, columns, NUL, batches, ids on stdin, explanations, citations, honest nothings."""

import csv
import io
import json
from pathlib import Path

import pytest

from shanxi_cli.query.fields import FIELDS, FieldKind
from tests.conftest import Shanxi
from tests.support.articles import FILES

COAL, SOLAR, WALLS, CHINESE, SAFETY, UNDATED = FILES


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch) -> "Stdin":
    return Stdin(monkeypatch)


class Stdin:
    """Gives a command something to read."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch

    def __call__(self, data: bytes | str) -> None:
        raw = data.encode() if isinstance(data, str) else data
        self._monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8"))


# nothing found


def test_empty_result_suggests_a_correction(shanxi: Shanxi) -> None:
    run = shanxi("search", "photovoltiacs", "--no-correct")
    assert (run.status, run.out) == (1, "")
    assert run.err == (
        "shanxi: no results for photovoltiacs\n"
        "  understood  photovoltiacs\n"
        "  searched    6 articles from 2021-01-01 to 2023-05-01, 1 of them undated\n"
        "  found       photovoltiacs: 0 articles; similar: photovoltaics (1)\n"
        "  try         shanxi search photovoltaics   (1 article)\n"
    )


def test_empty_result_counts_each_clause(shanxi: Shanxi) -> None:
    assert shanxi("list", "coal", "mine", "date:1999").err == (
        "shanxi: no results for coal mine date:1999\n"
        "  understood  must match: coal\n"
        "              must match: mine\n"
        "              must match: date:1999  (1999-01-01 to 1999-12-31)\n"
        "  searched    6 articles from 2021-01-01 to 2023-05-01, 1 of them undated\n"
        "  found       coal: 3 articles\n"
        "              mine: 2 articles\n"
        "              date:1999: 0 articles\n"
        "  try         shanxi list '+coal +mine'   (2 articles)\n"
    )


def test_empty_result_without_suggestion(shanxi: Shanxi) -> None:
    assert "try" not in shanxi("search", "qqqqqqqq").err
    assert shanxi("search", "-coal", "coal").status == 1


def test_suggested_query_finds_the_stated_number(shanxi: Shanxi) -> None:
    for query in (
        ["photovoltiacs"],
        ["wals", "place:Pingya"],
        ["coal", "+nowhere"],
        ['"mine coal"', "date:1990..1991"],
    ):
        found = json.loads(shanxi("search", *query, "--json", "--no-correct").err)["nothing"]
        count = shanxi("search", "-c", found["try"]["query"])
        assert count.out == f"{found['try']['articles']}\n"


def test_suggested_command_keeps_the_options(corpus: Path, shanxi: Shanxi, stdin: Stdin) -> None:
    err = shanxi("list", "--any", "wallz", "lampz", "--no-correct", "--corpus", str(corpus)).err
    assert err.endswith(f"  try         shanxi list --corpus {corpus} --any 'wall lamps'   (2 articles)\n")
    assert shanxi("list", "--corpus", str(corpus), "--any", "wall lamps", "-c").out == "2\n"
    stdin("undated-note\n")
    err = shanxi("search", "coal", "--within", "-").err
    assert err.endswith("only the articles of --within were searched\n")


def test_empty_result_as_json(shanxi: Shanxi) -> None:
    run = shanxi("search", "lampz", "--json", "--no-correct")
    assert run.out == ""
    assert json.loads(run.err) == {
        "schema": 1,
        "nothing": {
            "query": "lampz",
            "understood": ["lampz"],
            "searched": {"articles": 6, "undated": 1, "first_day": "2021-01-01", "last_day": "2023-05-01"},
            "parts": [{"text": "lampz", "articles": 0, "similar": [{"word": "lamps", "articles": 1}]}],
            "try": {"query": "lamps", "articles": 1, "command": "shanxi search lamps"},
        },
    }


def test_rare_misspelling_is_not_suggested(corpus: Path, shanxi: Shanxi) -> None:
    for n in range(20):
        (corpus / f"more-{n}.md").write_text(f"---\ntitle: More {n}\n---\n\nThe harvest.\n")
    (corpus / "scrap.md").write_text("---\ntitle: Scrap\n---\n\nThe harvezt.\n")
    err = shanxi("search", "harvext", "--no-correct").err
    assert "similar: harvest (20)\n" in err


# explanations


def test_explain_stops_before_searching(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = Shanxi(capsys)("search", "coal-fired", "-mine", "date:2021", "--explain")
    assert run.out == (
        "typed       coal-fired -mine date:2021\n"
        "understood  must match: coal-fired\n"
        "            must not match: mine\n"
        "            must match: date:2021  (2021-01-01 to 2021-12-31)\n"
        "analysed    coal-fired → stems coal fire, side by side\n"
        "engine      group\n"
        "              may    postings stems:coal stems:fire side by side, bm25\n"
        "              not    postings stems:mine, bm25 + 0.2 x bm25 of title:mine\n"
        "              filter columns first <= 738155 and last >= 737791\n"
    )
    assert run.status == 0
    assert not (archive.parent / "index").exists()


def test_fields(shanxi: Shanxi) -> None:
    rows = [json.loads(line) for line in shanxi("fields", "--json").out.splitlines()]
    assert {row["name"]: row["articles"] for row in rows} == {
        "title": 6,
        "deck": 1,
        "body": 6,
        "caption": 2,
        "keyword": 3,
        "author": 4,
        "place": 6,
        "person": 1,
        "org": 2,
        "publication": 4,
        "section": 1,
        "link": 0,
        "page": 2,
        "type": 6,
        "edition": 1,
        "id": 6,
        "date": 5,
        **dict.fromkeys((name for name, field in FIELDS.items() if field.kind is FieldKind.QUANTITY), 0),
        "power": 1,
        "percent": 1,
        "count": 1,
    }
    lines = shanxi("fields").out.splitlines()
    assert len(lines) == 1 + len(rows)
    assert lines[1] == "title               6  words        title:trade               the headline"
    for row in rows:  # every example is a query
        assert shanxi("search", row["example"], "-q").status in (0, 1)


def test_help_on_the_language_fits_a_screen(shanxi: Shanxi) -> None:
    lines = shanxi("help", "query").out.splitlines()
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 80
    assert shanxi("help", "search").out == shanxi("search", "--help").out
    assert shanxi("help").out == shanxi("--help").out
    run = shanxi("help", "nonsense")
    assert (run.status, run.err) == (2, "shanxi: there is no help on nonsense; name a command, or query\n")


# forms


def test_csv(shanxi: Shanxi) -> None:
    out = shanxi("search", "coal", "-f", "csv", "--sort", "title").out
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["id"] for row in rows] == [CHINESE, COAL, SAFETY]
    names = "id,date,title,author,publication,section,page,edition,score,date_from,date_to"
    assert list(rows[0]) == names.split(",")
    assert out.startswith(f"{names}\r\n")
    assert out.count("\r\n") == out.count("\n") == 4


def test_columns(shanxi: Shanxi) -> None:
    assert shanxi("search", "solar", "--fields", "id,places,last_day,page", "-n", "1").out == (
        "solar-cells-for-export\tTaiyuan\t2022-06-30\t2\n"
    )
    assert shanxi("search", "walls", "--fields", "title, places", "-f", "csv").out == (
        "title,places\r\nOld walls of Pingyao,Pingyao; Jinzhong\r\n"
    )
    [line] = shanxi("search", "lamps", "--json", "--fields", "id,people,deck,passage").out.splitlines()
    assert json.loads(line) == {
        "schema": 1,
        "id": SAFETY,
        "people": [],
        "deck": None,
        "passage": "The rules speak of power and of solar lamps. Mining firms have a year.",
    }


def test_nul_ends_lines_and_ids(shanxi: Shanxi) -> None:
    assert shanxi("search", "coal", "-l", "-0").out == f"{COAL}\0{SAFETY}\0{CHINESE}\0"
    assert shanxi("search", "lamps", "--null").out == f"{SAFETY}\t2021-08-15\tMine safety rules\0"


REFUSED = [
    (["search", "coal", "--fields", "titel"], "--fields: unknown column titel; did you mean title?"),
    (["search", "coal", "--fields", ","], "--fields names no column; the columns are rank, "),
    (["search", "coal", "--fields", "id", "-l"], "--fields is for lines, csv and jsonl, not ids"),
    (["search", "coal", "--fields", "id", "-f", "terminal"], "--fields is for lines, csv and jsonl, not terminal"),
    (["search", "coal", "-0", "-f", "csv"], "--null is for lines and ids, not csv"),
    (["search", "coal", "--explain", "-c"], "--count and --explain cannot be combined"),
    (["search", "coal", "--batch", "-"], "--batch and a query cannot be combined"),
    (["search", "--batch", "-", "-l"], "--batch and --ids cannot be combined"),
    (["search", "--batch", "-", "-f", "ids"], "--batch prints counts, not ids"),
    (["search", "--batch", "/nowhere/file"], "No such file or directory: /nowhere/file"),
    (["search", "coal", "--within", "/nowhere/file"], "No such file or directory: /nowhere/file"),
    (["search"], "search for what? give it a word: shanxi search coal"),
]


@pytest.mark.parametrize(("arguments", "message"), REFUSED)
def test_incompatible_options_are_an_error(shanxi: Shanxi, arguments: list[str], message: str) -> None:
    run = shanxi(*arguments)
    assert (run.status, run.out) == (2, "")
    assert run.err.lower().startswith(f"shanxi: {message}".lower())
    assert run.err.count("\n") == 1


def test_searching_within(shanxi: Shanxi, stdin: Stdin, tmp_path: Path) -> None:
    stdin(shanxi("search", "coal").out + "nowhere\n\n")
    assert shanxi("search", "solar", "--within", "-", "-l").out == f"{SAFETY}\n"
    (tmp_path / "ids").write_text(f"{WALLS}\n")
    assert shanxi("search", "solar", "walls", "--within", str(tmp_path / "ids"), "-c").out == "1\n"
    (tmp_path / "ids").write_text("")
    assert shanxi("search", "solar", "--within", str(tmp_path / "ids"), "-q").status == 1


# batches


def test_a_batch(shanxi: Shanxi, stdin: Stdin) -> None:
    stdin('coal mine\n\n"solar cells"\nnowhere\nundated\n')
    run = shanxi("search", "--batch", "-")
    assert run.out == (
        "coal mine\t3\t2\t2021-01-01\t2021-12-31\n"
        '"solar cells"\t1\t1\t2022-06-01\t2022-06-30\n'
        "nowhere\t0\t0\t\t\n"
        "undated\t1\t1\t\t\n"
    )
    assert (run.status, run.err) == (0, "")


def test_a_bad_line_of_a_batch_does_not_stop_it(shanxi: Shanxi, tmp_path: Path) -> None:
    file = tmp_path / "queries"
    file.write_bytes(b"titel:x\ncoal\n\xff\xfe\x00\n" + b"x" * 1_000_000 + b"\nthe\n")
    run = shanxi("search", "--batch", str(file), "-f", "csv")
    assert run.out == "query,any,all,first_day,last_day\r\ncoal,3,3,2021-01-01,2021-12-31\r\n"
    assert run.status == 2
    lines = run.err.splitlines()
    assert lines[0] == "shanxi: line 1: there is no field titel: titel:x"
    assert lines[1].startswith("shanxi: line 3: there is nothing to search for: ")
    assert lines[2].startswith("shanxi: line 4: the query has 1,000,000 characters, the limit is 2,000: xxx")
    assert lines[3] == "shanxi: line 5: there is nothing to search for: the"
    assert max(map(len, lines)) < 200


def test_a_bad_line_is_an_object_under_json(shanxi: Shanxi, stdin: Stdin) -> None:
    stdin("(coal\n")
    run = shanxi("search", "--batch", "-", "--json")
    assert json.loads(run.err)["error"]["message"] == "line 1: this parenthesis is never closed: (coal"


@pytest.mark.parametrize("verb", [["show", "-"], ["cite", "-"], ["search", "coal", "--within", "-"]])
def test_odd_bytes_among_ids(shanxi: Shanxi, stdin: Stdin, verb: list[str]) -> None:
    stdin(b"\xef\xbb\xbfcoal-town-plants-trees\n\xff\xfe\n")
    run = shanxi(*verb)
    assert "oal town plants trees" in run.out
    assert "damaged" not in run.err


def test_a_batch_of_many_lines_as_objects(shanxi: Shanxi, stdin: Stdin) -> None:
    stdin("coal\n" * 10_000)
    out = shanxi("search", "--batch", "-", "--json").out.splitlines()
    assert len(out) == 10_000
    assert json.loads(out[-1]) == {
        "schema": 1,
        "query": "coal",
        "any": 3,
        "all": 3,
        "first_day": "2021-01-01",
        "last_day": "2021-12-31",
    }


def test_a_batch_that_finds_nothing(shanxi: Shanxi, stdin: Stdin) -> None:
    stdin("nowhere\n")
    assert shanxi("search", "--batch", "-").status == 1


# citations


def test_a_citation_in_words(shanxi: Shanxi) -> None:
    assert shanxi("cite", "solar-cells").out == (
        'Li Min, "Solar cells for export", Shanxi Daily News, page 2, 2022-06. '
        "Cited from a retelling of the newspaper's article, not its own words.\n"
    )
    assert shanxi("cite", "undated").out == '"Undated note", undated.\n'


@pytest.mark.parametrize("style", ["text", "bibtex", "csl-json"])
def test_an_article_without_author_or_date_in_every_style(shanxi: Shanxi, style: str) -> None:
    run = shanxi("cite", "undated-note", "--style", style)
    assert (run.status, run.err) == (0, "")
    assert "Undated note" in run.out


def test_cite_reports_unknown_id(shanxi: Shanxi) -> None:
    run = shanxi("cite", "nowhere", "--style", "bibtex")
    assert (run.status, run.out) == (1, "")
    run = shanxi("cite", "@99")
    assert (run.status, run.out) == (1, "")
    assert run.err == "shanxi: there is no hit @99: no search was shown on this terminal\n"
