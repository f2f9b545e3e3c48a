"""Captions and bylines that stand in one block with text: the block is parted."""

import re
from collections.abc import Iterator, Sequence

from shanxi_cli.analysis.word_frequency import frequency
from shanxi_cli.model.nouns import Caption
from shanxi_cli.segmentation.blocks import Block, Kind, ends, starts_low
from shanxi_cli.segmentation.rules.bylines import byline, contributors, glued_byline
from shanxi_cli.segmentation.rules.captions import (
    Captioned,
    bare_credit,
    credit_alone,
    directed,
    inner_credits,
    leading_credit,
    trailing_credit,
)
from shanxi_cli.util.frozen_record import replace

_SENTENCE_BREAK = re.compile(r"(?<![A-Z]\.)(?<=[.!?”\"’'])\s+(?=[A-ZÀ-Þ])")
_BY_INSIDE = re.compile(r"(?<=[\w?!”\"’'])\s+(?=(?:By|BY)\s+[A-ZÀ-Þ][\w'’.-]+\s+[A-ZÀ-Þ][\w'’.-]+(?:\s|,|\Z))")
_CONTRIBUTED = re.compile(r"\b(?:contributed|reporting|contributors?)\b", re.IGNORECASE)
_MARK = re.compile(r"(?:\A|\s)[■►▲▼◄▶◀]\s?(?=[A-Z])")
"""What points from a caption to its picture."""
_NOT_HEADLINE = frozenset(
    "article compiled drawing editing graphic graphics illustration image images photo photograph photographs photos"
    " picture pictures provided report reporting story supplied taken text translated words writing written".split()
)
"""What stands before a `By` that names who drew, took or wrote something, rather than in a headline."""
_DIRECTION_INSIDE = re.compile(
    r"(?:(?<=[.!?”\"')] )|\A)(?:Top|Above|Below|Left|Right|Bottom|Center|Centre|Main|Inset|Far left|Far right)"
    r"(?: (?:left|right|and \w+|row|picture))?:"
)


def parted(block: Block) -> Iterator[Block]:
    """A block parted where a caption or a byline is glued to it."""
    if block.kind is not Kind.TEXT:
        yield block
        return
    if glued := glued_byline(block.text):
        yield replace(block, text="By " + " and ".join(glued[0].names), kind=Kind.BYLINE, names=glued[0].names)
        block = replace(block, text=glued[1], gap=0)
    if at := _byline_behind(block):
        yield replace(block, text=block.text[:at].strip(), kind=Kind.HEADING)
        found = byline(block.text[at:].strip())
        names = found.names if found else ()
        yield replace(block, text=block.text[at:].strip(), gap=0, level=0, kind=Kind.BYLINE, names=names)
        return
    if at := _contributors_behind(block.text):
        yield from parted(replace(block, text=block.text[:at].strip()))
        told = block.text[at:].strip()
        yield replace(block, text=told, gap=0, kind=Kind.CONTRIBUTORS, names=contributors(told))
        return
    if marked := _marked_caption(block.text):
        before, shown, behind = marked
        yield replace(block, text=before)
        yield as_captions(replace(block, text=shown.text, gap=0), [Caption(shown.text, shown.credit)], shown.text)
        yield replace(block, text=behind, gap=0)
        return
    inner = [span for span in inner_credits(block.text, block.lines) if span[1] < len(block.text.rstrip(" .)]"))]
    if not inner:
        yield _captioned(block)
        return
    yield from _cut_out(block, inner)


def _marked_caption(text: str) -> tuple[str, Captioned, str] | None:
    """A caption with a mark before it and its credit behind, in the middle of a sentence, and the parts around it."""
    mark = _MARK.search(text)
    if not mark or not mark.start() or ends(text[: mark.start()]):
        return None
    for found in re.finditer(r"\s(?=[a-z])", text[mark.end() : mark.end() + 400]):
        at = mark.end() + found.start()
        told = trailing_credit(text[mark.end() : at])
        if told and ends(told.text):
            return text[: mark.start()].strip(), told, text[at:].strip()
    return None


def _byline_behind(block: Block) -> int:
    """Where in a line the byline begins that stands behind its headline; 0 when it is no such line."""
    if len(block.text) > 240 or ends(block.text):
        return 0
    found = _BY_INSIDE.search(block.text)
    if not found or "/" in block.text or len(block.text[: found.start()].split()) < 3:
        return 0
    above = block.text[: found.start()].rstrip("\"”’'")
    if ends(above) or above[-1:].isdigit() or above.rpartition(" ")[2].strip("—–-([|").lower() in _NOT_HEADLINE:
        return 0
    name = block.text[found.end() :].split()[1]
    if not name.isupper() and not re.search(r"\s[a-z]{4,}", above):
        return 0  # every word of this headline has a capital, By too
    return found.start() if byline(block.text[found.end() :]) else 0


def _contributors_behind(text: str) -> int:
    """Where the sentence begins that names contributors behind the last one of an article; 0 when there is none."""
    tail = max(0, len(text) - 200)
    if not _CONTRIBUTED.search(text, tail):
        return 0
    for found in reversed(list(_SENTENCE_BREAK.finditer(text, tail))):
        if found.start() and contributors(text[found.end() :]):
            return found.start()
    return 0


def _captioned(block: Block) -> Block:
    """The block as a caption, where its text ends or begins with a credit."""
    if byline(block.text) or contributors(block.text) or credit_alone(block.text):
        return block
    found = _credit_line(block) or trailing_credit(block.text) or leading_credit(block.text)
    if not found or len(found.text.split()) > 150:
        return block
    if mark := _MARK.match(found.text):
        found = found._replace(text=found.text[mark.end() :])
    return as_captions(block, [Caption(found.text, found.credit)], found.text)


def _credit_line(block: Block) -> Captioned | None:
    """Caption and credit of lines of which the first or the last is a credit by itself."""
    if not 2 <= len(block.lines) <= 12:
        return None
    first, last = credit_alone(block.lines[0]), credit_alone(block.lines[-1])
    if last and block.text.endswith(block.lines[-1]) and ends(block.lines[-2]):
        return Captioned(block.text.removesuffix(block.lines[-1]).strip(), bare_credit(last))
    if first and block.text.startswith(block.lines[0]) and not starts_low(block.lines[1]):
        return Captioned(block.text.removeprefix(block.lines[0]).strip(), bare_credit(first))
    return None


def as_captions(block: Block, captions: list[Caption], story: str) -> Block:
    return replace(block, kind=Kind.CAPTION, captions=tuple(captions), story=story)


def _cut_out(block: Block, spans: list[tuple[int, int]]) -> Iterator[Block]:
    """A block with credits inside: the text before a caption, the captions, the text behind them."""
    text = block.text
    rest = text[spans[-1][1] :].strip()
    start = 0
    if rest and starts_low(rest):
        start = _glued_at(text[: spans[0][0]])
    captions, at = [], start
    for begin, end in spans:
        captions.append(Caption(_described(text[at:begin].strip()), bare_credit(text[begin:end])))
        at = end
    last = trailing_credit(rest) if rest else None
    if last:
        captions.append(Caption(_described(last.text), last.credit))
    story = " ".join(f"{_without(text[start:], [(b - start, e - start) for b, e in spans])}".split())
    if last:
        story = story.removesuffix(last.credit).strip()
    if start:
        yield replace(block, text=text[:start].strip())
    continued = bool(rest) and not last and starts_low(rest)
    told = replace(block, text=text[start:], gap=0 if start else block.gap)
    yield as_captions(told, captions, story if not continued else story.removesuffix(rest).strip())
    if continued:
        yield replace(block, text=rest, gap=0)


def _described(text: str) -> str:
    """The caption in a text before its credit: from the last word that points to a picture on, else all of it."""
    found = list(_DIRECTION_INSIDE.finditer(text))
    return text[found[-1].start() :] if found else text


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    kept, at = [], 0
    for begin, end in spans:
        kept.append(text[at:begin])
        at = end
    return " ".join([*kept, text[at:]])


def _glued_at(text: str) -> int:
    """Where in a text the caption begins that is glued to a sentence without an end; 0 when it does not."""
    for found in re.finditer(r"(?<=[a-z0-9,-])\s+(?=(?:(?:From|Top|Left|Right|Above|Below)\b|[A-Z][a-z]*\s))", text):
        word = re.match(r"[A-Za-z]+", text[found.end() :])
        if (
            word
            and (frequency(word.group()) >= 20_000 or directed(text[found.end() :]))
            and len(text[found.end() :].split()) <= 80
        ):
            return found.end()
    return 0
