"""Every rule that is a row, on its examples and counter-examples, and the table of weights."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from shanxi_cli.segmentation.blocks import Block
from shanxi_cli.segmentation.classifier import PASSES
from shanxi_cli.segmentation.dehyphenation import PageVocabulary
from shanxi_cli.segmentation.evidence import Rule, RuleSet, load_weights
from shanxi_cli.segmentation.features import BlockContext, BlockFeatures, make_context
from shanxi_cli.segmentation.line_joiner import read_blocks
from shanxi_cli.segmentation.passes.label_blocks import BLOCK_RULES, label_by_evidence
from shanxi_cli.segmentation.pipeline import segment_page
from shanxi_cli.segmentation.rules.article_starts import ARTICLE_START, CROSSHEAD, HEAD_RULES
from shanxi_cli.segmentation.rules.head_features import HeadContext
from shanxi_cli.segmentation.rules.join_rules import JOIN_RULES, JoinContext

ALL_RULES: tuple[Rule[Any], ...] = (*BLOCK_RULES, *HEAD_RULES, *JOIN_RULES)
SIZE_PATTERN = re.compile(r"@([\d.]+) ")
LABELLER = "label_by_evidence"


def read_lines(example: str) -> tuple[str, list[float]]:
    """Return the text of a page and the sizes of its lines; `@1.6` before a block is its size."""
    pieces = example.replace("«", "").replace("»", "").split(" / ")
    sizes = [float(match[1]) if (match := SIZE_PATTERN.match(piece)) else 0.0 for piece in pieces]
    text = "\n\n".join(SIZE_PATTERN.sub("", piece) for piece in pieces)
    return text, [size for one in sizes for size in (one, 0.0)] if any(sizes) else []


def read_example(example: str) -> BlockContext:
    """Return the block between « and » in its context: the others have their labels, it has none."""
    wanted = SIZE_PATTERN.sub("", example.partition("«")[2].partition("»")[0])
    reading = read_blocks(*read_lines(example))
    blocks: list[Block] = reading.blocks
    for step in PASSES:
        if step.name == LABELLER:
            break
        blocks = step.run(blocks, reading.vocabulary)
    at = next(n for n, block in enumerate(blocks) if wanted.startswith(block.text))
    features = [BlockFeatures(block, reading.vocabulary) for block in blocks]
    labelled = label_by_evidence(blocks, reading.vocabulary)
    kinds = [block.kind for block in labelled]
    return make_context(features, kinds, [block.furniture_kind for block in labelled], at)


def rows(rules: Sequence[Rule[Any]], examples: Callable[[Rule[Any]], tuple[str, ...]]) -> list[Any]:
    return [
        pytest.param(rule, example, id=f"{rule.name}-{n}") for rule in rules for n, example in enumerate(examples(rule))
    ]


@pytest.mark.parametrize(("rule", "example"), rows(BLOCK_RULES, lambda rule: rule.examples))
def test_rule_holds_for_its_examples(rule: Rule[BlockContext], example: str) -> None:
    assert rule.test(read_example(example))


@pytest.mark.parametrize(("rule", "example"), rows(BLOCK_RULES, lambda rule: rule.counters))
def test_rule_leaves_its_counter_examples(rule: Rule[BlockContext], example: str) -> None:
    assert not rule.test(read_example(example))


def reasons_of_head(example: str) -> list[str]:
    """Return the names of the rules that spoke about the head between « and »."""
    marked = SIZE_PATTERN.sub("", example.partition("«")[2].partition("»")[0])
    page = segment_page(*read_lines(example))
    heads = [one for one in page.decisions if one.label in (ARTICLE_START, CROSSHEAD) and marked in one.text]
    return [name for name, _ in heads[-1].reasons]


@pytest.mark.parametrize(("rule", "example"), rows(HEAD_RULES, lambda rule: rule.examples))
def test_head_rule_holds_for_its_examples(rule: Rule[HeadContext], example: str) -> None:
    assert rule.name in reasons_of_head(example)


@pytest.mark.parametrize(("rule", "example"), rows(HEAD_RULES, lambda rule: rule.counters))
def test_head_rule_leaves_its_counter_examples(rule: Rule[HeadContext], example: str) -> None:
    assert rule.name not in reasons_of_head(example)


def read_join(example: str) -> JoinContext:
    """Return the two texts on either side of a bar."""
    part, _, rest = example.partition(" | ")
    return JoinContext(part, rest, PageVocabulary([part, rest]))


@pytest.mark.parametrize(("rule", "example"), rows(JOIN_RULES, lambda rule: rule.examples))
def test_join_rule_holds_for_its_examples(rule: Rule[JoinContext], example: str) -> None:
    assert rule.test(read_join(example))


@pytest.mark.parametrize(("rule", "example"), rows(JOIN_RULES, lambda rule: rule.counters))
def test_join_rule_leaves_its_counter_examples(rule: Rule[JoinContext], example: str) -> None:
    assert not rule.test(read_join(example))


def test_rules_have_examples_and_one_name_each() -> None:
    names = [rule.name for rule in ALL_RULES]
    assert len(set(names)) == len(names)
    assert [rule.name for rule in ALL_RULES if not (rule.examples and rule.counters)] == []


def test_rule_weights_name_the_rules() -> None:
    assert sorted(load_weights()) == sorted(rule.name for rule in ALL_RULES)


def test_rule_set_weighs_the_labels() -> None:
    rules = [
        Rule[str]("name.short", "name", lambda text: len(text) < 9),
        Rule[str]("name.capital", "name", str.istitle),
        Rule[str]("end.stop", "end", lambda text: text.endswith(".")),
    ]
    weighed = RuleSet(rules, {"name.short": 1.0, "name.capital": 1.5, "end.stop": 2.0})
    assert weighed.weigh("Li Hua.") == ("name", 0.5, (("name.short", 1.0), ("name.capital", 1.5), ("end.stop", 2.0)))
    assert weighed.weigh("li hua.") == ("end", 1.0, (("name.short", 1.0), ("end.stop", 2.0)))
    assert weighed.weigh("li hua of the lower town") == ("text", 0.0, ())
