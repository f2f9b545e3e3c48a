"""The gazetteer of the world: countries, capitals, larger cities and regions, loaded at first use.

Sources and licences are in the headers of its files: `data/world.tsv` is a selection of GeoNames (CC BY 4.0, written
by `bench/make_gazetteer.py`), `data/regions.txt` and `data/place_aliases.txt` are lists of this project.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from shanxi_cli.util.lexicon import load_list

_DATA_FILE = Path(__file__).parent / "data" / "world.tsv"


class WorldPlace(NamedTuple):
    """A place: its usual `name`, its `kind` (country, state, region, city) and `country`, empty for several.

    `alone` is True if the name means the place without other evidence: not for `Reading`, `Jordan`, `Charlotte`.
    """

    name: str
    kind: str
    country: str
    alone: bool


@cache
def load_world_places() -> dict[str, WorldPlace]:
    """Return the places by each of their names, as printed in English newspapers, with and without accents."""
    places: dict[str, WorldPlace] = {}
    for line in _DATA_FILE.read_text(encoding="utf-8").splitlines():
        if not line.startswith(("#", "name\t")):
            name, kind, country, mark = line.split("\t")
            places[name] = WorldPlace(name, kind, country, bool(mark))
    for line in load_list("places/regions"):
        name, country = line.split("\t")
        places[name] = WorldPlace(name, "region", country.strip("-"), alone=True)
    for line in load_list("places/place_aliases"):
        name, usual = line.split("\t")
        places[name] = places.get(usual, WorldPlace(usual, "country", usual, alone=True))
    return places


def is_larger_place(place: WorldPlace | None) -> bool:
    """Return True for a country, a state or a region, after whose name a city's may be printed."""
    return place is not None and place.kind != "city"
