"""What the words of a noun phrase name: people, organisations, or neither."""

import re

from shanxi_cli.extraction.quotes.lexicon import (
    ORGANISATION_NAME_ENDINGS,
    ORGANISATION_NOUNS,
    PERSON_NOUNS,
    PLURAL_PERSON_NOUNS,
)


def normalize_noun(word: str) -> str:
    """A word in small letters, without the ending of a possessive."""
    return re.sub(r"['’]s?\Z", "", word).lower()


def strip_possessive(name: str) -> str:
    """A name with single spaces, without the ending of a possessive."""
    return re.sub(r"['’]s\Z", "", " ".join(name.split()))


def is_person_noun(noun: str) -> bool:
    """True for `official`, `officials`."""
    return noun in PERSON_NOUNS or noun in PLURAL_PERSON_NOUNS


def has_person_noun(text: str) -> bool:
    """True when a word of the text names people."""
    return any(is_person_noun(normalize_noun(word)) for word in text.split())


def is_organisation_noun(noun: str) -> bool:
    """True for `bureau`, and for the last word of many a company's name, `technology`."""
    return noun in ORGANISATION_NOUNS or noun in ORGANISATION_NAME_ENDINGS


def has_organisation_noun(phrase: str) -> bool:
    """True for words that name an organisation."""
    return any(is_organisation_noun(normalize_noun(word)) for word in phrase.split())
