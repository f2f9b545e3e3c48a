"""Plurals of nouns: their form, their singular, and the plural of a singular."""

from shanxi_cli.util.lexicon import load_terms

STOP_WORDS = load_terms("extraction/phrase_stop_words")
"""Words that end a noun phrase."""
_NON_PLURAL_WORDS = load_terms("extraction/non_plural_words")
IRREGULAR_PLURALS = {
    "people": "person",
    "men": "man",
    "women": "woman",
    "children": "child",
    "businessmen": "businessman",
    "businesspeople": "businessperson",
    "businesswomen": "businesswoman",
    "fishermen": "fisherman",
    "craftsmen": "craftsman",
    "salespeople": "salesperson",
    "townspeople": "person",
    "personnel": "person",
    "crew": "person",
    "population": "person",
    "staff": "person",
    "troops": "soldier",
    "police": "police officer",
    "feet": "foot",
    "teeth": "tooth",
    "mice": "mouse",
    "geese": "goose",
    "oxen": "ox",
    "cattle": "cattle",
    "sheep": "sheep",
    "poultry": "poultry",
    "fish": "fish",
    "deer": "deer",
    "species": "species",
    "series": "series",
    "aircraft": "aircraft",
    "spacecraft": "spacecraft",
    "livestock": "livestock",
    "head": "head",
    "offspring": "offspring",
    "criteria": "criterion",
    "phenomena": "phenomenon",
    "bacteria": "bacterium",
    "alumni": "alumnus",
    "fungi": "fungus",
    "headquarters": "headquarters",
    "works": "works",
    "wives": "wife",
    "lives": "life",
    "leaves": "leaf",
    "halves": "half",
    "knives": "knife",
    "shelves": "shelf",
    "wolves": "wolf",
    "calves": "calf",
    "thieves": "thief",
    "loaves": "loaf",
    "buses": "bus",
    "viruses": "virus",
    "campuses": "campus",
    "bonuses": "bonus",
    "gases": "gas",
    "crises": "crisis",
    "bases": "base",
    "analyses": "analysis",
    "theses": "thesis",
    "axes": "axis",
    "movies": "movie",
    "cookies": "cookie",
    "ties": "tie",
    "pies": "pie",
    "mps": "mp",
    "mlas": "mla",
    "tvs": "tv",
    "pcs": "pc",
    "cds": "cd",
    "evs": "ev",
    "djs": "dj",
    "vps": "vp",
    "taxis": "taxi",
    "skis": "ski",
    "shoes": "shoe",
    "caches": "cache",
    "niches": "niche",
    "archives": "archive",
}
_IRREGULAR_PLURAL_OF = {unit: word for word, unit in reversed(IRREGULAR_PLURALS.items())}
_IRREGULAR_SINGULARS = frozenset(IRREGULAR_PLURALS.values())


def to_singular(word: str) -> str:
    """Return the singular of a lower-case noun; a singular stays as it is."""
    if word in IRREGULAR_PLURALS:
        return IRREGULAR_PLURALS[word]
    if word in _IRREGULAR_SINGULARS or not is_plural(word):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")):
        return word[:-2]
    return word[:-1]


def to_plural(unit: str) -> str:
    """Return the plural that `to_singular` maps back to this singular; the word itself where there is none."""
    if unit in _IRREGULAR_PLURAL_OF:
        return _IRREGULAR_PLURAL_OF[unit]
    forms = [unit + "s", unit + "es"]
    if unit.endswith("y") and unit[-2:-1] not in "aeiou":
        forms.insert(0, unit[:-1] + "ies")
    return next((form for form in forms if is_plural(form) and to_singular(form) == unit), unit)


def is_plural(word: str) -> bool:
    """Return True when a lower-case word has the form of a plural noun."""
    if word in IRREGULAR_PLURALS:
        return True
    if not word.endswith("s") or len(word) < 4 or word in _NON_PLURAL_WORDS or word in STOP_WORDS or not word.isalpha():
        return False
    return not word.endswith(("ss", "us", "is")) and word not in _IRREGULAR_SINGULARS
