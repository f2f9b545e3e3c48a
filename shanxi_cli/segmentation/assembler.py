"""From the blocks of a page to drafts of its articles: which head begins one, which text belongs to it.

A head is a run of headings, bylines and labels without text between. It begins an article, or is a crosshead, or the
signature under one; what comes after it decides, and whether the article before was finished.
"""

from collections.abc import Sequence

from shanxi_cli.model.article import Caption
from shanxi_cli.segmentation import context
from shanxi_cli.segmentation.blocks import Block, BlockKind
from shanxi_cli.segmentation.dehyphenation import PageVocabulary, is_word_broken
from shanxi_cli.segmentation.draft import Draft, DraftedPage, Paragraph, shorten_text
from shanxi_cli.segmentation.lexicon import UNFINISHED_ENDINGS
from shanxi_cli.segmentation.openings import lacks_drop_cap, may_lack_drop_cap, starts_like_article
from shanxi_cli.segmentation.rules.captions import describes_people, is_likely_caption
from shanxi_cli.segmentation.rules.contributors import is_author_note
from shanxi_cli.segmentation.rules.headlines import (
    ArticleHead,
    contains_speech,
    introduces_section,
    is_running_text,
    parse_head,
    split_photo_stories,
    squeeze_text,
)
from shanxi_cli.segmentation.rules.names import is_agency
from shanxi_cli.segmentation.sentence_boundaries import ends_sentence, is_unfinished, starts_mid_sentence
from shanxi_cli.segmentation.similarity import count_shared_names, count_terms, score_similarities

_MIN_SHARED_NAMES = 2
"""Names and rare words that two halves of one article share, at least."""
_MAX_BARE_HEADLINE_WORDS = 15
"""Words that a headline without a mark and without a byline has at most, in the middle of an article."""
_MAX_CROSSHEAD_WORDS = 6
"""Words that a title within an article has at most."""


def assemble_drafts(blocks: Sequence[Block], vocabulary: PageVocabulary) -> DraftedPage:
    """The articles of a page in the order in which they begin on it."""
    return _DraftAssembler(blocks, vocabulary).run()


class _DraftAssembler:
    """One pass over the blocks."""

    def __init__(self, blocks: Sequence[Block], vocabulary: PageVocabulary) -> None:
        self.vocabulary = vocabulary
        self.blocks = [block for block in blocks if block.kind is not BlockKind.FURNITURE or block.why]
        self.found = DraftedPage([], [], [])
        self.current: Draft | None = None
        self.jumps: dict[str, Draft] = {}
        self.signed_below = context.has_bylines_below(self.blocks)

    def run(self) -> DraftedPage:
        at = 0
        while at < len(self.blocks):
            block = self.blocks[at]
            if block.kind in (BlockKind.HEADING, BlockKind.BYLINE, BlockKind.LABEL):
                at = self._head(at)
                continue
            self._one(at)
            at += 1
        return self.found

    def _one(self, at: int) -> None:
        block = self.blocks[at]
        current = self.current
        if block.kind is BlockKind.FURNITURE:
            self.found.dropped.append((block.line, f"{block.why}: {block.text}"))
            if block.why == "pointer" and current:
                self.jumps.update((word, current) for word in context.extract_jump_words(block.text))
            if block.why == "masthead" and current and self._is_other_story(at):
                current.closed = True
        elif block.kind is BlockKind.CAPTION:
            self.found.captions.append((block, self._place()))
        elif block.kind is BlockKind.CONTRIBUTORS and current:
            current.contributors += tuple(name for name in block.names if name not in current.contributors)
            current.lines.add(block.line)
            current.closed = True
        elif block.kind is BlockKind.SIGNATURE:
            self._sign(block)
        elif block.kind is BlockKind.NOTE and current:
            current.note = f"{current.note} {block.text}".strip()
            current.lines.add(block.line)
            current.closed = True
        else:
            self._text(at)

    def _is_other_story(self, at: int) -> bool:
        """True when the text behind a folio has nothing in common with the article before it: a new page begins."""
        current, run = self.current, context.collect_text_run(self.blocks, at + 1)
        text = " ".join(block.text for block in run)
        if (
            current is None
            or len(current.pieces) < 3
            or is_unfinished(current.pieces[-1].text)
            or len(text.split()) < 60
        ):
            return False
        return not starts_mid_sentence(run[0].text) and count_shared_names(text, current.body) < _MIN_SHARED_NAMES

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
        low = starts_mid_sentence(block.text) and not lacks_drop_cap(block.text, self.vocabulary)
        if current and current.authors and current.pieces and not low and is_author_note(block.text, current.authors):
            after = context.next_block(self.blocks, at)
            if after is None or after.kind is not BlockKind.TEXT:
                current.note, current.closed = block.text, True
                return
        if current is None or current.closed:
            current = self._after_the_end(at, low)
            if current is None:
                return
        if self._is_picture(at):
            self.found.captions.append((_convert_to_caption(block), self._place()))
            return
        if self._is_deck(at):
            current.decks.append(block.text)
        else:
            current.pieces.append(Paragraph(block.text, block.line))
        current.lines.add(block.line)

    def _is_picture(self, at: int) -> bool:
        """True for the last text of an article that tells what a picture shows; its credit was lost."""
        block, current = self.blocks[at], self.current
        after = context.next_block(self.blocks, at)
        last = after is None or after.kind in (BlockKind.HEADING, BlockKind.LABEL, BlockKind.BYLINE)
        ended = current is not None and len(current.pieces) > 1 and not is_unfinished(current.pieces[-1].text)
        return last and ended and describes_people(block.text)

    def _is_deck(self, at: int) -> bool:
        """True for the deck that stands between a byline and the first paragraph."""
        block, current = self.blocks[at], self.current
        if not current or current.pieces or current.decks or not current.authors or not current.headline:
            return False
        words = block.text.split()
        after = context.next_block(self.blocks, at)
        if introduces_section(block.text) and context.is_first_person_text(self.blocks, at + 1):
            return True
        if ends_sentence(block.text) or not is_unfinished(block.text) or len(words) > 36:
            return False
        if words[-1].lower() in UNFINISHED_ENDINGS and (after is None or not starts_mid_sentence(after.text)):
            return False
        return (
            after is not None
            and after.kind is BlockKind.TEXT
            and (not starts_mid_sentence(after.text) or may_lack_drop_cap(after.text, self.vocabulary))
            and block.text[-1] not in ",;-"
            and not (starts_mid_sentence(after.text) and is_word_broken(block.text, after.text, self.vocabulary))
        )

    def _after_the_end(self, at: int, low: bool) -> Draft | None:
        """Whose text stands behind the end of an article, or before the first: None where it is a caption."""
        block = self.blocks[at]
        run = context.collect_text_run(self.blocks, at)
        alone = not low and len(run) == 1 and len(block.text.split()) <= 60 and ends_sentence(block.text)
        if alone and (is_likely_caption(block.text) or at + 1 < len(self.blocks)):
            self.found.captions.append((_convert_to_caption(block), self._place()))
            return None
        if low:
            for draft in reversed(self.found.drafts):
                if draft.pieces and is_unfinished(draft.pieces[-1].text):
                    self.current = draft
                    return draft
        words = sum(len(each.text.split()) for each in run)
        best = self._most_like(" ".join(each.text for each in run))
        if best is not None and (low or words < 40):
            best.doubts.append(f"text behind its end was added to it: {shorten_text(block.text)}")
            self.current = best
            return best
        self._begin(block).doubts.append("its headline and byline are not on the page")
        return self.current

    def _most_like(self, text: str) -> Draft | None:
        drafts = [draft for draft in self.found.drafts if draft.pieces]
        if not drafts:
            return None
        found = score_similarities(text, [count_terms(draft.body) for draft in drafts])
        best = max(range(len(drafts)), key=lambda n: found[n])
        return drafts[best] if found[best] > 0 else None

    # Heads

    def _head(self, at: int) -> int:
        """Reads the head that begins at `at`, and gives the place behind it."""
        if again := self._printed_again(at):
            return again
        end = context.find_head_end(self.blocks, at, self.signed_below)
        *stories, last = split_photo_stories(self.blocks, at, end) or [ArticleHead(())]
        for story in stories:
            self._take(story, story.of(BlockKind.CAPTION)[-1])
        if last.blocks:
            self._take(last, context.block_after_head(self.blocks, end))
        return end

    def _printed_again(self, at: int) -> int:
        """The place behind the headline of the article at hand, printed a second time; 0 when it is none."""
        if self.blocks[at].kind is not BlockKind.HEADING:
            return 0
        if self._is_jump_head(at):
            self.found.dropped.append((self.blocks[at].line, f"headline again: {self.blocks[at].text}"))
            return at + 1
        if not self.current or not self.current.headline or not self.current.authors:
            return 0
        if BlockKind.BYLINE in (
            block.kind for block in self.blocks[at : context.find_head_end(self.blocks, at, False)]
        ):
            return 0  # another article of the same headline
        end, text = at, ""
        while end < len(self.blocks) and self.blocks[end].kind is BlockKind.HEADING:
            text += squeeze_text(self.blocks[end].text)
            end += 1
            if text == squeeze_text(self.current.headline):
                self.found.dropped += ((block.line, f"headline again: {block.text}") for block in self.blocks[at:end])
                return end
        return 0

    def _take(self, head: ArticleHead, after: Block | None) -> None:
        """What a head does: begins an article, signs the one before, or parts it."""
        for block in head.blocks:
            if block.kind is BlockKind.CAPTION:
                self.found.captions.append((block, self._place() + (1 if self._begins(head, after) else 0)))
            elif block.kind is BlockKind.FURNITURE:
                self.found.dropped.append((block.line, f"{block.why}: {block.text}"))
        bylines = head.of(BlockKind.BYLINE)
        current = self.current
        if bylines and self._signs(head, after) and current:
            current.authors = bylines[0].names
            current.lines.add(bylines[0].line)
            current.closed = True
            rest = ArticleHead(
                tuple(
                    block
                    for block in head.blocks
                    if block.line > bylines[0].line
                    and block.kind is not BlockKind.CAPTION
                    and block.kind is not BlockKind.FURNITURE
                )
            )
            if rest.blocks:
                self._take(rest, after)
            return
        if self._begins(head, after):
            self._fill(self._begin(head.blocks[0]), head)
        else:
            self._part(head, after)

    def _is_jump_head(self, at: int) -> bool:
        """True for the words over the rest of an article that was continued on another page: its text goes on below."""
        block, text = self.blocks[at], squeeze_text(self.blocks[at].text)
        after = context.block_after_head(self.blocks, at + 1)
        if len(text) < 4 or after is None or not (block.text.isupper() or len(block.text.split()) >= 3):
            return False
        told = self.jumps.get(block.text.partition(":")[0].strip())
        if told and ":" in block.text and after.kind is BlockKind.TEXT:
            self.current, told.closed = told, False
            return True
        for draft in reversed(self.found.drafts):
            same = draft.headline and text in squeeze_text(draft.headline) and text != squeeze_text(draft.headline)
            if not same or not draft.pieces:
                continue
            if after.kind is BlockKind.TEXT and (
                starts_mid_sentence(after.text) or is_unfinished(draft.pieces[-1].text)
            ):
                self.current, draft.closed = draft, False
                return True
            return after.kind is BlockKind.HEADING
        return False

    def _fill(self, draft: Draft, head: ArticleHead) -> None:
        found = parse_head(head)
        if found.headline:
            draft.headline, draft.level = found.headline.text, found.headline.level
        draft.decks, draft.authors, draft.label = list(found.decks), found.authors, found.label
        draft.lines |= {block.line for block in head.blocks if block.kind is not BlockKind.FURNITURE}

    def _signs(self, head: ArticleHead, after: Block | None) -> bool:
        """True when a byline stands under its article, not over it."""
        current = self.current
        if not current or current.authors or not current.pieces or current.closed:
            return False
        told = [block for block in head.blocks if block.kind in (BlockKind.BYLINE, BlockKind.HEADING, BlockKind.LABEL)]
        if told[0].kind is not BlockKind.BYLINE:
            return False
        bare = not told[0].text.lower().startswith("by ") and not is_agency(told[0].names[0])
        if len(told) > 1:
            return self.signed_below or (bare and told[1].kind is not BlockKind.BYLINE)
        return self.signed_below or (bare and (after is None or after.kind is not BlockKind.TEXT))

    def _begins(self, head: ArticleHead, after: Block | None) -> bool:
        """True when a head begins an article."""
        headings, current = head.of(BlockKind.HEADING), self.current
        if head.of(BlockKind.BYLINE) and not self._signs(head, after):
            return True
        if not headings:
            return False
        if after is None or after.kind is not BlockKind.TEXT:
            # With a picture and no text it is a photo story.
            pictured = bool(head.of(BlockKind.CAPTION)) or (after is not None and after.kind is BlockKind.CAPTION)
            finished = (
                current is None or current.closed or bool(current.story) or not is_unfinished(current.body or ".")
            )
            return pictured and finished and sum(len(heading.text.split()) for heading in headings) >= 2
        if current is None or current.closed:
            return True
        return self._is_news(head, current, after)

    def _is_news(self, head: ArticleHead, current: Draft, after: Block) -> bool:
        """True when a head without a byline, in an article that nothing ended, begins another."""
        headings = head.of(BlockKind.HEADING)
        if not current.pieces:
            return bool(current.story) or not current.headline
        if is_unfinished(current.pieces[-1].text) or (
            starts_mid_sentence(after.text) and not may_lack_drop_cap(after.text, self.vocabulary)
        ):
            return False
        first = headings[0]
        words = len(first.text.split())
        if squeeze_text(first.text) == squeeze_text(current.headline):
            return True
        labelled = any(block.kind is BlockKind.LABEL and block.line < first.line for block in head.blocks)
        if labelled or (words >= 3 and starts_like_article(after.text, self.vocabulary)):
            return True
        if any(heading.level for heading in headings):
            level = min(heading.level for heading in headings if heading.level)
            return (level <= current.level or not current.level) and words >= 3
        if current.level:
            return False  # headlines are marked on this page, and this is none
        if (
            words > _MAX_BARE_HEADLINE_WORDS
            or contains_speech(first.text)
            or (current.authors and is_running_text(first.text))
        ):
            return False  # the half of a paragraph, cut before a name
        capitals = first.text.isupper() and words >= 3
        return words >= 5 or (words >= 4 and first.gap >= 2) or (capitals and len(headings) > 1)

    def _part(self, head: ArticleHead, after: Block | None) -> None:
        """A head that begins nothing: a crosshead stays as a paragraph of its own, labels go."""
        current = self.current
        for block in head.blocks:
            if block.kind is BlockKind.LABEL:
                self.found.dropped.append((block.line, f"label: {block.text}"))
            elif (
                block.kind is BlockKind.HEADING
                and current
                and not current.closed
                and current.pieces
                and after is not None
            ):
                inside = is_unfinished(current.pieces[-1].text)
                if inside and not starts_mid_sentence(after.text) and not block.level:
                    current.pieces.append(Paragraph(block.text, block.line))  # the middle of a sentence, in short lines
                elif inside:
                    self.found.dropped.append((block.line, f"display line: {block.text}"))
                else:
                    current.pieces.append(Paragraph(block.text, block.line))
                    if len(block.text.split()) <= _MAX_CROSSHEAD_WORDS:
                        current.doubts.append(f"a crosshead, or a headline: {block.text}")
            elif block.kind is BlockKind.HEADING:
                self.found.dropped.append((block.line, f"display line: {block.text}"))


def _convert_to_caption(block: Block) -> Block:
    return Block(
        block.text, block.line, 0, block.gap, BlockKind.CAPTION, captions=(Caption(block.text, ""),), story=block.text
    )
