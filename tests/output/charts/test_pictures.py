"""Pictures: valid XML, words escaped, colours with enough contrast, and what a reader without eyes is told."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from shanxi_cli.extraction.quantities import read_quantities
from shanxi_cli.model.article import Article
from shanxi_cli.model.quantity import Figure
from shanxi_cli.model.views import Facet, Facets, Timeline, TimelineBucket
from shanxi_cli.output.charts.bars import draw_facets, draw_timeline
from shanxi_cli.output.charts.canvas import Canvas
from shanxi_cli.output.charts.dots import draw_figures, stack_figures
from shanxi_cli.output.charts.styles import DARK, LIGHT, format_file_style

HOSTILE = "</svg><script>alert(1)</script>\x1b[31m & \u202e"


def words(picture: Canvas) -> list[str]:
    return [text.text or "" for text in shapes(picture, "text")]


def shapes(picture: Canvas, tag: str) -> list[ElementTree.Element]:
    root = ElementTree.fromstring(picture.to_svg())  # ours
    return root.findall(f".//{{http://www.w3.org/2000/svg}}{tag}")


def timeline(*articles: float, uncertain: int = 0) -> Timeline:
    buckets = tuple(TimelineBucket(f"{2001 + n}", 0, 1, number, uncertain) for n, number in enumerate(articles))
    return Timeline(buckets, int(sum(articles)), 0, 0, 0)


def test_a_timeline_has_a_bar_for_each_period_with_articles() -> None:
    picture = draw_timeline(timeline(4, 0, 1), "Articles by period: kiln")
    bars = [bar for bar in shapes(picture, "rect") if bar.get("class") == "bar"]
    assert [float(bar.get("height") or 0) / float(bars[1].get("height") or 1) for bar in bars] == [4.0, 1.0]
    assert words(picture)[0] == "Articles by period: kiln"
    label = 'aria-label="Articles by period: kiln: 5 articles from 2001 to 2003, most in 2001: 4 articles"'
    assert label in picture.to_svg()


def test_uncertain_dates_are_pale_and_said_to_be() -> None:
    picture = draw_timeline(timeline(0.5, 0.5, uncertain=1), "Kiln")
    assert {bar.get("class") for bar in shapes(picture, "rect")} == {"bar-uncertain"}
    assert words(picture)[-1] == "pale: with articles whose date is uncertain, shared between their periods"


def test_labels_of_many_periods_do_not_touch() -> None:
    picture = draw_timeline(timeline(*[1.0] * 300), "Years")
    years = [text for text in shapes(picture, "text") if re.fullmatch(r"\d{4}", text.text or "")]
    places = [float(text.get("x") or 0) for text in years]
    assert all(after - before > 28 for before, after in pairwise(places[:-1]))


def test_facets_have_a_bar_and_a_number_for_each_value() -> None:
    rows = (Facet("Datong", 1200, "", ""), Facet("Taiyuan", 300, "", "", derived=300))
    picture = draw_facets(Facets("place", rows, 2, 1300, 0), "Places")
    assert words(picture) == ["Places", "Datong", "1,200", "Taiyuan", "300"]
    notes = [note.text for note in shapes(picture, "title")]
    assert notes == ["Datong: 1,200 articles", "Taiyuan: 300 articles; 300 of them derived from the text"]


def test_a_long_name_is_cut_and_whole_in_its_note() -> None:
    name = "Office for the Conservation of Old Kilns, Wells and Ice Houses"
    picture = draw_facets(Facets("org", (Facet(name, 1, "", ""),), 1, 1, 0), "Organisations")
    assert words(picture)[1].endswith("…")
    assert len(words(picture)[1]) < len(name)
    assert [note.text for note in shapes(picture, "title")] == [f"{name}: 1 article"]


def figures(*sentences: str, date: str = "2021-05-04") -> list[Figure]:
    body = " ".join(sentences)
    article = Article("kilns", "Kilns", body, date=date)
    return [Figure(article, 0, body, 0, len(body), quantity) for quantity in read_quantities(body, None)]


def test_figures_of_one_unit_make_a_picture() -> None:
    pictures = draw_figures(figures("In 2019 it made 30 tonnes of salt.", "In 2020 it made 45 tonnes of salt."))
    assert [words(picture)[0] for picture in pictures] == ["t (2 figures)"]
    assert [dot.get("class") for dot in shapes(pictures[0], "circle")] == ["dot", "dot"]


def test_a_figure_without_a_period_is_a_ring_at_the_date_of_its_article() -> None:
    [picture] = draw_figures(figures("It made 30 tonnes of salt.", "In 2020 it made 45 tonnes of salt."))
    assert sorted(dot.get("class") or "" for dot in shapes(picture, "circle")) == ["dot", "dot-open"]
    assert words(picture)[-1].startswith("rings: the text names no period")


@pytest.mark.parametrize(
    "sentences",
    [
        pytest.param(["In 2019 it sold for 3 million yuan.", "In 2020 for 5 million dollars."], id="currencies"),
        pytest.param(["In 2019 it had 30 kilns.", "In 2020 it had 45 wells."], id="counts of different things"),
        pytest.param(["In 2019 it lasted 3 hours.", "In 2020 it lasted 5 hours."], id="durations"),
        pytest.param(["In 2019 it made 3 tonnes."], id="one figure"),
        pytest.param([], id="none"),
    ],
)
def test_figures_that_cannot_be_compared_make_none(sentences: list[str]) -> None:
    pictures = draw_figures(figures(*sentences, date=""))
    assert pictures == []
    assert words(stack_figures(pictures, "Salt"))[1] == "no two figures have the same unit and a period"


@pytest.mark.parametrize(
    "picture",
    [
        draw_timeline(timeline(1), HOSTILE),
        draw_facets(Facets("place", (Facet(HOSTILE, 1, "", ""),), 1, 1, 0), HOSTILE),
        stack_figures(draw_figures(figures("In 2019 it made 30 t of salt.", "In 2020 40 t of salt.")), HOSTILE),
    ],
    ids=["timeline", "facets", "figures"],
)
def test_hostile_words_stay_words(picture: Canvas) -> None:
    svg = picture.to_svg(format_file_style())
    assert "<script" not in svg
    assert "\x1b" not in svg
    assert not [element for element in ElementTree.fromstring(svg).iter() if element.tag.endswith("script")]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by WCAG 2.2."""
    lights = sorted(map(luminance, (one, other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def luminance(color: str) -> float:
    parts = [int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
def test_colours_have_enough_contrast(colors: dict[str, str]) -> None:
    for name in ("ink", "muted"):
        assert contrast(colors[name], colors["ground"]) >= 4.5, name
    for name in ("shape", "pale"):
        assert contrast(colors[name], colors["ground"]) >= 3, name
