"""Organisations of an article by name, by a word of their name, and by the noun that refers back: `the authority`."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from shanxi_cli.extraction.quotes.lexicon import COMPANY_NOUNS, FUNCTION_WORDS, ORGANISATION_NOUNS
from shanxi_cli.extraction.quotes.noun_classes import is_organisation_noun, strip_possessive
from shanxi_cli.extraction.quotes.people_index import NameFinder, TextPosition
from shanxi_cli.extraction.quotes.person_names import CAPITALISED_WORD

_NAME_PATTERN = re.compile(
    rf"(?<![\w-]){CAPITALISED_WORD}(?:\s+(?:(?:of|for|and|&)\s+(?:the\s+)?)?{CAPITALISED_WORD})+(?:\s+plc\b)?"
)
_APPOSED_PATTERN = re.compile(
    r"\b[Tt]he (?P<noun>[a-z]+), (?:the )?"
    rf"(?P<name>{CAPITALISED_WORD}(?: (?:(?:of|for|and|&) (?:the )?)?{CAPITALISED_WORD}){{1,5}}), (?!and |or )(?=[a-z])"
)
_OF_PATTERN = re.compile(r"\s(?:of|for)\s")


_NEWSPAPER_WORDS = frozenset(
    "times post herald tribune news gazette chronicle journal telegraph guardian daily mail mirror observer examiner "
    "inquirer dispatch globe star sun standard courier echo advocate bulletin register sentinel newspaper".split()
)
_ANY_BODY = ("organisation", "organization")
_BodyMention = tuple[TextPosition, str]
_SENTENCE_START_PATTERN = re.compile(r"(?:\A|[.!?][\"”’']?\s|[-–—:)]\s)(?:(?:The|But|And|For)\s)?\Z")
_ORIGIN_PATTERN = re.compile(r"[\w.]+-(?:based|listed|owned|headquartered|backed|run|led|registered)\Z")


class BodyIndex:
    """The organisations that an article names, in the order of their mentions."""

    def __init__(self, paragraphs: Sequence[str], names: Iterable[str]) -> None:
        self._paragraphs = paragraphs
        self._names = NameFinder()
        self._by_word: dict[str, list[str]] = {}
        self._known: dict[str, None] = {}
        for name in names:
            if name and name not in self._known:
                self._known[name] = None
                self._names.set(name, name)
                for word in set(name.split()):
                    self._by_word.setdefault(word, []).append(name)
        self._mentions: dict[str, list[_BodyMention]] | None = None
        self._apposed: dict[str, list[_BodyMention]] = {}  # by noun, when it is first asked for

    def find_by_word(self, word: str) -> list[str]:
        """Return the organisations of the front matter and of people whose name has a word."""
        return self._by_word.get(word, [])

    def find_by_noun(self, noun: str, place: TextPosition) -> str:
        """Return the organisation that `the <noun>` at a place refers to; an empty string for none or several.

        It is the one of the paragraph up to there, else of the paragraph before, else the only one before; of several
        the one that begins a sentence.
        """
        if self._mentions is None:
            self._mentions = self._read_mentions()
        mentions = self._mentions.get(noun, [])
        mentions = mentions[: bisect_left(mentions, (place, ""))][-_MAX_NEAR:]
        for paragraph in (place[0], place[0] - 1):
            if near := [one for one in mentions if one[0][0] == paragraph]:
                return self._choose_one(near)
        return self._choose_one(mentions)

    def find_apposed(self, noun: str, place: TextPosition) -> str:
        """Return the only name before a place that stands beside the noun: `the group, Lake Voices, was formed`."""
        if noun not in self._apposed:
            self._apposed[noun] = [
                ((number, match.start()), match["name"])
                for number, text in enumerate(self._paragraphs)
                if f"he {noun}, " in text
                for match in _APPOSED_PATTERN.finditer(text)
                if match["noun"] == noun
            ]
        names = {name for at, name in self._apposed[noun] if at < place}
        return names.pop() if len(names) == 1 else ""

    def _choose_one(self, mentions: Sequence[_BodyMention]) -> str:
        """Return the only organisation of some mentions, or the only one that is the subject of a sentence there."""
        names = {name for _, name in mentions}
        if len(names) > 1:
            names = {name for (number, start), name in mentions if _opens_sentence(self._paragraphs[number], start)}
        return names.pop() if len(names) == 1 else ""

    def _read_mentions(self) -> dict[str, list[_BodyMention]]:
        found: dict[str, list[_BodyMention]] = {}
        for number, text in enumerate(self._paragraphs):
            here = {start: (name, True) for start, _, name in self._names.find(text)}
            for run in _NAME_PATTERN.finditer(text):
                name = strip_possessive(_strip_lead(run.group()))
                here.setdefault(run.end() - len(name), (name, False))
            for start, (name, known) in sorted(here.items()):
                for noun in _nouns_of(name, known=known):
                    found.setdefault(noun, []).append(((number, start), name))
        return found


_MAX_NEAR = 20
"""Mentions before a place that are compared, so that the cost of one does not grow with the article."""


def _strip_lead(name: str) -> str:
    """Return a name without the function word that begins its sentence: `The Lake Authority`, `But Norfell Mining`."""
    words = name.split()
    while len(words) > 1 and (words[0].lower() in FUNCTION_WORDS or _ORIGIN_PATTERN.match(words[0])):
        words.pop(0)
    return " ".join(words)


def _nouns_of(name: str, *, known: bool) -> set[str]:
    """Return the nouns that may refer back to an organisation: its own, and `company` for a firm.

    `known`: the front matter or a role names it, so that its kind need not show.
    """
    head = _OF_PATTERN.split(name)[0].split()[-1].lower()
    if head in _NEWSPAPER_WORDS:
        return {"newspaper", "paper", "daily", head}
    if head in ORGANISATION_NOUNS and head not in COMPANY_NOUNS:
        return {head, *_ANY_BODY}
    firm = " & " in name or (
        " " in name and (is_organisation_noun(head) or is_organisation_noun(name.split()[-1].lower()))
    )
    return {*COMPANY_NOUNS, *_ANY_BODY} if known or firm else set()


def _opens_sentence(text: str, start: int) -> bool:
    return bool(_SENTENCE_START_PATTERN.search(text, max(0, start - 10), start))
