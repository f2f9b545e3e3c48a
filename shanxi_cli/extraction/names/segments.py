"""Segments: the runs of capitalised words of a text, cut where one name ends and the next begins.

Serbia's Novak Djokovic      two segments: a possessive ends a name, except inside an organisation's (People's Bank)
In Kabul, But John Smith     a function word that is capitalised at the start of a sentence belongs to no name
Last Tuesday Reuters         days and months belong to none either
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from shanxi_cli.extraction.quotes.lexicon import FUNCTION_WORDS, PREPOSITIONS
from shanxi_cli.extraction.quotes.person_names import CAPITALISED_WORD, PARTICLES
from shanxi_cli.util.lexicon import load_terms

_CAPITAL = CAPITALISED_WORD[: CAPITALISED_WORD.index("]") + 1]
_ABBREVIATED_TITLES = (
    "Mr Mrs Ms Dr Prof Gov Sen Sens Rep Reps Lt Col Gen Capt Sgt Rev Hon St Maj Cmdr Adm Supt Insp Det Cpl Pvt "
    "Pres Atty Messrs"
).split()
_TITLE_STOP = "|".join(rf"(?<=\b{title}\.)" for title in _ABBREVIATED_TITLES)
_REST = rf"(?:\.(?:{_CAPITAL}\.)*(?:-{_CAPITAL}\.)?(?!\w)|[\w&]*(?:['’-]\w+)*['’]?(?:\.(?:{_TITLE_STOP}))?)"
"""The rest of a word behind its capital: initials with full stops, or letters."""
_RUN = re.compile(
    rf"{_CAPITAL}(?<![\w@#/’'.-]{_CAPITAL}){_REST}"
    rf"(?:[ \u00a0](?:{PARTICLES} |& )?(?:[dl]['’]|(?:al|el)-)?{_CAPITAL}{_REST})*(?:,? [JS]r\b\.?)?(?!@)"
)
_POSSESSIVE = re.compile(r"['’]s?\Z")
_INNER_POSSESSIVES = frozenset(
    "people's women's men's children's sheriff's governor's attorney's magistrate's magistrates' teachers' workers' "
    "farmers' writers' veterans' lloyd's queen's king's mayor's prosecutor's coroner's students' players'".split()
)
"""Possessives inside the names of organisations: People's Bank, Sheriff's Department."""
_NAME_BREAKS = (
    FUNCTION_WORDS
    | PREPOSITIONS
    | load_terms("analysis/months")
    | load_terms("analysis/weekdays")
    | frozenset(
        "i i'm i've i'd i'll i’m i’ve i’d i’ll it's it’s we're we’re last next former ex late yes no oh".split()
    )
) - frozenset("may march june april august will us today".split())
_SENTENCE_START = re.compile(r"(?:\A|[.!?:;…\n—–-]|\A[\"“‘'(\[]+|[.!?:;\n ,][\"“‘'(\[]+)[ \"“‘'(\[]*\Z")
_OPENING_WORDS = frozenset(["will", "may", "can", "could", "would", "should", "does", "did"])
_MAX_HEADING = 120
_SURNAMES = load_terms("analysis/surnames")
"""Family names in pinyin: in `Liu He` the second word is no pronoun."""


class Segment(NamedTuple):
    """Capitalised words in a row, without a possessive ending: `words`, and their half-open range in the text.

    `possessive` is True if the text has that ending.
    """

    words: tuple[str, ...]
    start: int
    end: int
    possessive: bool

    @property
    def name(self) -> str:
        """The words with single spaces."""
        return " ".join(self.words)


def opens_sentence(text: str, start: int) -> bool:
    """Return True if a sentence begins at `start`, where a word may be capitalised for that reason alone."""
    return bool(_SENTENCE_START.search(text, max(0, start - 4), start))


def blank_headings(text: str) -> str:
    """Return a text of the same length without paragraphs that are headings with most of their words capitalised."""
    paragraphs = text.split("\n\n")
    return "\n\n".join(" " * len(part) if _is_heading(part) else part for part in paragraphs)


def _is_heading(paragraph: str) -> bool:
    if len(paragraph) > _MAX_HEADING or paragraph[-1:] in ".!?:;,\"”’')—–-":
        return False
    words = paragraph.split()
    return len(words) > 2 and sum(word[0].isupper() for word in words) * 10 >= len(words) * 6


def find_segments(text: str) -> Iterator[Segment]:
    """Yield the segments of a text in order."""
    for run in _RUN.finditer(text):
        name = run.group()
        if " " in name or "\u00a0" in name or name[-1] in "'’s":
            yield from _split_run(text, name.replace("\u00a0", " ").split(" "), run.start())
        elif name.lower() not in _NAME_BREAKS:
            yield Segment((name,), run.start(), run.end(), False)  # noqa: FBT003 -- a keyword takes twice the time


def _split_run(text: str, run: list[str], start: int) -> Iterator[Segment]:
    """Yield the segments of a run of capitalised words that begins at `start`."""
    words: list[str] = []
    at = start
    for word in run:
        lower = word.lower().replace("’", "'")
        if _breaks_name(lower, words) or (lower in _OPENING_WORDS and not words and opens_sentence(text, at)):
            if words:
                yield Segment(tuple(words), start, at - 1, possessive=False)
            words, start = [], at + len(word) + 1
        elif word[-1] in "'’s" and lower not in _INNER_POSSESSIVES and (ending := _POSSESSIVE.search(word)):
            words.append(word[: ending.start()])
            yield Segment(tuple(words), start, at + ending.start(), possessive=True)
            words, start = [], at + len(word) + 1
        else:
            words.append(word)
        at += len(word) + 1
    if words:
        yield Segment(tuple(words), start, at - 1, possessive=False)


def _breaks_name(lower: str, words: list[str]) -> bool:
    """Return True for a word that belongs to no name; `He` is one behind a Chinese family name."""
    return lower in _NAME_BREAKS and not (lower == "he" and len(words) == 1 and words[0].lower() in _SURNAMES)


def cut_segment(segment: Segment, first: int, last: int) -> Segment:
    """Return the words of a segment from `first` to before `last`."""
    words = segment.words
    start = segment.start + sum(len(word) + 1 for word in words[:first])
    end = start + len(" ".join(words[first:last]))
    return Segment(words[first:last], start, end, segment.possessive and last == len(words))
