"""Names of whole texts: what is found, and what is left alone."""

from typing import NamedTuple

import pytest

from shanxi_cli.extraction.names import add_derived_names, derive_names, read_names
from shanxi_cli.model.article import Article, DerivedNames, Person

ENGLISH = " It was a long day in the life of the harbour, and the end of it came to all of us as a surprise."


class Names(NamedTuple):
    """The names of a text: places, people, organisations."""

    places: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()


CASES = {
    # people
    "role before a name": ("The harbour pilot Ineke Vossberg spoke.", Names(people=("Ineke Vossberg",))),
    "title before a name": ("They asked Gov. Ineke Vossberg.", Names(people=("Ineke Vossberg",))),
    "roles and a country before a name": (
        "It was Norway Trade Minister Ineke Vossberg.",
        Names(places=("Norway",), people=("Ineke Vossberg",)),
    ),
    "role of an office": ("Secretary of State Ineke Vossberg left.", Names(people=("Ineke Vossberg",))),
    "word for a people before a name": ("Then Norwegian Martin Aske won.", Names(people=("Martin Aske",))),
    "apposition": ("Ineke Vossberg, a retired pilot, left.", Names(people=("Ineke Vossberg",))),
    "age": ("Ineke Vossberg, 61, left.", Names(people=("Ineke Vossberg",))),
    "Chinese name": ("Then Qiao Mingze left.", Names(people=("Qiao Mingze",))),
    "Chinese name with a pronoun's form": ("They met Qiao He there.", Names(people=("Qiao He",))),
    "Korean name": ("Then Pak Do-yun left.", Names(people=("Pak Do-yun",))),
    "initial in the middle": ("Then Orsolya B. Teleki left.", Names(people=("Orsolya B. Teleki",))),
    "particles": ("Then Ineke van der Vossberg left.", Names(people=("Ineke van der Vossberg",))),
    "Welsh particle": ("Then Tegid ap Vossberg left.", Names(people=("Tegid ap Vossberg",))),
    "Portuguese particle": ("Then Ineke dos Vossberg left.", Names(people=("Ineke dos Vossberg",))),
    "words between names": ("Then Tegid up Vossberg left.", Names()),
    "party and role before a name": ("Independent TD Ineke Voss-Berg left.", Names(people=("Ineke Voss-Berg",))),
    "given name": ("The boat of Martin Vossberg left.", Names(people=("Martin Vossberg",))),
    "family name alone that speaks": (
        "Ineke Vossberg bought the boat. Vossberg said it floats.",
        Names(people=("Ineke Vossberg",)),
    ),
    "quoted with the family name alone": (
        "Then Ineke Vossberg said it floats. The boat of Vossberg left.",
        Names(people=("Ineke Vossberg",)),
    ),
    "possessive before a name": (
        "Norway's Martin Vossberg won.",
        Names(places=("Norway",), people=("Martin Vossberg",)),
    ),
    "family name alone": ("Vossberg said it floats.", Names()),
    "product that is named by either word": (
        "The Acmee Glider flies. Acmee sells the Glider, Glider after Glider.",
        Names(),
    ),
    "company that speaks": ("Then Tarn Vessels said it floats.", Names()),
    "event": ("The Harbour Games began, and the Martin Cup ended.", Names()),
    "team of a city": ("Then the Cleveland Otters won.", Names()),
    "given name before a place": ("The peaks of Sierra Norway rise.", Names()),
    "full name of a company that fails": ("Then Martin Vossberg collapsed in 2011.", Names()),
    "full names of chains": ("Shops of Martin Vossberg and Alice Renner have closed.", Names()),
    "full name at the end of a road": ("The road to Martin Vossberg was shut.", Names()),
    "full name of a mountain": ("Two hikers died on Martin Vossberg.", Names()),
    "full name of a product": ("He rode a Martin Vossberg home.", Names()),
    "person with shops": (
        "Shops of Martin Vossberg, 61, have closed.",
        Names(people=("Martin Vossberg",)),
    ),
    "person who collapses": ("Then Martin Vossberg collapsed at home.", Names(people=("Martin Vossberg",))),
    # organisations
    "last word": ("They joined Tarn Motor Group.", Names(organisations=("Tarn Motor Group",))),
    "last word with a full stop": ("They joined Tarn & Sons Co. in May.", Names(organisations=("Tarn & Sons Co",))),
    "possessive inside": (
        "The Tarn County Sheriff's Department came.",
        Names(organisations=("Tarn County Sheriff's Department",)),
    ),
    "firm before one word": ("They left the airline Norfell.", Names(organisations=("Norfell",))),
    "officer behind one word": ("Then a Norfell spokeswoman left.", Names(organisations=("Norfell",))),
    "shares of one word": ("They bought a stake in Norfell.", Names(organisations=("Norfell",))),
    "one word and no firm": ("They left for Norfell. They sang of Norfell.", Names()),
    "common word before customers": ("Small customers left. The small boat left.", Names()),
    "acronym with officials": ("They heard that NLB officials met.", Names(organisations=("NLB",))),
    "acronym that does nothing": ("They saw the NLB of the town.", Names()),
    "family name before an officer": (
        "Gov. Ineke Vossberg left. A Vossberg spokesman left too.",
        Names(people=("Ineke Vossberg",)),
    ),
    "firm named like a person": ("She wore Calvin Klein in the hall.", Names(organisations=("Calvin Klein",))),
    "person named like a firm": ("Captain Thomas Cook, 41, sailed.", Names(people=("Thomas Cook",))),
    "firm behind a given name": ("Marcus Goldman Sachs has it.", Names(organisations=("Goldman Sachs",))),
    "party in an association": (
        "They met the Republican Harbours Association.",
        Names(organisations=("Republican Harbours Association",)),
    ),
    "of": ("They asked the Ministry of Fisheries.", Names(organisations=("Ministry of Fisheries",))),
    "of and a pair of nouns": (
        "They asked the Ministry of Fisheries and Ports.",
        Names(organisations=("Ministry of Fisheries and Ports",)),
    ),
    "of and a role behind it": (
        "They asked Bank of Norway Governor Ineke Vossberg.",
        Names(people=("Ineke Vossberg",), organisations=("Bank of Norway",)),
    ),
    "pair of nouns before the last word": (
        "They asked the Food and Drug Agency.",
        Names(organisations=("Food and Drug Agency",)),
    ),
    "pair behind an article": (
        "The Mooring and Pilotage Department and the Kelp Cutters and Divers Union closed.",
        Names(organisations=("Mooring and Pilotage Department", "Kelp Cutters and Divers Union")),
    ),
    "pair with its acronym": (
        "They asked the Tarn Cutters and Divers Organisation (TCDO) again.",
        Names(organisations=("Tarn Cutters and Divers Organisation", "TCDO")),
    ),
    "two bodies behind an article": (
        "They asked the Pentagon and Harbour Department again.",
        Names(organisations=("Pentagon", "Harbour Department")),
    ),
    "acronym of a known kind": (
        "They asked the Tarn Fisheries Agency (TFA).",
        Names(organisations=("Tarn Fisheries Agency", "TFA")),
    ),
    "acronym that acts": (
        "They asked Harbours Without Walls (HWW). HWW said no.",
        Names(organisations=("Harbours Without Walls", "HWW")),
    ),
    "acronym of a thing": ("The Gross Harbour Product (GHP) fell. GHP is low.", Names()),
    "role behind an organisation": (
        "Then Tarn Seamen Union President Ineke Vossberg left.",
        Names(people=("Ineke Vossberg",), organisations=("Tarn Seamen Union",)),
    ),
    "closed list": ("They told Reuters and the United Nations.", Names(organisations=("Reuters", "United Nations"))),
    "last word without a name": ("The Company and the First Bank closed.", Names()),
    # places
    "country and its short names": ("The U.S. and Norway met. The US left.", Names(places=("United States", "Norway"))),
    "city with a tail": ("The Oslo-based line sails to Bergen.", Names(places=("Oslo", "Bergen"))),
    "direction before a country": ("All of Southern Norway saw it.", Names(places=("Norway",))),
    "dateline": ("TROMSØ, Norway (AP) — The boat left.", Names(places=("Norway",), organisations=("AP",))),
    "dateline with a colon": ("BERGEN: The boat left.", Names(places=("Bergen",))),
    "dateline of a state and a day": (
        "HALIFAX, N.S., March 3.--The boat left.",
        Names(places=("Halifax", "Nova Scotia")),
    ),
    "speaker with a colon": ("NICE: The boat left.", Names()),
    "currency": ("The boat cost US$804,000 or NZ$900,000.", Names()),
    "country beside a sum": ("The boat cost the US $804,000.", Names(places=("United States",))),
    "relative with the name of a city": ("His wife, Sydney, sold the boat. Their son Bergen left.", Names()),
    "city behind a relative": ("His wife left Sydney.", Names(places=("Sydney",))),
    "title of a newspaper": (
        "He reads the New York Times and the Bergen Times.",
        Names(organisations=("New York Times", "Bergen Times")),
    ),
    "places and times": ("The boat left New York in Times of war.", Names(places=("New York",))),
    "dateline of a city": ("OSLO — The boat left.", Names(places=("Oslo",))),
    "place in an organisation": (
        "They asked the Oslo Harbour Authority.",
        Names(organisations=("Oslo Harbour Authority",)),
    ),
    "county": ("The boats of Tarn County left.", Names(places=("Tarn County",))),
    "kind behind a name": ("They came from the hills of Senta province.", Names(places=("Senta",))),
    "division of Shanxi": ("The boats of Pingyao left.", Names(places=("Pingyao",))),
    "ambiguous with a preposition": ("The boat lay in Reading for a week.", Names(places=("Reading",))),
    "ambiguous with a country behind": ("The boat Reading, England, built.", Names(places=("Reading", "England"))),
    "ambiguous beside a country": ("The ports of Egypt and Jordan closed.", Names(places=("Egypt", "Jordan"))),
    "ambiguous with a kind": ("The people of the town of Reading left.", Names(places=("Reading",))),
    "ambiguous alone": ("Then Reading was hard, Nice was nice and Mobile was mobile.", Names()),
    "ambiguous and a person": ("Martin Jordan left. They heard from Jordan.", Names(people=("Martin Jordan",))),
    # neither
    "heading": ("Martin Vossberg Sells The Boat\n\nThe boat left.", Names()),
    "days and months": ("On Monday Reuters said so, and in April all left.", Names(organisations=("Reuters",))),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_read_names(text: str, expected: Names) -> None:
    assert Names(*read_names(text + ENGLISH)) == expected


def article(body: str, **fields: object) -> Article:
    return Article(id="a", title="A", body=body, **fields)  # type: ignore[arg-type]


BODY = "The harbour pilot Ineke Vossberg told the Tarn Fisheries Agency in Oslo that it was over, and the boat left."


def test_derive_names_reads_body_and_captions() -> None:
    derived = derive_names(article(BODY))
    assert derived == DerivedNames(("Oslo",), ("Ineke Vossberg",), ("Tarn Fisheries Agency",))


def test_derive_names_reads_no_code() -> None:
    code = "# the pilot Tobias Renn of the Kettil Shipping Company in Bergen"
    derived = derive_names(article(f"{code}\n\n{BODY}", layout=("c", "")))
    assert derived == DerivedNames(("Oslo",), ("Ineke Vossberg",), ("Tarn Fisheries Agency",))


def test_derive_names_leaves_the_kinds_that_the_author_gave() -> None:
    derived = derive_names(article(BODY, places=("Bergen",)))
    assert derived == DerivedNames((), ("Ineke Vossberg",), ("Tarn Fisheries Agency",))


def test_derive_names_trusts_an_author_who_gave_two_kinds() -> None:
    assert derive_names(article(BODY, places=("Bergen",), people=(Person("Martin Aske"),))) == DerivedNames()


def test_derive_names_reads_no_other_language() -> None:
    body = "Die Ministerin Ineke Vossberg sagte der Tarn Group in Oslo, dass die Reise vorbei sei."
    assert derive_names(article(body)) == DerivedNames()


def test_derive_names_finds_divisions_of_shanxi_in_chinese() -> None:
    assert derive_names(article("昨天太原市下了雪。")).places == ("Taiyuan",)


def test_add_derived_names_changes_nothing_else() -> None:
    before = article(BODY)
    after = add_derived_names(before)
    assert (after.people, after.body, after.derived.people) == ((), BODY, ("Ineke Vossberg",))


def test_read_names_finds_each_of_many_people() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    people = [f"Ineke Voss{first}{second}berg" for first in letters for second in letters]
    text = " ".join(f"The pilot {name} spoke to the people of the port." for name in people)
    assert read_names(text).people == tuple(people)
