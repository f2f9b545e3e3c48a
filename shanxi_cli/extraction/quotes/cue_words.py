"""Words of which an attribution has one: to test a set of words costs a tenth of a search by patterns."""

import re

from shanxi_cli.extraction.quotes.lexicon import REPORTING_VERBS, SAYING_VERBS, TELLING_OF_VERBS

_WORD_PATTERN = re.compile(r"[a-z]+")
VERB_CUES = frozenset(
    _WORD_PATTERN.findall(" ".join([*SAYING_VERBS, *REPORTING_VERBS, *TELLING_OF_VERBS])),
) | frozenset("quoted put puts call calls called describe describes described saying telling".split())
_CUES = VERB_CUES | frozenset(
    # as `findall` gives them of words with a capital too: `According`, `Per`
    "according ccording words view opinion per er adding noting explaining stressing"
    " aid ays sked dded dds eplied rote xplained".split()
)


def has_attribution_cue(text: str) -> bool:
    """Return False for English text in which no rule finds an attribution, apart from signatures of quotations."""
    return not _CUES.isdisjoint(_WORD_PATTERN.findall(text))
