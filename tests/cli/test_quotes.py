"""`shanxi quotes` over two articles made of speech: exact output of every form, choice and mistake."""

import json
from pathlib import Path

import pytest

from tests.conftest import Shanxi

FILES = {
    "jinbo-grows": """\
---
title: Jinbo grows
date: 2022-06-10
edition: retelling
places: [Taiyuan]
---

Yang Xia, chairwoman of Jinbo Biology, said the firm will sell collagen abroad.

“The market took 10 years,” Yang said. “It wants [b]collagen[/b].” The zone helped, officials said.
""",
    "mine-closes": """\
---
title: A mine closes
date: 2021-05
places: [Datong]
---

Bai Jun met Li Wei at the mine. He said the market for coal fell.

According to the Datong Statistics Bureau, 300 people left the mine.
""",
}
JINBO, _ = FILES


@pytest.fixture
def quotes(corpus: Path, shanxi: Shanxi) -> Shanxi:
    """The commands over the six articles and the two."""
    for name, text in FILES.items():
        (corpus / f"{name}.md").write_text(text, encoding="utf-8")
    assert shanxi("index").status == 0
    return shanxi


def sentences(shanxi: Shanxi, *arguments: str) -> list[str]:
    """How the sentences of the quotes begin, in their order."""
    found = [json.loads(line) for line in shanxi("quotes", "--json", *arguments).out.splitlines()]
    return [" ".join(quote["sentence"].split()[:3]) for quote in found]


def test_lines(quotes: Shanxi) -> None:
    run = quotes("quotes", "market")
    assert run.out == (
        "jinbo-grows\t2022-06-10\tYang Xia\tchairwoman\tJinbo Biology\tfamily name\tdirect\t"
        "“The market took 10 years,” Yang said.\n"
        "mine-closes\t2021-05\t\t\t\topen\tindirect\tHe said the market for coal fell.\n"
    )
    assert (run.status, run.err) == (0, "")


def test_a_json_line(quotes: Shanxi) -> None:
    first, second = quotes("quotes", "market", "--json").out.splitlines()
    assert json.loads(first) == {
        "schema": 1,
        "article": JINBO,
        "date": "2022-06-10",
        "edition": "retelling",
        "speaker": {
            "name": "Yang Xia",
            "role": "chairwoman",
            "organisation": "Jinbo Biology",
            "printed": "Yang",
            "basis": "family name",
        },
        "kind": "direct",
        "rule": "X said",
        "sentence": "“The market took 10 years,” Yang said.",
        "paragraph": 1,
        "start": 0,
        "end": 38,
        "said": [[1, 26]],
    }
    assert json.loads(second)["speaker"] == {
        "name": None,
        "role": None,
        "organisation": None,
        "printed": "He",
        "basis": "open",
    }


def test_places_are_in_the_paragraph_that_show_prints(quotes: Shanxi) -> None:
    lines = quotes("quotes", "--json").out.splitlines()
    assert len(lines) == 7
    for line in lines:
        quote = json.loads(line)
        article = json.loads(quotes("show", quote["article"], "--json").out)
        paragraph = article["paragraphs"][quote["paragraph"]]
        assert paragraph[quote["start"] : quote["end"]] == quote["sentence"]
        assert all(quote["start"] <= start < end <= quote["end"] for start, end in quote["said"])


def test_csv_opens_as_it_is(quotes: Shanxi) -> None:
    assert quotes("quotes", "officials", "-f", "csv").out == (
        "article,date,edition,speaker,role,organisation,printed,basis,kind,rule,said,sentence,paragraph,start,end,"
        "title,date_from,date_to\r\n"
        "jinbo-grows,2022-06-10,retelling,officials,,,officials,unnamed,indirect,X said,The zone helped,"
        '"The zone helped, officials said.",1,67,99,Jinbo grows,2022-06-10,2022-06-10\r\n'
    )


def test_a_list_for_people(quotes: Shanxi) -> None:
    run = quotes("quotes", "--in", "article", "market", "-f", "terminal")
    assert run.out == (
        "Yang Xia · chairwoman · Jinbo Biology\n"
        "  Yang Xia, chairwoman of Jinbo Biology, said the firm will sell collagen\n"
        "  abroad.\n"
        "  jinbo-grows · 2022-06-10 · retelling · indirect · X said · full name\n"
        "\n"
        "Yang Xia · chairwoman · Jinbo Biology\n"
        "  “The market took 10 years,” Yang said. “It wants [b]collagen[/b].”\n"
        "  jinbo-grows · 2022-06-10 · retelling · direct · X said · family name\n"
        "\n"
        "officials\n"
        "  The zone helped, officials said.\n"
        "  jinbo-grows · 2022-06-10 · retelling · indirect · X said · unnamed\n"
        "\n"
        "unknown speaker: He\n"
        "  He said the market for coal fell.\n"
        "  mine-closes · 2021-05 · indirect · X said · open\n"
        "\n"
        "Datong Statistics Bureau\n"
        "  According to the Datong Statistics Bureau, 300 people left the mine.\n"
        "  mine-closes · 2021-05 · indirect · according to X · organisation\n"
        "\n"
    )
    assert run.err == "6 quotes in 2 articles\n"


def test_what_was_said_is_marked(quotes: Shanxi) -> None:
    out = quotes("quotes", "market", "--by", "Yang", "-f", "terminal", "--color", "always").out
    assert "“\x1b[1;4;33mThe market took 10 years,\x1b[0m” Yang said." in out


MARKET, WANTS = "“The market took", "“It wants [b]collagen[/b].”"
CHOICES = [
    (["market"], [MARKET, "He said the"]),
    (["market", "coal"], ["He said the"]),
    (["market", "collagen"], []),
    (["market", "collagen", "--any"], ["Yang Xia, chairwoman", MARKET, WANTS, "He said the"]),
    (["market", "collagen", "--in", "paragraph"], [MARKET, WANTS, "The zone helped,"]),
    (["left", "place:Datong"], ["According to the"]),
    (["market", "place:Datong"], []),
    (["market", "-coal"], [MARKET]),
    (["people:300", "--in", "sentence"], ["According to the"]),
    (["duration:10years"], [MARKET]),
    (["--by", "Yang"], ["Yang Xia, chairwoman", MARKET, WANTS]),
    (["--by", "yang xia", "--kind", "indirect"], ["Yang Xia, chairwoman"]),
    (["--by", "xia yang"], []),
    (["--by", "he"], []),
    (["--by", "officials"], ["The zone helped,"]),
    (["--by", "bureau"], ["According to the"]),
    (["--org", "jinbo", "--kind", "direct"], [MARKET, WANTS]),
    (["--org", "statistics bureau"], ["According to the"]),
    (["place:Datong OR officials", "--sort", "speaker"], ["According to the", "The zone helped,"]),
    (["market", "-n", "1"], [MARKET]),
    (["market", "-n", "0", "--sort", "article"], [MARKET, "He said the"]),
]


@pytest.mark.parametrize(("arguments", "expected"), CHOICES)
def test_what_is_chosen(quotes: Shanxi, arguments: list[str], expected: list[str]) -> None:
    assert sentences(quotes, "-trees", *arguments) == expected


GROUPS = [
    ("speaker", "Yang Xia\t3\t2\t1\nDatong Statistics Bureau\t1\t0\t1\nofficials\t1\t0\t1\n\t1\t0\t1\n"),
    ("organisation", "Jinbo Biology\t3\t2\t1\nDatong Statistics Bureau\t1\t0\t1\n\t2\t0\t2\n"),
    ("year", "2021\t2\t0\t2\n2022\t4\t2\t2\n"),
    ("article", "jinbo-grows\t4\t2\t2\nmine-closes\t2\t0\t2\n"),
]


@pytest.mark.parametrize(("by", "expected"), GROUPS)
def test_counts(quotes: Shanxi, by: str, expected: str) -> None:
    words = ["-trees", "--group-by", by]
    assert quotes("quotes", *words).out == expected
    rows = [json.loads(line) for line in quotes("quotes", *words, "--json").out.splitlines()]
    assert [list(row) for row in rows] == [["schema", by, "quotes", "direct", "indirect"]] * len(rows)
    assert quotes("quotes", *words, "-f", "csv").out.splitlines()[0].split(",") == list(rows[0])[1:]


def test_counts_for_people(quotes: Shanxi) -> None:
    assert quotes("quotes", "-trees", "--group-by", "organisation", "-f", "terminal").out == (
        "organisation              quotes  direct  indirect\n"
        "Jinbo Biology                  3       2         1\n"
        "Datong Statistics Bureau       1       0         1\n"
        "(none)                         2       0         2\n"
    )


NOTHING = [
    (["forest"], "shanxi: 1 article found, but no quotes in a sentence that matches; --in article has 1\n"),
    (["walls"], "shanxi: 1 article found, but no quotes in a sentence that matches\n"),
    (
        ["market", "--by", "Bai"],
        "shanxi: no quotes by 'Bai'; there are quotes by Yang Xia (1)\n",
    ),
    (
        ["abroad", "--kind", "direct"],
        "shanxi: no direct quotes; there are quotes by Yang Xia (1); --in article has 2\n",
    ),
]


@pytest.mark.parametrize(("arguments", "message"), NOTHING)
def test_empty_result_is_explained(quotes: Shanxi, arguments: list[str], message: str) -> None:
    run = quotes("quotes", *arguments)
    assert (run.status, run.out, run.err) == (1, "", message)


def test_no_article(quotes: Shanxi) -> None:
    run = quotes("quotes", "zebra")
    assert (run.status, run.out) == (1, "")
    assert run.err.startswith("shanxi: no results for zebra\n")
    run = quotes("quotes", "market", "--by", "Bai", "--json")
    assert json.loads(run.err) == {
        "schema": 1,
        "nothing": {
            "query": "market",
            "articles": 2,
            "speakers": [{"speaker": "Yang Xia", "quotes": 1}],
            "in": {"paragraph": 0, "article": 0},
        },
    }


WRONG = [
    (["--by", " "], "shanxi: --by is empty\n"),
    (["--org", ""], "shanxi: --org is empty\n"),
    (["--sort", "date", "--group-by", "year"], "shanxi: --sort and --group-by cannot be combined\n"),
    (["--json", "-f", "csv"], '{"schema": 1, "error": {"message": "--format and --json cannot be combined"}}\n'),
    (
        ["titel:x"],
        "shanxi: there is no field titel\n  titel:x\n  ^^^^^\n  did you mean title: ?\n",
    ),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG)
def test_mistakes(quotes: Shanxi, arguments: list[str], message: str) -> None:
    run = quotes("quotes", *arguments)
    assert (run.status, run.out, run.err) == (2, "", message)
