"""Patches of Whoosh: all changes of foreign modules, for the one version that they were written for.

With any other version, Whoosh runs unpatched: slower, with equal results.
"""

import sys
from contextlib import suppress
from importlib import import_module

import whoosh

from shanxi_cli.util.lazy_import import lazy_import

PATCHED_VERSION = (3, 54, 0)
"""Version of whoosh3 that the patches were written for and measured with."""
_NEEDED_NAMES = {
    "whoosh.analysis.acore": ("entoken", "unstopped"),
    "whoosh.matching.mcore": ("LeafMatcher", "ListMatcher", "ReadTooFar"),
    "whoosh.matching.wrappers": ("MultiMatcher",),
}
"""Module -> the names that what a search loads imports from the package of that module."""
_DEFERRED_MODULES = ("whoosh.automata.lev", "calendar", "random")
"""For Whoosh's own fuzzy queries, for dates in words, and for the names of new files."""


def defer_unused_modules() -> None:
    """Make modules that Whoosh imports and a search does not use lazy: 6 of the 16 ms of its import.

    Call before any module of Whoosh is imported. `whoosh.formats` imports the package `whoosh.analysis` for two small
    functions, and with it 17 modules of stemmers, tokenizers and filters (4 ms; 2026-11, CPython 3.11). The package
    gets these two functions and loads the rest on access to any other name. The same for `whoosh.matching` (0.3 ms).
    """
    packages = {module.rpartition(".")[0] for module in _NEEDED_NAMES} - sys.modules.keys()
    if whoosh.__version__ != PATCHED_VERSION:
        return
    lazy_import((*_DEFERRED_MODULES, *packages))
    for module, names in _NEEDED_NAMES.items():
        package = module.rpartition(".")[0]
        if package in packages:
            with suppress(ImportError):
                found = import_module(module).__dict__
                sys.modules[package].__dict__.update({name: found[name] for name in names if name in found})
