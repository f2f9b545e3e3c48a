"""Frozen records: construction, comparison, repr and replacement, as with dataclasses."""

import copy
import pickle

import pytest

from shanxi_cli.util.frozen_record import NamedTuple, Record, field_names, replace_fields, uncompared_field
from tests.support.case_ids import case_ids


class Place(Record):
    name: str
    people: int = 0
    seen: tuple[int, int] = uncompared_field(default=(0, 0))


class County(Place):
    capital: str = ""


class Other(Record):
    name: str
    people: int = 0


def test_constructor_takes_positions_and_names() -> None:
    expected = Place("Datong", 3, (1, 2))
    assert Place("Datong", people=3, seen=(1, 2)) == expected
    assert Place(seen=(1, 2), people=3, name="Datong") == expected
    assert (expected.name, expected.people, expected.seen) == ("Datong", 3, (1, 2))


def test_constructor_fills_in_defaults() -> None:
    place = Place("Datong")
    assert (place.name, place.people, place.seen) == ("Datong", 0, (0, 0))


WRONG = [
    ((), {}, "Place needs name"),
    ((), {"people": 3}, "Place needs name"),
    (("a", 1, (0, 0), "more"), {}, "Place takes name, people, seen"),
    (("a",), {"name": "b"}, "Place takes name, people, seen"),
    (("a",), {"river": "Fenhe"}, "Place takes name, people, seen"),
]


@pytest.mark.parametrize(("args", "kwargs", "message"), WRONG, ids=case_ids(WRONG))
def test_constructor_rejects_wrong_fields(args: tuple[object, ...], kwargs: dict[str, object], message: str) -> None:
    make: type = Place
    with pytest.raises(TypeError) as error:
        make(*args, **kwargs)
    assert str(error.value) == message


def test_record_is_frozen() -> None:
    place = Place("Datong")
    with pytest.raises(AttributeError, match="^Place is frozen: name cannot be set$"):
        place.name = "Taiyuan"  # type: ignore[misc]
    with pytest.raises(AttributeError, match="^Place is frozen: river cannot be set$"):
        place.river = "Fenhe"
    with pytest.raises(AttributeError, match="^Place is frozen: name cannot be deleted$"):
        del place.name
    assert place == Place("Datong")


def test_equality_ignores_uncompared_fields() -> None:
    assert Place("Datong", 3) == Place("Datong", 3, (5, 9))
    assert hash(Place("Datong", 3)) == hash(Place("Datong", 3, (5, 9)))
    assert Place("Datong", 3) != Place("Datong", 4)
    assert Place("Datong") != Place("Taiyuan")
    assert {Place("Datong"), Place("Datong", 0, (7, 8)), Place("Taiyuan")} == {Place("Datong"), Place("Taiyuan")}


def test_records_of_different_classes_are_not_equal() -> None:
    assert Place("Datong") != Other("Datong")
    assert Place("Datong") != County("Datong")
    assert Place("Datong") != ("Datong", 0)


def test_repr_shows_compared_fields() -> None:
    assert repr(Place("Datong", 3, (5, 9))) == "Place(name='Datong', people=3)"


def test_subclass_inherits_fields() -> None:
    assert field_names(County) == ("name", "people", "seen", "capital")
    assert repr(County("Datong", capital="Pingcheng")) == "County(name='Datong', people=0, capital='Pingcheng')"
    assert field_names(Place("Datong")) == ("name", "people", "seen")


def test_replace_fields_keeps_uncompared_fields() -> None:
    before = Place("Datong", 3, (5, 9))
    after = replace_fields(before, people=4)
    assert (after.name, after.people, after.seen) == ("Datong", 4, (5, 9))
    assert (before.people, type(replace_fields(County("x"), name="y"))) == (3, County)
    with pytest.raises(TypeError, match="^Place takes name, people, seen$"):
        replace_fields(before, river="Fenhe")


def test_match_binds_fields_by_position() -> None:
    match Place("Datong", 3):
        case Place(name, people, seen):
            assert (name, people, seen) == ("Datong", 3, (0, 0))


def test_record_survives_copy_and_pickle() -> None:
    place = Place("Datong", 3, (5, 9))
    for twin in (copy.copy(place), copy.deepcopy(place), pickle.loads(pickle.dumps(place))):
        assert (twin, twin.seen) == (place, (5, 9))


class Spot(NamedTuple):
    """A place on a page."""

    line: int
    column: int = 1
    note: str = ""

    @property
    def shown(self) -> str:
        return f"{self.line}:{self.column}"


class MarkedSpot(Spot):
    """A class derived from one with fields has the same fields."""


def test_named_tuple_is_a_tuple_with_named_fields() -> None:
    spot = Spot(3, note="cut")
    assert (spot, spot.line, spot.column, spot.note, spot.shown) == ((3, 1, "cut"), 3, 1, "cut", "3:1")
    assert Spot._fields == ("line", "column", "note")
    assert hash(spot) == hash((3, 1, "cut"))
    assert repr(spot) == "Spot(line=3, column=1, note='cut')"
    assert spot._asdict() == {"line": 3, "column": 1, "note": "cut"}
    assert spot._replace(line=4) == Spot(4, 1, "cut")
    assert Spot._make([5, 6, ""]) == Spot(5, 6)
    assert MarkedSpot(7).line == 7


def test_named_tuple_is_pickled_with_its_class() -> None:
    copy = pickle.loads(pickle.dumps(Spot(1, 2)))
    assert (type(copy), copy) == (Spot, (1, 2, ""))


def test_named_tuple_matches_by_spot() -> None:
    match Spot(1, 2):
        case Spot(line, column):
            assert (line, column) == (1, 2)


def test_named_tuple_has_nothing_but_its_fields() -> None:
    with pytest.raises(AttributeError):
        Spot(1).line = 2  # type: ignore[misc]
    with pytest.raises(AttributeError):
        Spot(1).page = 2  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("args", "kwargs"),
    [
        pytest.param((), {}, id="too few"),
        pytest.param((1, 2, "", 4), {}, id="too many"),
        pytest.param((1,), {"line": 2}, id="given twice"),
        pytest.param((1,), {"page": 2}, id="no such field"),
    ],
)
def test_named_tuple_refuses_other_arguments(args: tuple[object, ...], kwargs: dict[str, object]) -> None:
    with pytest.raises(TypeError, match="Spot takes line, column, note"):
        Spot(*args, **kwargs)  # type: ignore[arg-type]
