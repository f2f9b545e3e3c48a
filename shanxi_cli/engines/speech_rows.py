"""Rows of the column of quotes: the speech of an article as JSON, read once when the article is indexed.

    [speakers, rows]    each distinct speaker once, as a list of text; a row refers to one by its number

The extractor and the model are imported where they are needed: most searches need neither.
"""

import json
from typing import TYPE_CHECKING, Any

from shanxi_cli.model.article import Article

if TYPE_CHECKING:
    from shanxi_cli.model.quote import Speech


def dump_speech(article: Article) -> bytes:
    """Return the attributed speech of an article as JSON; empty bytes for none."""
    from shanxi_cli.extraction.quotes import read_speech

    speakers: dict[tuple[str, ...], int] = {}
    rows = []
    for speech in read_speech(article.prose, article.people, article.organisations):
        who = speech.speaker
        key = (who.printed, who.name, who.role, who.organisation, who.basis.value)
        number = speakers.setdefault(key, len(speakers))
        place = (speech.paragraph, speech.start, speech.end)
        rows.append([speech.voice.value, speech.rule.value, number, *place, *map(list, speech.said)])
    return json.dumps([list(speakers), rows], ensure_ascii=False, separators=(",", ":")).encode() if rows else b""


def load_speech(value: bytes) -> "tuple[Speech, ...]":
    """Return the speech that `dump_speech` wrote, in the order of the text."""
    if not value:
        return ()
    from shanxi_cli.model.quote import Speaker, SpeakerBasis

    speakers, rows = json.loads(value)
    known = [
        Speaker(printed, name, role, organisation, SpeakerBasis(basis))
        for printed, name, role, organisation, basis in speakers
    ]
    return tuple(_speech_from_row(row, known) for row in rows)


def _speech_from_row(row: list[Any], speakers: list[Any]) -> "Speech":
    from shanxi_cli.model.quote import Speech, SpeechRule, Voice
    from shanxi_cli.model.results import Mark

    voice, rule, speaker, paragraph, start, end, *said = row
    marks = tuple(Mark(*mark) for mark in said)
    return Speech(Voice(voice), SpeechRule(rule), speakers[speaker], paragraph, start, end, marks)
