"""Roles beside a name, and the organisation that each is held in.

founder and board chairwoman of Jinbo Biology      founder and board chairwoman; Jinbo Biology
the company's board chairman                       board chairman; the phrase does not name the company
a resident of Pianliang village                     all of it is the role
"""

import re
from collections.abc import Iterable

from shanxi_cli.extraction.quotes.lexicon import (
    BUSINESS_NOUNS,
    EXECUTIVE_ROLES,
    FAMILY_NOUNS,
    FEMALE_GIVEN_NAMES,
    FEMALE_ROLES,
    GENERIC_PERSON_NOUNS,
    MALE_GIVEN_NAMES,
    MALE_ROLES,
    OFFICIAL_ROLES,
    PERSON_NOUNS,
)
from shanxi_cli.extraction.quotes.noun_classes import (
    has_organisation_noun,
    has_person_noun,
    is_person_noun,
    normalize_noun,
    strip_possessive,
)
from shanxi_cli.extraction.quotes.person_names import CAPITALISED_WORD, is_chinese_name
from shanxi_cli.places.gazetteer import find_divisions
from shanxi_cli.util.lexicon import load_terms, match_any_term

_ROLES_OF_PLACES = load_terms("extraction/local_roles")
"""Roles held in a place rather than in an organisation."""
_LEAD_PATTERN = re.compile(r"\A(?:who\s+(?:is|was)\s+)?(?:also\s+|now\s+|currently\s+)?(?:(?:the|an?|one of the)\s+)?")
_RELATIVE_CLAUSE_PATTERN = re.compile(r"\s(?:who|which|that|and is|and was)\s")
_PLACE_NOUN_PATTERN = re.compile(r"\b(?:village|county|city|town|province|district|township|community)\b")
_PREPOSITION_PATTERN = re.compile(r"\s+(?P<of>of|at|in|from|with|for)\s+")
_GENERIC_OWNER_PATTERN = re.compile(
    r"(.*?(?:company|firm|group|bureau|village|university|zone|county|city|province)['’]s)\s+(?P<role>.+)\Z"
)
_OWNER_PATTERN = re.compile(rf"(?P<owner>{CAPITALISED_WORD}(?:\s+{CAPITALISED_WORD})*)['’]s?\s+(?P<role>.*)\Z")
_VAGUE_ORGANISATION_PATTERN = re.compile(
    r"(?:company|firm|group|village|county|city|bureau|zone|university|charge.*|province|area)"
)
_KNOWN_PLACES = load_terms("extraction/known_places")

APPOSITION_PATTERN = re.compile(
    r"(?:the|an?|one of|who|which|also|whose|from|head|\d{1,3}\b|(?:[\w'’-]+\s+){0,6}?"
    + match_any_term(sorted(PERSON_NOUNS, reverse=True))
    + r"\b)",
    re.IGNORECASE,
)
"""The beginning of an apposition."""
ASIDE_PATTERN = re.compile(
    r"[a-z]{2,}ing\b|[a-z]+(?:ed|uck|ken|ung)\s(?:by|with|in|for|as|from|on|at|to)\b|(?:in|at|for|of|on|after|when|asked|with|by|from|during|before|formerly|now|then|quoted|based"
    r"|himself|herself)\b"
    r"|(?:[A-Z]\.?){2,5}\Z|[A-Z][\w.-]{0,12}(?:\s(?:of\s)?[A-Z]\w+)?\Z"
)
"""Words between commas behind a name that are no role: `speaking in Perth`, `of the Fourth Cavalry`, `D-Ohio`."""


def parse_role(apposition: str) -> tuple[str, str]:
    """Return role and organisation of an apposition; `("", "")` when it is no role.

    The organisation is empty where it is not named, or is a place.
    """
    text = _LEAD_PATTERN.sub("", " ".join(apposition.split()), count=1)
    text = _RELATIVE_CLAUSE_PATTERN.split(text, maxsplit=1)[0]
    words = text.split()
    head = next(
        (n for n, word in enumerate(words) if is_person_noun(normalize_noun(word)) and not word.endswith("'s")), None
    )
    if head is None or re.match(r"(?:who|whose|which)\b", text):
        return "", ""
    if normalize_noun(words[head]) in FAMILY_NOUNS:
        return strip_article(text), ""  # Wang's wife
    if (own := _GENERIC_OWNER_PATTERN.match(text)) and has_person_noun(own["role"]):
        return parse_role(own["role"])
    owner = _OWNER_PATTERN.match(text)
    if owner and has_person_noun(owner["role"]) and not _PLACE_NOUN_PATTERN.search(owner["role"]):
        role, organisation = parse_role(owner["role"])
        return role, organisation or strip_possessive(owner["owner"])
    return _cut_before_organisation(text, head)


def _cut_before_organisation(text: str, head: int) -> tuple[str, str]:
    """Return role and organisation of `text`, cut where the organisation begins.

    `head` is the index of the word that is the role's noun.
    """
    cuts = [m for m in _PREPOSITION_PATTERN.finditer(text) if len(text[: m.start()].split()) > head]
    if not cuts:
        return strip_article(text), ""
    cut = cuts[0]
    if cut["of"] == "from":  # a student from Pakistan at North University
        cut = next((m for m in cuts if m["of"] == "at"), cut)
    role = text[: cut.start()]
    organisation = re.sub(r"\A(?:the\s+)?(?:[A-Z][\w']*-based\s+)?", "", text[cut.end() :])
    of_place = normalize_noun(role.split()[-1]) in _ROLES_OF_PLACES
    if _VAGUE_ORGANISATION_PATTERN.fullmatch(organisation):
        return strip_article(text if of_place or organisation.startswith("charge") else role), ""
    if _is_place_name(organisation) or (
        (of_place or cut["of"] in ("in", "from")) and not has_organisation_noun(organisation)
    ):
        return strip_article(text), ""  # the Party chief of Shanxi, a teacher in Linfen
    return (strip_article(role), organisation) if _is_specific_organisation(organisation) else (strip_article(text), "")


def _is_place_name(name: str) -> bool:
    governed = re.search(r"government|bureau", name)
    return (
        bool(find_divisions(name)) or name in _KNOWN_PLACES or (bool(_PLACE_NOUN_PATTERN.search(name)) and not governed)
    )


def _is_specific_organisation(organisation: str) -> bool:
    """Return False for `a logistics company`, `the factory`: the text does not say which."""
    return not re.match(r"an?\s", organisation) and bool(re.search(r"[A-Z]|['’]s\b", organisation))


def strip_article(role: str) -> str:
    """Return a role without its article."""
    return re.sub(r"\A(?:the|an?|its|their)\s+", "", role.strip())


def find_role_after_name(text: str, at: int) -> tuple[str, str]:
    """Return role and organisation of what follows a name after a comma at `at`; `("", "")` when it is no role."""
    match = re.match(
        r",\s+([^,;:()—–]{2,160}?)(?=[,;:()—–]|[.!?](?:\s|\Z)|\Z|\s(?:who|which|said|says|told)\b)", text[at : at + 200]
    )
    if not match or not APPOSITION_PATTERN.match(match[1]):
        return "", ""
    age = re.fullmatch(r"\d{1,3}", match[1].strip())
    if age:
        return find_role_after_name(text, at + match.end())
    return parse_role(match[1])


def noun_fits_role(noun: str, role: str) -> bool:
    """Return True when a person with such a role may be called by the noun."""
    words = {word.strip(",.").lower() for word in re.split(r"[\s-]+", role)}
    if noun in GENERIC_PERSON_NOUNS or "year-old" in noun or "years-old" in noun:
        return True
    if noun in BUSINESS_NOUNS:
        return bool(words & EXECUTIVE_ROLES)
    if noun == "official":
        return bool(words & OFFICIAL_ROLES)
    if noun in ("man", "woman", "local"):
        return not words & EXECUTIVE_ROLES
    return noun in words


def gender_of_role(role: str) -> str:
    """Return `he` or `she` where a word of the role tells, else an empty string."""
    words = set(role.lower().split())
    return "he" if words & MALE_ROLES else "she" if words & FEMALE_ROLES else ""


def gender_of_name(name: str) -> str:
    """Return `he` or `she` where the given name of a full name tells, else an empty string."""
    given, _, family = name.partition(" ")
    if not family or is_chinese_name(name):
        return ""
    male, female = given in MALE_GIVEN_NAMES, given in FEMALE_GIVEN_NAMES
    return "" if male == female else "he" if male else "she"


_MALE_TITLES = frozenset("Mr Sir Lord Father Prince King".split())
_FEMALE_TITLES = frozenset("Mrs Ms Miss Lady Dame Madam Sister Princess Queen".split())
_GENDERED_TITLE_PATTERN = re.compile(
    rf"(?<!\w)(?P<title>{'|'.join(sorted(_MALE_TITLES | _FEMALE_TITLES))})\b\.?\s+"
    rf"(?P<name>{CAPITALISED_WORD}(?:\s+{CAPITALISED_WORD})*)"
)


def gender_of_title(title: str) -> str:
    """Return `he` or `she` for a title of one of them, else an empty string."""
    word = title.rstrip(".")
    return "he" if word in _MALE_TITLES else "she" if word in _FEMALE_TITLES else ""


def find_title_genders(paragraphs: Iterable[str]) -> dict[str, str]:
    """Return the gender of each family name that has titles of one gender in an article: `Mrs Moss`."""
    genders: dict[str, str] = {}
    for text in paragraphs:
        for match in _GENDERED_TITLE_PATTERN.finditer(text):
            family, gender = strip_possessive(match["name"]).split()[-1], gender_of_title(match["title"])
            genders[family] = gender if genders.get(family, gender) == gender else ""
    return genders
