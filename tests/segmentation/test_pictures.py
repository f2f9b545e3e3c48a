"""Captions that a page has cut or put where they are hard to tell, and stories that are only a caption."""

import pytest

from shanxi_cli.model.article import Caption
from shanxi_cli.segmentation.pipeline import segment_page
from tests.segmentation.test_pipeline import BODY, CAPTION, CREDIT, ONE, only


@pytest.mark.parametrize("cut", [" / ", " / FOR ", " / FOR CHINA "])
def test_a_credit_that_a_column_break_has_cut(cut: str) -> None:
    first, rest = CREDIT.split(cut)
    article = only(segment_page(f"{CAPTION} {first}{cut.rstrip()}\n\n{rest}\n\n{ONE}"))
    assert article.captions == (Caption(CAPTION, CREDIT),)
    assert article.paragraphs == BODY


def test_what_points_to_a_picture_between_a_part_and_the_next_article() -> None:
    cut = ONE.replace("to keep paying until 2030.\n\nSun Yu contributed to this story.\n", "to keep")
    shown = "Wu Gang (right) shows a sapling to visitors."
    other = "# Mill grinds on\n\nBy SUN YU\n\nThe mill is open again.\n\npaying until 2030.\n\nIt has two stones.\n"
    first, second = segment_page(f"{cut}\n\n{shown}\n\n{other}").articles
    assert first.paragraphs == BODY
    assert second.paragraphs == ["The mill is open again.", "It has two stones."]
    assert Caption(shown) in first.captions


def test_pictures_between_headline_and_byline_make_no_story_of_their_own() -> None:
    above = f"Above: {CAPTION} {CREDIT} Left: A miner digs a hole. {CREDIT}"
    page = ONE.replace("Former miners look after a million saplings", above).replace("# ", "")
    article = only(segment_page(page))
    assert article.title == "Coal town plants a forest"
    assert article.author == ("ZHAO PENGFEI",)
    assert article.paragraphs == BODY
    assert len(article.captions) == 2


def test_a_photo_story_in_two_paragraphs() -> None:
    first = "Villagers carry lanterns past the old drum tower in Xinzhou."
    last = "On the first evening, the stalls sold 300 bowls of noodles."
    story = segment_page(f"{ONE}\n# Lanterns light up the tower\n\n{first}\n\n{last} {CREDIT}\n").articles[1]
    assert story.paragraphs == [f"{first} {last}"]
    assert story.captions == (Caption(f"{first} {last}", CREDIT),)


def test_the_picture_behind_a_photo_story_is_not_its_own() -> None:
    shown, other = "Girls race ponies over 25 kilometers of grass.", "Roses bloom in front of a museum in Hohhot."
    page = f"{ONE}\n# Small riders\n\n{shown} {CREDIT}\n\n{other} WANG PU / XINHUA\n"
    assert [article.paragraphs for article in segment_page(page).articles] == [BODY, [shown]]


def test_the_only_part_and_the_only_rest_of_a_page() -> None:
    cut = ONE.replace("on the hills above the old pit.", "on the hills")
    other = "# Mill grinds on\n\nBy SUN YU\n\nThe mill is open again.\n\nabove the old pit.\n\nIt has two stones.\n"
    first, second = segment_page(f"{cut}\n\n{other}").articles
    assert (first.paragraphs, second.paragraphs) == (BODY, ["The mill is open again.", "It has two stones."])


def test_a_paragraph_cut_before_a_figure() -> None:
    article = only(
        segment_page(ONE.replace("The county pays 3,000", f"The county pays\n\n{CAPTION} {CREDIT}\n\n3,000"))
    )
    assert article.paragraphs[:2] == BODY[:2]
    assert article.paragraphs[2] != BODY[2]  # three words are no half of a sentence for sure
    long = "The county, which has no other work for them, pays 3,000 yuan a month for the work."
    article = only(
        segment_page(ONE.replace(BODY[2], long.replace("pays 3,000", f"pays\n\n{CAPTION} {CREDIT}\n\n3,000")))
    )
    assert article.paragraphs == [*BODY[:2], long]


def test_what_the_newspaper_says_of_a_series_under_the_byline_of_an_essay() -> None:
    told = "In Letters From the Hills, a series of this page, readers write about the places where they grew up."
    essay = f"# My wall\n\nBy TOM LISLE\n\n{told}\n\nI moved to Xinzhou in spring.\n\nThe wall was mine.\n"
    article = only(segment_page(essay))
    assert (article.deck, article.paragraphs[0]) == (told, "I moved to Xinzhou in spring.")
    report = essay.replace("I moved", "He moved").replace("mine", "his")
    assert only(segment_page(report)).paragraphs[0] == told


@pytest.mark.parametrize("agency", ["AAP", "GNA", "SWNS"])
def test_an_agency_of_another_country_signs(agency: str) -> None:
    assert only(segment_page(ONE.replace("Sun Yu contributed to this story.", agency))).paragraphs == BODY
