"""Evidence around a name that it is a person's, a place's or a thing's, each a rule with examples and counter-examples.

A rule looks at the text before a name or behind it. `tests/extraction/names/test_evidence.py` runs the examples of all
rules: `[...]` marks the name.
"""

from shanxi_cli.extraction.quotes.lexicon import (
    CLAUSE_VERBS,
    PERSON_NOUNS,
    SAYING_VERBS,
    TITLE_ALTERNATIVES,
)
from shanxi_cli.util.frozen_record import Record
from shanxi_cli.util.lexicon import load_list, load_terms


class EvidenceRule(Record):
    """A rule: one of `words` ends where the name begins, `before` ends there too, `after` begins where the name ends.

    `words` are in lower case, and a comma and a space may follow; empty for any. `before` and `after` are regular
    expressions, empty for any text.
    """

    name: str
    words: frozenset[str]
    before: str
    after: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]


_ANY: frozenset[str] = frozenset()
ROLE_NOUNS = PERSON_NOUNS | load_terms("extraction/name_roles")
_ROLE_NOUN = "(?:" + "|".join(sorted(ROLE_NOUNS, key=len, reverse=True)) + ")"
_SAYING_VERBS = SAYING_VERBS | CLAUSE_VERBS | {"told", "tells", "tweeted", "asked"}
_SAYING = "(?:" + "|".join(sorted(_SAYING_VERBS)) + ")"
_TITLES = frozenset(title.split()[-1].lower() for title in load_list("extraction/titles"))
_PREPOSITIONS = frozenset("in at from near around outside across throughout into via nearby".split())
_DIRECTIONS = frozenset(
    "north south east west central downtown mainland nearby neighboring neighbouring northern southern eastern western "
    "northeastern northwestern southeastern southwestern".split()
)
_KINDS = frozenset(
    "city town village port capital county province state district region suburb municipality republic kingdom nation "
    "country area of".split()
)

PERSON_RULES = (
    EvidenceRule(
        "role before",
        ROLE_NOUNS | {f"{prefix}-{noun}" for noun in ROLE_NOUNS for prefix in ("vice", "co", "ex", "deputy")},
        "",
        "",
        ("harbour spokesman [Tobias Renn] left", "the founder, [Ida Moss], sold it"),
        ("the shop, [Ida Moss], sold it", "spokesmanship [Ida Moss]"),
    ),
    EvidenceRule(
        "title before",
        _TITLES | {f"{title}." for title in _TITLES},
        rf"(?<![\w-]){TITLE_ALTERNATIVES} \Z",
        "",
        ("a letter to Mrs [Ida Moss] arrived", "Gen. [Ida Moss] left"),
        ("a letter to [Ida Moss] arrived",),
    ),
    EvidenceRule(
        "age behind",
        _ANY,
        "",
        r",? (?:aged |\()?\d{1,2}(?:,| who\b|\)|\.(?!\d))",
        ("[Ida Moss], 41, sold it", "[Ida Moss] (41) sold it"),
        ("[Gala Days], 41 of them", "[Gala Days] 2019"),
    ),
    EvidenceRule(
        "who",
        _ANY,
        "",
        r", (?:who|whose)\b",
        ("[Ida Moss], who sold it",),
        ("[Gala Days], which began",),
    ),
    EvidenceRule(
        "role behind",
        _ANY,
        "",
        r", (?:(?:an?|the|its|his|her|their|another|then|former|also) )?(?:(?!and\b|or\b|but\b)[\w'’.-]+ ){0,5}?"
        rf"(?i:{_ROLE_NOUN})(?! (?:said|of \d))\b(?!['’])",
        ("[Ida Moss], a retired harbour pilot and collector", "[Ida Moss], chief executive of the line"),
        ("[Gala Days], a festival", "[Gala Days], the guests' favourite"),
    ),
    EvidenceRule(
        "party behind",
        _ANY,
        "",
        r",? \((?:[RDI]|Con|Lab|Lib Dem)(?:[-–][\w. ]+)?\)",
        ("[Ida Moss] (D-Ohio) voted", "[Ida Moss] (R) voted"),
        ("[Gala Days] (GD) opened",),
    ),
)
"""Rules that make a name of two words or more a person's."""

SPEECH_RULES = (
    EvidenceRule(
        "speech behind",
        _ANY,
        "",
        rf",? (?:also |later |then |once |further )?{_SAYING}\b",
        ("[Ida Moss] said it", "[Ida Moss] later told the court"),
        ("[Ida Moss] sailed",),
    ),
    EvidenceRule(
        "speech before",
        _SAYING_VERBS,
        rf"(?:[\"”’,] |\A){_SAYING} \Z",
        "",
        ('"It floats," said [Ida Moss]',),
        ("They said [Ida Moss] sailed",),
    ),
)
"""Rules that make a name a person's if something else does too: companies speak as well."""

PLACE_RULES = (
    EvidenceRule(
        "preposition",
        _PREPOSITIONS | _DIRECTIONS,
        rf"(?<![\w-])(?i:{'|'.join(_PREPOSITIONS)})(?: (?:the )?(?:{'|'.join(_DIRECTIONS)}))? \Z",
        "(?! [A-Z])",
        ("born in [Reading] and", "the road from southern [Jordan]", "In [Georgia], voters"),
        ("with [Jordan] and", "in [Reading] Borough"),
    ),
    EvidenceRule(
        "kind before",
        _KINDS,
        rf"(?<![\w-])(?:{'|'.join(_KINDS - {'of'})})(?: of|,)? \Z",
        "(?! [A-Z])",
        ("the port of [Hull] closed", "the town of [Reading]"),
        ("the sound of [Reading]",),
    ),
    EvidenceRule(
        "kind behind",
        _ANY,
        "",
        r"(?:,? the)? (?:city|town|village|county|province|prefecture|district|township|region|state|suburb)(?![\w-])",
        ("[Reading] town centre", "the hills of [Senta] province"),
        ("[Reading] glasses",),
    ),
)
"""Rules that make an ambiguous name a place's. A country behind a comma and a dateline do too: `places`."""

_TRAFFIC = "road|route|way|track|trail|path|highway|railway|train|bus|flight|trip|journey|drive|march|ferry"
_SUMMIT = "died|killed|lost|stranded|trapped|stuck|rescued|fell|snow|camp|avalanche|climbers?|hikers?|walkers?"
_GOODS = (
    "shops?|stores?|branch(?:es)?|outlets?|shares?|brands?|chains?|retailers?|labels?|staff|customers|administrators"
)
_FAILURE = (
    "collapsed|ceased trading|went (?:bust|bankrupt|into administration)|filed for bankruptcy|was (?:founded|listed)"
)
THING_RULES = (
    EvidenceRule(
        "article",
        frozenset(["a", "an"]),
        "",
        r"(?! [A-Z])",
        ("rode a [Ida Moss] home", "wearing an [Ida Moss]"),
        ("rode with [Ida Moss] home", "a [Ida Moss] Hall"),
    ),
    EvidenceRule(
        "way to",
        frozenset(["to", "from", "between"]),
        rf"(?<![\w-])(?i:{_TRAFFIC}) (?:to|from|between) \Z",
        "",
        ("the road to [Ida Moss] was shut", "on a flight from [Ida Moss]"),
        ("a letter to [Ida Moss]", "they spoke to [Ida Moss]"),
    ),
    EvidenceRule(
        "on a height",
        frozenset(["on", "up", "down", "atop", "climb", "climbed", "climbing", "summit"]),
        rf"(?<![\w-])(?:(?:{_SUMMIT}) on|"
        r"(?:went|walk|walked|hiked|way) (?:up|down)|atop|climb(?:ed|ing)?|summit of) \Z",
        "",
        ("hikers died on [Ida Moss]", "they climbed [Ida Moss] in May"),
        ("a film on [Ida Moss]", "they relied on [Ida Moss]"),
    ),
    EvidenceRule(
        "inside",
        frozenset(["in", "near", "around", "outside", "towards"]),
        r"(?<![\w-])(?:born|lives?|lived|living|based|home|homes|held|hotels?|arrived|crash|people|residents) "
        r"(?:in|near|around|outside|towards) \Z",
        "",
        ("a crash near [Ida Moss]", "residents in [Ida Moss] fled"),
        ("they believe in [Ida Moss]",),
    ),
    EvidenceRule(
        "goods of",
        frozenset(["of", "at", "retailer", "chain", "brand", "operator", "maker"]),
        rf"(?<![\w-])(?i:(?:{_GOODS}) (?:of|at)|retailer|chain|brand|operator|maker) \Z",
        "",
        ("shops of [Ida Moss] closed", "the fashion chain [Ida Moss] closed"),
        ("the boat of [Ida Moss] left",),
    ),
    EvidenceRule(
        "goods behind",
        _ANY,
        "",
        rf"(?:['’]s?)? (?:{_GOODS}|motorcycles?|holidays|plc|products)\b",
        ("[Ida Moss] shops closed", "[Ida Moss]'s shares fell"),
        ("[Ida Moss] sold her shares", "[Ida Moss] shopped"),
    ),
    EvidenceRule(
        "failure",
        _ANY,
        "",
        rf",? (?:had |has |have )?(?:{_FAILURE})\b(?! (?:at|on|onto|while|during|after|from|and died)\b)",
        ("[Ida Moss] collapsed in 2019", "[Ida Moss] has ceased trading"),
        ("[Ida Moss] collapsed at home", "[Ida Moss] left in 2019"),
    ),
)
"""Rules that make a full name a company's, a product's or a place's, unless something else makes it a person's."""
