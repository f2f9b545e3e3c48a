"""People whom a text names, with the roles printed beside their names."""

import re
from collections.abc import Iterator

from shanxi_cli.extraction.quotes.lexicon import (
    FUNCTION_WORDS,
    GENERIC_PERSON_NOUNS,
    GIVEN_NAMES,
    PERSON_NOUNS,
    REPORTING_VERBS,
    SAYING_VERBS,
    SPEECH_ADVERBS,
    TITLE_ALTERNATIVES,
)
from shanxi_cli.extraction.quotes.noun_classes import (
    is_organisation_noun,
    may_be_speaker_noun,
    names_organisation,
    strip_possessive,
)
from shanxi_cli.extraction.quotes.opening_phrase import is_finite_verb
from shanxi_cli.extraction.quotes.person_names import (
    CAPITALISED_WORD,
    CAPITALS,
    FAMILY_WORD,
    INITIALS,
    PARTICLES,
    REST_OF_NAME_WORD,
    find_chinese_names,
    is_chinese_name,
    may_be_family_name,
)
from shanxi_cli.extraction.quotes.roles import find_role_after_name
from shanxi_cli.places.gazetteer import find_divisions
from shanxi_cli.util.lexicon import load_list, load_terms

_REPORTING_VERBS = SAYING_VERBS | REPORTING_VERBS
_NAME_WHO_PATTERN = re.compile(
    rf"(?<![\w-])(?:For\s|But\s|And\s)?(?P<name>{CAPITALISED_WORD}(?:\s+{CAPITALISED_WORD}){{1,3}}),\s+who\b"
)
_NAME_AND_COMMA_PATTERN = re.compile(rf"{CAPITALISED_WORD}\s+{CAPITALISED_WORD},\s")
"""The end of each match of `_FULL_NAME_PATTERN`: `re` finds what begins with a set of characters much faster."""
_CAPITALISED_PATTERN = re.compile(rf"[{CAPITALS}]\w*")
_TITLE_WORDS = frozenset(word for title in load_list("extraction/titles") for word in re.findall(r"\w+", title))
_FULL_NAME_PATTERN = re.compile(
    rf"(?=[^\Wa-z_\d])(?P<title>{TITLE_ALTERNATIVES}\s+)?(?P<name>{CAPITALISED_WORD}(?:\s+{CAPITALISED_WORD}){{1,3}}),\s"
)
_TITLED_NAME_PATTERN = re.compile(
    rf"\b(?=[A-Z])(?P<title>{TITLE_ALTERNATIVES}(?:\s+{TITLE_ALTERNATIVES})*)\s+(?P<name>(?:{INITIALS}|{CAPITALISED_WORD})"
    rf"(?:\s+(?:{PARTICLES}\s+)?(?:{INITIALS}|{FAMILY_WORD})){{1,3}}(?:,?\s+(?:Jr|Sr)\b\.?)?)"
)
_ROLE_BEFORE_PATTERN = re.compile(r"(?<![\w'’-])((?:[\w-]+\s+){0,4}?)(?<![\w'’-])([\w-]+),?\s+\Z")
"""Up to five words before a name; the last must be a noun for people."""
_FULL_RUN_PATTERN = re.compile(
    rf"[{CAPITALS}](?<![\w-].){REST_OF_NAME_WORD}(?:\s+(?:{PARTICLES}\s+)?(?:{FAMILY_WORD}|{INITIALS})){{1,5}}"
)
INITIAL_PATTERN = re.compile(INITIALS)
_WORD_PATTERN = re.compile(r"\S+")
_LAST_WORD_PATTERN = re.compile(r"[\w-]+\Z")
_AGE_PATTERN = re.compile(r",\s+(?:aged\s+)?\d{1,3}(?=[,.;])")
_PLACE_NOUNS = "province|county|city|district|village|town|township|river|mountain|mountains|lake|project|program|plan"
_NON_NAME_WORDS = (
    load_terms("extraction/non_name_words") | load_terms("analysis/months") | load_terms("analysis/weekdays")
)


def find_introductions(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield (start, end, role, organisation) of the full names in a text.

    Offsets are half-open, in characters; role and organisation are empty where nothing gives them.
    """
    for start, end, role, organisation in _find_candidates(text):
        first, _, rest = text[start:end].partition(" ")
        if " " in rest and (first.lower() in FUNCTION_WORDS or first.lower() in SPEECH_ADVERBS):
            start += len(first) + 1  # Even Ida Moss
        if _may_name_person(text[start:end]):
            yield start, end, role, organisation


def _may_name_person(name: str) -> bool:
    """Return False for a place or an event, for a word that begins a sentence, and for a name cut at an initial."""
    words = name.split()
    first, last = words[0].lower(), words[-1]
    if len(last) == 1 or INITIAL_PATTERN.fullmatch(last) or (first in FUNCTION_WORDS and not is_chinese_name(name)):
        return False
    if len(words) == 2 and (last.rstrip(".") in ("Jr", "Sr") or words[0].rstrip(".") in _TITLE_WORDS):
        return False
    return is_chinese_name(name) or _NON_NAME_WORDS.isdisjoint(strip_possessive(word).lower() for word in words)


def _find_candidates(text: str) -> Iterator[tuple[int, int, str, str]]:
    words = _CAPITALISED_PATTERN.findall(text)
    if len(words) < 2:
        return
    for start, end in find_chinese_names(text) if any(map(may_be_family_name, words)) else ():
        given = _LAST_WORD_PATTERN.search(text, max(0, start - 20), max(0, start - 1))
        is_given = given and given.group() in GIVEN_NAMES and given.group().lower() not in PERSON_NOUNS
        if given and is_given and text[start - 1] == " ":
            start = given.start()  # an English name before it: Peter Wang Tao
        yield start, end, *_find_adjacent_role(text, start, end)
    for match in _FULL_NAME_PATTERN.finditer(text) if _NAME_AND_COMMA_PATTERN.search(text) else ():
        if not is_chinese_name(match["name"]):
            role, organisation = find_role_after_name(text, match.end("name"))
            titled = re.match(rf"{TITLE_ALTERNATIVES}\s+\S+\Z", match["name"])  # Ms Chen is no full name
            if (
                (role or _AGE_PATTERN.match(text, match.end("name")))
                and not titled
                and not names_organisation(match["name"])
            ):
                yield match.start("name"), match.end("name"), role, organisation
    for match in _NAME_WHO_PATTERN.finditer(text) if " who" in text and "," in text else ():
        if not is_chinese_name(match["name"]) and not names_organisation(match["name"]):
            yield match.start("name"), match.end("name"), "", ""
    yield from _find_names_after_roles(text)
    for match in _TITLED_NAME_PATTERN.finditer(text) if not _TITLE_WORDS.isdisjoint(words) else ():
        if not names_organisation(match["name"]) and not is_chinese_name(match["name"]):
            yield (
                match.start("name"),
                match.end("name"),
                *_find_adjacent_role(text, match.start("name"), match.end("name")),
            )


def _find_names_after_roles(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield the full names with a role before them: `harbour chief Lena Voss`, `House Speaker Ned Corbin`."""
    for run in _FULL_RUN_PATTERN.finditer(text):
        words = run.group().split()
        roles = [n for n, word in enumerate(words[:-2]) if word.lower() in PERSON_NOUNS]
        if roles:
            named = roles[-1] + 1
        elif (lead := _skip_lead(words)) is not None:
            named = lead
        else:
            before = text[max(0, run.start() - 30) : run.start()].rstrip(" ,").rpartition(" ")[2]
            if before.lower() not in PERSON_NOUNS:
                continue
            named = 0
        while named + 2 < len(words) and words[named].rstrip(".") in _TITLE_WORDS:
            named += 1  # Minister Datuk Seri Hamid Osman
        start = list(_WORD_PATTERN.finditer(text, run.start(), run.end()))[named].start()
        possessive = re.search(r"['’]s?(?=\s|\Z)", text[start : run.end()])
        end = start + possessive.start() if possessive else run.end()
        name = text[start:end]
        if " " not in name or _NON_NAME_WORDS & {word.lower() for word in name.split()}:
            continue
        if len(name.split()) < 5 and not is_chinese_name(name) and not names_organisation(name):
            yield start, end, *_find_adjacent_role(text, start, end)


def _skip_lead(words: list[str]) -> int | None:
    """Return the index of the given name in a run of capitalised words, behind a conjunction; None for no known one."""
    first = 1 if words[0].lower() in FUNCTION_WORDS and len(words) > 2 else 0
    return first if words[first] in GIVEN_NAMES else None


def _find_adjacent_role(text: str, start: int, end: int) -> tuple[str, str]:
    role, organisation = find_role_after_name(text, end)
    lead = "" if role else text[max(0, start - 60) : start].rstrip().removesuffix(",")
    noun = _LAST_WORD_PATTERN.search(lead)
    may_be_role = noun is not None and noun.group().lower() in PERSON_NOUNS
    before = _ROLE_BEFORE_PATTERN.search(text, max(0, start - 60), start) if may_be_role else None
    if before:
        words = before[1].split()
        cut = [n for n, word in enumerate(words) if word.lower() in _REPORTING_VERBS]
        words = words[cut[-1] + 1 :] if cut else words
        while words and (words[0].lower() in ("the", "a", "an", "its", "by", "of", "and", "to", "with", "as", "when")):
            words.pop(0)
        role = " ".join([*(words if len(words) < 4 and all(w.isalpha() for w in words) else []), before[2]])
    return role, organisation


_UNINTRODUCED_NAME_PATTERN = re.compile(
    rf"(?<=[a-z,] )(?<![Tt]he ){CAPITALISED_WORD} {CAPITALISED_WORD}(?!"
    rf" {CAPITALISED_WORD})(?=[\s,.;:]|\Z)(?!\s+(?:{_PLACE_NOUNS})\b)"
)


def find_unintroduced_names(text: str) -> Iterator[tuple[int, int]]:
    """Yield the half-open ranges of capitalised word pairs that may name a person, possessive ending included.

    Nothing introduces that person: `met John Smith`.
    """
    for match in _UNINTRODUCED_NAME_PATTERN.finditer(text):
        before = text[max(0, match.start() - 25) : match.start()].split()
        if before and before[-1][0].isupper() and before[-1].rstrip(".") not in _TITLE_WORDS and before[-1][-1] != ",":
            continue  # the end of a longer name
        first, last = match.group().split()
        no_person = {first.lower(), last.lower()} & _NON_NAME_WORDS or find_divisions(first) or first.endswith("'s")
        if not no_person and not is_organisation_noun(last.lower()) and not is_chinese_name(match.group()):
            yield match.span()


_ROLE_NOUNS = PERSON_NOUNS - GENERIC_PERSON_NOUNS
_OPENING_DESCRIPTION_PATTERN = re.compile(
    r"The (?P<noun>[a-z]+) (?:\w+ly |also |then |later )?(?P<verb>[a-z]+)(?![\w-])"
)
_SENTENCE_END_PATTERN = re.compile(r"[.!?\"”’'] ")
_OPENING_TITLE_PATTERN = re.compile(rf"[A-Z][a-z-]*\.? (?P<name>{CAPITALISED_WORD})(?=,\s|\s[a-z])")


def find_opening_descriptions(text: str) -> Iterator[tuple[int, str]]:
    """Yield (start, noun) of the descriptions that begin a sentence as its subject: `The judge dismissed it`."""
    for match in _OPENING_DESCRIPTION_PATTERN.finditer(text) if "The " in text else ():
        known = match["noun"] in _ROLE_NOUNS and is_finite_verb(match["verb"])
        if known and _begins_sentence(text, match.start()):
            yield match.start(), match["noun"]


def find_opening_titles(text: str) -> Iterator[tuple[int, int]]:
    """Yield the half-open ranges of the single names behind a title that begin a sentence: `Senator Garrow, a ...`."""
    starts = [0, *(mark.end() for mark in _SENTENCE_END_PATTERN.finditer(text))]
    for match in filter(None, (_OPENING_TITLE_PATTERN.match(text, start) for start in starts)):
        if text[match.start() : match.start("name") - 1].rstrip(".") in _TITLE_WORDS:
            yield match.span("name")


def _begins_sentence(text: str, at: int) -> bool:
    return not at or (at > 1 and text[at - 1] == " " and text[at - 2] in ".!?\"”’'")


_OPENING_WORD_PATTERN = re.compile(
    rf"(?:\A|(?<=[.!?\"”’'] ))(?:(?:But|And|Yet|So|Still|Meanwhile,|However,)\s)?(?P<word>{CAPITALISED_WORD})"
    r"(?:,\s\d{1,3},|,\swho\s[^,]{3,80},)?\s(?:\w+ly\s|also\s|then\s|later\s|has\s|had\s)*(?P<verb>[a-z]+)\b"
)


def find_opening_words(text: str) -> Iterator[tuple[int, int]]:
    """Yield the half-open ranges of the single capitalised words that begin a sentence as its subject: `Moss came`."""
    for match in _OPENING_WORD_PATTERN.finditer(text):
        word = match["word"]
        if word.lower() in FUNCTION_WORDS or word.lower() in _NO_OPENING_WORDS or word.isupper() or word[-1] in "'’":
            continue
        if is_finite_verb(match["verb"]) and not may_be_speaker_noun(word):
            yield match.span("word")


_NO_OPENING_WORDS = SPEECH_ADVERBS | _NON_NAME_WORDS | frozenset("i it he she they we you this that what who".split())
