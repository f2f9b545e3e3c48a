"""A generated archive of a harbour town: the same articles for the same seed, with ties and every kind of field."""

import random
from collections.abc import Iterator

from shanxi_cli.corpus.reader import parse_article
from shanxi_cli.model.article import Article

_NOUNS = "harbour crane ferry grain depot tunnel quay pilot lighthouse customs warehouse barge tide anchor".split()
_VERBS = "opened repaired moved sold counted painted closed towed measured lifted".split()
_OTHERS = "the of in new old north their WHO who US us IT it said and a busy shallow Xi'an 太原 太原市 煤炭".split()
_PLACES = ["Datong", "Taiyuan", "Pingyao", "Jinzhong", "Rotterdam", "Yuci District"]
_PEOPLE = ["Wu Jia", "Anna Berg", "Li Min", "Omar Said", "Zhao Lei"]
_FIGURES = ["1,200 tons", "5.5 percent", "2 billion yuan", "$3 million", "40 households", "300 kilometers", "12 people"]
_DATES = ["", "2019", "2020-02", "2020-02-14", "2021-07-01", "2020/2021", "2022-12-31"]


class _Writer:
    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def some(self, choices: list[str], most: int) -> list[str]:
        return self.chance.sample(choices, self.chance.randint(0, most))

    def sentence(self) -> str:
        pick = self.chance.choice
        words = [pick(pick((_NOUNS, _NOUNS, _VERBS, _OTHERS))) for _ in range(self.chance.randint(2, 9))]
        figure = f" for {pick(_FIGURES)}" if self.chance.random() < 0.3 else ""
        return f"{' '.join(words)}{figure}."

    def body(self) -> str:
        paragraphs = [" ".join(self.sentence() for _ in range(self.chance.randint(1, 4))) for _ in range(3)]
        return self.chance.choice(["\n\n", "\n\n- "]).join(paragraphs)

    def text(self) -> str:
        pick = self.chance.choice
        people = "".join(f"\n  - name: {name}" for name in self.some(_PEOPLE, 2))
        lines = [
            f"title: {pick(_NOUNS)} {pick(_VERBS)} {pick(_OTHERS)} {pick(_NOUNS)}",
            f"deck: {self.sentence()}" if self.chance.random() < 0.3 else "",
            f"author: [{', '.join(self.some(_PEOPLE, 1))}]",
            f"date: {pick(_DATES)}",
            f"section: {pick(['News', 'Port', ''])}",
            f'page: "{self.chance.randint(1, 12)}"',
            f"places: [{', '.join(self.some(_PLACES, 2))}]",
            f"people:{people}" if people else "",
            f"keywords: [{', '.join(self.some(_NOUNS, 2))}]",
        ]
        return "\n".join(["---", *filter(None, lines), "---", "", self.body(), ""])


def harbour_articles(count: int, seed: int = 7) -> Iterator[Article]:
    """Yield articles; every twentieth has the text of the one before under another id."""
    writer, text = _Writer(seed), ""
    for number in range(count):
        text = text if number % 20 == 19 else writer.text()
        article_id = f"{writer.chance.choice(['a', 'b/c', '太'])}/{number:05}"
        yield parse_article(text.encode(), article_id, f"{article_id}.md")
