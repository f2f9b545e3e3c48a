"""Frozen records: construction, comparison, repr and replacement, as with dataclasses."""

import copy
import pickle

import pytest

from shanxi_cli.util.frozen_record import Record, field_names, replace_fields, uncompared_field
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
