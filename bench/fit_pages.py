"""Fit the weights of the page rules, with a leave-one-page-out table and an ablation.

    python bench/fit_pages.py                     the table: each page by weights fitted without it
    python bench/fit_pages.py --write             also fit all pages, and write segmentation/data/rule_weights.txt
    python bench/fit_pages.py --ablate            rules without which no decision on any page changes
    python bench/fit_pages.py --pages FOLDER      also the pages of a folder (`page-*.txt` with `gt-*.json`)

The pages are those of `bench/newspapers`. A rule set is a multinomial logistic model: the label of a block, or of a
head, is the best sum of weights. Weights are fitted by gradient descent on the likelihood of the true labels, with a
normal prior around the weights set by hand (the third column of the file), so that a rule that few pages have keeps
its own.
"""

import argparse
import json
import math
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent))
import pages as pages_bench
import typeset
from shanxi_cli.segmentation import assembler
from shanxi_cli.segmentation.blocks import BlockKind
from shanxi_cli.segmentation.classifier import PASSES
from shanxi_cli.segmentation.evidence import RuleSet, load_weights
from shanxi_cli.segmentation.features import BlockFeatures, make_context
from shanxi_cli.segmentation.line_joiner import read_blocks
from shanxi_cli.segmentation.passes import label_blocks
from shanxi_cli.segmentation.pipeline import segment_page
from shanxi_cli.segmentation.rules import article_starts
from shanxi_cli.segmentation.rules.picture_rules import PICTURE_RULES
from shanxi_cli.segmentation.rules.shape_rules import SHAPE_RULES
from shanxi_cli.segmentation.rules.word_rules import WORD_RULES

FILE = Path(label_blocks.__file__).parents[1] / "data" / "rule_weights.txt"
PRIOR_DEVIATION = 1.0
"""Standard deviation of the prior around the weights set by hand, in nats."""
STEPS, RATE = 150, 0.4
KINDS = {"T": {"text"}, "S": {"text", "heading"}, "H": {"heading"}, "D": {"heading"}, "B": {"byline"}, "C": {"caption"}}
KINDS |= {"K": {"contributors"}, "N": {"note"}, "L": {"label", "heading"}}
OPEN = (BlockKind.TEXT, BlockKind.HEADING, BlockKind.LABEL, BlockKind.NOTE)


class Sample(NamedTuple):
    """A decision: the rules that hold, by label, and the labels that are right; empty for any piece of furniture."""

    rules: tuple[tuple[str, str], ...]
    right: frozenset[str]
    default: str


class FitPage(NamedTuple):
    """A page: its name, text, truth, the label of each text piece, and the headlines."""

    name: str
    text: str
    truth: list[dict[str, Any]]
    labels: dict[str, set[str]]
    headlines: tuple[str, ...]


def read_fit_pages(folders: Sequence[Path]) -> list[FitPage]:
    """Return the made pages and those of folders."""
    found = []
    for page in typeset.read_made_pages():
        labels = {squeeze(f"{piece.text} {piece.credit}"): KINDS.get(piece.kind, set()) for piece in page.pieces}
        heads = tuple(squeeze(piece.text) for piece in page.pieces if piece.kind == "H")
        found.append(FitPage(page.name, typeset.typeset_page(page), typeset.make_truth(page), labels, heads))
    for folder in folders:
        for file in sorted(folder.glob("page-*.txt")):
            truth = json.loads(file.with_name(file.name.replace("page-", "gt-")).with_suffix(".json").read_text())
            found.append(_read_truth_page(file, truth["articles"]))
    return found


def _read_truth_page(file: Path, truth: list[dict[str, Any]]) -> FitPage:
    labels: dict[str, set[str]] = {}
    for article in truth:
        labels |= {squeeze(text): {"text"} for text in article["paragraphs"]}
        labels |= {squeeze(article[name]): {"heading"} for name in ("headline", "deck") if article.get(name)}
        captions = article.get("captions") or []
        labels |= {squeeze(f"{one.get('text')} {one.get('credit') or ''}"): {"caption"} for one in captions}
    heads = tuple(squeeze(article["headline"]) for article in truth if article["headline"])
    return FitPage(file.stem, file.read_text(encoding="utf-8"), truth, labels, heads)


def squeeze(text: str) -> str:
    """Return the letters and figures of a text in lower case."""
    return re.sub(r"[\W_]", "", text.lower())


def find_labels(page: FitPage, text: str) -> set[str] | None:
    """Return the labels that a block may have: those of the piece that it is, or is part of; None where unclear."""
    own = squeeze(text)
    if own in page.labels:
        return page.labels[own]
    found = [labels for piece, labels in page.labels.items() if len(own) > 5 and own in piece]
    return found[0] if found and all(labels == found[0] for labels in found) else None


def collect_block_samples(page: FitPage) -> Iterator[Sample]:
    """Yield a sample for each block whose label the rules decide, its neighbours having their true labels."""
    reading = read_blocks(page.text)
    blocks = reading.blocks
    for step in PASSES:
        if step.name == "label_by_evidence":
            break
        blocks = step.run(blocks, reading.vocabulary)
    features = [BlockFeatures(block, reading.vocabulary) for block in blocks]
    names = {kind.value: kind for kind in BlockKind}
    right = [find_labels(page, block.text) if block.kind in OPEN else None for block in blocks]
    kinds = [
        names.get(next(iter(sorted(own, reverse=True)), ""), BlockKind.FURNITURE) if own is not None else block.kind
        for own, block in zip(right, blocks, strict=True)
    ]
    furniture = [block.furniture_kind for block in blocks]
    for n, own in enumerate(right):
        if own is None:
            continue
        context = make_context(features, kinds, furniture, n)
        rules = tuple((rule.name, rule.label) for rule in label_blocks.BLOCK_RULES if rule.test(context))
        yield Sample(rules, frozenset(own), "text")


def collect_head_samples(page: FitPage) -> Iterator[Sample]:
    """Yield a sample for each head of a page: whether it begins an article."""
    labels = {rule.name: rule.label for rule in article_starts.HEAD_RULES}
    for one in segment_page(page.text).decisions:
        if one.label in (article_starts.ARTICLE_START, article_starts.CROSSHEAD):
            own = squeeze(one.text)
            starts = any(head in own for head in page.headlines)
            rules = tuple((name, labels[name]) for name, _ in one.reasons)
            right = article_starts.ARTICLE_START if starts else article_starts.CROSSHEAD
            yield Sample(rules, frozenset((right,)), article_starts.CROSSHEAD)


def score_labels(sample: Sample, weights: Mapping[str, float]) -> dict[str, float]:
    """Return the sum of each label that a rule of the sample speaks for."""
    sums = {sample.default: 0.0, **dict.fromkeys(sample.right, 0.0)}
    for name, label in sample.rules:
        sums[label] = sums.get(label, 0.0) + weights[name]
    return sums


def is_right(sample: Sample, label: str) -> bool:
    """Return True for a right label; without one, for any kind of furniture."""
    return label in sample.right if sample.right else label not in {kind.value for kind in BlockKind}


def fit_weights(samples: Sequence[Sample], prior: Mapping[str, float]) -> dict[str, float]:
    """Return the weights of most likelihood, by gradient descent from the prior."""
    weights = dict(prior)
    for _ in range(STEPS):
        slope = {name: (prior[name] - value) / PRIOR_DEVIATION**2 for name, value in weights.items()}
        for sample in samples:
            sums = score_labels(sample, weights)
            top = max(sums.values())
            odds = {label: math.exp(value - top) for label, value in sums.items()}
            total = sum(odds.values())
            good = sum(value for label, value in odds.items() if is_right(sample, label))
            for name, label in sample.rules:
                share = odds[label] / total
                wanted = odds[label] / good if good and is_right(sample, label) else 0.0
                slope[name] += wanted - share
        weights = {name: value + RATE * slope[name] / (1 + len(samples) / 40) for name, value in weights.items()}
    return weights


def count_right(samples: Sequence[Sample], weights: Mapping[str, float]) -> int:
    """Return the number of samples whose best label is right."""
    return sum(
        is_right(sample, max(sums, key=sums.__getitem__))
        for sample in samples
        for sums in (score_labels(sample, weights),)
    )


def use_weights(weights: Mapping[str, float]) -> None:
    """Make the program label by other weights."""
    shape = (*WORD_RULES, *SHAPE_RULES, *PICTURE_RULES)
    label_blocks._BY_SHAPE = RuleSet(shape, weights)
    label_blocks._BY_PLACE = RuleSet(label_blocks.BLOCK_RULES, weights)
    words = len(WORD_RULES)
    label_blocks._TEXT_BY_SHAPE = RuleSet(shape[words:], weights)
    label_blocks._TEXT_BY_PLACE = RuleSet(label_blocks.BLOCK_RULES[words:], weights)
    heads = RuleSet(article_starts.HEAD_RULES, weights, default=article_starts.CROSSHEAD)
    setattr(assembler, "START_RULES", heads)  # noqa: B010


def read_prior() -> dict[str, float]:
    """Return the weights set by hand: the third column of the file, else the second."""
    rows = (line.split() for line in FILE.read_text().splitlines() if line and not line.startswith("#"))
    return {row[0]: float(row[-1]) for row in rows}


def print_table(found: Sequence[FitPage], samples: Sequence[Sequence[Sample]], prior: Mapping[str, float]) -> None:
    """Print a row for each page, labelled by weights that were fitted on the other pages."""
    columns = ("articles", "extra", "headlines", "paragraphs")
    print(f"{'page':<32}{'labels':>10}" + "".join(f"{name:>12}" for name in columns))
    total = dict.fromkeys(columns, (0.0, 0.0))
    right = count = 0
    for n, page in enumerate(found):
        weights = fit_weights([one for m, own in enumerate(samples) if m != n for one in own], prior)
        use_weights(weights)
        values = pages_bench.measure(page.truth, segment_page(page.text).articles)
        good = count_right(samples[n], weights)
        right, count = right + good, count + len(samples[n])
        total = {name: (total[name][0] + values[name][0], total[name][1] + values[name][1]) for name in columns}
        cells = "".join(f"{pages_bench.format_measure(name, values[name]):>12}" for name in columns)
        print(f"{page.name:<32}{f'{good}/{len(samples[n])}':>10}{cells}")
    cells = "".join(f"{pages_bench.format_measure(name, total[name]):>12}" for name in columns)
    print(f"{'all':<32}{f'{right}/{count}':>10}{cells}")


def list_idle_rules(found: Sequence[FitPage], weights: Mapping[str, float]) -> list[str]:
    """Return the rules without which no article of any page changes."""

    def outcome() -> list[Any]:
        return [[(a.title, a.deck, a.author, a.body) for a in segment_page(page.text).articles] for page in found]

    use_weights(weights)
    whole, idle = outcome(), []
    names = [rule.name for rule in label_blocks.BLOCK_RULES] + [rule.name for rule in article_starts.HEAD_RULES]
    for name in names:
        use_weights({**weights, name: 0.0})
        if outcome() == whole:
            idle.append(name)
    return idle


def write_weights(weights: Mapping[str, float], prior: Mapping[str, float], number: int) -> None:
    """Write the weights, each with the one set by hand behind it."""
    head = [
        "# Weights of the rules of a page, in nats: a row of `rules/*_rules.py`, its weight, and the one set by hand.",
        f"# Source: fitted by bench/fit_pages.py on {number} pages, {date.today().isoformat()}.",
    ]
    rows = [f"{name} {round(value, 2):g} {prior[name]:g}" for name, value in weights.items()]
    FILE.write_text("\n".join([*head, *rows]) + "\n", encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    """Print the table, and write or ablate; return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pages", type=Path, action="append", default=[], metavar="FOLDER")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--ablate", action="store_true")
    options = parser.parse_args(arguments)
    found, prior = read_fit_pages(options.pages), read_prior()
    samples = [[*collect_block_samples(page), *collect_head_samples(page)] for page in found]
    if options.ablate:
        print("\n".join(list_idle_rules(found, load_weights())))
        return 0
    print_table(found, samples, prior)
    if options.write:
        write_weights(fit_weights([one for own in samples for one in own], prior), prior, len(found))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
