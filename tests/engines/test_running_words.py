"""Words of the running text of an article with their positions."""

from shanxi_cli.analysis.document_fields import POSITION_GAP, ZONES
from shanxi_cli.engines.running_words import read_running_words
from shanxi_cli.model.article import Article

BODY = ZONES["body"].start


def test_running_words_have_zones_gaps_and_paragraph_ends() -> None:
    article = Article(id="a", title="Coal", keywords=("new mines", "steel"), body="Mines closed.\n\nCoal mines.")
    keyword = ZONES["keyword"].start
    read = read_running_words(article)
    assert read.length == 8
    assert dict(read.words) == {
        "coal": [0, BODY + 3],
        "new": [keyword],
        "mines": [keyword + 1, BODY, BODY + 4],
        "steel": [keyword + 1 + POSITION_GAP],
        "closed": [BODY + 1],
    }
    assert dict(read.stems)["mine"] == [keyword + 1, BODY, BODY + 4]


def test_running_words_give_an_acronym_the_position_of_its_common_word() -> None:
    read = read_running_words(Article(id="a", title="T", body="They told us that the US buys it."))
    assert (read.words["US"], read.words["us"]) == ([BODY + 5], [BODY + 2, BODY + 5])
    assert read.stems["us"] == [BODY + 2, BODY + 5]
    assert "US" not in read.stems
    assert read.length == 9
