"""Modules that are loaded when something of them is asked for, not when they are imported.

A search spends two thirds of its time on imports, and many of those are of others: Typer imports what it
needs for launching editors, Whoosh all of its analyzers. `importlib.util.LazyLoader` is made for this, but
it loads at the second `import` of a module already, and it is others who import these.
"""

import sys
from collections.abc import Iterable
from importlib.util import find_spec, module_from_spec
from threading import RLock
from types import ModuleType
from typing import Any

_import_lock = RLock()


class _LazyModule(ModuleType):
    """A module that is empty until a name is missed in it."""

    def __getattr__(self, name: str) -> Any:
        with _import_lock:  # another thread waits here until all names are there
            spec = self.__spec__
            if spec and spec.loader and self.__dict__.pop("_waiting", False):
                try:
                    spec.loader.exec_module(self)
                except BaseException:
                    self.__dict__["_waiting"] = True
                    raise
                self.__class__ = ModuleType  # type: ignore[assignment]  # from now on it is a module as any other
                return getattr(self, name)
        if name in self.__dict__:
            return self.__dict__[name]
        raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")


def lazy_import(names: Iterable[str]) -> None:
    """Has each of some modules loaded when it is used; one that is loaded already, or is not there, stays as it is."""
    for name in names:
        try:
            spec = None if name in sys.modules else find_spec(name)
        except ImportError:  # what is above it is not there
            continue
        if spec is None:
            continue
        module = module_from_spec(spec)
        module.__dict__["_waiting"] = True
        module.__class__ = _LazyModule
        sys.modules[name] = module
        above, _, last = name.rpartition(".")
        if above:
            setattr(sys.modules[above], last, module)
