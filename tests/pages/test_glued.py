"""What stands in one line with text: a byline behind its headline, contributors behind the last sentence."""

import pytest

from shanxi_cli.pages.split import split
from tests.pages.test_split import BODY, ONE, only


@pytest.mark.parametrize("printed", ["By ZHAO PENGFEI", "By ZHAO PENGFEI in Xinzhou", "By Zhao Pengfei"])
def test_a_byline_in_the_line_of_its_headline(printed: str) -> None:
    page = ONE.replace("\n\nFormer miners look after a million saplings\n\nBy ZHAO PENGFEI", f" {printed}")
    article = only(split(page))
    assert article.title == "Coal town plants a forest"
    assert [name.upper() for name in article.author] == ["ZHAO PENGFEI"]
    assert article.paragraphs == BODY


@pytest.mark.parametrize("headline", ["Farms Saved By Rain And Luck", "Bridge by Tom Lee is still the longest"])
def test_a_headline_that_has_a_by_of_its_own(headline: str) -> None:
    article = only(split(ONE.replace("Coal town plants a forest", headline)))
    assert (article.title, article.author) == (headline, ("ZHAO PENGFEI",))


def test_contributors_behind_the_last_sentence() -> None:
    article = only(split(ONE.replace("until 2030.\n\n", "until 2030. ")))
    assert (article.contributors, article.paragraphs) == (("Sun Yu",), BODY)


def test_a_sentence_about_what_somebody_contributed_stays_text() -> None:
    last = BODY[-1] + " Sun Yu contributed 400 yuan to the fund."
    article = only(split(ONE.replace(BODY[-1], last)))
    assert article.paragraphs == [*BODY[:-1], last]


@pytest.mark.parametrize(
    ("printed", "mended"),
    [("t 9 am, the pit falls silent.", "At 9 am"), ("t the foot of the hill, a pit fell silent.", "At the foot")],
)
def test_the_letter_that_can_only_be_a_preposition(printed: str, mended: str) -> None:
    article = only(split(ONE.replace(BODY[0], printed)))
    assert article.paragraphs[0].startswith(mended)


def test_the_line_that_tells_whose_the_page_is() -> None:
    assert only(split(ONE + "\n© The Western Gazette. All rights reserved.\n")).paragraphs == BODY
