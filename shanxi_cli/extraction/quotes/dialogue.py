"""Turns of a dialogue: paragraphs that begin with the name of their speaker and a colon.

Mr. Hale: The Government has no such plan.
IDA MOSS: We are ready.
"""

import re
from collections.abc import Sequence

from shanxi_cli.extraction.quotes.lexicon import GIVEN_NAMES, TITLE_ALTERNATIVES
from shanxi_cli.extraction.quotes.noun_phrase import NounPhrase, PhraseKind
from shanxi_cli.extraction.quotes.noun_phrase_parser import parse_noun_phrase
from shanxi_cli.extraction.quotes.person_names import NAME_RUN

_TURN_PATTERN = re.compile(rf"(?P<name>(?:{TITLE_ALTERNATIVES}\s+)?{NAME_RUN}):\s+(?=[^\W_a-z])")
_MAX_NAME = 50
_MIN_TURNS = 2


def find_turns(paragraphs: Sequence[str]) -> dict[int, tuple[NounPhrase, int]]:
    """Return the speaker and the offset of the speech of each paragraph that is a turn; none for one turn alone."""
    turns = {n: turn for n, text in enumerate(paragraphs) if ": " in text[:_MAX_NAME] and (turn := _parse_turn(text))}
    return turns if len(turns) >= _MIN_TURNS else {}


def _parse_turn(text: str) -> tuple[NounPhrase, int] | None:
    """Return the speaker of a titled or full name before a colon, and the offset behind it; None for a heading."""
    match = _TURN_PATTERN.match(text)
    if not match:
        return None
    name = match["name"]
    shown = name.title() if name.isupper() else name
    phrase = parse_noun_phrase(shown, 0)
    if not phrase or phrase.kind is not PhraseKind.NAME:
        return None
    known = phrase.title or (" " in phrase.name and phrase.name.split()[0] in GIVEN_NAMES)
    return (phrase, match.end()) if known else None
