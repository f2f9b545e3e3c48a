"""`shanxi figures` over three articles made of figures: exact output of every form, choice and mistake."""

import json
from pathlib import Path

import pytest

from tests.conftest import Shanxi
from tests.support import articles

PARK, WIND, KILNS = articles.MEASURED


@pytest.fixture
def figures(corpus: Path, shanxi: Shanxi) -> Shanxi:
    """The commands over the six articles and the three."""
    articles.write(corpus, list(articles.MEASURED))
    assert shanxi("index").status == 0
    return shanxi


def texts(shanxi: Shanxi, *arguments: str) -> list[str]:
    """The figures as printed, in their order."""
    return [json.loads(line)["text"] for line in shanxi("figures", "--json", *arguments).out.splitlines()]


def test_lines(figures: Shanxi) -> None:
    run = figures("figures", "turbine")
    assert run.out == (
        "wind-on-the-ridge\t2021-05\t1500\tMW\tcapacity\t\t1.5 gigawatts\t"
        "Wind turbines on the ridge have a capacity of 1.5 gigawatts.\tWind on the ridge\tDatong\t\n"
        "wind-on-the-ridge\t2021-05\t12.5\tpercent\tExports of turbine parts\t2020\t12.5 percent\t"
        "Exports of turbine parts grew 12.5 percent year-on-year to 300 million yuan in 2020.\t"
        "Wind on the ridge\tDatong\t\n"
        "wind-on-the-ridge\t2021-05\t300000000\tCNY\tExports of turbine parts\t2020\t300 million yuan\t"
        "Exports of turbine parts grew 12.5 percent year-on-year to 300 million yuan in 2020.\t"
        "Wind on the ridge\tDatong\t\n"
    )
    assert (run.status, run.err) == (0, "")


def test_a_json_line(figures: Shanxi) -> None:
    first, second = figures(
        "figures", "turbine OR bowl", "percent:1.. OR money:40..", "--json", "--max", "300"
    ).out.splitlines()
    assert json.loads(first) == {
        "schema": 1,
        "article": WIND,
        "value": 12.5,
        "high": None,
        "unit": "percent",
        "dimension": "percent",
        "relation": "=",
        "rate": None,
        "change": {"direction": "rise", "basis": "year-on-year"},
        "counted": "Exports of turbine parts",
        "period": "2020",
        "date": "2021-05",
        "text": "12.5 percent",
        "sentence": "Exports of turbine parts grew 12.5 percent year-on-year to 300 million yuan in 2020.",
        "paragraph": 1,
        "start": 30,
        "end": 42,
        "same_as": None,
        "title": "Wind on the ridge",
        "place": ["Datong"],
        "speaker": None,
    }
    assert json.loads(second)["same_as"] == {"value": 50, "unit": "USD", "text": "$50", "start": 73, "end": 76}


def test_places_are_in_the_paragraph_that_show_prints(figures: Shanxi) -> None:
    for line in figures("figures", "--json").out.splitlines():
        figure = json.loads(line)
        article = json.loads(figures("show", figure["article"], "--json").out)
        paragraph = article["paragraphs"][figure["paragraph"]]
        assert paragraph[figure["start"] : figure["end"]] == figure["text"]
        assert figure["sentence"] in paragraph


def test_csv_opens_as_it_is(figures: Shanxi) -> None:
    assert figures("figures", "kilns", "-f", "csv").out == (
        "article,date,value,high,unit,relation,rate,change,counted,period,text,same_as,sentence,paragraph,start,end,"
        "title,place,date_from,date_to,speaker\r\n"
        "kilns-of-the-village,,40,60,person,equal,,,people,,40 to 60 people,,"
        "The kilns employ 40 to 60 people.,0,17,32,Kilns of the village,,,,\r\n"
    )


@pytest.fixture
def spoken(corpus: Path, shanxi: Shanxi) -> Shanxi:
    """The commands over one article in which two people are quoted with figures."""
    for path in corpus.rglob("*.md"):
        path.unlink()
    (corpus / "mine.md").write_text(
        "---\ntitle: The mine\n---\n\nLena Voss said it would hire 40 people. "
        '"We sold 300 tonnes," said Hugh Garrow, 61. Stocks fell 4 percent.\n'
    )
    assert shanxi("index").status == 0
    return shanxi


def test_a_figure_has_the_speaker_who_is_quoted_with_it(spoken: Shanxi) -> None:
    rows = [json.loads(line) for line in spoken("figures", "--json").out.splitlines()]
    assert [(row["text"], row["speaker"]) for row in rows] == [
        ("40 people", "Lena Voss"),
        ("300 tonnes", "Hugh Garrow"),
        ("61", None),
        ("4 percent", None),
    ]
    assert "said by Lena Voss" in spoken("figures", "-f", "terminal").out


def test_figures_by_a_speaker(spoken: Shanxi) -> None:
    assert texts(spoken, "--by", "Garrow") == ["300 tonnes"]
    run = spoken("figures", "--by", "Nagel")
    assert run.status == 1
    assert run.err == "shanxi: no figures by 'Nagel'; there are figures by Lena Voss (1), Hugh Garrow (1)\n"
    assert spoken("figures", "--by", "-").err == "shanxi: --by is empty\n"


def test_figures_by_a_misspelt_speaker_are_proposed(spoken: Shanxi) -> None:
    run = spoken("figures", "--by", "Garow")
    assert (run.status, run.out) == (1, "")
    assert run.err == "shanxi: no figures by 'Garow'; did you mean Garrow (1)?\n"
    limited = spoken("figures", "--by", "Garow", "--unit", "t")
    assert (limited.status, limited.err) == (1, run.err)
    nothing = json.loads(spoken("figures", "--by", "Garow", "--json").err)["nothing"]
    assert nothing["similar"] == [{"name": "Garrow", "figures": 1}]


def test_a_misspelt_query_of_figures_by_a_speaker_is_corrected(spoken: Shanxi) -> None:
    run = spoken("figures", "tonnnes", "--by", "Garrow", "--fields", "text")
    assert (run.status, run.out) == (0, "300 tonnes\n")
    assert run.err == "shanxi: searched for tonnes instead of tonnnes; write =tonnnes for the word as typed\n"


def test_rows_with_rules_are_of_the_corrected_query(spoken: Shanxi) -> None:
    run = spoken("figures", "tonnnes", "--explain", "--fields", "text,rules")
    assert run.status == 0
    assert run.out.startswith("300 tonnes\t")
    assert "corrected   tonnnes → tonnes\n" in run.err


def test_a_table_for_people(figures: Shanxi) -> None:
    run = figures("figures", "capacity", "--sort", "value", "-f", "terminal")
    assert run.out == (
        "1,500 MW  ██████████  capacity\n"
        "                      Wind turbines on the ridge have a capacity of 1.5\n"
        "                      gigawatts.\n"
        "                      wind-on-the-ridge · 2021-05\n"
        "\n"
        "  200 MW  █▍          capacity\n"
        "                      It has a capacity of 200 megawatts.\n"
        "                      solar-park-by-the-river · 2022-07-10\n"
        "\n"
    )
    assert run.err == "2 figures in 2 articles\n"


def test_the_figure_is_marked_in_its_sentence(figures: Shanxi) -> None:
    out = figures("figures", "percent:12.5", "turbine", "-f", "terminal", "--color", "always").out
    assert "\x1b[1;4;33m12.5 percent\x1b[0m" in out


CHOICES = [
    (["solar"], ["1.2 billion yuan", "$178 million", "1,500 mu", "100 hectares"]),
    (["bowl", "kilns"], []),
    (["bowl", "kilns", "--any"], ["40 to 60 people", "30 yuan", "250 yuan", "$50"]),
    (["bowl", "kilns", "--in", "paragraph"], ["40 to 60 people", "30 yuan", "250 yuan", "$50"]),
    (["capacity", "-turbines"], ["200 megawatts"]),
    (["bowl OR lent", "usd:1.."], ["$50", "$37"]),
    (["NOT place:Datong", "usd:1.."], ["$50", "$37"]),
    (["title:kilns", "usd:1.."], ["$50", "$37"]),
    (["title:kilns OR turbines", "--unit", "CNY"], ["300 million yuan", "30 yuan", "250 yuan", "250 yuan"]),
    (["date:2022", "people:1.."], []),
    (["count:1..", "date:2021.."], ["More than 1,000 households", "1,200", "Nearly 1,000 people"]),
    (["--unit", "mu"], ["1,500 mu", "100 hectares"]),
    (["--unit", "mu", "--max", "1499"], []),
    (["--unit", "USD", "--sort", "value"], ["$178 million", "$50", "$37"]),
    (["--unit", "USD", "--sort", "article"], ["$50", "$37", "$178 million"]),
    (["--unit", "USD", "-n", "1"], ["$178 million"]),
    (["--unit", "USD", "-n", "0"], ["$178 million", "$50", "$37"]),
    (["--min", "200", "--max", "300", "kilns OR firm OR bowl"], ["250 yuan", "250 yuan"]),
    (["--at-least", "1GW"], ["16-gigawatt", "1.5 gigawatts"]),
    (["--min", "1GW"], ["16-gigawatt", "1.5 gigawatts"]),
    (["--unit", "people", "--min", "50"], ["Nearly 1,000 people", "40 to 60 people"]),
]


@pytest.mark.parametrize(("arguments", "expected"), CHOICES)
def test_what_is_chosen(figures: Shanxi, arguments: list[str], expected: list[str]) -> None:
    assert texts(figures, *arguments) == expected


GROUPS = [
    ("unit", "CNY\t4\t30\t250\t300000000\nUSD\t2\t37\t43.5\t50\n"),
    ("year", "2020\tCNY\t1\t300000000\t300000000\t300000000\n\tCNY\t3\t30\t250\t250\n\tUSD\t2\t37\t43.5\t50\n"),
    (
        "article",
        "kilns-of-the-village\tCNY\t3\t30\t250\t250\nkilns-of-the-village\tUSD\t2\t37\t43.5\t50\n"
        "wind-on-the-ridge\tCNY\t1\t300000000\t300000000\t300000000\n",
    ),
]


@pytest.mark.parametrize(("by", "expected"), GROUPS)
def test_counts(figures: Shanxi, by: str, expected: str) -> None:
    words = ["-park", "--unit", "money", "--group-by", by]
    assert figures("figures", *words).out == expected
    rows = [json.loads(line) for line in figures("figures", *words, "--json").out.splitlines()]
    names = ["unit", "figures", "least", "median", "greatest"]
    assert [list(row) for row in rows] == [["schema", *([by] if by != "unit" else []), *names]] * len(rows)
    assert figures("figures", *words, "-f", "csv").out.splitlines()[0].split(",") == list(rows[0])[1:]


def test_counts_for_people(figures: Shanxi) -> None:
    assert figures(
        "figures", "place:Datong", "--in", "article", "--unit", "CNY", "--group-by", "year", "-f", "terminal"
    ).out == (
        "year  unit  figures  least  median  greatest\n"
        "2020  CNY         1   300m    300m      300m  ██▌\n"
        "2022  CNY         1  1.2bn   1.2bn     1.2bn  ██████████\n"
    )


def test_check_lists_contradicting_figures(figures: Shanxi) -> None:
    run = figures("figures", "--check")
    assert run.out == (
        "kilns-of-the-village\t0\trate\t"
        "250 yuan ($50) is 5 CNY per USD, but another pair of about that date gives 6.757\n"
        "kilns-of-the-village\t1\trate\t"
        "250 yuan ($37) is 6.757 CNY per USD, but another pair of about that date gives 5\n"
    )
    assert (run.status, run.err) == (0, "")
    first = json.loads(figures("figures", "--check", "--json", "-n", "1").out)
    assert first.pop("reason").startswith("250 yuan ($50) is 5 CNY per USD")
    assert first == {
        "schema": 1,
        "article": KILNS,
        "paragraph": 0,
        "kind": "rate",
        "quantities": [
            {"value": 250, "unit": "CNY", "text": "250 yuan", "start": 63, "end": 71},
            {"value": 50, "unit": "USD", "text": "$50", "start": 73, "end": 76},
        ],
    }
    assert figures("figures", "--check", "-f", "terminal", "-n", "1").out == (
        "250 yuan ($50) is 5 CNY per USD, but another pair of about that date gives 6.757\n"
        "kilns-of-the-village · paragraph 1 · rate\n\n"
    )


def test_check_without_contradictions(figures: Shanxi) -> None:
    run = figures("figures", "turbine", "--check")
    assert (run.status, run.out, run.err) == (1, "", "shanxi: no inconsistent figures found\n")


NOTHING = [
    (
        ["bowl", "kilns"],
        "shanxi: 1 article found, but no figures in a sentence that matches; --in paragraph has 4; "
        "--in article has 6\n",
    ),
    (["walls"], "shanxi: 1 article found, but no figures in a sentence that matches\n"),
    (["bowl", "--unit", "kV"], "shanxi: no figures within these limits; there are CNY (2), USD (1)\n"),
]


@pytest.mark.parametrize(("arguments", "message"), NOTHING)
def test_empty_result_is_explained(figures: Shanxi, arguments: list[str], message: str) -> None:
    run = figures("figures", *arguments)
    assert (run.status, run.out, run.err) == (1, "", message)


def test_no_article(figures: Shanxi) -> None:
    run = figures("figures", "zebra")
    assert (run.status, run.out) == (1, "")
    assert run.err.startswith("shanxi: no results for zebra\n")
    run = figures("figures", "bowl", "kilns", "--json")
    assert json.loads(run.err) == {
        "schema": 1,
        "nothing": {"query": "bowl kilns", "articles": 1, "units": [], "in": {"paragraph": 4, "article": 6}},
    }


WRONG = [
    (["--min", "x"], "shanxi: --unit, --at-least, --at-most: x is no number\n"),
    (["--unit", ""], "shanxi: --unit is empty\n"),
    (["--check", "--unit", "CNY"], "shanxi: --check and --unit cannot be combined\n"),
    (["--sort", "value", "--group-by", "unit"], "shanxi: --sort and --group-by cannot be combined\n"),
    (["--json", "-f", "csv"], '{"schema": 1, "error": {"message": "--format and --json cannot be combined"}}\n'),
    (
        ["coal", "money:"],
        "shanxi: money: has no value\n  coal money:\n       ^^^^^^\n"
        "  give it a value; a shell may have eaten one: put the query in single quotes\n",
    ),
    (
        ["coal", "area:5kg.."],
        "shanxi: area is not measured in kg\n  coal area:5kg..\n       ^^^^^^^^^^\n"
        "  write for example area:500mu..; a limit is 10.., 10..20 or ..20\n",
    ),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG)
def test_mistakes(figures: Shanxi, arguments: list[str], message: str) -> None:
    run = figures("figures", *arguments)
    assert (run.status, run.out, run.err) == (2, "", message)


# Limits in a search


def test_a_passage_shows_and_marks_the_quantities(figures: Shanxi) -> None:
    [line] = figures("search", "turbine", "power:1GW..", "--json").out.splitlines()
    [first, *_] = json.loads(line)["snippets"]
    assert [first["text"][start:end] for start, end in first["marks"]] == ["turbines", "1.5 gigawatts"]
    shown = json.loads(figures("show", WIND, "--match", "money:1..", "--json").out)
    assert [shown["paragraphs"][1][start:end] for start, end in shown["marks"]["paragraphs"][1]] == ["300 million yuan"]


def test_how_a_limit_is_explained(figures: Shanxi) -> None:
    assert figures("search", "turbine", "power:1GW..", "--explain").out == (
        "typed       turbine power:1GW..\n"
        "understood  must match: turbine\n"
        "            must match: power:1GW..  (1,000 MW or more)\n"
        "analysed    turbine → stems turbin\n"
        "            power:1GW.. → 1,000 MW or more\n"
        "engine      group\n"
        "              may    postings stems:turbin, bm25 + 0.2 x bm25 of title:turbin\n"
        "              filter postings quantities:power:MW from 1000 to inf\n"
        "              bonus  1 x bm25 of turbin in the sentence of such a quantity\n"
    )


def test_a_limit_that_finds_nothing(figures: Shanxi) -> None:
    err = figures("search", "turbine", "power:5GW..").err.splitlines()
    assert err[0] == "shanxi: no results for turbine power:5GW.."
    assert err[4:] == [
        "  found       turbine: 1 article",
        "              power:5GW..: 1 article",
        "  try         shanxi search turbine   (1 article)",
    ]


TURBINE_RULES = [
    "candidate: number with a unit",
    "number: digits",
    "unit: unit behind the number",
    "counted: noun before of",
]


def test_rules_are_explained_in_lines(figures: Shanxi) -> None:
    run = figures("figures", "capacity turbine", "--explain", "-n", "1")
    assert run.out.rstrip("\n").split("\t")[-1] == "; ".join(TURBINE_RULES)
    assert run.err.startswith("typed       capacity turbine\nunderstood  ")
    assert run.status == 0


def test_rules_are_explained_in_json(figures: Shanxi) -> None:
    run = figures("figures", "capacity turbine", "--explain", "--json", "-n", "1")
    assert json.loads(run.out)["rules"] == TURBINE_RULES


def test_rules_are_explained_on_a_terminal(figures: Shanxi) -> None:
    run = figures("figures", "capacity turbine", "--explain", "-f", "terminal", "-n", "1")
    assert " ".join(run.out.split()).startswith(f"1,500 MW capacity {'; '.join(TURBINE_RULES)} Wind turbines")


def test_rules_are_a_column_of_their_own(figures: Shanxi) -> None:
    run = figures("figures", "capacity turbine", "--fields", "value,rules", "-n", "1")
    assert (run.out, run.err) == (f"1500\t{'; '.join(TURBINE_RULES)}\n", "")


def test_rules_are_left_out_unless_asked_for(figures: Shanxi) -> None:
    assert "rules" not in json.loads(figures("figures", "capacity turbine", "--json", "-n", "1").out)


def test_explanation_of_a_table_of_groups_is_that_of_the_query(figures: Shanxi) -> None:
    run = figures("figures", "turbine", "--explain", "--group-by", "unit")
    assert run.out.startswith("typed       turbine\n")
    assert run.err == ""


def test_articles_in_chinese_are_named_as_not_read(corpus: Path, shanxi: Shanxi) -> None:
    (corpus / "zh.md").write_text("---\ntitle: 港口货物增长\ndate: 2023-02-01\n---\n\n货物增长5%。\n", encoding="utf-8")
    (corpus / "en.md").write_text("---\ntitle: Freight\n---\n\nFreight (货物) rose 5 percent.\n", encoding="utf-8")
    run = shanxi("figures", "货物", "--json")
    assert [json.loads(line)["article"] for line in run.out.splitlines()] == ["en"]
    assert run.err.endswith("shanxi: 1 matching article is in Chinese; figures are read in English text alone\n")
    assert "Chinese" not in shanxi("figures", "freight").err
