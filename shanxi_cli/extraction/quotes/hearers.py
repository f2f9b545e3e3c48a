"""Hearers behind a verb of telling: `told reporters that`, `told Norland Radio it grew`."""

import re

from shanxi_cli.extraction.quotes.lexicon import PLURAL_PERSON_NOUNS
from shanxi_cli.extraction.quotes.person_names import CAPITALISED_WORD, INITIALS
from shanxi_cli.extraction.quotes.quotation_marks import MASK_CHARACTER

_LISTENERS = (
    "police|media|press|radio|television|TV|parliament|court|congress|staff|crowds?|audience|us|me|him|her|them|you|"
    "jurors|jury|inquest|inquiry|hearing|tribunal|commission|committee|council|conference|meeting|newspaper|paper|"
    "magazine|website|station|channel|network|agency|programme|program|show|podcast|outlet|publication|house|senate|"
    "cabinet|board|panel|judge|delegates|wire|service|broadcaster|forum|summit|rally|broadcast|interviewer"
)
_OBJECT_PATTERN = re.compile(
    r"\s+(?:us|me|him|her|them|you|(?:the\s+)?(?:reporters?|media|press|journalists?|newspaper)|"
    r"(?:the\s+)?[A-Z][\w-]*(?:\s+[A-Z][\w-]*){0,3}|(?:an?|the|his|her|their|its|this|our)\s+[\w\s'’-]{3,40}?(?:\s\ue000+)?)"
    r"(?=\s+(?:that|how|why|on|in|at|during|after|via|last|this|earlier|when|where|whether|what|near|outside|before|while|as|over|about)\b|[,.:;]|\Z)"
)
_NO_ADJECTIVES = "he|she|it|they|that|this|there|on|in|at|of|to|for|with|by|from|and|or|as"
_PEOPLE = "|".join(sorted(noun for noun in PLURAL_PERSON_NOUNS if noun.isalpha()))
_LISTENER_PATTERN = re.compile(
    rf"\s+(?:(?:U\.S\.|(?!(?:{_NO_ADJECTIVES})\b)[a-z-]+|[A-Z][\w'’-]+)\s+){{0,3}}"
    rf"(?:{_LISTENERS}|{_PEOPLE}|AFP|AP|BBC|CNN|Reuters|Xinhua)(?=\s+[a-z0-9A-Z$£€])"
)
"""Hearers whose clause may come without `that`: `told police he saw nobody`."""
_CLAUSE_BEGIN = (
    r"(?:he|she|it|they|there|the|an?|his|her|its|their|this|that|these|those|we|I|you|no|some|many|most|more|how|why|"
    r"what|whether|if|who|when|where)\b"
)
_OCCASION_BEGIN = r"(?:on|in|at|last|this|during|after|via|by|from|through|earlier|late|over|before|yesterday|today)\b"
_NAMED_PATTERN = re.compile(
    rf"\s+(?:the\s+)?(?:{CAPITALISED_WORD}|{INITIALS}|{MASK_CHARACTER}+)"
    rf"(?:\s+(?:(?:of|for|and|&|from|at|on)\s+(?:the\s+)?)?(?:{CAPITALISED_WORD}|{INITIALS}|\d+|{MASK_CHARACTER}+"
    r"|(?:radio|television|news|newspaper|magazine|programme|program|show|website|host|anchor|reporter|agency)\b)){0,6}"
    rf"(?=\s+(?:{_CLAUSE_BEGIN}|{_OCCASION_BEGIN})|\s*[,.:;]|\s*\Z)"
)
"""A hearer with a name: `the Norland Times`, `Fox 35`, `CNN's Ida Moss`, `ABC's “Good Day”`."""


def find_hearer_end(text: str, at: int) -> int:
    """Return the end of the hearer that begins at `at`, behind a verb of telling; -1 for none."""
    for pattern in (_LISTENER_PATTERN, _NAMED_PATTERN, _OBJECT_PATTERN):
        match = pattern.match(text, at)
        if match:
            return match.end()
    return -1
