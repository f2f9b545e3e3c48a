"""Captions that a page has cut or put where they are hard to tell, and stories that are only a caption."""

import pytest

from shanxi_cli.model import Caption
from shanxi_cli.pages.split import split
from tests.pages.test_split import BODY, CAPTION, CREDIT, ONE, only


@pytest.mark.parametrize("cut", [" / ", " / FOR ", " / FOR CHINA "])
def test_a_credit_that_a_column_break_has_cut(cut: str) -> None:
    first, rest = CREDIT.split(cut)
    article = only(split(f"{CAPTION} {first}{cut.rstrip()}\n\n{rest}\n\n{ONE}"))
    assert article.captions == (Caption(CAPTION, CREDIT),)
    assert article.paragraphs == BODY


def test_what_points_to_a_picture_between_a_part_and_the_next_article() -> None:
    cut = ONE.replace("to keep paying until 2030.\n\nSun Yu contributed to this story.\n", "to keep")
    shown = "Wu Gang (right) shows a sapling to visitors."
    other = "# Mill grinds on\n\nBy SUN YU\n\nThe mill is open again.\n\npaying until 2030.\n\nIt has two stones.\n"
    first, second = split(f"{cut}\n\n{shown}\n\n{other}").articles
    assert first.paragraphs == BODY
    assert second.paragraphs == ["The mill is open again.", "It has two stones."]
    assert Caption(shown) in first.captions


def test_pictures_between_headline_and_byline_make_no_story_of_their_own() -> None:
    above = f"Above: {CAPTION} {CREDIT} Left: A miner digs a hole. {CREDIT}"
    page = ONE.replace("Former miners look after a million saplings", above).replace("# ", "")
    article = only(split(page))
    assert article.title == "Coal town plants a forest"
    assert article.author == ("ZHAO PENGFEI",)
    assert article.paragraphs == BODY
    assert len(article.captions) == 2
