"""Documents that speak: `the statement` is of who has issued it, `the report` stands for itself."""

import re
from collections.abc import Callable, Sequence

from shanxi_cli.extraction.quotes.article_speakers import ArticleSpeakers
from shanxi_cli.extraction.quotes.noun_phrase import NounPhrase, PhraseKind
from shanxi_cli.extraction.quotes.noun_phrase_parser import find_phrase_before
from shanxi_cli.extraction.quotes.people_index import TextPosition

_ISSUED_DOCUMENTS = frozenset("statement letter email e-mail memo memorandum message note release post tweet".split())
"""Documents in which somebody speaks."""
_MAX_PARAGRAPHS = 3
_MAX_CHARACTERS = 200
_ARTICLE = "(?:an?|the|his|her|its|their)"
_ISSUED = "(?:issued|released|published|put out|sent|posted|made|shared|wrote|signed|read)"


def find_document_speaker(
    noun: str,
    place: TextPosition,
    paragraphs: Sequence[str],
    speakers: ArticleSpeakers,
    resolve: Callable[[NounPhrase, TextPosition], str],
) -> str:
    """Return who speaks in the document `noun` before a place: who said something in it, or has issued it.

    An empty string for none. `resolve` returns the name of who a phrase at a place refers to.
    """
    if noun not in _ISSUED_DOCUMENTS:
        return ""
    spoken = re.compile(rf"\b(?:in|{_ISSUED}) {_ARTICLE} (?:[\w-]+ ){{0,2}}{noun}\b")
    for (paragraph, at), name in speakers.latest_first():
        if paragraph < place[0] - _MAX_PARAGRAPHS:
            break
        if spoken.search(paragraphs[paragraph], max(0, at - _MAX_CHARACTERS), at + _MAX_CHARACTERS):
            return name
    issued = re.compile(rf"\s{_ISSUED}\s{_ARTICLE}\s(?:[\w-]+\s){{0,3}}{noun}\b")
    for number in range(place[0], max(-1, place[0] - _MAX_PARAGRAPHS), -1):
        text = paragraphs[number][: place[1] if number == place[0] else None]
        match = issued.search(text)
        issuer = find_phrase_before(text, match.start()) if match else None
        if issuer and issuer.kind in (PhraseKind.NAME, PhraseKind.ORGANISATION):
            return resolve(issuer, (number, issuer.start))
    return ""
