"""Tables as other people keep them: columns in other languages, delimiters, dates, empty cells."""

from pathlib import Path

import pytest

from shanxi_cli.errors import PageError
from shanxi_cli.importers import read_parts
from shanxi_cli.importers.text import ImportedPart

TEXT = "The pass is closed and the ferry waits."


def parts(folder: Path, table: str) -> list[ImportedPart]:
    path = folder / "table.csv"
    path.write_text(table)
    return list(read_parts(str(path)))


@pytest.mark.parametrize(
    "head",
    [
        "title,date,source,author,url,text",
        "Titel;Datum;Zeitung;Autor;Link;Volltext",
        "titre;date;journal;auteur;lien;texte",
        "Título;Fecha;Periódico;Autor;Enlace;Texto",
        "titolo;data_pubblicazione;testata;autore;link;testo",
        "kop\tdatum\tkrant\tauteur\tlink\ttekst",
        "Заголовок|Дата|Источник|Автор|Ссылка|Текст",
        "标题,日期,报纸,作者,链接,正文",
        "article_title,publish date,outlet,author_name,article_url,article_text",
    ],
    ids=["en", "de", "fr", "es", "it", "nl", "ru", "zh", "other-names"],
)
def test_names_of_columns(tmp_path: Path, head: str) -> None:
    mark = next(mark for mark in "\t|;," if mark in head)
    row = mark.join(["Frost", "2021-07-23", "Holm Times", "Lena Fischer", "https://holm.example/1", TEXT])
    [part] = parts(tmp_path, f"{head}\n{row}\n")
    [article] = part.page.articles
    assert (article.title, article.publication, article.author, article.url, article.body) == (
        "Frost",
        "Holm Times",
        ("Lena Fischer",),
        "https://holm.example/1",
        TEXT,
    )
    assert article.date == "2021-07-23"


@pytest.mark.parametrize(
    ("text", "date"), [("31.12.12", "2012-12-31"), ("1.2.69", "1969-02-01"), ("31.12.1912", "1912-12-31")]
)
def test_dates_of_two_digits(tmp_path: Path, text: str, date: str) -> None:
    [part] = parts(tmp_path, f"title,date,text\nFrost,{text},{TEXT}\n")
    assert part.page.articles[0].date == date


def test_row_without_text_is_a_problem_of_its_own(tmp_path: Path) -> None:
    first, second = parts(tmp_path, f"title,text\nFrost,\nThaw,{TEXT}\n")
    assert (first.problem, first.page.dropped) == ("nothing in text; the other rows are read", ("column: title Frost",))
    assert [article.title for article in second.page.articles] == ["Thaw"]


def test_table_without_any_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PageError, match="nothing in text of any row"):
        parts(tmp_path, "title,text\nFrost,\nThaw,\n")
