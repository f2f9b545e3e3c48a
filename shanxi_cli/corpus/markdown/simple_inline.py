r"""Simple markup inside a line: found by one pattern, where markdown-it tries each of its rules for each mark.

Simple are a code span, a link or an image with its target, a reference to a link that is defined, emphasis around text,
code and links, an escaped mark, a named character (`&nbsp;`), and marks that cannot begin emphasis (`2 * 3`,
`snake_case`). A text with any other mark is markdown-it's; a test compares the two.

Emphasis is simple if its marks stand next to white space or punctuation outside and next to none inside, and no other
marks of its kind are inside: then the rules of CommonMark for flanking leave no choice.
"""

import re
from collections.abc import Mapping
from html.entities import html5
from typing import Any, NamedTuple

from markdown_it.common.utils import normalizeReference

_MARKUP = re.compile(r"[*_`\[\]<\\&~](?:(?<=[^&~])|(?<=&)[#A-Za-z]|(?<=~)~)")  # `re` searches fastest for a set
_PLAIN = r"[^*_`\[\]<>\\&~!]++|!(?!\[)|&(?=\s)"
_CODE = r"`[^`]++`(?!`)"
_WHITE = r" \t\n\xa0"  # of which Python and CommonMark have the same opinion
_SPANS = rf"(?:{_PLAIN}|{_CODE})"
_TARGET = r"(?:[^\s()<>\\&\"']|&(?!#?\w+;))*+"
_TITLE = r"(?: +\"[^\"\\&\n]*\")?"
_TEXT = rf"(?:{_SPANS}*+|\*(?=\S){_SPANS}++(?<=\S)\*|_(?=\S){_SPANS}++(?<=\S)_)"
_EMPHASIZED = rf"(?=\S)(?:{_SPANS}|\[{_SPANS}*+\]\({_TARGET}{_TITLE}\))++(?<=\S)"
_SIMPLE = re.compile(
    r"(?<!`)(?P<ticks>`++)(?P<code>[^`].*?|[^`])(?<!`)(?P=ticks)(?!`)"
    rf"|(?<!!)\[(?P<text>{_TEXT})\]\((?P<target>{_TARGET}){_TITLE}\)"
    rf"|!\[(?P<alt>(?:{_PLAIN})*+)\]\({_TARGET}{_TITLE}\)"
    rf"|(?<!!)\[(?P<words>{_SPANS}++)\](?:\[(?P<label>[^\[\]\\`<*_&]*)\])?(?![\[(])"
    rf"|(?<![^{_WHITE}(\"'“‘—–])(?:\*\*(?P<strong>{_EMPHASIZED})\*\*|\*(?P<star>{_EMPHASIZED})\*|__(?P<thick>{_EMPHASIZED})__"
    rf"|_(?P<low>{_EMPHASIZED})_)(?![^{_WHITE}.,;:!?)\"'’”—–])"
    rf"|(?P<literal>(?<=[^\W_])_++(?=[^\W_])|(?<![^{_WHITE}])(?:\*++|_++)(?![^{_WHITE}]))"
    r"|\\(?P<escaped>[!-.:-@\[-`{-~])|&(?P<entity>[A-Za-z][A-Za-z\d]{1,31});",
    re.DOTALL,
)

_ADDRESS_PART = re.compile(r"://|www\.|\]", re.IGNORECASE)
"""What a text has if an address or a reference in it may go on behind an escaped mark."""


class SimpleMarkup(NamedTuple):
    """Markup between `start` and `end` of a text, with what it shows.

    `text` may have markup of its own, unless `is_final`. `target` is that of a link, if it is one.
    """

    start: int
    end: int
    text: str
    target: str = ""
    is_final: bool = False
    is_image: bool = False


def has_inline_markup(content: str) -> bool:
    """Return True for a text with a mark that may mean something."""
    return bool(_MARKUP.search(content))


def find_simple_markup(content: str, env: Mapping[str, Any]) -> list[SimpleMarkup] | None:
    """Return all markup of a text if it is simple, else None. `env` is that of markdown-it, with its references."""
    found: list[SimpleMarkup] = []
    at = 0
    may_split_address: bool | None = None
    while mark := _MARKUP.search(content, at):
        start = mark.start()
        match = _SIMPLE.match(content, start - 1 if start > at and content[start - 1] == "!" else start)
        if match is None:
            return None
        at = match.end()
        if match["literal"]:
            continue
        if match["escaped"] or match["entity"]:
            if may_split_address is None:  # once for a text, which can have a million of them
                may_split_address = bool(_ADDRESS_PART.search(content))
            markup = None if may_split_address else _read_character(match)
        else:
            markup = _interpret(match, env)
        if markup is None:
            return None
        found.append(markup)
    return found


def is_image(content: str, found: list[SimpleMarkup]) -> bool:
    """Return True for a text of images and nothing else, not even a hard line break."""
    if not found or not all(markup.is_image for markup in found):
        return False
    gaps = zip([0, *(markup.end for markup in found)], [*(markup.start for markup in found), len(content)], strict=True)
    return "  \n" not in content and not any(content[end:start].strip() for end, start in gaps)


def _interpret(match: re.Match[str], env: Mapping[str, Any]) -> SimpleMarkup | None:
    start, end = match.span()
    if code := match["code"]:
        code = code.replace("\n", " ")
        text = code[1:-1] if code[0] == code[-1] == " " and code.strip() else code
        return SimpleMarkup(start, end, text, is_final=True)
    if match["text"] is not None:
        return SimpleMarkup(start, end, match["text"], match["target"])
    if match["alt"] is not None:
        return SimpleMarkup(start, end, match["alt"], is_image=True)
    if words := match["words"]:
        reference = env.get("references", {}).get(normalizeReference(match["label"] or words))
        return SimpleMarkup(start, end, words, reference["href"]) if reference else None
    return SimpleMarkup(start, end, match["strong"] or match["star"] or match["thick"] or match["low"])


def _read_character(match: re.Match[str]) -> SimpleMarkup | None:
    """Return an escaped mark or a named character; None for a name that is none."""
    text = match["escaped"] or html5.get(f"{match['entity']};", "").replace("/", "")
    return SimpleMarkup(*match.span(), text, is_final=True) if text else None
