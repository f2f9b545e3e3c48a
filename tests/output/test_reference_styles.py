"""References in the styles of APA and Chicago, and RIS records."""

from dataclasses import dataclass

import pytest

from shanxi_cli.model.article import Article
from shanxi_cli.output.reference_styles import format_apa, format_chicago, format_ris


@dataclass(frozen=True)
class Case:
    """An article, and its reference in both styles."""

    article: Article
    apa: str
    chicago: str


def make_article(**fields: object) -> Article:
    return Article("dam", "Dam holds", "Text.", **fields)  # type: ignore[arg-type]


CASES = {
    "one day": Case(
        make_article(author=("Hale, Nora Jean",), publication="The Ridge Courier", date="2022-06-07", page="A4"),
        "Hale, N. J. (2022, June 7). Dam holds. The Ridge Courier, A4.",
        "Hale, Nora Jean. “Dam holds.” Ridge Courier, June 7, 2022.",
    ),
    "names that are not split": Case(
        make_article(author=("Nora Hale", "Qin Yue"), publication="Ridge Daily", date="2022-06"),
        "Nora Hale, & Qin Yue. (2022, June). Dam holds. Ridge Daily.",
        "Nora Hale, and Qin Yue. “Dam holds.” Ridge Daily, June 2022.",
    ),
    "three authors": Case(
        make_article(author=("Hale, Nora", "Marsh, Jo-Ann", "Qin Yue"), publication="Ridge Daily", date="2022"),
        "Hale, N., Marsh, J.-A., & Qin Yue. (2022). Dam holds. Ridge Daily.",
        "Hale, Nora, Jo-Ann Marsh, and Qin Yue. “Dam holds.” Ridge Daily, 2022.",
    ),
    "no author": Case(
        make_article(publication="Ridge Daily", date="2022-06-07"),
        "Dam holds. (2022, June 7). Ridge Daily.",
        "Ridge Daily. “Dam holds.” June 7, 2022.",
    ),
    "nothing but a title": Case(make_article(), "Dam holds. (n.d.).", "“Dam holds.” N.d."),
    "days in two months": Case(
        make_article(author=("Qin Yue",), publication="Ridge Daily", date="2022-06-07/2022-07-02"),
        "Qin Yue. (ca. 2022, June 7–July 2). Dam holds. Ridge Daily.",
        "Qin Yue. “Dam holds.” Ridge Daily, ca. June 7–July 2, 2022.",
    ),
    "days in one month": Case(
        make_article(publication="Ridge Daily", date="2022-06-07/2022-06-09"),
        "Dam holds. (ca. 2022, June 7–9). Ridge Daily.",
        "Ridge Daily. “Dam holds.” Ca. June 7–9, 2022.",
    ),
    "days in two years": Case(
        make_article(publication="Ridge Daily", date="2021-12-30/2022-01-02"),
        "Dam holds. (ca. 2021, December 30–2022, January 2). Ridge Daily.",
        "Ridge Daily. “Dam holds.” Ca. December 30, 2021–January 2, 2022.",
    ),
    "a quarter": Case(
        make_article(publication="Ridge Daily", date="2021-34"),
        "Dam holds. (ca. 2021, April–June). Ridge Daily.",
        "Ridge Daily. “Dam holds.” Ca. April–June 2021.",
    ),
    "an uncertain year": Case(
        make_article(publication="Ridge Daily", date="2021~"),
        "Dam holds. (ca. 2021). Ridge Daily.",
        "Ridge Daily. “Dam holds.” Ca. 2021.",
    ),
    "a decade": Case(
        make_article(publication="Ridge Daily", date="199X"),
        "Dam holds. (ca. 1990–1999). Ridge Daily.",
        "Ridge Daily. “Dam holds.” Ca. 1990–1999.",
    ),
    "an open end": Case(
        make_article(publication="Ridge Daily", date="2021-04-03/.."),
        "Dam holds. (ca. 2021). Ridge Daily.",
        "Ridge Daily. “Dam holds.” Ca. 2021.",
    ),
    "retelling": Case(
        make_article(publication="Ridge Daily", date="2022-06-07", edition="retelling", page="004"),
        "Dam holds [Retelling of a newspaper article]. (2022, June 7). Ridge Daily.",
        "Ridge Daily. “Dam holds.” June 7, 2022. Cited from a retelling of the newspaper's article, not its own words.",
    ),
    "question with quotation marks": Case(
        Article("dam", "Will the “old” dam hold?", "Text.", publication="Ridge Daily", date="2022"),
        "Will the “old” dam hold? (2022). Ridge Daily.",
        "Ridge Daily. “Will the ‘old’ dam hold?” 2022.",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_references(case: Case) -> None:
    assert format_apa([case.article]) == f"{case.apa}\n"
    assert format_chicago([case.article]) == f"{case.chicago}\n"


def test_many_authors_are_shortened() -> None:
    names = tuple(f"Hale{number}" for number in range(1, 23))
    apa = format_apa([make_article(author=names)])
    assert apa.startswith("Hale1, Hale2, ")
    assert ", Hale19, . . . Hale22. (n.d.)" in apa
    assert "Hale20" not in apa
    assert format_chicago([make_article(author=names)]).startswith(
        "Hale1, Hale2, Hale3, Hale4, Hale5, Hale6, Hale7, et al. “Dam holds.”"
    )


def test_ris_record() -> None:
    article = make_article(
        author=("Hale, Nora", "Qin Yue"),
        publication="Ridge Daily",
        section="Valley",
        date="2022-06-07",
        page="7",
        language="en",
        keywords=("dams", "floods"),
    )
    assert format_ris([article, make_article(date="2022-06/2022-07")]) == (
        "TY  - NEWS\nID  - dam\nTI  - Dam holds\nAU  - Hale, Nora\nAU  - Qin Yue\nT2  - Ridge Daily\n"
        "SE  - Valley\nSP  - 7\nPY  - 2022\nDA  - 2022/06/07\nLA  - en\nKW  - dams\nKW  - floods\nER  - \n"
        "\n"
        "TY  - NEWS\nID  - dam\nTI  - Dam holds\nPY  - 2022\nN1  - EDTF date: 2022-06/2022-07.\nER  - \n"
    )


def test_no_value_adds_a_tag_to_a_ris_record() -> None:
    article = Article("dam", "Dam holds\nER  - ", "Text.", keywords=("a\r\nTY  - BOOK",))
    assert format_ris([article]).splitlines() == [
        "TY  - NEWS",
        "ID  - dam",
        "TI  - Dam holds ER  -",
        "KW  - a TY  - BOOK",
        "ER  - ",
    ]
