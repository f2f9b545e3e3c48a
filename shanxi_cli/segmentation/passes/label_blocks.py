"""Labels of blocks: weigh the rules for each block, first by its words alone, later among its neighbours."""

from collections.abc import Sequence

from shanxi_cli.model.article import Caption
from shanxi_cli.segmentation.blocks import Block, BlockKind
from shanxi_cli.segmentation.dehyphenation import PageVocabulary
from shanxi_cli.segmentation.evidence import RuleSet, Verdict, load_weights
from shanxi_cli.segmentation.features import MAX_HEADING_WORDS, BlockContext, BlockFeatures, make_context
from shanxi_cli.segmentation.rules.contributors import parse_contributors
from shanxi_cli.segmentation.rules.picture_rules import PICTURE_RULES
from shanxi_cli.segmentation.rules.place_rules import PLACE_RULES, find_names
from shanxi_cli.segmentation.rules.shape_rules import SHAPE_RULES
from shanxi_cli.segmentation.rules.word_rules import WORD_RULES
from shanxi_cli.util.frozen_record import replace_fields

BLOCK_RULES = (*WORD_RULES, *SHAPE_RULES, *PICTURE_RULES, *PLACE_RULES)
_BY_WORDS = RuleSet(WORD_RULES)
_BY_SHAPE = RuleSet((*WORD_RULES, *SHAPE_RULES, *PICTURE_RULES))
_BY_PLACE = RuleSet(BLOCK_RULES)
_TEXT_BY_SHAPE = RuleSet((*SHAPE_RULES, *PICTURE_RULES))
_TEXT_BY_PLACE = RuleSet((*SHAPE_RULES, *PICTURE_RULES, *PLACE_RULES))
"""The same for a block whose words have been asked, and are no byline, note, section or address."""
_OPEN_KINDS = (BlockKind.TEXT, BlockKind.HEADING, BlockKind.LABEL, BlockKind.NOTE)
_LONG_TEXT = (("text.long", load_weights()["text.long"]),)
_KINDS = {kind.value: kind for kind in BlockKind}


def label_by_words(blocks: Sequence[Block], vocabulary: PageVocabulary) -> list[Block]:
    """Return the blocks, with those labelled whose own words are enough: bylines, contributors, notes, sections."""
    features = [BlockFeatures(block, vocabulary) for block in blocks]
    contexts = (_make_bare_context(one) for one in features)
    return [
        apply_verdict(context, _BY_WORDS.weigh(context)) if context.own.is_text else context.own.block
        for context in contexts
    ]


def reads_as_heading(block: Block, vocabulary: PageVocabulary) -> bool:
    """Return True for a block that is a heading by its own words and shape."""
    return _BY_SHAPE.weigh(_make_bare_context(BlockFeatures(block, vocabulary))).label == BlockKind.HEADING.value


def label_by_evidence(blocks: Sequence[Block], vocabulary: PageVocabulary) -> list[Block]:
    """Return the blocks with the labels that the rules give them; blocks that a pass has labelled are kept.

    Shape comes first, then the place among the neighbours, from the top: the blocks above have their final labels.
    """
    features = [BlockFeatures(block, vocabulary) for block in blocks]
    kinds = [block.kind for block in blocks]
    furniture = [block.furniture_kind for block in blocks]
    kept = list(blocks)
    open_places = [n for n, kind in enumerate(kinds) if kind in _OPEN_KINDS and not features[n].is_long]
    for n, own in enumerate(features):
        if own.is_long and own.is_text:  # no rule outweighs its length, and most of a page is so
            kept[n] = replace_fields(blocks[n], margin=_LONG_TEXT[0][1], reasons=_LONG_TEXT)
    for rules, text_rules in ((_BY_SHAPE, _TEXT_BY_SHAPE), (_BY_PLACE, _TEXT_BY_PLACE)):
        for n in open_places:
            context = make_context(features, kinds, furniture, n)
            own = features[n]
            if own.is_text and own.word_count > MAX_HEADING_WORDS:
                verdict = _TEXT_BY_SHAPE.weigh(context)  # longer than any name, figure or portrait
            else:
                verdict = (text_rules if own.is_text else rules).weigh(context)
            kept[n] = apply_verdict(context, verdict)
            kinds[n], furniture[n] = kept[n].kind, kept[n].furniture_kind
    return kept


def apply_verdict(context: BlockContext, verdict: Verdict) -> Block:
    """Return the block of a context with the kind of a verdict, its names and its reasons."""
    kind = _KINDS.get(verdict.label, BlockKind.FURNITURE)
    block = context.own.block
    if kind is BlockKind.CAPTION:
        block = replace_fields(block, captions=(Caption(block.text),), caption_story=block.text)
    return replace_fields(
        block,
        kind=kind,
        furniture_kind="" if verdict.label in _KINDS else verdict.label,
        names=_find_label_names(context, kind),
        margin=verdict.margin,
        reasons=verdict.reasons,
    )


def _find_label_names(context: BlockContext, kind: BlockKind) -> tuple[str, ...]:
    if kind is BlockKind.CONTRIBUTORS:
        return parse_contributors(context.own.text)
    if kind not in (BlockKind.BYLINE, BlockKind.SIGNATURE):
        return ()
    byline = context.own.byline or find_names(context)
    return byline.names if byline else ()


def _make_bare_context(own: BlockFeatures) -> BlockContext:
    return make_context([own], [own.block.kind], [own.block.furniture_kind], 0)
