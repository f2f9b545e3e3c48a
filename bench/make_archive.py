"""Generate an archive to measure on: the same bytes for the same number and seed, on any machine.

    python bench/make_archive.py 100000 --seed 1 [FOLDER]

Words follow Zipf's law as Mandelbrot put it (probability as 1 / (rank + 2.7),
https://en.wikipedia.org/wiki/Zipf's_law): the first hundred or so are English, the others are made of syllables.
Articles have bylines, dates of twenty years (one in ten is not certain), places, people, organisations, keywords,
sentences with figures, and every hundredth is another one with a few words changed, under an id of its own.
"""

import argparse
import itertools
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

COMMON = """
the of and to in a is for that on with was by said as it from at has are province its were have be this an year which
more than new one also their city development people he government market company industry local will they been county
two economy growth not first or other its years project high area over who trade farmers coal production technology
village into but energy investment workers building tourism school export mine water food products road service power
health steel quality land income culture park plan station factory railway solar
""".split()
PLACES = """
Taiyuan Datong Yangquan Changzhi Jincheng Shuozhou Jinzhong Yuncheng Xinzhou Linfen Luliang Pingyao Gujiao Huozhou Hejin
Xiaoyi Fenyang Jiexiu Yuanping Yongji Gaoping Lucheng
""".split()
FAMILY = "Wang Li Zhang Liu Chen Yang Zhao Huang Zhou Wu Xu Sun Hu Zhu Gao Lin He Guo Ma Luo".split()
PAPERS = ["Shanxi Evening Post", "Taihang Daily", "The Fenhe Observer", "Loess Weekly"]
SECTIONS = ["News", "Business", "Culture", "Sport"]
COUNTED = ["households", "jobs", "visitors", "villages", "trees", "students"]
FIRST_DAY, DAYS = date(2003, 1, 1), 20 * 365
WORDS, A_FOLDER, REPEATED = 40_000, 1_000, 100
SYLLABLES = [
    c + v for c in "b c d f g h j k l m n p q r s t v w x y z sh zh ch".split() for v in "a e i o u ai an en".split()
]


class Maker:
    """Generates articles from one random source."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        made = itertools.islice(self._syllables(), WORDS - len(COMMON))
        self.vocabulary = [*COMMON, *made]
        self.shares = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(WORDS)))
        self.people = [f"{self.pick(FAMILY)} {self._name()}" for _ in range(5_000)]
        self.places = [*PLACES, *(self._name() for _ in range(200))]
        self.firms = [
            f"{self._name()} {self.pick(['Group', 'Coal Mine', 'Bureau', 'University'])}" for _ in range(2_000)
        ]
        self.subjects = [*COMMON[60:], *(f"{self.pick(COMMON[60:])} {self._name().lower()}" for _ in range(400))]

    def article(self, number: int) -> tuple[str, str]:
        """Return (id, text of the file) of an article."""
        words = self._words(max(40, int(self.chance.lognormvariate(5.4, 0.5))))
        title = " ".join(words[:7]).capitalize()
        body = "\n\n".join(self._paragraphs(words))
        facts = [
            f"title: {title}",
            f"author: [{self.pick(self.people[:60])}]",
            *([f"date: {self._date()}"] if number % 50 else []),
            f"publication: {self.pick(PAPERS)}",
            f"section: {self.pick(SECTIONS)}",
            f'page: "{self.chance.randint(1, 16)}"',
            f"type: {'image' if number % 20 == 7 else 'article'}",
            f"places: [{', '.join(self._some(self.places))}]",
            f"people: [{', '.join(f'{{name: {name}}}' for name in self._some(self.people))}]",
            f"organisations: [{', '.join(self._some(self.firms))}]",
            f"keywords: [{', '.join(self._some(self.subjects))}]",
        ]
        return f"{number:06d}-{'-'.join(words[:4])}", "---\n" + "\n".join(facts) + f"\n---\n\n{body}\n"

    def again(self, number: int, text: str) -> tuple[str, str]:
        """Return (id, text) of a copy of an article with one word in fifty changed."""
        head, body = text[4:].split("---\n", 1)
        words = body.split(" ")
        for _ in range(len(words) // 50):
            words[self.chance.randrange(len(words))] = self.pick(self.vocabulary)
        return f"{number:06d}-again", f"---\n{head}---\n{' '.join(words)}"

    def pick(self, some: list[str]) -> str:
        """Return one of `some`."""
        return some[int(self.chance.random() * len(some))]

    def _syllables(self) -> Iterator[str]:
        for size in itertools.count(2):
            every = list(itertools.islice(map("".join, itertools.product(SYLLABLES, repeat=size)), 36_000))
            self.chance.shuffle(every)
            yield from every

    def _name(self) -> str:
        return (self.pick(SYLLABLES) + self.pick(SYLLABLES)).capitalize()

    def _words(self, size: int) -> list[str]:
        return self.chance.choices(self.vocabulary, cum_weights=self.shares, k=size)

    def _some(self, values: list[str]) -> list[str]:
        """Return one to three of `values`, the first ones far more often."""
        at = (int(len(values) * self.chance.random() ** 3) for _ in range(self.chance.randint(1, 3)))
        return list(dict.fromkeys(values[n] for n in at))

    def _paragraphs(self, words: list[str]) -> Iterator[str]:
        rest = iter(words)
        while some := list(itertools.islice(rest, self.chance.randint(25, 60))):
            middle = len(some) // 2
            first, second = " ".join(some[:middle]).capitalize(), " ".join(some[middle:]).capitalize()
            yield f"{first} {self._figure()}. {second}, {self.pick(self.people)} said."

    def _figure(self) -> str:
        match self.chance.randrange(4):
            case 0:
                return f"{self.chance.randint(1, 900) * 100:,} {self.pick(COUNTED)}"
            case 1:
                return f"{self.chance.randint(1, 400) / 10} percent in {self.chance.randint(2003, 2022)}"
            case 2:
                return f"{self.chance.randint(1, 990)} million yuan"
            case _:
                return f"of {self.pick(self.places)}"

    def _date(self) -> str:
        day = FIRST_DAY + timedelta(self.chance.randrange(DAYS))
        match self.chance.randrange(20):
            case 0:
                return f"{day:%Y-%m}"
            case 1:
                return f"{day}/{day + timedelta(self.chance.randint(5, 90))}"
            case _:
                return day.isoformat()


def articles(number: int, seed: int) -> Iterator[tuple[str, str]]:
    """Yield (id, text of the file) of `number` articles."""
    maker = Maker(seed)
    earlier = ""
    for n in range(number):
        name, text = maker.again(n, earlier) if n % REPEATED == REPEATED - 1 else maker.article(n)
        if n % REPEATED == REPEATED // 2:
            earlier = text
        yield name, text


def main() -> int:
    """Write the articles, a thousand per folder."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("number", type=int, help="how many articles")
    parser.add_argument("folder", type=Path, nargs="?", help="where to; it is made [archive-N-S]")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    folder = asked.folder or Path(f"archive-{asked.number}-{asked.seed}")
    for n, (name, text) in enumerate(articles(asked.number, asked.seed)):
        place = folder / f"{n // A_FOLDER:03d}"
        if n % A_FOLDER == 0:
            place.mkdir(parents=True, exist_ok=True)
        (place / f"{name}.md").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
