"""Lines below an article that name its contributors, its author or how to reach them."""

import re

from shanxi_cli.segmentation.rules.names import CONTACT_PATTERN, contains_contact, split_names

_NAME_LIST_REGEX = r"(?P<names>[A-ZÀ-Ö][\w'’. -]*?(?:\s+in\s+[A-Z][\w'’ -]*?)?(?:(?:,|,?\s+and|\s+&)\s+[A-ZÀ-Ö][\w'’. -]*?(?:\s+in\s+[A-Z][\w'’ -]*?)?)*)"
_CONTRIBUTED_PATTERN = re.compile(
    rf"\(?{_NAME_LIST_REGEX},?\s+(?:also\s+)?(?:contributed|assisted|helped)\b(?:\s+(?:to|with|in))?(?:\s+(?:reporting|research))?"
    r"(?:\s+(?:to|for|from))?(?:\s+(?:this|the))?\s*(?:story|report|article|piece|reporting|feature|research)?"
    r"(?:\s+from\s+[\w ,]+)?\.?\)?\Z"
)
_ADDITIONAL_REPORTING_PATTERN = re.compile(
    r"(?:[—–-]+\s*)?[(\[]?(?:additional|further|extra|with|contributing)?\s*(?:reporting|research|contributions?|contributors?|contributing\s+reporters?|contributing\s+writers?|(?<=with\s)files)"
    r"\s*(?:by|from|:)\s*:?\s*(?P<names>[^.;]+?(?:\s[A-Z]\.\s[^.;]+?)?)(?P<rest>[.;].*)?[)\]]?\Z",
    re.IGNORECASE,
)
_DESK_CREDIT_PATTERN = re.compile(
    r"\(?(?:reporting|writing|editing|compiled|edited|translated)\b.{0,120}\bby\s+(?P<names>.{3,160}?)\)?\.?\Z",
    re.IGNORECASE,
)
_AUTHOR_NOTE_PATTERN = re.compile(
    r"(?:the\s+(?:author|writer|columnist|reviewer)s?\b(?:'s|’s)?\s|about\s+the\s+(?:author|writer)|contact\s+the\s+(?:writer|author|reporter)s?\b"
    r"|the\s+views\s+(?:expressed|here|do)|the\s+opinions?\s+expressed|views\s+expressed)",
    re.IGNORECASE,
)
_BIOGRAPHY_VERB_PATTERN = re.compile(r"\s+(?:is|are|was|works|writes|teaches|covers)\s")


def parse_contributors(text: str) -> tuple[str, ...]:
    """Return the contributors that a line below an article names; empty if it names none."""
    if len(text) > 300:
        return ()
    for pattern in (_CONTRIBUTED_PATTERN, _ADDITIONAL_REPORTING_PATTERN, _DESK_CREDIT_PATTERN):
        match = pattern.match(text.strip())
        if match:
            return split_names(re.split(r"[;.]\s|;", match["names"])[0])
    return ()


def is_address(text: str) -> bool:
    """Return True for a line that is only an e-mail address or the like."""
    return contains_contact(text) and not CONTACT_PATTERN.sub("", text).strip(" .,|:()")


def is_author_note(text: str, authors: tuple[str, ...] = ()) -> bool:
    """Return True for a line at the end of an article about its author, or with the author's address."""
    if len(text) > 500:
        return False
    if _AUTHOR_NOTE_PATTERN.match(text) or (len(text) < 300 and contains_contact(text) and len(text.split()) <= 14):
        return True
    start = re.sub(r"\A(?:dr|prof|professor|mr|mrs|ms)\.?\s+", "", text.lower().replace("’", "'"))
    titled = len(start) < len(text)
    for author in authors:
        plain = author.lower().replace("’", "'")
        for name in (plain, plain.split()[-1]) if titled else (plain,):
            if start.startswith(name) and _BIOGRAPHY_VERB_PATTERN.match(start[len(name) :]) and len(text.split()) < 60:
                return True
    return False
