"""Lazy imports: load a module at the first access to one of its attributes.

A LazyLoader variant; see PEP 690 and PEP 810. A search spends two thirds of its time on imports, many of them
made by libraries and not needed: Typer imports modules for launching editors, Whoosh all of its analyzers.
`importlib.util.LazyLoader` loads a module at its second `import` statement already, and here the libraries
run those statements.
"""

import sys
from collections.abc import Iterable
from importlib.util import find_spec, module_from_spec
from threading import RLock
from types import ModuleType
from typing import Any

_import_lock = RLock()


class _LazyModule(ModuleType):
    """A module that runs its code at the first attribute that is missing."""

    def __getattr__(self, name: str) -> Any:
        with _import_lock:  # another thread waits here until the module has run
            spec = self.__spec__
            if spec and spec.loader and self.__dict__.pop("_waiting", False):
                try:
                    spec.loader.exec_module(self)
                except BaseException:
                    self.__dict__["_waiting"] = True
                    raise
                self.__class__ = ModuleType  # type: ignore[assignment]  # from now on an ordinary module
                return getattr(self, name)
        if name in self.__dict__:
            return self.__dict__[name]
        raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")


def lazy_import(names: Iterable[str]) -> None:
    """Put a lazy module into `sys.modules` for each name. Skip modules that are loaded already or do not exist."""
    for name in names:
        try:
            spec = None if name in sys.modules else find_spec(name)
        except ImportError:  # no such parent package
            continue
        if spec is None:
            continue
        module = module_from_spec(spec)
        module.__dict__["_waiting"] = True
        module.__class__ = _LazyModule
        sys.modules[name] = module
        parent, _, child = name.rpartition(".")
        if parent:
            setattr(sys.modules[parent], child, module)
