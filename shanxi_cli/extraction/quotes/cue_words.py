"""Words of which an attribution has one: to test a set of words costs a tenth of a search by patterns."""

from collections.abc import Iterable

from shanxi_cli.analysis.text_runs import lower_runs
from shanxi_cli.extraction.quotes.lexicon import REPORTING_VERBS, SAYING_VERBS, TELLING_OF_VERBS
from shanxi_cli.util.lexicon import load_terms

VERB_CUES = SAYING_VERBS | REPORTING_VERBS | frozenset("aid ays sked dded dds eplied rote xplained".split())
"""Verbs of saying as `read_words` gives them, with or without a capital."""
TELLING_CUES = TELLING_OF_VERBS | frozenset(
    "quoted put puts called calls described describes went goes shot fired hit shouted yelled snapped chimed "
    "cut express expressed expresses voice voiced voices gave gives conveyed repeated stated offered".split()
)
PARTICIPLES = load_terms("extraction/saying_participles")
WORDS_CUES = frozenset(["words", "view", "opinion"])
ACCORDING_CUES = WORDS_CUES | frozenset(["according", "ccording", "per", "er"])
_CUES = VERB_CUES | TELLING_CUES | PARTICIPLES | ACCORDING_CUES


def read_words(text: str) -> list[str]:
    """Return the words of a text that are in lower case; of others, the letters behind the capital."""
    return lower_runs(text)


def has_attribution_cue(words: Iterable[str]) -> bool:
    """Return False for the words of English text in which no rule finds an attribution but that of a signature."""
    return not _CUES.isdisjoint(words)
