"""Furniture of whole pages: letter-spaced names, corrections, figures, small adverts."""

import pytest

from shanxi_cli.segmentation.pipeline import segment_page
from tests.segmentation.test_pipeline import BODY, ONE, only


@pytest.mark.parametrize(
    "box",
    [
        "CORRECTION: The name of the mayor of Guandi was wrong in Tuesday's edition.",
        "WHAT'S ON: Fish supper, Sat 6pm. Bingo, Tue.",
        "GUANDI TYRES\nOil change while you wait. Taiyuan 55019",
        "HK$30m\npaid for the trees\nin the first year",
    ],
    ids=["correction", "events", "advert", "pull-figure"],
)
def test_box_is_dropped_anywhere(box: str) -> None:
    assert only(segment_page(f"{ONE}\n{box}\n")).paragraphs == BODY
    inside = only(segment_page(ONE.replace("The county", f"{box}\n\nThe county")))
    assert (inside.paragraphs, inside.title) == (BODY, "Coal town plants a forest")


def test_letterspaced_masthead_is_dropped() -> None:
    article = only(
        segment_page(f"T H E  W E S T E R N\nG A Z E T T E\nFriday, 6 March 2025   No. 6,211   £1.40\n\n{ONE}")
    )
    assert (article.title, article.date) == ("Coal town plants a forest", "")


def test_year_that_ends_a_sentence_is_no_folio() -> None:
    article = only(segment_page(ONE.replace("until 2030.", "until\n\n2030.")))
    assert article.paragraphs == BODY


def test_quoted_headline_is_kept() -> None:
    article = only(segment_page(ONE.replace("# Coal town plants a forest", "‘If the pit goes,\nso do we’")))
    assert article.title == "‘If the pit goes, so do we’"
