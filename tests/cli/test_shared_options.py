"""Options that several commands share mean the same in each."""

from datetime import date
from pathlib import Path

import pytest
import typer

from shanxi_cli.answers import query_plans
from shanxi_cli.cli.app import build_command_group
from shanxi_cli.cli.options.absent import ABSENT_OPTIONS
from tests.conftest import Shanxi

ROW_COMMANDS = ("list coal", "search coal", "figures coal", "quotes coal", "kwic coal", "facets year coal", "terms")


@pytest.fixture
def fixed_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make it 15 August 2021."""
    monkeypatch.setattr(query_plans, "read_today", lambda: date(2021, 8, 15))


@pytest.mark.parametrize("line", [*ROW_COMMANDS, "figures", "figures --group-by unit", "figures --check"])
def test_count_is_the_number_of_lines(shanxi: Shanxi, line: str) -> None:
    rows = shanxi(*line.split(), "-n0").out.splitlines()
    assert shanxi(*line.split(), "-c", "-n1").out == f"{len(rows)}\n"


@pytest.mark.parametrize("line", [*ROW_COMMANDS, "figures", "similar coal", "figures --group-by unit"])
def test_offset_skips_rows(shanxi: Shanxi, line: str) -> None:
    rows = shanxi(*line.split(), "-n0").out.splitlines()
    assert shanxi(*line.split(), "-n0", "--offset", "1").out.splitlines() == rows[1:]
    assert shanxi(*line.split(), "-n1", "--offset", "1").out.splitlines() == rows[1:2]


@pytest.mark.parametrize("line", [*ROW_COMMANDS, "cite coal", "figures zzzz", "quotes zzzz", "list zzzz"])
def test_quiet_leaves_the_status(shanxi: Shanxi, line: str) -> None:
    status = shanxi(*line.split()).status
    run = shanxi(*line.split(), "-q")
    assert (run.status, run.out, run.err) == (status, "", "")


@pytest.mark.parametrize(("line", "column"), [("figures", "article"), ("quotes", "article"), ("kwic coal", "id")])
def test_ids_are_those_of_the_rows_each_once(shanxi: Shanxi, line: str, column: str) -> None:
    rows = shanxi(*line.split(), "--fields", column).out.splitlines()
    ids = list(dict.fromkeys(rows))
    assert shanxi(*line.split(), "-l").out.splitlines() == ids
    assert shanxi(*line.split(), "-l0").out == "".join(f"{each}\0" for each in ids)
    assert shanxi(*line.split(), "-ln1").out.splitlines() == ids[:1]


@pytest.mark.parametrize("line", ["figures", "quotes", "kwic coal", "list coal", "timeline coal"])
def test_dates_of_the_options_are_a_clause(shanxi: Shanxi, line: str) -> None:
    assert shanxi(*line.split(), "--since=2021", "--until=2021-12").out == shanxi(*line.split(), "date:2021").out


@pytest.mark.usefixtures("fixed_clock")
@pytest.mark.parametrize(
    ("relative", "absolute"),
    [
        ("date:this-year", "date:2021"),
        ("date:-45d..", "date:2021-07-01.."),
        ("date:last-quarter", "date:2021-04..2021-06"),
        ("--since=last-month", "date:2021-07.."),
        ("--until=-1y", "date:..2020-08-15"),
    ],
)
def test_relative_date_counts_from_today(shanxi: Shanxi, relative: str, absolute: str) -> None:
    assert shanxi("list", "-l", relative).out == shanxi("list", "-l", absolute).out


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("list --since 2022 --until 2021", "--since 2022 is after --until 2021"),
        ("list --since 2021..2022", "--since takes one date, not a range: 2021..2022"),
        (
            "quotes --until soon",
            "--until: soon is not a date: write 2021, 2021-07, 2021-07-14 or two of them with .. between",
        ),
        ("figures -l --fields date", "--fields is for lines, csv and jsonl, not ids"),
        ("figures -l --group-by unit", "--ids and --group-by cannot be combined"),
        ("quotes -c -q", "--count and --quiet cannot be combined"),
        ("kwic coal -l --collocates", "--ids and --collocates cannot be combined"),
        (
            "show coal -f markdown --match ore",
            "--match highlights in terminal and jsonl, not in markdown: add -f terminal",
        ),
    ],
)
def test_mistakes(shanxi: Shanxi, line: str, error: str) -> None:
    run = shanxi(*line.split())
    assert (run.status, run.out, run.err) == (2, "", f"shanxi: {error}\n")


@pytest.mark.parametrize("words", [["coal"], ["coal OR solar"], []], ids=["word", "operator", "no query"])
def test_query_of_a_facet_has_the_dates(shanxi: Shanxi, words: list[str]) -> None:
    [row] = shanxi("facets", "year", *words, "--since=2021", "--until=2021").out.splitlines()
    _, articles, query = row.split("\t")
    assert shanxi("list", "-c", query).out == f"{articles}\n"


def test_nothing_in_the_dates_is_explained(shanxi: Shanxi) -> None:
    run = shanxi("list", "--since", "2199")
    assert run.status == 1
    assert run.err.startswith("shanxi: no results for date:2199..\n")


def test_within_narrows_figures(shanxi: Shanxi, tmp_path: Path) -> None:
    ids = shanxi("figures", "-l").out.splitlines()
    (tmp_path / "ids").write_text(ids[-1] + "\n")
    assert shanxi("figures", "-l", "--within", str(tmp_path / "ids")).out.splitlines() == ids[-1:]


@pytest.mark.parametrize(
    ("line", "last"),
    [
        ("list", "date_from,date_to"),
        ("figures", "title,place,date_from,date_to,speaker"),
        ("quotes", "title,date_from,date_to"),
        ("kwic coal", "date_from,date_to"),
    ],
)
def test_new_columns_of_csv_come_last(shanxi: Shanxi, line: str, last: str) -> None:
    header = shanxi(*line.split(), "-fcsv").out.splitlines()[0]
    assert header.endswith("," + last)


def test_csv_dates_are_days(shanxi: Shanxi) -> None:
    out = shanxi("list", "-fcsv", "--fields", "date,date_from,date_to").out
    assert "2022-06,2022-06-01,2022-06-30" in out
    assert ",," in out.splitlines()[-1]  # the undated article


@pytest.mark.parametrize("line", ["list", "figures", "kwic coal", "facets year"])
def test_byte_order_mark_comes_before_the_header(shanxi: Shanxi, line: str) -> None:
    plain = shanxi(*line.split(), "-fcsv").out
    assert shanxi(*line.split(), "-fcsv", "--bom").out == "\ufeff" + plain
    assert shanxi(*line.split(), "--bom").err == "shanxi: --bom is for csv, not lines\n"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("search coal mine", ["at least one of the words: coal", "at least one of the words: mine"]),
        ("list coal mine", ["must match: coal", "must match: mine"]),
        ("search coal place:Datong", ["must match: coal"]),
        ("search +coal mine", ["must match: coal", "raises the score: mine"]),
    ],
)
def test_explanation_says_what_has_to_match(shanxi: Shanxi, line: str, expected: list[str]) -> None:
    lines = [each[12:] for each in shanxi(*line.split(), "--explain").out.splitlines()]
    assert lines[1 : 1 + len(expected)] == expected


def test_markdown_of_several_articles_is_one_document(shanxi: Shanxi) -> None:
    out = shanxi("show", "coal-town", "undated", "-f", "markdown").out
    assert [line for line in out.splitlines() if line.startswith("#")] == [
        "# Coal town plants trees",
        "# Undated note",
    ]
    assert out.splitlines().count("---") == 1


def test_address_of_a_page_is_not_fetched(shanxi: Shanxi, tmp_path: Path) -> None:
    run = shanxi("import", "https://news.invalid/a.html", "--into", str(tmp_path / "in"))
    message = "shanxi does not fetch pages; save it in the browser and import the file"
    assert (run.status, run.err.splitlines()[0]) == (2, f"shanxi: https://news.invalid/a.html: {message}")


def test_match_in_a_keyword_is_marked(shanxi: Shanxi) -> None:
    rows = [line.split("\t") for line in shanxi("kwic", "coal OR trees OR solar OR mine").out.splitlines()]
    shown = shanxi("kwic", "coal OR trees OR solar OR mine", "-n0", "-f", "terminal").out.splitlines()
    assert [line.endswith("(keyword)") for line in shown] == [row[-1] == "keyword" for row in rows]


@pytest.mark.parametrize("name", ABSENT_OPTIONS)
def test_option_that_a_command_lacks_is_refused_with_the_reason(shanxi: Shanxi, name: str) -> None:
    for command, reason in ABSENT_OPTIONS[name].items():
        group = build_command_group([command])
        options = [o for p in group.commands[command].get_params(typer.Context(group)) for o in p.opts]
        if name in options:
            assert (command, name) == ("figures", "--min")
            continue
        run = shanxi(command, name, "coal")
        assert (run.status, run.out, run.err) == (2, "", f"shanxi: {command} has no option {name}: {reason}\n")


def test_short_option_that_a_command_lacks_is_refused_with_the_reason(shanxi: Shanxi) -> None:
    run = shanxi("facets", "place", "-l")
    message = "facets has no option -l: its rows are no articles; to exclude a word, put it after --"
    assert (run.status, run.err) == (2, f"shanxi: {message}\n")
    assert shanxi("show", "coal", "-c").err == "shanxi: show has no option -c: it prints the articles that you name\n"


def test_facets_are_sorted_by_value(shanxi: Shanxi) -> None:
    rows = [line.split("\t")[0] for line in shanxi("facets", "keyword", "--sort", "value").out.splitlines()]
    assert rows == sorted(rows, key=str.lower)
    assert set(rows) == {line.split("\t")[0] for line in shanxi("facets", "keyword").out.splitlines()}
    years = [line.split("\t")[:2] for line in shanxi("facets", "year", "--sort", "count").out.splitlines()]
    assert [int(count) for _, count in years] == sorted((int(count) for _, count in years), reverse=True)


def test_terms_are_of_the_articles_of_the_options(shanxi: Shanxi, tmp_path: Path) -> None:
    ids = tmp_path / "ids"
    ids.write_text("solar-cells-for-export\n", encoding="utf-8")
    assert shanxi("terms", "--prefix", "solar", "--field", "body", "--within", str(ids)).out.startswith("solar\t1\t")
    assert "coal" not in shanxi("terms", "--within", str(ids)).out.split()
    assert shanxi("terms", "--since", "2022-06", "--until", "2022-06", "--prefix", "exports").out.startswith(
        "exports\t1\t"
    )


def test_similar_articles_are_sorted(shanxi: Shanxi) -> None:
    rows = shanxi("similar", "coal", "-n3").out.splitlines()
    titles = [line.split("\t")[2] for line in shanxi("similar", "coal", "-n3", "--sort", "title").out.splitlines()]
    assert titles == sorted((line.split("\t")[2] for line in rows), key=str.lower)


def test_citations_are_chosen_and_sorted(shanxi: Shanxi) -> None:
    names = ["coal", "solar", "old-walls"]
    ids = [shanxi("cite", name, "-l").out.strip() for name in names]
    assert shanxi("cite", *names, "-l").out.splitlines() == ids
    assert shanxi("cite", *names, "-l0").out == "".join(f"{each}\0" for each in ids)
    assert shanxi("cite", *names, "-l", "-n1", "--offset", "1").out.splitlines() == ids[1:2]
    assert shanxi("cite", *names, "-c", "-n1").out == "3\n"
    assert shanxi("cite", *names, "-l", "--sort", "title").out.splitlines() == sorted(ids)
    assert shanxi("cite", *names, "--json").out == shanxi("cite", *names, "-f", "csl-json").out
