"""Snippets: the best passages of an article for a query, as text with marks.

A passage is a whole sentence, with the next ones of its paragraph while it is short, or the part of
a long one around its matches; no two overlap. Passages with the most different parts of the query
are chosen first, and returned in the order of the article. Code is shown for what no other passage has.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from collections.abc import Sequence as Items
from typing import TYPE_CHECKING

from shanxi_cli.analysis.document_fields import PEOPLE_FIELDS, running_texts
from shanxi_cli.analysis.sentence_splitter import enclosing_paragraphs, split_sentences
from shanxi_cli.matching.highlighter import TextPattern, cached_finder, find_marks, merge_marks
from shanxi_cli.model.article import Article
from shanxi_cli.model.results import Mark, Snippet
from shanxi_cli.util.frozen_record import Record

if TYPE_CHECKING:
    from shanxi_cli.model.quantity import Quantity

MAX_PASSAGES = 3
MAX_PASSAGE_CHARS = 280
SHORT_PASSAGE_CHARS = 90
_ELLIPSIS = "… "
_SENTENCE_ENDINGS = ".!?…\"'”’)。！？"


def title_snippet(article: Article, patterns: Items[TextPattern]) -> Snippet:
    """Return the title with the marks of its matches."""
    return Snippet("title", article.title, merge_marks([m for _, m in find_marks(patterns, "title", article.title)]))


def select_passages(
    article: Article,
    patterns: Items[TextPattern],
    most: int = MAX_PASSAGES,
    quantities: "Items[Quantity] | None" = None,
) -> tuple[Snippet, ...]:
    """Return at most `most` passages of the article that match, in the article's order.

    If only the title matches, the first passage of the deck or body takes their place, without marks;
    an article with nothing but a title has none. A name (a byline, a credit) is a passage only for parts of the query
    that no other passage has. `quantities` are those of the body, with places in it;
    None: they are extracted if a pattern needs them.
    """
    marks_in = cached_finder(tuple(patterns)).marks
    candidates = [
        c
        for number, (field, text) in enumerate(running_texts(article))
        if field != "title" and (marks := marks_in(field, text, quantities))
        for c in _find_candidates(number, field, text, marks)
    ]
    code = article.code_ranges
    in_sentences = {part for c in candidates if c.field not in PEOPLE_FIELDS for part in c.parts}
    candidates = [c for c in candidates if c.field not in PEOPLE_FIELDS or c.parts - in_sentences]
    if not candidates:
        return _opening_passage(article)
    chosen: list[_PassageCandidate] = []
    seen: set[int] = set()
    while candidates and len(chosen) < most:
        # Rank by the parts of the query not shown yet, then by all parts.
        best = max(candidates, key=lambda c: _rank_candidate(c, seen, code))
        if chosen and not best.parts - seen and len(chosen) >= 2:
            break
        candidates.remove(best)
        chosen.append(best)
        seen |= best.parts
    chosen.sort(key=lambda c: (c.number, c.start))
    return tuple(c.snippet() for c in chosen)


def _rank_candidate(c: "_PassageCandidate", seen: set[int], code: Items[tuple[int, int]]) -> tuple[int, ...]:
    is_code = c.field == "body" and any(start <= c.start < end for start, end in code)
    new = len(c.parts - seen)
    return new > 0, not is_code, new, len(c.parts), len(c.marks), c.field == "body"


class _PassageCandidate(Record):
    """A range of a text with matches: `marks` are offsets into the text, `parts` are indexes of patterns.

    `number` is the index of the text among those of its article.
    """

    number: int
    field: str
    text: str
    start: int
    end: int
    marks: tuple[Mark, ...]
    parts: frozenset[int]

    def snippet(self) -> Snippet:
        return _make_snippet(self.field, self.text, self.start, self.end, self.marks)


def _find_candidates(number: int, field: str, text: str, marks: Items[tuple[int, Mark]]) -> Iterator[_PassageCandidate]:
    starts = [mark.start for _, mark in marks]
    for start, end in _candidate_ranges(text, merge_marks([mark for _, mark in marks])):
        inside = [(n, m) for n, m in marks[bisect_left(starts, start) : bisect_left(starts, end)] if m.end <= end]
        if inside:
            merged = merge_marks([m for _, m in inside])
            yield _PassageCandidate(number, field, text, start, end, merged, frozenset(n for n, _ in inside))


def _candidate_ranges(text: str, marks: Items[Mark]) -> Iterator[tuple[int, int]]:
    """Yield the sentences with a mark, joined with the next while they are short or a mark runs over the border.

    `marks` are sorted and do not overlap.
    """
    starts = [mark.start for mark in marks]
    pending: tuple[int, int] | None = None
    for start, end in _marked_sentences(text, marks):
        if pending:
            before = bisect_left(starts, pending[1])
            over = before > 0 and pending[1] < marks[before - 1].end
            short = pending[1] - pending[0] < SHORT_PASSAGE_CHARS and end - pending[0] <= MAX_PASSAGE_CHARS
            if over or (short and "\n" not in text[pending[1] : start]):
                pending = pending[0], end
                continue
            yield from _split_long_passage(
                text, *pending, marks[bisect_left(starts, pending[0]) : bisect_left(starts, pending[1])]
            )
            pending = None
        if bisect_left(starts, start) < bisect_left(starts, end):
            pending = start, end
    if pending:
        yield from _split_long_passage(
            text, *pending, marks[bisect_left(starts, pending[0]) : bisect_left(starts, pending[1])]
        )


def _marked_sentences(text: str, marks: Items[Mark]) -> Iterator[tuple[int, int]]:
    """Yield the sentences of the paragraphs that contain a mark."""
    at = 0
    while at < len(marks):
        start, stop = enclosing_paragraphs(text, *marks[at])
        at += 1
        while at < len(marks) and marks[at].start < stop:
            stop = max(stop, enclosing_paragraphs(text, *marks[at])[1])
            at += 1
        for sentence in split_sentences(text, start, stop):
            yield from _split_lines(text, *sentence)


def _split_lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a sentence, or the lines of a long piece of code without their indents."""
    if end - start <= SHORT_PASSAGE_CHARS:
        yield start, end
        return
    for line in text[start:end].split("\n"):
        stop = start + len(line)
        start = stop - len(line.lstrip())
        if start < stop:
            yield start, stop
        start = stop + 1


def _split_long_passage(text: str, start: int, end: int, inside: Items[Mark]) -> Iterator[tuple[int, int]]:
    """Yield a short range whole, a long one as windows of about `MAX_PASSAGE_CHARS` characters around its marks."""
    if end - start <= MAX_PASSAGE_CHARS:
        yield start, end
        return
    ends = [mark.end for mark in inside]
    at, done = 0, start
    while at < len(inside):
        first = inside[at]
        low = max(done, first.start - MAX_PASSAGE_CHARS // 3)
        high = min(end, max(low + MAX_PASSAGE_CHARS, first.end))
        group = inside[at : max(at + 1, bisect_right(ends, high))]
        at += len(group)
        if at < len(inside):
            high = min(high, inside[at].start)
        low, done = _snap_to_words(text, low, high, start, end, group)
        yield low, done


def _snap_to_words(text: str, low: int, high: int, start: int, end: int, group: Items[Mark]) -> tuple[int, int]:
    """Shrink the window to whole words, but never into a mark."""
    from shanxi_cli.util.line_breaking import trim_cut_end, trim_cut_start  # for the few passages that are cut

    if low > start:
        space = text.find(" ", low, group[0].start)
        low = space + 1 if space >= 0 else group[0].start - len(trim_cut_start(text[low : group[0].start]))
    if high < end:
        space = text.rfind(" ", group[-1].end, high)
        high = space if space >= 0 else group[-1].end + len(trim_cut_end(text[group[-1].end : high]))
    return low, high


def _make_snippet(field: str, text: str, start: int, end: int, marks: Items[Mark]) -> Snippet:
    """Return a range as one line, with an ellipsis where it cuts a sentence, and its marks shifted to match."""
    passage = text[start:end]
    lead = _ELLIPSIS if start and text[start - 1] != "\n" and not _begins_sentence(text, start) else ""
    shown = lead + passage.replace("\r", " ").replace("\n", " ").replace(
        "\t", " "
    )  # one for one, so that the marks stay valid
    shift = len(lead) - start
    tail = " …" if end < len(text) and text[end] != "\n" and shown[-1:] not in _SENTENCE_ENDINGS else ""
    return Snippet(field, shown + tail, tuple(Mark(m.start + shift, m.end + shift) for m in marks))


def _begins_sentence(text: str, start: int) -> bool:
    """Return True if a sentence begins at `start`, because the one before it has ended, or a line."""
    while start and text[start - 1].isspace():
        start -= 1
        if text[start] == "\n":
            return True  # a line of code
    return start > 0 and text[start - 1] in _SENTENCE_ENDINGS


def _opening_passage(article: Article) -> tuple[Snippet, ...]:
    for field, text in (("deck", article.deck), ("body", _opening_text(article))):
        for start, end in split_sentences(text):
            if end - start > MAX_PASSAGE_CHARS:
                end = max(text.rfind(" ", start, start + MAX_PASSAGE_CHARS), start + MAX_PASSAGE_CHARS // 2)
            return (_make_snippet(field, text, start, end, ()),)
    return ()


def _opening_text(article: Article) -> str:
    """Return the body, or its first plain paragraph if it has headings, lists, tables or code; else any paragraph."""
    if not article.layout:
        return article.body
    pairs = list(zip(article.paragraphs, article.layout, strict=True))
    plain = (text for text, kind in pairs if not kind)
    return next(plain, next((text for text in article.prose if text), pairs[0][0]))
