"""The gazetteer of Shanxi: the province, its 11 cities and their 117 districts, counties and county-level cities.

    Taiyuan · Taiyuan city · 太原 · 太原市          the city, by any of its names
    Qixian · Qi county · 祁县                        a county whose name is one syllable
    Pinglu county, Pinglu district                    two places of two cities; `Pinglu` alone is either
    Xinjiang county                                   `Xinjiang` alone is not the county, but the region

The data are in `data/shanxi.tsv`, which names its sources. They are read on the first lookup, and only commands that
look up places import this module.
"""

import re
from collections import Counter
from collections.abc import Iterator
from enum import Enum
from functools import cache
from pathlib import Path
from typing import NamedTuple

from shanxi_cli.analysis.tokenizer import fold_text
from shanxi_cli.model.article import Article
from shanxi_cli.util.frozen_record import Record
from shanxi_cli.util.lexicon import load_list, load_terms
from shanxi_cli.util.unicode import is_cjk_run

_DATA_FILE = Path(__file__).parent / "data" / "shanxi.tsv"


class DivisionLevel(Enum):
    """The administrative level of a division."""

    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"
    COUNTY = "county"
    COUNTY_LEVEL_CITY = "county-level city"


class Division(Record):
    """An administrative division of Shanxi.

    `code` is its code of six digits (GB/T 2260). `name` is the name in pinyin, `chinese` the full Chinese name with
    its kind (太原市), `variants` are other spellings. `city` is the name of the city it belongs to: its own for a city,
    empty for the province. `unambiguous` is False if the name without its kind may mean something else.
    """

    code: str
    level: DivisionLevel
    name: str
    chinese: str
    variants: tuple[str, ...]
    city: str
    unambiguous: bool

    @property
    def short_chinese(self) -> str:
        """The Chinese name without its kind if two characters remain: 太原, but 祁县."""
        return self.chinese[:-1] if len(self.chinese) > 2 else self.chinese

    @property
    def title(self) -> str:
        """The name with the kind: `Taiyuan city`, `Qixian county`, `Gujiao city`."""
        return f"{self.name} {_KIND_WORDS[self.level][0]}"


_KIND_WORDS = {
    DivisionLevel.PROVINCE: ("province",),
    DivisionLevel.CITY: ("city", "municipality", "prefecture"),
    DivisionLevel.DISTRICT: ("district", "county", "city"),  # many districts were a county or a city a few years ago
    DivisionLevel.COUNTY: ("county",),
    DivisionLevel.COUNTY_LEVEL_CITY: ("city", "county"),
}


@cache
def load_divisions() -> tuple[Division, ...]:
    """Return all divisions in the order of their codes: the province, then each city before its members."""
    divisions: list[Division] = []
    cities: dict[str, str] = {}
    for line in _DATA_FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith(("#", "code")):
            continue
        code, kind, name, chinese, variants, alone = line.split("\t")
        level = DivisionLevel(kind)
        if level is DivisionLevel.CITY:
            cities[code[:4]] = name
        others = tuple(variants.split("; ")) if variants else ()
        divisions.append(Division(code, level, name, chinese, others, cities.get(code[:4], ""), alone == "alone"))
    return tuple(divisions)


@cache
def _divisions_by_name() -> dict[str, tuple[Division, ...]]:
    """Return the index of names: folded name -> the divisions it may mean."""
    names: dict[str, list[Division]] = {}
    for place in load_divisions():
        kinds = _KIND_WORDS[place.level]
        plain = [place.name, *place.variants]
        with_kind = [f"{name} {kind}" for name in plain for kind in kinds if " " not in name]
        of = [f"{kind} of {name}" for name in plain for kind in kinds if " " not in name]
        for name in dict.fromkeys([*plain, *with_kind, *of, place.chinese, place.short_chinese]):
            names.setdefault(fold_text(name), []).append(place)
    return {name: _prefer_own_kind(name, places) for name, places in names.items()}


def _prefer_own_kind(name: str, places: list[Division]) -> tuple[Division, ...]:
    """Return the places whose present kind is in `name`, else all, also former kinds: Changzhi city, Pinglu county."""
    own = [place for place in places if name in (fold_text(place.title), fold_text(place.chinese))]
    return tuple(own or places)


def find_divisions(name: str) -> tuple[Division, ...]:
    """Return the divisions that a name, English or Chinese, may mean, ignoring case and accents; none if unknown."""
    return _divisions_by_name().get(fold_text(name), ())


def division_members(place: Division) -> tuple[Division, ...]:
    """Return the members of a division: of the province all, of a city its districts and counties, else none."""
    if place.level is DivisionLevel.PROVINCE:
        return tuple(other for other in load_divisions() if other.level is not DivisionLevel.PROVINCE)
    if place.level is DivisionLevel.CITY:
        return tuple(
            other for other in load_divisions() if other.city == place.name and other.level is not DivisionLevel.CITY
        )
    return ()


def division_spellings(place: Division) -> tuple[str, ...]:
    """Return the names to search for in lists of places; without the kind only if that is unambiguous."""
    kinds = _KIND_WORDS[place.level][:1]
    names = [place.name, *place.variants] if place.unambiguous else [f"{place.name} {kind}" for kind in kinds]
    if not place.unambiguous:
        names += [name for name in place.variants if " " in name and place.chinese not in _SHARED_NAMES]
    return tuple(dict.fromkeys([*names, *([place.short_chinese] if place.chinese not in _SHARED_NAMES else [])]))


_SHARED_NAMES = ("城区", "矿区", "郊区")
"""Names of districts in several cities of Shanxi and elsewhere; without a city they do not identify a place."""


class PlaceMention(NamedTuple):
    """A place that a text mentions.

    `name` is the usual name, with its kind if needed, `times` the number of mentions in the text. `place` is the
    division, None for a place that is not in the gazetteer.
    """

    name: str
    times: int
    place: Division | None


_CAPITALIZED_WORD = r"[A-ZÀ-ÖØ-Þ][^\W\d_]*(?:['’\-][^\W\d_]+)*"
_CAPITALIZED_RUN = re.compile(rf"{_CAPITALIZED_WORD}(?:[ \u00a0]{_CAPITALIZED_WORD})*")
_POSSESSIVE_END = re.compile(r"['’]s?\Z")
_DIVISION_KINDS = ("county", "district", "city", "province", "prefecture", "town", "township", "village")
_KIND_AFTER = re.compile(rf"[ \u00a0](?P<kind>{'|'.join(_DIVISION_KINDS)})(?![\w-])")
_KIND_BEFORE = re.compile(r"\b(?P<kind>county|district|city|province|prefecture|town|township|village) of \Z")
_UNLISTED_KINDS = ("county", "district", "province", "town", "township", "village")
"""Kinds that make a place of a name that is not in the gazetteer; `city` is too common for that."""
_SENTENCE_START = re.compile(r"(?:^|[.!?:\n]|[\"“‘'])\s*\Z")


def find_place_mentions(text: str) -> list[PlaceMention]:
    """Return the places that a text mentions, the most frequent first, then in the order of the text.

    Recognized are the divisions of the gazetteer, in English and Chinese, and names with a kind (`Huaiyang county`,
    `Xima village`). Not counted are a place within a longer name, of a company or a person (`Taiyuan Iron and Steel`,
    `Li Lingshi`), an ambiguous name without its kind (`Xinjiang`), and a name of two places (`Pinglu`) unless the
    text mentions the city of one of them.
    """
    counts: Counter[str] = Counter()
    places: dict[str, Division | None] = {}
    ambiguous: list[str] = []
    for name, kind in _iterate_names(text):
        place = _resolve_division(name, kind)
        if place is None and kind not in _UNLISTED_KINDS:
            ambiguous += [name] if not kind and len(find_divisions(name)) > 1 else []
            continue
        usual_name = _query_name(place) if place else name
        counts[usual_name] += 1
        places.setdefault(usual_name, place)
    cities = {place.city for place in places.values() if place and place.level is DivisionLevel.CITY}
    for name in ambiguous:
        candidates = [place for place in find_divisions(name) if place.city in cities]
        if len(candidates) == 1:
            usual_name = _query_name(candidates[0])
            counts[usual_name] += 1
            places[usual_name] = candidates[0]
    return [PlaceMention(name, count, places[name]) for name, count in counts.most_common()]


def article_place_mentions(article: Article) -> list[PlaceMention]:
    """Return the places that title, deck, body and captions of an article mention (see `find_place_mentions`)."""
    return find_place_mentions(
        "\n\n".join((article.title, article.deck, article.body, *(c.text for c in article.captions)))
    )


def _query_name(place: Division) -> str:
    """Return the name that finds a place in a query: with its kind if the name alone is ambiguous."""
    return place.name if place.unambiguous and len(find_divisions(place.name)) == 1 else place.title


def _resolve_division(name: str, kind: str) -> Division | None:
    if kind in ("town", "township", "village"):
        return None
    if kind:
        matches = find_divisions(f"{name} {kind}")
        if matches or kind != "city":  # `the Shanxi city of Linfen`
            return matches[0] if len(matches) == 1 else None
    matches = find_divisions(name)
    return matches[0] if len(matches) == 1 and matches[0].unambiguous else None


def _iterate_names(text: str) -> Iterator[tuple[str, str]]:
    """Yield the names that may be places as (name, kind), with an empty kind where the text gives none."""
    for run in _CAPITALIZED_RUN.finditer(text):
        words = run.group().split()
        kind = _adjacent_kind(text, run)
        if len(words) > 1 and words[-1].lower() in _DIVISION_KINDS:
            kind = words.pop().lower()
            if not find_divisions(f"{words[-1]} {kind}"):
                kind = ""  # capitalised, the kind is as likely part of a name (`Innovative Town`)
        starts_sentence = bool(_SENTENCE_START.search(text, max(0, run.start() - 3), run.start()))
        yield from _split_possessives(words, kind, starts_sentence=starts_sentence)
    if not text.isascii():
        yield from ((match.group(), "") for match in _chinese_pattern().finditer(text))


def _split_possessives(words: list[str], kind: str, *, starts_sentence: bool) -> Iterator[tuple[str, str]]:
    """Yield the one-word names of a run of capitalised words that possessives divide: `Anhui's Huaiyang` is two."""
    not_first = load_terms("places/not_first")
    while words:
        possessives = [n for n, word in enumerate(words) if _POSSESSIVE_END.search(word)]
        cut = possessives[0] + 1 if possessives else len(words)
        piece, words = words[:cut], words[cut:]
        while len(piece) > 1 and piece[0] in not_first:
            piece.pop(0)
        name, own_kind = _POSSESSIVE_END.sub("", piece[0]), "" if words or possessives else kind
        # `Coal town plants trees`: the first word of a sentence is capitalised for that reason
        is_name = (own_kind and not starts_sentence) or find_divisions(name)
        if len(piece) == 1 and is_name and name not in not_first:
            yield name, own_kind
        starts_sentence = False


def _adjacent_kind(text: str, run: re.Match[str]) -> str:
    """Return the kind after a name, or before it with `of`; empty if there is none."""
    after = _KIND_AFTER.match(text, run.end())
    before = _KIND_BEFORE.search(text, max(0, run.start() - 14), run.start())
    return (after or before or {"kind": ""})["kind"].lower()


@cache
def _chinese_pattern() -> re.Pattern[str]:
    """Compile the Chinese names, longest first; they may not be followed by what makes them part of an idiom."""
    names = {
        name
        for place in load_divisions()
        for name in (place.chinese, place.short_chinese)
        if place.chinese not in _SHARED_NAMES
    }
    longest = sorted(filter(is_cjk_run, names), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(longest)})(?!{'|'.join(load_list('places/not_before'))})")
