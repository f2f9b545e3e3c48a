"""Bylines: lines that name the authors of an article, with or without a `By`."""

import re

from shanxi_cli.segmentation.lexicon import AGENCIES, ROLES, SECTIONS
from shanxi_cli.segmentation.rules.names import (
    CONTACT_PATTERN,
    STAFF_PREFIX_PATTERN,
    Byline,
    has_role,
    is_agency,
    is_person,
    may_be_person,
    parse_names,
)

_BYLINE_PREFIX_PATTERN = re.compile(
    r"(?:By|BY|Words by|WORDS BY|Text by|TEXT BY|Story by|STORY BY|Written by|From|FROM|Report by|Words and pictures by|WORDS AND PICTURES BY"
    r"|(?:Words|WORDS|Text|TEXT|Story|STORY)(?=:))\s*:?\s+"
)
_CAPS_NAMES_PATTERN = re.compile(
    r"[A-ZÀ-Þ][A-ZÀ-Þ'’. -]+(?:, [A-ZÀ-Þ'’. -]+)*,? (?:and|&|in) [A-ZÀ-Þ][\w'’. -]+(?:, [A-Z][\w ]+)?"
)
"""Names in capitals joined by a lower-case `and` or `in`, as no headline is printed."""
_ROLE_FUNCTION_WORDS = frozenset("a an and at by for from in of on the to with".split())
_HOUSE_BYLINE_PATTERN = re.compile(r"An?\s(?:[A-Z][\w'’&-]*\s){1,4}Report(?:er)?")
"""Byline of the newspaper itself: `A Daily Gazette Report`."""


def parse_byline(text: str) -> Byline | None:
    """Return the byline of a line with a `By`, or None."""
    prefix = _BYLINE_PREFIX_PATTERN.match(text)
    if not prefix or len(text) > 200:
        return None
    names = text[prefix.end() :]
    if prefix.group().lower().startswith("from") and re.fullmatch(
        r"[^,]+,\s[A-Z][\w'’-]*(?:\s[A-Z][\w'’-]*){0,2}", names
    ):
        names = names.partition(",")[0]  # the place follows `From NAME`
    return parse_names(names, sure=True)


def parse_bare_byline(text: str, *, placed: bool = False) -> Byline | None:
    """Return the byline of a line without a `By`: names with at most a place, a role or an address; or None.

    `placed`: the line has the position of a byline, so that two uncommon words are a name.
    """
    agency, *places = re.split(r",\s|\sin\s", text.strip(" ."), maxsplit=1)
    place = "".join(places)
    if agency.lower() in AGENCIES and len(place.split()) <= 2 and place[:1] == place[:1].upper():
        return Byline((agency,))
    if _HOUSE_BYLINE_PATTERN.fullmatch(text):
        return Byline((text,))
    if (
        len(text) > 90
        or (text[-1:] in ".!?:" and not CONTACT_PATTERN.search(text))
        or re.search(r"\b(?:said|says|of the|in the|at the|for the|on the|to the)\b", text)
    ):
        return None
    plain = " ".join(CONTACT_PATTERN.sub(" ", text).split())
    if STAFF_PREFIX_PATTERN.match(plain) and has_role(plain) and len(plain.split()) <= 5:
        return Byline((plain,))
    if plain.lower().strip(" .") in SECTIONS or is_agency(plain):
        return Byline((plain,)) if is_agency(plain) and plain.lower() not in SECTIONS else None
    byline = parse_names(text, sure=False)
    if not byline:
        return None
    certain = plain != text or bool(re.search(r"\s(?:in|IN)\s[A-Z]", plain)) or has_role(plain)
    if _CAPS_NAMES_PATTERN.fullmatch(plain):
        return byline
    if placed and all(may_be_person(name) for name in byline.names):
        return byline
    return byline if all(is_person(name, certain=certain) for name in byline.names) else None


def split_leading_byline(text: str) -> tuple[Byline, str] | None:
    """Return a byline in capitals joined to the first words of an article, and those words; or None."""
    match = re.match(
        r"(?:By|BY)\s+((?:[A-Z][A-Z'’.-]+\s+){2,4}?)(?=(?:[A-Z][a-z’']|[A-Z]\s|[\"“‘]|[A-Z]{3,}\s[a-z]))", text
    )
    if not match or len(text) < 60:
        return None
    byline = parse_names(match[1].strip(), sure=True)
    return (byline, text[match.end() :]) if byline else None


def is_role_line(text: str) -> bool:
    """Return True for a line below a byline with the role, place or address of the author."""
    plain = " ".join(CONTACT_PATTERN.sub(" ", text).split()).strip(" .,|")
    if not plain:
        return True
    if len(plain) > 70 or text[-1:] in "!?,;-\u00ad" or _is_sentence_part(plain):
        return False
    return (
        has_role(plain)
        or is_agency(plain)
        or bool(re.fullmatch(r"[Ii]n [A-Z][\w'’-]+(?:,? [A-Z][\w'’-]+){0,3}", plain))
    )


def _is_sentence_part(plain: str) -> bool:
    """Return True for several words in small letters that no role has: `The service to the northern ports`."""
    words = [word for word in re.findall(r"[^\W\d_]+", plain) if word.islower()]
    return sum(word not in ROLES and word not in _ROLE_FUNCTION_WORDS for word in words) > 1
