"""Front matter as other programs write it: formats, shapes, names, and what is left out without losing the article."""

import pytest

from shanxi_cli.corpus.reader import check_article, parse_article
from shanxi_cli.errors import ArticleError
from shanxi_cli.model.article import Article, Person


def read(text: str, article_id: str = "well-water") -> Article:
    return parse_article(text.encode(), article_id, "x.md")


WELLS = Article("well-water", "Wells run dry", "The wells ran dry.", date="2019-06-03", keywords=("water", "wells"))
FORMATS = {
    "yaml": "---\ntitle: Wells run dry\ndate: 2019-06-03\ntags:\n- water\n- wells\n---\nThe wells ran dry.\n",
    "yaml-closed-by-dots": "---\ntitle: Wells run dry\ndate: 2019-06-03\ntags: [water, wells]\n...\nThe wells ran dry.\n",  # noqa: E501
    "yaml-named": "---yaml\ntitle: Wells run dry\ndate: 2019-06-03\ntags: 'water, wells'\n---\nThe wells ran dry.\n",
    "plain": "Title: Wells run dry\ndate: 2019-06-03 13:00\nTags: water,\n    wells\nStatus:\n\nThe wells ran dry.\n",
    "toml-text": '+++\ntitle = "Wells run dry"\ndate = "2019-06-03"\ntags = ["water", "wells"]\n+++\nThe wells ran dry.\n',  # noqa: E501
    "toml-time": "+++\ntitle='Wells run dry'\ndate=2019-06-03T23:30:00-07:00\ntags=['water','wells']\n+++\nThe wells ran dry.",  # noqa: E501
    "toml-day": "+++\ntitle='Wells run dry'\ndate=2019-06-03\n[taxonomies]\nx=[1]\n[[tags]]\nname='water'\n[[tags]]\nname='wells'\n"  # noqa: E501
    "+++\nThe wells ran dry.",
    "json": '{\n  "title": "Wells run dry",\n  "date": "2019-06-03",\n  "tags": ["water", "wells"], "n": 1.5\n}\nThe wells ran dry.',  # noqa: E501
    "json-fenced": ';;;\n{"title": "Wells run dry", "date": "2019-06-03", "tags": ["water", "wells"]}\n;;;\nThe wells ran dry.',  # noqa: E501
}


@pytest.mark.parametrize(
    "start", ["", "\ufeff", "\n", "\n \n\n", "\ufeff\n"], ids=["", "bom", "line", "lines", "bom-line"]
)
@pytest.mark.parametrize("text", FORMATS.values(), ids=FORMATS)
def test_front_matter_formats(text: str, start: str) -> None:
    assert read(start + text) == WELLS


NO_FRONT_MATTER = [
    ("Just a note.\n\nMore.", "Well water", "Just a note.\n\nMore."),
    ("# Wells run dry\n\nJust a note.", "Wells run dry", "Just a note."),
    ("---\n\nA note below a rule.\n\n---\n\nMore.", "Well water", "A note below a rule.\n\nMore."),
    ("---\njust text\n---\n", "Well water", "just text"),
    ("---\n---\nEmpty.", "Well water", "Empty."),
    ("{% include head %}\n\nA note.", "Well water", "A note."),
    ('{{< figure src="well.jpg" caption="The well" >}}', "Well water", "The well"),
    ("    ---\n    indented: code\n", "Well water", "---\nindented: code"),
]


@pytest.mark.parametrize(("text", "title", "body"), NO_FRONT_MATTER)
def test_text_without_front_matter(text: str, title: str, body: str) -> None:
    found = read(text)
    assert (found.title, found.body.removeprefix("--- ").removeprefix("---\n\n")) == (title, body.removeprefix("--- "))


NOT_NEEDED = [
    "published: true",
    "draft: true",
    "menu: {a: {b: {c: {d: [e, {f: g}]}}}}",
    "deep: " + "[" * 20_000 + "]" * 20_000,
    "deep: " + "[" * 500 + "]" * 500,
    "params: &p {a: 1}\nother: *p\n<<: *p",
    "expiry: 1\nexpiry: 2",
    "menu: {a: 1, a: 2}",
    "hero: {{ .Site.Title }}",
    'note: "never closed',
    "cover: @home",
    "bell: \x07",
    "? [a, b]\n: c",
    '"one\\ntwo": D',
    "rating: !!float 5",
    "layout: !Custom {x: y}",
    "title: ! Wells",
    "created: someday",
    "people:\n- name: ~\n  name: ~",
]


@pytest.mark.parametrize("entry", NOT_NEEDED, ids=range(len(NOT_NEEDED)))
def test_entry_that_is_not_needed_costs_nothing(entry: str) -> None:
    title = "" if entry.startswith("title") else "title: Wells\n"
    assert read(f"---\n{entry}\n{title}date: 2019-06-03\n---\nDry.") == Article(
        "well-water", "Wells", "Dry.", date="2019-06-03"
    )


SHAPES = [
    ("author: {name: Li Min, email: a@b.c}", {"author": ("Li Min",)}),
    ("authors: [{name: Li Min}, {name: Sun Yu, url: x}]", {"author": ("Li Min", "Sun Yu")}),
    ("authors: {li: {name: Li Min}, sun: {name: Sun Yu}}", {"author": ("Li Min", "Sun Yu")}),
    ("author: Li Min\nauthors: [Li Min, Sun Yu]", {"author": ("Li Min", "Sun Yu")}),
    ("tags: [a]\nkeywords: [b, a]\ncategories: c\nsubjects: [d]", {"keywords": ("b", "a", "c", "d")}),
    ("tags: coal, steel", {"keywords": ("coal", "steel")}),
    ("tags: ['#coal', steel, ~]", {"keywords": ("coal", "steel")}),
    ("Tags:\n- name: coal\n- name: steel", {"keywords": ("coal", "steel")}),
    ("author: ~\nplaces: [null, Datong, 'null']\ndeck: NULL", {"places": ("Datong", "null")}),
    ("description: Dry", {"deck": "Dry"}),
    ("deck: D\nsummary: S\ndescription: T", {"deck": "D"}),
    ("summary: S\ndescription: T", {"deck": "T"}),
    ("people: [[Li]]", {"people": (Person("Li"),)}),
    ("locations: [Datong]\nlang: en", {"places": ("Datong",), "language": "en"}),
    ("container-title: Daily", {"publication": "Daily"}),
    ("Publish Date: 2 May 2023", {"date": "2023-05-02"}),
]


@pytest.mark.parametrize(("front", "fields"), SHAPES, ids=[front.split("\n")[0] for front, _ in SHAPES])
def test_names_and_shapes(front: str, fields: dict[str, object]) -> None:
    assert read(f"---\ntitle: T\n{front}\n---\n") == Article("well-water", "T", "", **fields)  # type: ignore[arg-type]


DATES = [
    ("date: 2023-05-01T23:10:00+08:00", "2023-05-01"),
    ("date: 2023-05-01 23:10:00 -0700", "2023-05-01"),
    ("date: 2001-12-14t21:59:43.10-05:00", "2001-12-14"),
    ("date: 2023/05/01", "2023-05-01"),
    ("date: 2023.5.1", "2023-05-01"),
    ("date: 20230501", "2023-05-01"),
    ("date: 1 May 2023", "2023-05-01"),
    ("date: May 2, 2023", "2023-05-02"),
    ("date: Tue, 02 May 2023 10:00:00 GMT", "2023-05-02"),
    ("date: September 2023", "2023-09"),
    ("date: 2023年5月1日", "2023-05-01"),
    ("date: 13/5/2023", "2023-05-13"),
    ("date: 5/13/2023", "2023-05-13"),
    ("date: 4/5/2023", "2023"),
    ("date: '[[2023-05-01]]'", "2023-05-01"),
    ("date: [[2023-05-01]]", "2023-05-01"),
    ("date: 2021-07~", "2021-07~"),
    ("created: 2020-01-02\nlastmod: 2023-01-02", "2020-01-02"),
    ("lastmod: 2023-01-02", "2023-01-02"),
    ("published: true\ncreated: 2020-01-02", "2020-01-02"),
    ("date: ~\npublished: 2020-01-02", "2020-01-02"),
    ("date: 2019\ncreated: 2020-01-02", "2019"),
    ("date:\n  updated: 2020-03-04\n  created: 2020-01-02", "2020-01-02"),
    ("date: {updated: 2020-03-04}", "2020-03-04"),
    ("ms.date: 04/05/2020", "2020-04-05"),
    ("ms.date: 04/25/2020", "2020-04-25"),
    ("created: 04/05/2020", "2020"),
    ("date: 2020-01-02 18:30:22 2020 -0800", "2020-01-02"),
    ("path: 2020/01/02/mill", "2020-01-02"),
    ("permalink: /news/2020/01/02/mill.html", "2020-01-02"),
    ("date: 2019-12-31\nurl: /2020/01/02/mill/", "2019-12-31"),
    ("url: https://example.org/2020/01/02/mill", ""),
    ("path: /2020/13/02/mill", ""),
    ("draft: false", ""),
]


@pytest.mark.parametrize(("front", "date"), DATES, ids=[front for front, _ in DATES])
def test_dates(front: str, date: str) -> None:
    assert read(f"---\ntitle: T\n{front}\n---\n").date == date


@pytest.mark.parametrize(
    ("article_id", "date", "title"),
    [
        ("2021-07-22-coal-town", "2021-07-22", "Coal town"),
        ("_posts/2021-07-22-coal_town", "2021-07-22", "Coal town"),
        ("20210722 Coal town", "2021-07-22", "Coal town"),
        ("2021-07-22", "2021-07-22", "2021-07-22"),
        ("Meeting 2021-07-22", "2021-07-22", "Meeting"),
        ("2021-13-22-coal", "", "2021 13 22 coal"),
        ("42-ways", "", "42 ways"),
        ("guide/Read-Me First", "", "Read-Me First"),
        ("煤城", "", "煤城"),
        ("coal-town.txt", "", "Coal town"),
        ("2021-07-22-coal-town.txt", "2021-07-22", "Coal town"),
        ("v0.8-notes", "", "v0.8 notes"),
        ("2021/07/22/coal-town", "2021-07-22", "Coal town"),
        ("notes/2021-07-22/coal-town", "2021-07-22", "Coal town"),
        ("notes/20210722/coal-town", "2021-07-22", "Coal town"),
        ("2021/07/22/2021-07-23-coal-town", "2021-07-23", "Coal town"),
        ("2021/13/22/coal-town", "", "Coal town"),
        ("2021-07-22 backup/coal-town", "", "Coal town"),
        ("2021/07/coal-town", "", "Coal town"),
        ("---", "", "---"),
    ],
)
def test_date_and_title_from_the_name(article_id: str, date: str, title: str) -> None:
    found = read("A note.", article_id)
    assert (found.date, found.title) == (date, title)


def test_given_date_wins_over_that_of_the_name() -> None:
    assert read("---\ndate: 2020\n---\nText.", "2021-07-22-a").date == "2020"


HEADINGS = [
    ("# One\n\nText.", "One", "Text."),
    ("\n## *One* and `two` ##\nText.", "One and two", "Text."),
    ("One\n===\n\nText.", "One", "Text."),
    ("Text.\n\n# One [two](three.md) {#four}\n\nMore.", "One two", "Text.\n\nMore."),
    ("```sh\n# no heading\n```\n\n# One", "One", "# no heading"),
    ('<h1 align="center">One</h1>\n\nText.', "One", "Text."),
    ("#hashtag\n\nText.", "Well water", "#hashtag\n\nText."),
    ("- item\n---\n\nText.", "Well water", "item\n\nText."),
    ("# ![logo](a.png)\n\n# One", "One", "logo"),
    ("# One\n\nText.\n\n# Two", "One", "Text.\n\nTwo"),
    ("## One\n\nText.\n\n### Two", "One", "Text.\n\nTwo"),
    ("## A\n\nText.\n\n# One\n\nMore text.", "One", "A\n\nText.\n\nMore text."),
    ("[Home](a.md) #mills\n\n<!-- To do -->\n## One\n\nText.", "One", "Home #mills\n\nText."),
    ("import A from './a'\n\n# One\n\n# Two", "One", "Two"),
]
SECTIONS = [
    ("Text.\n\n## One\n\nMore.", ["Text.", "One", "More."]),
    ("## One\n\nText.\n\n## Two", ["One", "Text.", "Two"]),
    ("### One\n\nText.\n\n## Two", ["One", "Text.", "Two"]),
    ("Text.\n\n# One\n\nMore.\n\n# Two\n\nMore.", ["Text.", "One", "More.", "Two", "More."]),
    ("A long text about the mill.\n\n# Notes\n\nShort.", ["A long text about the mill.", "Notes", "Short."]),
    ("# \n\n- A [mill](a.md) by the river", ["A mill by the river"]),
]


@pytest.mark.parametrize(("body", "title", "rest"), HEADINGS)
def test_title_from_first_heading(body: str, title: str, rest: str) -> None:
    found = read(f"---\ndraft: true\n---\n{body}")
    assert (found.title, found.body) == (title, rest)


@pytest.mark.parametrize(("body", "texts"), SECTIONS)
def test_heading_of_a_section_is_no_title(body: str, texts: list[str]) -> None:
    found = read(body)
    assert (found.title, found.body) == ("Well water", "\n\n".join(texts))


@pytest.mark.parametrize(
    "body",
    [
        "Note: the mill is shut.\nDate: soon\n\nText.",
        "Title: the mill\nand the well.\n\nText.",
        "The title: a mill.\n\nText.",
    ],
)
def test_lines_that_are_no_front_matter(body: str) -> None:
    found = read(body)
    assert (found.title, found.date, found.body) == (
        "Well water",
        "",
        " ".join(body.split("\n\n")[0].split("\n")) + "\n\nText.",
    )


def test_heading_stays_below_a_given_title() -> None:
    assert read("---\ntitle: T\n---\n# One").body == "One"


@pytest.mark.parametrize(
    ("front", "article_id", "date", "line", "reason"),
    [
        (
            "date: banana",
            "mill",
            "",
            2,
            "bad date: banana is not a date: write 2021, 2021-07, 2021-07-14 or two of them with / between",
        ),
        ("more: [\ndate: 2021-13", "mill", "", 3, "bad date: 2021-13 has no month 13"),
        ("date: 2021-02-30", "2021-03-01-mill", "2021-03-01", 2, "bad date: 2021-02-30: that month has no day 30"),
        (
            "date: TBD\ncreated: 2020",
            "mill",
            "2020",
            2,
            "bad date: TBD is not a date: write 2021, 2021-07, 2021-07-14 or two of them with / between",
        ),
        ("issued: 2022/2021", "mill", "", 2, "bad date: 2022/2021 ends before it begins"),
        ("date: {year: 2021}", "mill", "", 2, "bad date: not one line of text"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " not in value else None,
)
def test_date_that_cannot_be_read_is_a_problem_and_costs_no_article(
    front: str, article_id: str, date: str, line: int, reason: str
) -> None:
    problems: list[ArticleError] = []
    found = parse_article(f"---\n{front}\n---\nText.".encode(), article_id, "x.md", on_problem=problems.append)
    assert (found.date, found.body) == (date, "Text.")
    assert [(problem.line, problem.reason) for problem in problems] == [(line, reason)]


def test_article_that_is_to_be_written_has_a_date_that_can_be_read() -> None:
    with pytest.raises(ArticleError, match="bad date: banana is not a date"):
        check_article(b"---\ndate: banana\n---\nText.", "mill", "mill.md")


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("---\ntitle: @mill\n---\n", 2, "put a value that begins with @ in quotes"),
        ("+++\ntitle = 'T'\ndate = banana\n+++\n", 3, "broken TOML: Invalid value"),
        ("+++\ntitle = 'T'\n", 1, "the front matter is not closed by a line of +++"),
        ('{"title": "T"\n', 1, "broken JSON in the front matter; is its brace closed?"),
        ('{"a":' * 100_000, 1, "broken JSON in the front matter; is its brace closed?"),
        ("+++\na = " + "[" * 90_000 + "\n+++\n", 2, "broken TOML: nested too deeply"),
    ],
    ids=range(6),
)
def test_errors_name_line(text: str, line: int, reason: str) -> None:
    with pytest.raises(ArticleError) as error:
        read(text)
    assert (error.value.line, error.value.reason[: len(reason)]) == (line, reason) or reason in error.value.reason
    assert error.value.line == line


def test_long_dotted_key_of_toml_is_refused_at_once() -> None:
    with pytest.raises(ArticleError, match="broken TOML: nested too deeply"):
        parse_article(f"+++\n{'a.' * 49_000}a = 1\n+++\n".encode(), "x", "x.md")


NOTES = [
    ("---\ntitle: Dry *wells*\n---\n\n# Dry *wells*\n\nText.", Article("x", "Dry *wells*", "Text.")),
    ("---\ntitle: Dry wells\n---\n\nDry Wells\n=====\n\nText.", Article("x", "Dry wells", "Text.")),
    ("---\ntitle: A\nauthor: '[[Bo Roe]]'\nplaces: ['[[Wales|the west]]']\n---\nText.",
     Article("x", "A", "Text.", author=("Bo Roe",), places=("the west",))),
    ("---\ntitle: A\nauthor: By Bo Roe and Al Ray\n---\nText.",
     Article("x", "A", "Text.", author=("Bo Roe and Al Ray",))),
    ("Title: A\nAuthors: Bo Roe, Al Ray\n\nText.", Article("x", "A", "Text.", author=("Bo Roe", "Al Ray"))),
    ("Title: A\nAuthors: Roe, Bo; Ray, Al\n\nText.", Article("x", "A", "Text.", author=("Roe, Bo", "Ray, Al"))),
    ("# A dry well\n\nCreated: May 4, 2020 9:12 AM\nTags: wells, water\nAuthor: Bo Roe\n\nText.",
     Article("x", "A dry well", "Text.", author=("Bo Roe",), date="2020-05-04", keywords=("wells", "water"))),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "article"),
    NOTES,
    ids=["heading", "underlined", "wiki-links", "byline", "authors", "names-turned", "notion"],
)
def test_files_of_note_programs(text: str, article: Article) -> None:
    found = read(text, "x")
    assert (found.title, found.body, found.author, found.places, found.date, found.keywords) == (
        *(article.title, article.body, article.author, article.places, article.date, article.keywords),
    )


def test_lines_below_a_heading_that_are_text() -> None:
    assert read("# A dry well\n\nTags: wells\nMayor: Bo Roe\n\nText.").body == "Tags: wells Mayor: Bo Roe\n\nText."


def test_id_of_an_export_is_not_in_the_title() -> None:
    assert read("Text.", "notes/Dry wells 0123456789abcdef0123456789abcdef").title == "Dry wells"


def test_items_of_a_plain_text() -> None:
    text = b"Seen:\n* a well\n  of salt\n- a dam\n\nThe dam\n- the old one - leaks."
    article = parse_article(text, "x.txt", "x.txt", is_plain=True)
    assert article.body == "Seen:\n\n* a well of salt\n\n- a dam\n\nThe dam - the old one - leaks."
