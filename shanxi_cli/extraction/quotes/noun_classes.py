"""Classes of nouns: people, organisations, or neither."""

import re

from shanxi_cli.extraction.quotes.lexicon import (
    ORGANISATION_NAME_ENDINGS,
    ORGANISATION_NOUNS,
    PERSON_NOUNS,
    PLURAL_PERSON_NOUNS,
)


def normalize_noun(word: str) -> str:
    """Return a word in lower case, without a possessive ending."""
    return re.sub(r"['’]s?\Z", "", word).lower()


def strip_possessive(name: str) -> str:
    """Return a name with single spaces, without a possessive ending."""
    return re.sub(r"['’]s\Z", "", " ".join(name.split()))


def is_person_noun(noun: str) -> bool:
    """Return True for `official` and `officials`."""
    return noun in PERSON_NOUNS or noun in PLURAL_PERSON_NOUNS


def has_person_noun(text: str) -> bool:
    """Return True when a word of the text is a noun for people."""
    return any(is_person_noun(normalize_noun(word)) for word in text.split())


def is_organisation_noun(noun: str) -> bool:
    """Return True for `bureau`, and for `technology`, the last word of many companies' names."""
    return noun in ORGANISATION_NOUNS or noun in ORGANISATION_NAME_ENDINGS


def has_organisation_noun(phrase: str) -> bool:
    """Return True when a word of the phrase is a noun for organisations."""
    return any(is_organisation_noun(normalize_noun(word)) for word in phrase.split())
