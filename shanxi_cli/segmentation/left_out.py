"""Text that is in no article: the rests of bylines, and drafts that are no articles. Nothing is lost unsaid."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from shanxi_cli.segmentation.blocks import Block, BlockKind
from shanxi_cli.segmentation.draft import Draft

_WORD_PATTERN = re.compile(r"\S+")
_LETTERS_PATTERN = re.compile(r"[^\W_]+")
_FORMULA_WORDS = frozenset(
    "a additional additionally also and article assisted by contributed contributing contributors from helped in of our"
    " pictures piece report reporting story text the this to with words written".split()
)
"""Words that a byline or a line of contributors consists of beside names; they say nothing that the fields do not."""


def list_line_leftovers(blocks: Sequence[Block]) -> list[tuple[int, str]]:
    """Return what bylines and lines of contributors have beside names, such as roles and places, with the lines."""
    found = []
    for block in blocks:
        if block.kind in (BlockKind.BYLINE, BlockKind.CONTRIBUTORS) and (rest := _strip_names(block)):
            found.append((block.line, f"{block.kind.value} detail: {rest}"))
    return found


def _strip_names(block: Block) -> str:
    """Return the words of a block that are not among its names; empty if only formulas are left."""
    names = Counter(_LETTERS_PATTERN.findall(" ".join(block.names)))
    kept = []
    for match in _WORD_PATTERN.finditer(block.text):
        parts = Counter(_LETTERS_PATTERN.findall(match.group()))
        if parts <= names:
            names -= parts
        else:
            kept.append(match.group())
    is_formula = all(word.lower() in _FORMULA_WORDS for text in kept for word in _LETTERS_PATTERN.findall(text))
    while kept and kept[0].lower() in ("by", "from"):
        del kept[0]
    return "" if is_formula else " ".join(kept)


def list_draft_text(draft: Draft) -> Iterator[str]:
    """Yield the text of a draft that became no article; its captions are not among it."""
    head = [draft.label, draft.headline, *draft.decks, *draft.authors]
    if draft.paragraphs:
        yield f"text of no article: {' '.join(filter(None, [*head, draft.body, *draft.contributors, draft.note]))}"
    elif any(head):
        kind = "headline" if draft.headline else "byline"
        yield f"{kind} without text: {' '.join(filter(None, [*head, *draft.contributors, draft.note]))}"
    elif draft.contributors or draft.note:
        yield f"note without text: {' '.join([*draft.contributors, draft.note]).strip()}"


def list_caption_rests(captions: Sequence[Block]) -> list[tuple[int, str]]:
    """Return the text of captions that is neither the caption nor its credit, with the lines."""
    rests = []
    for block in captions:
        rest = block.caption_story
        for caption in block.captions:
            rest = rest.replace(caption.text or " ", " ", 1).replace(caption.credit or " ", " ", 1)
        if _LETTERS_PATTERN.search(rest):
            rests.append((block.line, f"text behind a caption: {' '.join(rest.split())}"))
    return rests
