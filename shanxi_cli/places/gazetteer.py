"""The gazetteer of Shanxi: the province, its 11 cities and their 117 districts, counties and county-level cities.

    Taiyuan · Taiyuan city · 太原 · 太原市          the city, by any of its names
    Qixian · Qi county · 祁县                        a county whose name is one syllable
    Pinglu county, Pinglu district                    two places of two cities; `Pinglu` alone is either
    Xinjiang county                                   `Xinjiang` alone is no county: the region is meant

The data stand in `shanxi.tsv`, which says where they come from. They are read when a name is asked for: a command that
asks for none never loads this.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import cache
from pathlib import Path
from typing import NamedTuple

from shanxi_cli.analysis.tokenizer import fold_text
from shanxi_cli.model.article import Article
from shanxi_cli.util.frozen_record import Record
from shanxi_cli.util.unicode import is_cjk_run

_DATA_FILE = Path(__file__).parent / "data" / "shanxi.tsv"


class DivisionLevel(Enum):
    """What a division is."""

    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"
    COUNTY = "county"
    COUNTY_LEVEL_CITY = "county-level city"


class Division(Record):
    """A division of Shanxi.

    `code` is its code of six digits (GB/T 2260). `name` is its name in pinyin, `chinese` the whole Chinese name with
    its kind (太原市), `variants` are other spellings. `city` is the name of its city, of a city its own, empty for the
    province. `alone` is False where the name without the kind may as well mean something else.
    """

    code: str
    level: DivisionLevel
    name: str
    chinese: str
    variants: tuple[str, ...]
    city: str
    alone: bool

    @property
    def short(self) -> str:
        """The Chinese name without its kind where two characters are left: 太原, 祁县."""
        return self.chinese[:-1] if len(self.chinese) > 2 else self.chinese

    @property
    def title(self) -> str:
        """The name with the kind: `Taiyuan city`, `Qixian county`, `Gujiao city`."""
        return f"{self.name} {_KIND_WORDS[self.level][0]}"


_KIND_WORDS = {
    DivisionLevel.PROVINCE: ("province",),
    DivisionLevel.CITY: ("city", "municipality", "prefecture"),
    DivisionLevel.DISTRICT: ("district", "county", "city"),  # many a district was one of these a few years ago
    DivisionLevel.COUNTY: ("county",),
    DivisionLevel.COUNTY_LEVEL_CITY: ("city", "county"),
}


@cache
def load_divisions() -> tuple[Division, ...]:
    """All of them in the order of their codes: the province, each city before what belongs to it."""
    found: list[Division] = []
    cities: dict[str, str] = {}
    for line in _DATA_FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith(("#", "code")):
            continue
        code, kind, name, chinese, variants, alone = line.split("\t")
        level = DivisionLevel(kind)
        if level is DivisionLevel.CITY:
            cities[code[:4]] = name
        others = tuple(variants.split("; ")) if variants else ()
        found.append(Division(code, level, name, chinese, others, cities.get(code[:4], ""), alone == "alone"))
    return tuple(found)


@cache
def _divisions_by_name() -> dict[str, tuple[Division, ...]]:
    """Folded name -> the places it may mean."""
    names: dict[str, list[Division]] = {}
    for place in load_divisions():
        kinds = _KIND_WORDS[place.level]
        plain = [place.name, *place.variants]
        with_kind = [f"{name} {kind}" for name in plain for kind in kinds if " " not in name]
        of = [f"{kind} of {name}" for name in plain for kind in kinds if " " not in name]
        for name in dict.fromkeys([*plain, *with_kind, *of, place.chinese, place.short]):
            names.setdefault(fold_text(name), []).append(place)
    return {name: _prefer_own_kind(name, found) for name, found in names.items()}


def _prefer_own_kind(name: str, found: list[Division]) -> tuple[Division, ...]:
    """Those that a name with a kind means today, before those that had it once: Changzhi city, Pinglu county."""
    own = [place for place in found if name in (fold_text(place.title), fold_text(place.chinese))]
    return tuple(own or found)


def find_divisions(name: str) -> tuple[Division, ...]:
    """The places that a name may mean, whatever its case, accents and language; none for other names."""
    return _divisions_by_name().get(fold_text(name), ())


def division_members(place: Division) -> tuple[Division, ...]:
    """What belongs to a place: of the province all, of a city its districts and counties, else nothing."""
    if place.level is DivisionLevel.PROVINCE:
        return tuple(other for other in load_divisions() if other.level is not DivisionLevel.PROVINCE)
    if place.level is DivisionLevel.CITY:
        return tuple(
            other for other in load_divisions() if other.city == place.name and other.level is not DivisionLevel.CITY
        )
    return ()


def find_city(name: str, beside: Iterable[str] = ()) -> str | None:
    """The city that a place of Shanxi belongs to, a city's own name; None for other places and for the province.

    Of a name that more than one place has (`Pinglu`) the one is meant whose city is named `beside` it, else none;
    so too for a name that alone may mean something else.
    """
    found = [place for place in find_divisions(name) if place.city]
    cities = {place.city for place in found}
    if len(cities) == 1 and (found[0].alone or fold_text(name) != fold_text(found[0].name)):
        return cities.pop()
    near = {place.city for other in beside for place in find_divisions(other) if place.level is DivisionLevel.CITY}
    meant = cities & near
    return meant.pop() if len(meant) == 1 else None


def division_spellings(place: Division) -> tuple[str, ...]:
    """The names by which a place is found where places are listed; without the kind only where it stands alone."""
    kinds = _KIND_WORDS[place.level][:1]
    names = [place.name, *place.variants] if place.alone else [f"{place.name} {kind}" for kind in kinds]
    if not place.alone:
        names += [name for name in place.variants if " " in name and place.chinese not in _SHARED_NAMES]
    return tuple(dict.fromkeys([*names, *([place.short] if place.chinese not in _SHARED_NAMES else [])]))


_SHARED_NAMES = ("城区", "矿区", "郊区")
"""Names that districts of several cities have, in Shanxi and elsewhere: only with their city do they say where."""


class PlaceMention(NamedTuple):
    """A place that a text names: its usual name (with its kind where that is needed), how often, and which one it is;
    None for one that is not here.
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
"""Kinds that make a place of a name that is not in the gazetteer; a city may be any."""
_SENTENCE_START = re.compile(r"(?:^|[.!?:\n]|[\"“‘'])\s*\Z")
_NON_NAME_WORDS = frozenset(
    "In At From To The A An And But Of For Near Since When While As By On Both Then Now Nearby Rural".split()
)


def find_place_mentions(text: str) -> list[PlaceMention]:
    """The places that an article's text names, the most frequent first, then in the order of the text.

    Known are those of the gazetteer, in English and Chinese, and names with a kind (`Huaiyang county`, `Xima village`).
    A place that is part of a longer name, of a company or a person (`Taiyuan Iron and Steel`, `Li Lingshi`), is not
    counted; nor is a name that alone may mean something else (`Xinjiang`), nor one that two places have (`Pinglu`)
    unless the city of one of them is named.
    """
    found: Counter[str] = Counter()
    meant: dict[str, Division | None] = {}
    doubtful: list[str] = []
    for name, kind in _iterate_names(text):
        place = _resolve_division(name, kind)
        if place is None and kind not in _UNLISTED_KINDS:
            doubtful += [name] if not kind and len(find_divisions(name)) > 1 else []
            continue
        shown = _query_name(place) if place else name
        found[shown] += 1
        meant.setdefault(shown, place)
    cities = {place.city for place in meant.values() if place and place.level is DivisionLevel.CITY}
    for name in doubtful:
        near = [place for place in find_divisions(name) if place.city in cities]
        if len(near) == 1:
            found[_query_name(near[0])] += 1
            meant[_query_name(near[0])] = near[0]
    return [PlaceMention(name, count, meant[name]) for name, count in found.most_common()]


def article_place_mentions(article: Article) -> list[PlaceMention]:
    """The places that title, deck, body and captions of an article name, as `find_place_mentions` says."""
    return find_place_mentions(
        "\n\n".join((article.title, article.deck, article.body, *(c.text for c in article.captions)))
    )


def _query_name(place: Division) -> str:
    """The name by which a query finds a place: with its kind where the name alone may mean something else."""
    return place.name if place.alone and len(find_divisions(place.name)) == 1 else place.title


def _resolve_division(name: str, kind: str) -> Division | None:
    if kind in ("town", "township", "village"):
        return None
    if kind:
        exact = find_divisions(f"{name} {kind}")
        if exact or kind != "city":  # `the Shanxi city of Linfen`
            return exact[0] if len(exact) == 1 else None
    here = find_divisions(name)
    return here[0] if len(here) == 1 and here[0].alone else None


def _iterate_names(text: str) -> Iterator[tuple[str, str]]:
    """Each name of a text that may be a place's, with its kind or an empty one."""
    for run in _CAPITALIZED_RUN.finditer(text):
        words = run.group().split()
        kind = _adjacent_kind(text, run)
        if len(words) > 1 and words[-1].lower() in _DIVISION_KINDS:
            kind = words.pop().lower()
            if not find_divisions(
                f"{words[-1]} {kind}"
            ):  # in capitals it is as likely part of a name (`Innovative Town`)
                kind = ""
        begins = bool(_SENTENCE_START.search(text, max(0, run.start() - 3), run.start()))
        while words:
            owners = [n for n, word in enumerate(words) if _POSSESSIVE_END.search(word)]
            cut = owners[0] + 1 if owners else len(words)
            piece, words = words[:cut], words[cut:]
            while len(piece) > 1 and piece[0] in _NON_NAME_WORDS:
                piece.pop(0)
            name, its = _POSSESSIVE_END.sub("", piece[0]), "" if words or owners else kind
            # `Coal town plants trees`: what begins a sentence has its capital from that
            if len(piece) == 1 and ((its and not begins) or find_divisions(name)) and name not in _NON_NAME_WORDS:
                yield name, its
            begins = False
    if not text.isascii():
        yield from ((found.group(), "") for found in _chinese_pattern().finditer(text))


def _adjacent_kind(text: str, run: re.Match[str]) -> str:
    """The kind that stands after a name, or before it with `of`; empty for none."""
    after = _KIND_AFTER.match(text, run.end())
    before = _KIND_BEFORE.search(text, max(0, run.start() - 14), run.start())
    return (after or before or {"kind": ""})["kind"].lower()


@cache
def _chinese_pattern() -> re.Pattern[str]:
    names = {
        name
        for place in load_divisions()
        for name in (place.chinese, place.short)
        if place.chinese not in _SHARED_NAMES
    }
    longest = sorted(filter(is_cjk_run, names), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(longest)})(?!久安)")  # 长治久安 is lasting peace
