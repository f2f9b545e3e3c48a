"""The Python API over the six articles: what each method returns, its errors, and the life of an archive."""

import pickle
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Thread

import pytest

import shanxi_cli
from shanxi_cli import (
    AmbiguousArticle,
    Archive,
    Correction,
    LocationError,
    NoSuchArticle,
    QueryError,
    QuerySuggestion,
    ShanxiError,
    UsageError,
)
from tests.conftest import Shanxi
from tests.support import articles


@pytest.fixture
def opened(corpus: Path, tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(corpus=corpus, index=tmp_path / "index") as archive:
        yield archive


def test_open_says_what_it_did_and_prints_nothing(
    corpus: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    read: list[tuple[int, int]] = []
    place = {"corpus": [str(corpus)], "index": tmp_path / "index"}
    archive = Archive.open(**place, progress=lambda done, total: read.append((done, total)))  # type: ignore[arg-type]
    assert archive.notices == ("built the index of 6 articles",)
    assert read[-1] == (6, 6)
    assert (len(archive), archive.corpus, archive.index) == (6, (corpus.resolve(),), tmp_path / "index")
    assert repr(archive) == f"<Archive {corpus.resolve()}>"
    assert capfd.readouterr() == ("", "")


def test_open_without_arguments_is_the_archive_of_the_command_line(shanxi: Shanxi, archive: Path) -> None:
    assert Archive.open().corpus == (archive.resolve(),)


def test_open_refuses_unknown_names_and_folders(tmp_path: Path) -> None:
    with pytest.raises(LocationError, match="there is no archive press \\(--archive\\): .*config.toml does not exist"):
        Archive.open(archive="press")
    with pytest.raises(LocationError, match="the corpus folder .*/none .* does not exist"):
        Archive.open(corpus=tmp_path / "none")


def test_close_ends_queries(opened: Archive) -> None:
    with opened as same:
        assert same is opened
        assert len(same) == 6
    assert repr(opened).endswith(" (closed)>")
    with pytest.raises(UsageError, match="the archive is closed; open it again"):
        opened.search("coal")
    with pytest.raises(UsageError, match="the archive is closed; open it again"):
        opened.refresh()


def test_refresh_reads_new_articles(opened: Archive, corpus: Path) -> None:
    assert opened.refresh() is False
    (corpus / "new.md").write_text("---\ntitle: Zebra crossing\n---\nA zebra.\n", encoding="utf-8")
    before = opened.search("coal trees", match="all")
    assert opened.refresh() is True
    assert len(opened) == 7
    assert [hit.id for hit in opened.search("zebra")] == ["new"]
    assert [hit.id for hit in before] == ["coal-town-plants-trees"]
    assert opened.notices[1:] == ("brought the index up to date: 1 added (7 articles)",)


def test_notices_do_not_pile_up(opened: Archive, corpus: Path) -> None:
    for number in range(120):
        opened._notices.append(f"notice {number}")
    assert len(opened.notices) == 100
    assert opened.notices[-1] == "notice 119"


# search


def test_search_returns_the_hits_asked_for(opened: Archive) -> None:
    hits = opened.search("coal place:Datong", limit=1, sort="oldest")
    assert (len(hits), hits.total, hits.query) == (1, 2, "coal place:Datong")
    [hit] = hits
    assert (hit.rank, hit.id, hit.title) == (1, "coal-town-plants-trees", "Coal town plants trees")
    assert (hit.date, hit.date_from, hit.date_to) == ("2021-07-22/2021-08-31", "2021-07-22", "2021-08-31")
    assert (hit.deck, hit.author, hit.people) == ("Former miners look after a forest", ("Li Min",), ("Zhao Lei",))
    assert hit.edition is None
    assert hit.passage is not None
    assert [hit.passage[mark.start : mark.end] for mark in hit.passages[0].marks][:1] == ["coal"]
    assert opened.search("coal", limit=0).total == 3
    assert not opened.search("coal", limit=0)  # an empty sequence is false
    assert opened.search("coal", passages=False)[0].passages == ()


def test_search_without_query_is_every_article(opened: Archive) -> None:
    everything = opened.search(sort="title")
    assert everything.total == len(everything) == 6
    assert [hit.rank for hit in everything[1:3]] == [2, 3]
    assert opened.search(offset=4, limit=5, sort="title").rows == everything[4:]


def test_search_filters(opened: Archive) -> None:
    assert [hit.id for hit in opened.search(since=date(2023, 1, 1))] == ["old-walls-of-pingyao"]
    assert [hit.id for hit in opened.search("coal", until="2021-06")] == ["taiyuan-paper-in-chinese"]
    assert opened.search("coal trees", match="all").total == 1
    assert opened.search("coal", within=["old-walls-of-pingyao"]).total == 0


def test_search_says_what_it_corrected(opened: Archive) -> None:
    hits = opened.search("minners")
    assert hits.corrections == (Correction("minners", "miners"),)
    assert hits.notes == ("searched for miners instead of minners; write =minners for the word as typed",)
    assert opened.search("minners", correct=False).total == 0


def test_search_without_results_proposes_a_query(opened: Archive) -> None:
    hits = opened.search("zeppelin +place:Pingyao", match="all")
    assert (hits.rows, hits.total) == ((), 0)
    assert hits.notes == ("zeppelin: 0 articles", "place:Pingyao: 1 article")
    assert hits.proposal == QuerySuggestion("place:Pingyao", 1)


# the other methods return what their commands print


def test_rows_are_those_of_the_commands(shanxi: Shanxi, archive: Path) -> None:
    opened = Archive.open()

    def printed(*command: str) -> list[list[str]]:
        return [line.split("\t") for line in shanxi(*command).out.splitlines()]

    assert [[row.article, row.text] for row in opened.figures("exports")] == printed(
        "figures", "exports", "--fields", "article,text"
    )
    assert [[row.unit or "", str(row.figures)] for row in opened.summarize_figures()] == printed(
        "figures", "--group-by", "unit", "--fields", "unit,figures"
    )
    assert [[row.speaker or "", row.sentence] for row in opened.quotes()] == printed(
        "quotes", "--fields", "speaker,sentence"
    )
    assert [[row.value, str(row.articles)] for row in opened.facets("place")] == printed(
        "facets", "place", "--fields", "value,articles"
    )
    assert [[row.period, f"{row.articles}"] for row in opened.timeline("coal", by="year")] == printed(
        "timeline", "coal", "--by", "year", "--fields", "period,articles"
    )
    assert [[row.id, row.match] for row in opened.kwic("coal")] == printed("kwic", "coal", "--fields", "id,match")
    assert [[row.word, str(row.articles)] for row in opened.terms("coal")] == printed(
        "terms", "--prefix", "coal", "--fields", "word,articles"
    )
    assert [[str(row.year), str(row.sentences)] for row in opened.mentioned_years("mine")] == printed(
        "timeline", "--years-mentioned", "mine", "--fields", "year,sentences"
    )
    for style in ("text", "bibtex", "csl-json", "ris", "apa", "chicago"):
        assert opened.cite("coal-town", style=style) == shanxi("cite", "coal-town", "--style", style).out


def test_figures_of_a_unit_and_a_speaker(opened: Archive) -> None:
    [percent] = opened.figures(unit="percent", at_least=12)
    assert (percent.value, percent.unit, percent.dimension) == (12.5, "percent", "percent")
    assert percent.sentence[percent.sentence.index("12.5") :] == "12.5 percent."
    assert opened.figures(by="Zhao Lei").total == 1
    assert opened.figures(by="Nobody").notes == ()


def test_quotes_of_a_kind(opened: Archive) -> None:
    quotes = opened.quotes(by="Zhao", kind="indirect", scope="article")
    assert [(row.speaker, row.organisation, row.basis) for row in quotes] == [
        ("Zhao Lei", "Green Hills Cooperative", "full name")
    ]
    assert opened.quotes(kind="direct").total == 0
    assert [(row.group, row.quotes) for row in opened.summarize_quotes()] == [("Zhao Lei", 1)]
    assert opened.quotes(by="Zhao Ley").notes == ("did you mean Zhao Lei (1)?",)


def test_facets_count_articles(opened: Archive) -> None:
    years = opened.facets("year", "coal")
    assert [(row.value, row.articles, row.query) for row in years] == [("2021", 3, "coal date:2021")]
    assert (years.field, years.articles, years.without) == ("year", 3, 0)
    cities = opened.facets("place", level="city", limit=1)
    assert len(cities) == 1 < cities.total


def test_timeline_says_what_it_left_out(opened: Archive) -> None:
    timeline = opened.timeline(by="year", share=True)
    assert [period.period for period in timeline][-1] == "2023"
    assert timeline[0].among is not None
    assert timeline[0].hits is None
    assert timeline.articles == 6
    assert timeline.latest == shanxi_cli.ArticleReference("2023-05-01", "old-walls-of-pingyao")


def test_similar_and_collocates(opened: Archive) -> None:
    similar = opened.similar("coal-town")
    assert "coal-town-plants-trees" not in [row.id for row in similar]
    assert opened.collocates("coal", least=1).total >= len(opened.collocates("coal", least=1, limit=1)) == 1


def test_conflicts_of_consistent_figures(opened: Archive) -> None:
    assert opened.conflicts().rows == ()


def test_articles_by_ambiguous_id(opened: Archive, corpus: Path) -> None:
    (corpus / "coal-town-again.md").write_text("---\ntitle: Coal town again\n---\n", encoding="utf-8")
    opened.refresh()
    with pytest.raises(AmbiguousArticle) as error:
        opened.article("coal-town")
    assert error.value.candidates == ("coal-town-again", "coal-town-plants-trees")


def test_articles_by_id(opened: Archive) -> None:
    assert [article.id for article in opened.articles(["solar-cells", "coal-town"])] == [
        "solar-cells-for-export",
        "coal-town-plants-trees",
    ]
    with pytest.raises(NoSuchArticle, match="there is no article coal-city"):
        opened.article("coal-city")
    with pytest.raises(NoSuchArticle, match="an id cannot be empty"):
        opened.article("")


# errors


BAD: dict[str, Callable[[Archive], object]] = {
    "sort cannot be 'newst'; did you mean newest?": lambda a: a.search("coal", sort="newst"),
    "match cannot be 'none'; use one of any, all": lambda a: a.search("coal", match="none"),  # type: ignore[arg-type]
    "limit has to be a whole number of 0 or more, not '-1'": lambda a: a.search("coal", limit=-1),
    "offset has to be a whole number of 0 or more, not 'True'": lambda a: a.search("coal", offset=True),
    "width has to be a whole number of 1 or more, not '0'": lambda a: a.kwic("coal", width=0),
    "since takes one date, not a range: 2020..2021": lambda a: a.search(since="2020..2021"),
    "since 2022 is after until 2021": lambda a: a.figures(since="2022", until="2021"),
    "within takes ids, not one text: within=['coal']": lambda a: a.search(within="coal"),
    "ids have to be a list, not one text: ['coal']": lambda a: a.articles("coal"),
    "by is empty": lambda a: a.quotes(by=" "),
    "unit is empty": lambda a: a.figures(unit=""),
    "unit, at_least, at_most: many is no number": lambda a: a.figures(at_least="many"),
    "cannot count by plce; did you mean place?": lambda a: a.facets("plce"),
    "level is for place, not year": lambda a: a.facets("year", level="city"),
    "nothing in this query matches text; add a word, a phrase or a prefix": lambda a: a.kwic("date:2021"),
    "expand changes the order by relevance; leave out sort='newest'": lambda a: a.search(
        "x", sort="newest", expand=True
    ),
}


@pytest.mark.parametrize("message", BAD)
def test_bad_arguments_are_usage_errors(opened: Archive, message: str) -> None:
    with pytest.raises(UsageError) as error:
        BAD[message](opened)
    assert str(error.value) == message


def test_unknown_arguments_are_type_errors(opened: Archive) -> None:
    with pytest.raises(TypeError, match="unknown argument limt; did you mean limit?"):
        opened.search("coal", limt=3)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="unknown argument unit"):
        opened.quotes(unit="percent")  # type: ignore[call-arg]


def test_query_errors_have_their_place(opened: Archive) -> None:
    with pytest.raises(QueryError) as error:
        opened.figures('coal "mine')
    assert (error.value.start, error.value.message) == (5, "this quote is never closed")
    assert isinstance(error.value, ShanxiError)


# rows


def test_rows_are_dictionaries_in_the_order_of_their_fields(opened: Archive) -> None:
    for rows in (opened.search("coal"), opened.figures(), opened.quotes(), opened.facets("place"), opened.timeline()):
        for row in rows:
            assert list(vars(row)) == list(type(row)._fields)


def test_rows_are_frozen_and_can_be_pickled(opened: Archive) -> None:
    hits = opened.search("coal")
    with pytest.raises(AttributeError, match="SearchHit is frozen: title cannot be set"):
        hits[0].title = "another"  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(hits)) == hits
    assert hits == opened.search("coal")
    assert hash(hits) == hash(opened.search("coal"))
    assert repr(hits) == "<HitSequence: 3 of 3 rows>"
    assert hits[0] in hits


def test_rows_become_a_data_frame(opened: Archive) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(map(vars, opened.figures()))
    assert list(frame.columns)[:2] == ["article", "title"]
    assert len(frame) == opened.figures().total


# threads


def test_threads_share_an_archive(opened: Archive) -> None:
    words = ["coal", "solar", "wall", "太原", "trees", "steel"] * 5
    alone = [opened.search(word) for word in words]
    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(opened.search, words)) == alone


def test_queries_of_threads_run_one_after_the_other(opened: Archive) -> None:
    order: list[str] = []
    second = Thread(target=lambda: opened._run(lambda archive: order.append("second")))

    def first(archive: object) -> None:
        second.start()
        second.join(0.05)  # it waits for this query, however long that is
        order.append("first")

    opened._run(first)
    second.join()
    assert order == ["first", "second"]


def test_archives_of_threads_are_their_own(corpus: Path, tmp_path: Path) -> None:
    def find(number: int) -> list[str]:
        folder = articles.write(tmp_path / str(number))
        (folder / f"n{number}.md").write_text(f"---\ntitle: Zebra {number}\n---\n", encoding="utf-8")
        with Archive.open(corpus=folder, index=tmp_path / f"index-{number}") as archive:
            return [hit.title for hit in archive.search("zebra")]

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(find, range(3))) == [["Zebra 0"], ["Zebra 1"], ["Zebra 2"]]
