"""Assembly of drafts from the blocks of a page: which head begins an article, and which text belongs to it.

A head is a run of headings, bylines and labels without text between. It begins an article, or is a crosshead, or the
signature below one; what follows it decides, and whether the article before it was complete.
"""

from collections.abc import Sequence

from shanxi_cli.segmentation import context
from shanxi_cli.segmentation.blocks import Block, BlockKind, convert_to_caption
from shanxi_cli.segmentation.dehyphenation import PageVocabulary
from shanxi_cli.segmentation.draft import Draft, DraftedPage, Paragraph, shorten_text
from shanxi_cli.segmentation.evidence import MIN_MARGIN
from shanxi_cli.segmentation.openings import lacks_drop_cap
from shanxi_cli.segmentation.page import Decision
from shanxi_cli.segmentation.rules.article_starts import ARTICLE_START, START_RULES
from shanxi_cli.segmentation.rules.body_text import is_deck_below_byline, is_other_story, is_uncredited_caption
from shanxi_cli.segmentation.rules.captions import is_likely_caption
from shanxi_cli.segmentation.rules.contributors import is_author_note
from shanxi_cli.segmentation.rules.head_features import HeadContext, is_byline_below_article
from shanxi_cli.segmentation.rules.headlines import ArticleHead, parse_head, split_photo_stories, squeeze_text
from shanxi_cli.segmentation.sentence_boundaries import ends_sentence, is_unfinished, starts_mid_sentence
from shanxi_cli.segmentation.similarity import count_terms, score_similarities

_MAX_CROSSHEAD_WORDS = 6
"""Maximum number of words of a crosshead."""


def assemble_drafts(blocks: Sequence[Block], vocabulary: PageVocabulary) -> DraftedPage:
    """Return the drafts of a page in the order in which they begin, with loose captions and dropped text."""
    return _DraftAssembler(blocks, vocabulary).assemble()


class _DraftAssembler:
    """A single pass over the blocks of a page.

    `current` is the draft that text is added to, None before the first. `jumps` maps the jump word of an article that
    continues elsewhere to its draft. `signed_below` is True on a page that prints bylines below the articles.
    """

    def __init__(self, blocks: Sequence[Block], vocabulary: PageVocabulary) -> None:
        self.vocabulary = vocabulary
        self.blocks = [block for block in blocks if block.kind is not BlockKind.FURNITURE or block.furniture_kind]
        self.page = DraftedPage([], [], [])
        self.current: Draft | None = None
        self.jumps: dict[str, Draft] = {}
        self.signed_below = context.has_bylines_below(self.blocks)

    def assemble(self) -> DraftedPage:
        at = 0
        while at < len(self.blocks):
            block = self.blocks[at]
            if block.kind in (BlockKind.HEADING, BlockKind.BYLINE, BlockKind.LABEL):
                at = self._read_head(at)
                continue
            self._add_block(at)
            at += 1
        return self.page

    def _add_block(self, at: int) -> None:
        block = self.blocks[at]
        current = self.current
        if block.kind is BlockKind.FURNITURE:
            self._drop_furniture(at)
        elif block.kind is BlockKind.CAPTION:
            self.page.captions.append((block, self._current_index()))
        elif block.kind is BlockKind.CONTRIBUTORS and current:
            current.contributors += tuple(name for name in block.names if name not in current.contributors)
            current.lines.add(block.line)
            current.closed = True
        elif block.kind is BlockKind.SIGNATURE:
            self._add_signature(block)
        elif block.kind is BlockKind.NOTE and current:
            current.note = f"{current.note} {block.text}".strip()
            current.lines.add(block.line)
            current.closed = True
        else:
            self._add_text(at)

    def _drop(self, block: Block, kind: str) -> None:
        self.page.dropped.append((block.line, f"{kind}: {block.text}"))

    def _drop_furniture(self, at: int) -> None:
        block, current = self.blocks[at], self.current
        self._drop(block, block.furniture_kind)
        if block.furniture_kind == "pointer" and current:
            self.jumps.update((word, current) for word in context.extract_jump_words(block.text))
        if block.furniture_kind == "masthead" and current and is_other_story(self.blocks, at, current):
            current.closed = True

    def _add_signature(self, block: Block) -> None:
        """Close the current article at the signature of an agency."""
        if self.current:
            self.current.lines.add(block.line)
            self.current.closed = True
        self._drop(block, "signature")

    def _current_index(self) -> int:
        return len(self.page.drafts) - 1

    def _begin_article(self, block: Block) -> Draft:
        self.current = Draft(block.line)
        self.page.drafts.append(self.current)
        return self.current

    # Text

    def _add_text(self, at: int) -> None:
        block, current = self.blocks[at], self.current
        continues = starts_mid_sentence(block.text) and not lacks_drop_cap(block.text, self.vocabulary)
        if (
            current
            and current.authors
            and current.paragraphs
            and not continues
            and is_author_note(block.text, current.authors)
        ):
            after = context.next_block(self.blocks, at)
            if after is None or after.kind is not BlockKind.TEXT:
                current.note, current.closed = f"{current.note} {block.text}".strip(), True
                return
        if current is None or current.closed:
            current = self._find_owner_of_loose_text(at, continues=continues)
            if current is None:
                return
        if is_uncredited_caption(self.blocks, at, self.current):
            self.page.captions.append((convert_to_caption(block), self._current_index()))
            return
        if is_deck_below_byline(self.blocks, at, self.current, self.vocabulary):
            current.decks.append(block.text)
        else:
            current.paragraphs.append(Paragraph(block.text, block.line))
            if 0 < block.margin < MIN_MARGIN and " " in block.text and not continues:
                current.doubts.append(f"text, or a heading: {shorten_text(block.text)}")
        current.lines.add(block.line)

    def _find_owner_of_loose_text(self, at: int, *, continues: bool) -> Draft | None:
        """Return the draft that unattached text belongs to, or None for captions.

        `continues`: the text begins in the middle of a sentence.
        """
        block = self.blocks[at]
        run = context.collect_text_run(self.blocks, at)
        alone = not continues and len(run) == 1 and len(block.text.split()) <= 60 and ends_sentence(block.text)
        if alone and (is_likely_caption(block.text) or at + 1 < len(self.blocks)):
            self.page.captions.append((convert_to_caption(block), self._current_index()))
            return None
        if continues:
            for draft in reversed(self.page.drafts):
                if draft.paragraphs and is_unfinished(draft.paragraphs[-1].text):
                    self.current = draft
                    return draft
        words = sum(len(block.text.split()) for block in run)
        best = self._find_most_similar_draft(" ".join(block.text for block in run))
        if best is not None and (continues or words < 40):
            best.doubts.append(f"text behind its end was added to it: {shorten_text(block.text)}")
            self.current = best
            return best
        self._begin_article(block).doubts.append("its headline and byline are not on the page")
        return self.current

    def _find_most_similar_draft(self, text: str) -> Draft | None:
        drafts = [draft for draft in self.page.drafts if draft.paragraphs]
        if not drafts:
            return None
        scores = score_similarities(text, [count_terms(draft.body) for draft in drafts])
        best = max(range(len(drafts)), key=lambda n: scores[n])
        return drafts[best] if scores[best] > 0 else None

    # Heads

    def _read_head(self, at: int) -> int:
        """Apply the head that begins at block `at`; return the index of the block after it."""
        if end := self._skip_repeated_headline(at):
            return end
        end = context.find_head_end(self.blocks, at, signed_below=self.signed_below)
        *stories, last = split_photo_stories(self.blocks, at, end) or [ArticleHead(())]
        for story in stories:
            self._apply_head(story, story.blocks_of_kind(BlockKind.CAPTION)[-1])
        if last.blocks:
            self._apply_head(last, context.block_after_head(self.blocks, end))
        return end

    def _skip_repeated_headline(self, at: int) -> int:
        """Return the index after a headline of the current article that is printed again at `at`; 0 if none is."""
        if self.blocks[at].kind is not BlockKind.HEADING:
            return 0
        if self._is_jump_head(at):
            self._drop(self.blocks[at], "headline again")
            return at + 1
        if not self.current or not self.current.headline or not self.current.authors:
            return 0
        end = context.find_head_end(self.blocks, at, signed_below=False)
        if any(block.kind is BlockKind.BYLINE for block in self.blocks[at:end]):
            return 0  # another article of the same headline
        end, text = at, ""
        while end < len(self.blocks) and self.blocks[end].kind is BlockKind.HEADING:
            text += squeeze_text(self.blocks[end].text)
            end += 1
            if text == squeeze_text(self.current.headline):
                for block in self.blocks[at:end]:
                    self._drop(block, "headline again")
                return end
        return 0

    def _is_jump_head(self, at: int) -> bool:
        """Return True for the headline over the rest of an article that continues here; make its draft current."""
        block, text = self.blocks[at], squeeze_text(self.blocks[at].text)
        after = context.block_after_head(self.blocks, at + 1)
        if len(text) < 4 or after is None or not (block.text.isupper() or len(block.text.split()) >= 3):
            return False
        continued = self.jumps.get(block.text.partition(":")[0].strip())
        if continued and ":" in block.text and after.kind is BlockKind.TEXT:
            self.current, continued.closed = continued, False
            return True
        for draft in reversed(self.page.drafts):
            headline = squeeze_text(draft.headline)
            if not draft.paragraphs or text not in headline or text == headline:
                continue
            if after.kind is BlockKind.TEXT and (
                starts_mid_sentence(after.text) or is_unfinished(draft.paragraphs[-1].text)
            ):
                self.current, draft.closed = draft, False
                return True
            return after.kind is BlockKind.HEADING
        return False

    def _apply_head(self, head: ArticleHead, after: Block | None) -> None:
        """Begin an article with a head, sign the current one, or divide it by a crosshead.

        `after` is the block that follows the head, None at the end of the page.
        """
        head_context = HeadContext(head, after, self.current, self.vocabulary, self.signed_below)
        begins = self._is_article_start(head_context)
        for block in head.blocks:
            if block.kind is BlockKind.CAPTION:
                self.page.captions.append((block, self._current_index() + (1 if begins else 0)))
            elif block.kind is BlockKind.FURNITURE:
                self._drop(block, block.furniture_kind)
            elif block.kind in (BlockKind.SIGNATURE, BlockKind.CONTRIBUTORS, BlockKind.NOTE):
                self._drop(block, block.kind.value)
        bylines = head.blocks_of_kind(BlockKind.BYLINE)
        current = self.current
        if bylines and current and is_byline_below_article(head_context):
            self._sign_current(current, bylines[0], head, after)
        elif begins:
            self._fill_head_fields(self._begin_article(head.blocks[0]), head)
        else:
            self._add_crosshead(head, after)

    def _is_article_start(self, head_context: HeadContext) -> bool:
        """Weigh the rules for a head, and note the decision."""
        verdict = START_RULES.weigh(head_context)
        parts = [block.text for block in head_context.head.blocks if block.kind is not BlockKind.FURNITURE]
        line = head_context.head.blocks[0].line
        self.page.decisions.append(Decision(line, " / ".join(parts), verdict.label, verdict.margin, verdict.reasons))
        starts = verdict.label == ARTICLE_START
        if starts and self.current and verdict.margin < MIN_MARGIN:
            self.current.doubts.append(f"an article, or a crosshead: {shorten_text(' / '.join(parts))}")
        return starts

    def _sign_current(self, current: Draft, byline: Block, head: ArticleHead, after: Block | None) -> None:
        """Give the current article the byline below it, and apply what follows in the head as a head of its own."""
        current.authors = byline.names
        current.lines.add(byline.line)
        current.closed = True
        rest = tuple(
            block
            for block in head.blocks
            if block.line > byline.line and block.kind not in (BlockKind.CAPTION, BlockKind.FURNITURE)
        )
        if rest:
            self._apply_head(ArticleHead(rest), after)

    def _fill_head_fields(self, draft: Draft, head: ArticleHead) -> None:
        parsed = parse_head(head)
        if parsed.headline:
            draft.headline, draft.level, draft.size = parsed.headline.text, parsed.headline.level, parsed.headline.size
        draft.decks, draft.authors, draft.label = list(parsed.decks), parsed.authors, parsed.label
        draft.lines |= {block.line for block in head.blocks if block.kind is not BlockKind.FURNITURE}
        self.page.dropped += parsed.unused

    def _add_crosshead(self, head: ArticleHead, after: Block | None) -> None:
        """Add a head that begins no article to the current one: a crosshead as a paragraph; labels are dropped."""
        current = self.current
        for block in head.blocks:
            if block.kind not in (BlockKind.HEADING, BlockKind.LABEL, BlockKind.BYLINE, BlockKind.TEXT):
                continue  # noted before
            if block.kind is not BlockKind.HEADING:
                self._drop(block, block.kind.value)
            elif not current or current.closed or not current.paragraphs or after is None:
                self._drop(block, "display line")
            elif not is_unfinished(current.paragraphs[-1].text):
                current.paragraphs.append(Paragraph(block.text, block.line))
                if len(block.text.split()) <= _MAX_CROSSHEAD_WORDS:
                    current.doubts.append(f"a crosshead, or a headline: {block.text}")
            elif not starts_mid_sentence(after.text) and not block.level:
                current.paragraphs.append(Paragraph(block.text, block.line))  # the middle of a sentence, in short lines
            else:
                self._drop(block, "display line")
