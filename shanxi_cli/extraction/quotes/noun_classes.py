"""What the words of a noun phrase name: people, organisations, or neither."""

import re

from shanxi_cli.extraction.quotes.lexicon import NAMED_ORGANISATION, ORGANISATION_NOUNS, PERSON_NOUNS, PLURAL


def plain(word: str) -> str:
    """A word in small letters, without the ending of a possessive."""
    return re.sub(r"['’]s?\Z", "", word).lower()


def bare(name: str) -> str:
    """A name with single spaces, without the ending of a possessive."""
    return re.sub(r"['’]s\Z", "", " ".join(name.split()))


def is_person_noun(noun: str) -> bool:
    """True for `official`, `officials`."""
    return noun in PERSON_NOUNS or noun in PLURAL


def has_person_noun(text: str) -> bool:
    """True when a word of the text names people."""
    return any(is_person_noun(plain(word)) for word in text.split())


def is_organisation(noun: str) -> bool:
    """True for `bureau`, and for the last word of many a company's name, `technology`."""
    return noun in ORGANISATION_NOUNS or noun in NAMED_ORGANISATION


def organised(phrase: str) -> bool:
    """True for words that name an organisation."""
    return any(is_organisation(plain(word)) for word in phrase.split())
