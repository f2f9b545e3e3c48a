"""Frozen records: `dataclass(frozen=True)` without generating code at import.

The standard decorator compiles five functions for each class, 0.4 ms per class; with the thirty
classes that a search needs this was a tenth of the whole run (measured 2026-11 on CPython 3.11).
Here all classes share one constructor. Type checkers see dataclasses (PEP 681).

    class Mark(Record):
        start: int
        end: int = 0

A field declared with `uncompared_field(default=...)` takes no part in comparison, hash and repr.

Which of the three kinds of record to use:

    Record       a public, frozen value: 9 µs to construct and 2.8 µs to hash, nothing at import
    NamedTuple   a value made many times per call: tokens, marks, spans; that of this module, where a search imports it
    dataclass    a mutable object (2 µs, 0.65 µs), only in modules that no search imports

With dataclasses in place of all records `shanxi search` took 118 ms of CPU instead of 92, `--version` 73 ms
instead of 57 (2026-11, CPython 3.11, 22 articles, minimum of 25 runs).
"""

from _collections import _tuplegetter  # type: ignore[import-not-found]  # as `collections.namedtuple` does
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:

    class _TupleType(type):
        """Makes a class whose annotations are the fields of a tuple, and whose instances have nothing else."""

        def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> type:
            made = super().__new__(cls, name, bases, {"__slots__": (), **namespace})
            if tuple in bases or not any(base is NamedTuple for base in bases):
                return made  # `NamedTuple` itself, or a class derived from one with fields
            fields = tuple(made.__annotations__)
            made._fields = made.__match_args__ = fields
            made._field_defaults = {field: namespace[field] for field in fields if field in namespace}
            made._last_values = tuple(made._field_defaults.values())
            for place, field in enumerate(fields):
                setattr(made, field, _tuplegetter(place, ""))
            return made

    class NamedTuple(tuple, metaclass=_TupleType):
        """`typing.NamedTuple` without generating code: 10 µs a class instead of 90, of which a search needs twenty."""

        _fields = ()
        _field_defaults: ClassVar[dict[str, Any]] = {}
        _last_values = ()

        def __new__(cls, *args: Any, **kwargs: Any) -> Any:
            """Make a tuple of the values of the fields, by their places or names."""
            missing = len(cls._fields) - len(args)
            if not (missing or kwargs):
                return tuple.__new__(cls, args)
            if not kwargs and 0 <= missing <= len(cls._last_values):
                return tuple.__new__(cls, args + cls._last_values[len(cls._last_values) - missing :])
            given = dict(zip(cls._fields, args, strict=False))
            values = {**cls._field_defaults, **given, **kwargs}
            if missing < 0 or given.keys() & kwargs.keys() or values.keys() != set(cls._fields):
                raise TypeError(f"{cls.__name__} takes {', '.join(cls._fields)}; given: {', '.join((*given, *kwargs))}")
            return tuple.__new__(cls, map(values.__getitem__, cls._fields))

        @classmethod
        def _make(cls, values: Iterable[Any]) -> Any:
            return cls(*values)

        def _replace(self, **changes: Any) -> Any:
            return type(self)(**{**self._asdict(), **changes})

        def _asdict(self) -> dict[str, Any]:
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self) -> str:
            shown = ", ".join(f"{name}={value!r}" for name, value in self._asdict().items())
            return f"{type(self).__name__}({shown})"

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)


R = TypeVar("R", bound="Record")


class UncomparedDefault:
    """The default of a field that is left out of comparisons."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value


def uncompared_field(*, default: Any) -> Any:
    """Declare a field that is left out of comparison, hash and repr."""
    return UncomparedDefault(default)


@dataclass_transform(frozen_default=True, eq_default=True, field_specifiers=(uncompared_field,))
class Record:
    """Base class of records. Its annotations are the fields, in order; fields with a default come last."""

    _fields: ClassVar[tuple[str, ...]] = ()
    _names: ClassVar[frozenset[str]] = frozenset()
    _defaults: ClassVar[dict[str, Any]] = {}
    _compared: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        own = tuple(cls.__annotations__)
        new = tuple(name for name in own if name not in cls._fields)  # a field declared again keeps its place
        defaults = {name: cls.__dict__[name] for name in own if name in cls.__dict__}
        hidden = {name for name, value in defaults.items() if isinstance(value, UncomparedDefault)}
        cls._fields = cls._fields + new
        cls._names = frozenset(cls._fields)
        cls._defaults = {
            **cls._defaults,
            **{name: value.value if name in hidden else value for name, value in defaults.items()},
        }
        cls._compared = cls._compared + tuple(name for name in new if name not in hidden)
        cls.__match_args__ = cls._fields  # type: ignore[attr-defined, misc]
        for name in defaults:
            delattr(cls, name)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        values, fields = self.__dict__, self._fields
        if not kwargs and len(args) == len(fields):
            values.update(zip(fields, args, strict=True))
            return
        values.update(self._defaults)
        values.update(zip(fields, args, strict=False))
        values.update(kwargs)
        if len(args) > len(fields) or values.keys() != self._names or self._is_given_twice(args, kwargs):
            raise TypeError(self._error_message(args, kwargs))

    def _is_given_twice(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
        return bool(args and kwargs) and not kwargs.keys().isdisjoint(self._fields[: len(args)])

    def _has_wrong_names(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
        given = self._fields[: len(args)]
        return any(name in given or name not in self._fields for name in kwargs)

    def _error_message(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
        name = type(self).__name__
        if len(args) + len(kwargs) > len(self._fields) or self._has_wrong_names(args, kwargs):
            return f"{name} takes {', '.join(self._fields)}"
        given = {*self._fields[: len(args)], *kwargs, *self._defaults}
        return f"{name} needs {', '.join(field for field in self._fields if field not in given)}"

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: {name} cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: {name} cannot be deleted")

    def _key(self) -> tuple[Any, ...]:
        return tuple([self.__dict__[name] for name in self._compared])  # a generator takes 50 % longer

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return self._key() == other._key()

    def __hash__(self) -> int:
        return hash((type(self).__name__, self._key()))

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={self.__dict__[name]!r}" for name in self._compared)
        return f"{type(self).__name__}({shown})"


def field_names(record: type[Record] | Record) -> tuple[str, ...]:
    """Return the names of the fields, in order."""
    return record._fields


def replace_fields(record: R, **changes: Any) -> R:
    """Return a copy of `record` with some fields changed. Raise `TypeError` for an unknown field."""
    changed = object.__new__(type(record))
    changed.__dict__.update(record.__dict__)
    changed.__dict__.update(changes)
    if len(changed.__dict__) != len(record._fields):
        raise TypeError(f"{type(record).__name__} takes {', '.join(record._fields)}")
    return changed
