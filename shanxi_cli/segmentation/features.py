"""Features of blocks: what rules ask about a block, its neighbours and its page. Each is computed once."""

import re
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from shanxi_cli.analysis.tokenizer import tokenize
from shanxi_cli.segmentation.blocks import Block, BlockKind
from shanxi_cli.segmentation.dehyphenation import PageVocabulary, is_word_broken
from shanxi_cli.segmentation.lexicon import UNFINISHED_ENDINGS
from shanxi_cli.segmentation.openings import lacks_drop_cap, may_lack_drop_cap, starts_like_article
from shanxi_cli.segmentation.passes.headline_lines import is_capital_headline
from shanxi_cli.segmentation.rules.bylines import is_role_line, parse_bare_byline, parse_byline
from shanxi_cli.segmentation.rules.contributors import is_address, is_author_note, parse_contributors
from shanxi_cli.segmentation.rules.furniture import is_section_label
from shanxi_cli.segmentation.rules.names import Byline, is_agency
from shanxi_cli.segmentation.sentence_boundaries import ends_sentence, is_unfinished, starts_mid_sentence

MAX_HEADING_WORDS = 22
MAX_HEADING_LENGTH = 170
"""Size of a headline or deck; the longest of 1,300 headlines of American papers of 1900 has 19 words."""
MAX_MARKED_WORDS = 40
"""Words above which a block is text, unless it is marked as a heading or is in large type."""
MAX_NAME_LINE_WORDS = 14
_ABBREVIATION_END_PATTERN = re.compile(r"\b[A-Z]\.[A-Z]\.\Z")
_CLOSED_END_PATTERN = re.compile(r"[.。,;:—–-][\"'”’)]*\Z")
_OPEN_SECOND_SENTENCE_PATTERN = re.compile(r"[a-z]{2,}\. [A-Z\[(“]")
_FINITE_VERB_PATTERN = re.compile(
    r"\b(?:is|are|was|were|am|has|have|had|will|would|can|could|may|might|shall|should|must|does|do|did|said|says|became|came|went|made)\b"
)
_SENTENCE_END_PATTERN = re.compile(r"[a-z0-9]{2,}[.!?][\"'”’)]*(?=\s+[\"“‘]?[A-Z]|\Z)")


class BlockFeatures:
    """Features of one block that do not depend on where it is. The costly ones are computed when first asked."""

    def __init__(self, block: Block, vocabulary: PageVocabulary) -> None:
        self.block = block
        self.vocabulary = vocabulary
        self.text = block.text
        self.words = block.text.split()
        self.word_count = len(self.words)
        self.level = block.level
        self.gap = block.gap
        self.size = block.size
        self.is_text = block.kind is BlockKind.TEXT
        self.starts_low = starts_mid_sentence(block.text)
        self.ends_sentence = ends_sentence(block.text)
        self.is_unfinished = is_unfinished(block.text)
        self.is_capitals = block.text.isupper()
        self.is_long = self.word_count > MAX_MARKED_WORDS and not block.level
        self.is_short = self.word_count <= MAX_HEADING_WORDS and 1 < len(block.text) <= MAX_HEADING_LENGTH

    @cached_property
    def last_word(self) -> str:
        """The last word in lower case, without quotation marks; empty for none."""
        return self.words[-1].lower().strip("\"'”’") if self.words else ""

    @cached_property
    def ends_open(self) -> bool:
        """True for a last word that ends neither a sentence nor a headline, outside a quotation."""
        return self.last_word in UNFINISHED_ENDINGS and not self.is_quotation

    @cached_property
    def is_quotation(self) -> bool:
        """True for a text in quotation marks."""
        return self.text[:1] in "\"“‘'" and self.text[-1:] in "\"”’'"

    @cached_property
    def ends_closed(self) -> bool:
        """True for an end mark that a headline seldom has: a full stop, comma, colon or dash."""
        return bool(_CLOSED_END_PATTERN.search(self.text)) and not _ABBREVIATION_END_PATTERN.search(self.text)

    @cached_property
    def is_balanced(self) -> bool:
        """True if each quotation mark and bracket has its other half."""
        text = self.text
        return text.count("“") == text.count("”") and not text.count('"') % 2 and text.count("(") == text.count(")")

    @cached_property
    def has_open_sentence(self) -> bool:
        """True if a sentence ends inside and another begins."""
        return bool(_OPEN_SECOND_SENTENCE_PATTERN.search(self.text))

    @cached_property
    def sentences(self) -> int:
        """Number of sentences that end in the text."""
        return len(_SENTENCE_END_PATTERN.findall(self.text))

    @cached_property
    def has_finite_verb(self) -> bool:
        """True for an auxiliary or another common verb form that headlines leave out."""
        return bool(_FINITE_VERB_PATTERN.search(self.text))

    @cached_property
    def is_capital_headline(self) -> bool:
        """True for two words and more in capitals that are neither a dateline nor a credit."""
        return is_capital_headline(self.text)

    @cached_property
    def is_title_case(self) -> bool:
        """True for two words and more that, from four letters on, all begin with a capital."""
        long = [word for word in self.words if len(word) > 3 and word[0].isalpha()]
        return self.word_count >= 2 and len(long) >= 2 and all(word[0].isupper() for word in long)

    @cached_property
    def content_words(self) -> frozenset[str]:
        """Stems of the words of four letters and more, and figures."""
        return frozenset(token.stem for token in tokenize(self.text) if len(token.word) > 3 or token.word[0].isdigit())

    @cached_property
    def byline(self) -> Byline | None:
        """Authors of a line with a `By`."""
        return parse_byline(self.text)

    @cached_property
    def bare_byline(self) -> Byline | None:
        """Authors of a line without a `By`, by its words alone."""
        return parse_bare_byline(self.text) if self.text else None

    @cached_property
    def placed_byline(self) -> Byline | None:
        """Authors of a line without a `By` in the position of a byline."""
        return parse_bare_byline(self.text, placed=True) if self.text else None

    @cached_property
    def names_contributors(self) -> bool:
        """True for a line that names contributors."""
        return bool(parse_contributors(self.text))

    @cached_property
    def is_address(self) -> bool:
        """True for a line that is only an address."""
        return is_address(self.text)

    @cached_property
    def is_author_note(self) -> bool:
        """True for a line about an author, or with the author's address."""
        return is_author_note(self.text)

    @cached_property
    def is_section_label(self) -> bool:
        """True for the name of a section."""
        return is_section_label(self.text)

    @cached_property
    def is_role_line(self) -> bool:
        """True for the role, place or address of an author, and nothing that a sentence has."""
        return is_role_line(self.text)

    @cached_property
    def is_agency(self) -> bool:
        """True for the name of an agency or newspaper, or a role, instead of a person's."""
        names = self.bare_byline or self.placed_byline
        return (
            names is not None and len(names.names) == 1 and (is_agency(names.names[0]) or is_role_line(names.names[0]))
        )

    @cached_property
    def lacks_drop_cap(self) -> bool:
        """True if the first word lacks its first letter."""
        return lacks_drop_cap(self.text, self.vocabulary)

    @cached_property
    def may_lack_drop_cap(self) -> bool:
        """True if the first word lacks its first letter, or could."""
        return may_lack_drop_cap(self.text, self.vocabulary)

    @cached_property
    def starts_article(self) -> bool:
        """True for a dateline, a drop cap or words in capitals at the beginning."""
        return starts_like_article(self.text, self.vocabulary)

    def is_cut_before(self, after: "BlockFeatures") -> bool:
        """Return True if a word is cut between this block and `after`."""
        return is_word_broken(self.text, after.text, self.vocabulary)


class BlockContext(NamedTuple):
    """A block among its neighbours.

    `before` and `after` are the nearest blocks that are not furniture, with their kinds, as far as these are decided.
    `text` is the nearest block after it that is neither furniture nor a caption. `place` is its index in `blocks`.
    """

    own: BlockFeatures
    place: int
    blocks: Sequence[BlockFeatures]
    kinds: Sequence[BlockKind]
    furniture: Sequence[str]
    before_at: int | None
    after_at: int | None
    text_at: int | None

    @property
    def before(self) -> BlockFeatures | None:
        """The nearest block above that is not furniture."""
        return None if self.before_at is None else self.blocks[self.before_at]

    @property
    def after(self) -> BlockFeatures | None:
        """The nearest block below that is not furniture."""
        return None if self.after_at is None else self.blocks[self.after_at]

    @property
    def text(self) -> BlockFeatures | None:
        """The nearest block below that is neither furniture nor a caption."""
        return None if self.text_at is None else self.blocks[self.text_at]

    @property
    def before_kind(self) -> BlockKind | None:
        """The kind of `before`."""
        return None if self.before_at is None else self.kinds[self.before_at]

    @property
    def after_kind(self) -> BlockKind | None:
        """The kind of `after`."""
        return None if self.after_at is None else self.kinds[self.after_at]

    @property
    def text_kind(self) -> BlockKind | None:
        """The kind of `text`."""
        return None if self.text_at is None else self.kinds[self.text_at]


def make_context(
    blocks: Sequence[BlockFeatures], kinds: Sequence[BlockKind], furniture: Sequence[str], n: int
) -> BlockContext:
    """Return block `n` in its context, from the kinds that are decided so far."""
    before = _find_other(kinds, n, -1, (BlockKind.FURNITURE,))
    after = _find_other(kinds, n, 1, (BlockKind.FURNITURE,))
    text = _find_other(kinds, n, 1, (BlockKind.FURNITURE, BlockKind.CAPTION))
    return BlockContext(blocks[n], n, blocks, kinds, furniture, before, after, text)


def _find_other(kinds: Sequence[BlockKind], n: int, step: int, skipped: tuple[BlockKind, ...]) -> int | None:
    n += step
    while 0 <= n < len(kinds) and kinds[n] in skipped:
        n += step
    return n if 0 <= n < len(kinds) else None
