"""British spellings: which words are stemmed as American ones, and which stay."""

import pytest

from shanxi_cli.analysis.american_spelling import american_spelling
from shanxi_cli.analysis.tokenizer import tokenize

PAIRS = """
    colour/color neighbourhoods/neighborhoods honourable/honorable favourites/favorites watercolours/watercolors
    organised/organized modernisation/modernization urbanising/urbanizing privatises/privatizes
    recognisable/recognizable
    analysed/analyzed paralysing/paralyzing catalyser/catalyzer
    centre/center theatres/theaters centred/centered kilometres/kilometers fibre/fiber epicentre/epicenter
    defence/defense licences/licenses practised/practiced programme/program programmes/programs
    catalogued/cataloged dialogues/dialogs grey/gray ploughing/plowing aluminium/aluminum manoeuvred/maneuvered
    haemoglobin/hemoglobin paediatrician/pediatrician sulphurous/sulfurous
""".split()

KEPT = """
    exercise advertised unsurprising disenfranchised promises enterprises supervisor televised precise likewise raised
    cruise noise metropolises premises rising sunrise acre genre fire fired massacre here four tour course contour
    greyhound programmer chilling tyrant analysis
""".split()


@pytest.mark.parametrize("pair", PAIRS)
def test_american_spelling(pair: str) -> None:
    british, american = pair.split("/")
    assert american_spelling(british) == american
    assert american_spelling(american) == american


@pytest.mark.parametrize("word", KEPT)
def test_american_spelling_keeps_other_words(word: str) -> None:
    assert american_spelling(word) == word


def test_stem_is_american_and_word_is_as_written() -> None:
    assert [token[:2] for token in tokenize("Labour's colours")] == [("labour", "labor"), ("colours", "color")]
