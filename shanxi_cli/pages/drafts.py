"""From the blocks of a page to drafts of its articles: which head begins one, which text belongs to it.

A head is a run of headings, bylines and labels without text between. It begins an article, or is a crosshead, or the
signature under one; what comes after it decides, and whether the article before was finished.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from shanxi_cli.model import Caption
from shanxi_cli.pages.blocks import Block, Kind, ends, is_open, starts_low
from shanxi_cli.pages.bylines import author_note
from shanxi_cli.pages.captions import seems_caption, shows_people
from shanxi_cli.pages.classify import begins_article, lost_capital, may_lack_capital
from shanxi_cli.pages.lists import OPEN_ENDS
from shanxi_cli.pages.topics import similarities, terms
from shanxi_cli.pages.words import Vocabulary, is_cut

_INTRODUCTION = 130
"""Words that an introduction between headline and byline may have."""
_PHOTO_STORY = 45
"""Words of a caption that is a story of its own, where a headline stands over it."""


class Piece(NamedTuple):
    """A paragraph of a body, or a part of one: its text, and the number of its first line."""

    text: str
    line: int


@dataclass
class Draft:
    """An article in the making. `closed` once something said that it is over."""

    line: int
    headline: str = ""
    level: int = 0
    decks: list[str] = field(default_factory=list)
    label: str = ""
    authors: tuple[str, ...] = ()
    contributors: tuple[str, ...] = ()
    note: str = ""
    pieces: list[Piece] = field(default_factory=list)
    captions: list[Caption] = field(default_factory=list)
    story: str = ""
    closed: bool = False
    doubts: list[str] = field(default_factory=list)
    repairs: list[str] = field(default_factory=list)
    lines: set[int] = field(default_factory=set)

    @property
    def body(self) -> str:
        """The text so far, on one line."""
        return " ".join(piece.text for piece in self.pieces)


@dataclass
class Drafted:
    """What the blocks of a page gave: articles, captions with the place of each (index into `drafts`), what was left out."""

    drafts: list[Draft]
    captions: list[tuple[Block, int]]
    dropped: list[tuple[int, str]]


class Head(NamedTuple):
    """A run of headings, bylines and labels: the blocks of it, captions between them included."""

    blocks: tuple[Block, ...]

    def of(self, kind: Kind) -> list[Block]:
        """Its blocks of a kind, in their order."""
        return [block for block in self.blocks if block.kind is kind]


def drafted(blocks: Sequence[Block], vocabulary: Vocabulary) -> Drafted:
    """The articles of a page in the order in which they begin on it."""
    return _Drafting(blocks, vocabulary).run()


class _Drafting:
    """One pass over the blocks."""

    def __init__(self, blocks: Sequence[Block], vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.blocks = [block for block in blocks if block.kind is not Kind.FURNITURE or block.why]
        self.found = Drafted([], [], [])
        self.current: Draft | None = None
        self.signed_below = _signed_below(self.blocks)
        self.bylines = sum(block.kind is Kind.BYLINE for block in self.blocks)

    def run(self) -> Drafted:
        at = 0
        while at < len(self.blocks):
            block = self.blocks[at]
            if block.kind in (Kind.HEADING, Kind.BYLINE, Kind.LABEL):
                at = self._head(at)
                continue
            self._one(at)
            at += 1
        return self.found

    def _one(self, at: int) -> None:
        block = self.blocks[at]
        current = self.current
        if block.kind is Kind.FURNITURE:
            self.found.dropped.append((block.line, f"{block.why}: {block.text}"))
        elif block.kind is Kind.CAPTION:
            self.found.captions.append((block, self._place()))
        elif block.kind is Kind.CONTRIBUTORS and current:
            current.contributors += tuple(name for name in block.names if name not in current.contributors)
            current.lines.add(block.line)
            current.closed = True
        elif block.kind is Kind.SIGNATURE:
            self._sign(block)
        elif block.kind is Kind.NOTE and current:
            current.note = f"{current.note} {block.text}".strip()
            current.lines.add(block.line)
            current.closed = True
        else:
            self._text(at)

    def _sign(self, block: Block) -> None:
        """An agency under its article ends it, and is its author where no other is named."""
        if self.current:
            self.current.lines.add(block.line)
            self.current.closed = True
        self.found.dropped.append((block.line, f"signature: {block.text}"))

    def _place(self) -> int:
        return len(self.found.drafts) - 1

    def _begin(self, block: Block) -> Draft:
        self.current = Draft(block.line)
        self.found.drafts.append(self.current)
        return self.current

    # Text

    def _text(self, at: int) -> None:
        block, current = self.blocks[at], self.current
        low = starts_low(block.text) and not lost_capital(block.text, self.vocabulary)
        if current and current.authors and current.pieces and not low and author_note(block.text, current.authors):
            if self._ends_here(at):
                current.note, current.closed = block.text, True
                return
        if current is None or current.closed:
            current = self._after_the_end(at, low)
            if current is None:
                return
        if self._is_picture(at):
            self.found.captions.append((_as_caption(block), self._place()))
            return
        if self._is_deck(at):
            current.decks.append(block.text)
        else:
            current.pieces.append(Piece(block.text, block.line))
        current.lines.add(block.line)

    def _is_picture(self, at: int) -> bool:
        """True for the last text of an article that tells what a picture shows; its credit was lost."""
        block, current = self.blocks[at], self.current
        after = self.blocks[at + 1] if at + 1 < len(self.blocks) else None
        last = after is None or after.kind in (Kind.HEADING, Kind.LABEL, Kind.BYLINE)
        ended = current is not None and len(current.pieces) > 1 and not is_open(current.pieces[-1].text)
        return last and ended and shows_people(block.text)

    def _is_deck(self, at: int) -> bool:
        """True for the deck that stands between a byline and the first paragraph."""
        block, current = self.blocks[at], self.current
        if not current or current.pieces or current.decks or not current.authors or not current.headline:
            return False
        words = block.text.split()
        after = self.blocks[at + 1] if at + 1 < len(self.blocks) else None
        if ends(block.text) or not is_open(block.text) or len(words) > 36 or words[-1].lower() in OPEN_ENDS:
            return False
        return (
            after is not None
            and after.kind is Kind.TEXT
            and (not starts_low(after.text) or may_lack_capital(after.text, self.vocabulary))
            and block.text[-1] not in ",;-"
            and not (starts_low(after.text) and is_cut(block.text, after.text, self.vocabulary))
        )

    def _ends_here(self, at: int) -> bool:
        after = self.blocks[at + 1] if at + 1 < len(self.blocks) else None
        return after is None or after.kind is not Kind.TEXT

    def _after_the_end(self, at: int, low: bool) -> Draft | None:
        """Whose text stands behind the end of an article, or before the first: None where it is a caption."""
        block = self.blocks[at]
        run = self._run_of_text(at)
        if not low and len(run) == 1 and len(block.text.split()) <= 60 and ends(block.text):
            if seems_caption(block.text) or at + 1 < len(self.blocks):
                self.found.captions.append((_as_caption(block), self._place()))
                return None
        if low:
            for draft in reversed(self.found.drafts):
                if draft.pieces and is_open(draft.pieces[-1].text):
                    self.current = draft
                    return draft
        words = sum(len(each.text.split()) for each in run)
        best = self._most_like(" ".join(each.text for each in run))
        if best is not None and (low or words < 40):
            best.doubts.append(f"text behind its end was added to it: {_short(block.text)}")
            self.current = best
            return best
        self._begin(block).doubts.append("its headline and byline are not on the page")
        return self.current

    def _run_of_text(self, at: int) -> list[Block]:
        run = []
        for block in self.blocks[at:]:
            if block.kind in (Kind.CAPTION, Kind.FURNITURE):
                continue
            if block.kind is not Kind.TEXT:
                break
            run.append(block)
        return run

    def _most_like(self, text: str) -> Draft | None:
        drafts = [draft for draft in self.found.drafts if draft.pieces]
        if not drafts:
            return None
        found = similarities(text, [terms(draft.body) for draft in drafts])
        best = max(range(len(drafts)), key=lambda n: found[n])
        return drafts[best] if found[best] > 0 else None

    # Heads

    def _head(self, at: int) -> int:
        """Reads the head that begins at `at`, and gives the place behind it."""
        if again := self._printed_again(at):
            return again
        end = self._end_of_head(at)
        *stories, last = _without_photo_stories(self.blocks, at, end) or [Head(())]
        for story in stories:
            self._take(story, story.of(Kind.CAPTION)[-1])
        if last.blocks:
            self._take(last, self._behind(end))
        return end

    def _printed_again(self, at: int) -> int:
        """The place behind the headline of the article at hand, printed a second time; 0 when it is none."""
        if not self.current or not self.current.headline or self.blocks[at].kind is not Kind.HEADING:
            return 0
        end, text = at, ""
        while end < len(self.blocks) and self.blocks[end].kind is Kind.HEADING:
            text += _squeezed(self.blocks[end].text)
            end += 1
            if text == _squeezed(self.current.headline):
                self.found.dropped += ((block.line, f"headline again: {block.text}") for block in self.blocks[at:end])
                return end
        return 0

    def _behind(self, at: int) -> Block | None:
        """What follows a head: the next block that is no furniture, or the text behind captions, if it is its own."""
        rest = [block for block in self.blocks[at:] if block.kind is not Kind.FURNITURE]
        plain = [block for block in rest if block.kind is not Kind.CAPTION]
        if rest and rest[0].kind is Kind.CAPTION and plain and plain[0].kind is Kind.TEXT:
            return plain[0]
        return rest[0] if rest else None

    def _end_of_head(self, at: int) -> int:
        """Where a head ends; an introduction between headline and byline belongs to it."""
        end = last = at
        has_heading = False
        while end < len(self.blocks):
            kind = self.blocks[end].kind
            if kind in (Kind.HEADING, Kind.BYLINE, Kind.LABEL):
                has_heading |= kind is Kind.HEADING
                if kind is Kind.HEADING and self._byline_in(last, end) and self._byline_ahead(end):
                    break  # the next article: this one had its byline
                end += 1
                last = end
            elif kind in (Kind.CAPTION, Kind.FURNITURE):
                end += 1
            elif kind is Kind.TEXT and has_heading and (behind := self._introduction(at, end)):
                end = last = behind
            else:
                break
        return last

    def _byline_in(self, start: int, end: int) -> bool:
        return any(block.kind is Kind.BYLINE for block in self.blocks[start:end])

    def _byline_ahead(self, at: int) -> bool:
        for block in self.blocks[at + 1 :]:
            if block.kind is Kind.BYLINE:
                return True
            if block.kind is Kind.TEXT:
                return False
        return False

    def _introduction(self, start: int, at: int) -> int:
        """The place behind the byline that follows an introduction at `at`; 0 when there is no such byline."""
        if self.signed_below or any(block.kind is Kind.BYLINE for block in self.blocks[start:at]):
            return 0
        words = texts = 0
        for n, block in enumerate(self.blocks[at:], at):
            if block.kind is Kind.BYLINE:
                return n + 1
            if block.kind is Kind.TEXT:
                words += len(block.text.split())
                texts += 1
            if block.kind in (Kind.HEADING, Kind.CONTRIBUTORS, Kind.NOTE) or words > _INTRODUCTION or texts > 2:
                return 0
        return 0

    def _take(self, head: Head, after: Block | None) -> None:
        """What a head does: begins an article, signs the one before, or parts it."""
        for block in head.blocks:
            if block.kind is Kind.CAPTION:
                self.found.captions.append((block, self._place() + (1 if self._begins(head, after) else 0)))
            elif block.kind is Kind.FURNITURE:
                self.found.dropped.append((block.line, f"{block.why}: {block.text}"))
        bylines = head.of(Kind.BYLINE)
        current = self.current
        if bylines and self._signs(head) and current:
            current.authors = bylines[0].names
            current.lines.add(bylines[0].line)
            current.closed = True
            rest = Head(
                tuple(
                    block
                    for block in head.blocks
                    if block.line > bylines[0].line
                    and block.kind is not Kind.CAPTION
                    and block.kind is not Kind.FURNITURE
                )
            )
            if rest.blocks:
                self._take(rest, after)
            return
        if self._begins(head, after):
            _fill(self._begin(head.blocks[0]), head)
        else:
            self._part(head, after)

    def _signs(self, head: Head) -> bool:
        """True when a byline stands under its article, not over it."""
        current = self.current
        if not current or current.authors or not current.pieces or current.closed:
            return False
        first = next(block for block in head.blocks if block.kind in (Kind.BYLINE, Kind.HEADING, Kind.LABEL))
        return self.signed_below and first.kind is Kind.BYLINE

    def _begins(self, head: Head, after: Block | None) -> bool:
        """True when a head begins an article."""
        headings, current = head.of(Kind.HEADING), self.current
        if head.of(Kind.BYLINE) and not self._signs(head):
            return True
        if not headings:
            return False
        if after is None or after.kind is not Kind.TEXT:
            # With a picture and no text it is a photo story.
            pictured = bool(head.of(Kind.CAPTION)) or (after is not None and after.kind is Kind.CAPTION)
            finished = current is None or current.closed or bool(current.story) or not is_open(current.body or ".")
            return pictured and finished and sum(len(heading.text.split()) for heading in headings) >= 2
        if current is None or current.closed:
            return True
        return self._is_news(head, current, after)

    def _is_news(self, head: Head, current: Draft, after: Block) -> bool:
        """True when a head without a byline, in an article that nothing ended, begins another."""
        headings = head.of(Kind.HEADING)
        if not current.pieces:
            return bool(current.story) or not current.headline
        if is_open(current.pieces[-1].text) or (
            starts_low(after.text) and not lost_capital(after.text, self.vocabulary)
        ):
            return False
        first = headings[0]
        words = len(first.text.split())
        labelled = any(block.kind is Kind.LABEL and block.line < first.line for block in head.blocks)
        if labelled or (words >= 3 and begins_article(after.text, self.vocabulary)):
            return True
        if any(heading.level for heading in headings):
            level = min(heading.level for heading in headings if heading.level)
            return (level <= current.level or not current.level) and words >= 3
        if current.level:
            return False  # headlines are marked on this page, and this is none
        return words >= 5 or (words >= 4 and first.gap >= 2)

    def _part(self, head: Head, after: Block | None) -> None:
        """A head that begins nothing: a crosshead stays as a paragraph of its own, labels go."""
        current = self.current
        for block in head.blocks:
            if block.kind is Kind.LABEL:
                self.found.dropped.append((block.line, f"label: {block.text}"))
            elif block.kind is Kind.HEADING and current and not current.closed and current.pieces and after is not None:
                inside = is_open(current.pieces[-1].text)
                if inside and not starts_low(after.text) and not block.level:
                    current.pieces.append(Piece(block.text, block.line))  # the middle of a sentence, in short lines
                elif inside:
                    self.found.dropped.append((block.line, f"display line: {block.text}"))
                else:
                    current.pieces.append(Piece(block.text, block.line))
                    current.doubts.append(f"a crosshead, or a headline: {block.text}")
            elif block.kind is Kind.HEADING:
                self.found.dropped.append((block.line, f"display line: {block.text}"))


def _signed_below(blocks: Sequence[Block]) -> bool:
    """True for a page whose bylines stand under the articles: the first headline has text, not a byline, behind it."""
    kinds = [block.kind for block in blocks if block.kind in (Kind.HEADING, Kind.BYLINE, Kind.TEXT, Kind.CONTRIBUTORS)]
    if Kind.BYLINE not in kinds or kinds[0] is not Kind.HEADING:
        return False
    # Each byline has text before it, and a headline or nothing behind it.
    return all(
        n > 0
        and kinds[n - 1] is Kind.TEXT
        and (n + 1 == len(kinds) or kinds[n + 1] in (Kind.HEADING, Kind.CONTRIBUTORS))
        for n, kind in enumerate(kinds)
        if kind is Kind.BYLINE
    )


def _without_photo_stories(blocks: Sequence[Block], start: int, end: int) -> list[Head]:
    """The heads in a run of blocks: a headline with a caption that is its story is one of its own."""
    run = list(blocks[start:end])
    heads: list[Head] = []
    at = 0
    for n, block in enumerate(run):
        left = [each for each in run[at:n] if each.kind in (Kind.HEADING, Kind.BYLINE)]
        right = [each for each in run[n:] if each.kind in (Kind.HEADING, Kind.BYLINE)]
        if block.kind is not Kind.CAPTION or not left or not right:
            continue
        if any(each.kind is Kind.BYLINE for each in left):
            continue
        if right[0].kind is Kind.BYLINE and len(block.captions) < 2 and len(block.story.split()) < 2 * _PHOTO_STORY:
            continue
        if _is_photo_story(left, block, right, blocks[end] if end < len(blocks) else None):
            last = n + 1
            while last < len(run) and run[last].kind is Kind.CAPTION:
                last += 1
            heads.append(Head(tuple(run[at:last])))
            at = last
    if at < len(run):
        heads.append(Head(tuple(run[at:])))
    return heads


def _is_photo_story(left: list[Block], caption: Block, right: list[Block], after: Block | None) -> bool:
    behind = " ".join([*(block.text for block in right), after.text if after else ""])
    mine, theirs = similarities(caption.text, [terms(" ".join(block.text for block in left)), terms(behind)])
    if right[0].kind is Kind.BYLINE:
        return mine > theirs
    if len(caption.story.split()) >= _PHOTO_STORY or len(caption.captions) > 1:
        return True
    if left[-1].level and right[0].level and left[-1].level == right[0].level:
        return True
    return mine > theirs and len(left[-1].text.split()) >= 3 and len(right[0].text.split()) >= 4


def _fill(draft: Draft, head: Head) -> None:
    """Headline, deck, byline and label of a head, into its draft."""
    bylines = head.of(Kind.BYLINE)
    for byline in bylines:
        draft.authors += tuple(name for name in byline.names if name not in draft.authors)
    draft.lines |= {block.line for block in head.blocks if block.kind is not Kind.FURNITURE}
    labels = [block.text for block in head.of(Kind.LABEL)]
    headings, kicker = _without_kicker(_joined_parts(head.of(Kind.HEADING)))
    draft.label = (labels or [kicker])[0] if labels or kicker else ""
    headline = _headline(headings, bylines[0].line if bylines else None)
    if headline:
        draft.headline, draft.level = headline.text, headline.level
    known = {_squeezed(draft.headline)}
    for block in sorted([*headings, *head.of(Kind.TEXT)], key=lambda block: block.line):
        if block is not headline and _squeezed(block.text) not in known:
            known.add(_squeezed(block.text))
            draft.decks.append(block.text)


def _squeezed(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())


def _joined_parts(headings: list[Block]) -> list[Block]:
    """The headings, the lines of one headline that stand apart made one."""
    joined: list[Block] = []
    for block in headings:
        before = joined[-1] if joined else None
        if before and block.level == before.level and _goes_on(before, block):
            joined[-1] = Block(f"{before.text} {block.text}", before.line, before.level, before.gap, Kind.HEADING)
        else:
            joined.append(block)
    return joined


def _goes_on(before: Block, block: Block) -> bool:
    words, more = before.text.split(), block.text.split()
    close = block.gap == 0 and (block.level > 0 or (before.text.isupper() and block.text.isupper()))
    if starts_low(block.text) or close:
        return len(words) + len(more) <= 26
    if len(words) + len(more) > 14 or block.gap > 1 or max(len(words), len(more)) > 7:
        return False
    loose = words[-1].lower() in _LOOSE
    both_capitals = before.text.isupper() and block.text.isupper() and block.gap <= 1
    return loose or both_capitals or (bool(block.level) and block.gap == 0)


_LOOSE = frozenset(
    "a an and as at but by for from in into is of on or over the to with under its their our are be".split()
)
"""Words that the line of a headline may end with, when another follows."""


def _without_kicker(headings: list[Block]) -> tuple[list[Block], str]:
    """The headings without the few words over a headline that name its subject, and those words."""
    if len(headings) < 2:
        return headings, ""
    first, second = headings[0], headings[1]
    words, more = len(first.text.split()), len(second.text.split())
    small = words <= 3 and more >= 4 and (first.level == 0 or second.level > 0 or first.level > second.level)
    if small and (second.level >= first.level or first.level > second.level):
        return headings[1:], first.text
    return headings, ""


def _headline(headings: list[Block], byline: int | None) -> Block | None:
    """Which of the headings of a head is the headline."""
    if not headings:
        return None
    above = [block for block in headings if byline is None or block.line < byline] or headings
    marked = [block for block in above if block.level]
    if marked:
        top = min(block.level for block in marked)
        above = [block for block in marked if block.level == top]
    if len(above) == 1:
        return above[0]
    capitals = [block for block in above if block.text.isupper()]
    if len(capitals) == 1 and len(capitals[0].text.split()) >= 3:
        return capitals[0]
    lengths = [len(block.text) for block in above]
    shortest = above[lengths.index(min(lengths))]
    return shortest if min(lengths) * 1.25 < lengths[0] else above[0]


def _as_caption(block: Block) -> Block:
    return Block(
        block.text, block.line, 0, block.gap, Kind.CAPTION, captions=(Caption(block.text, ""),), story=block.text
    )


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."
