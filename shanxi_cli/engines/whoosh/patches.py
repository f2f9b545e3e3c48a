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
_ANALYSIS_PACKAGE = "whoosh.analysis"
_ANALYSIS_CORE = "whoosh.analysis.acore"
_ANALYSIS_NAMES = ("entoken", "unstopped")
_DEFERRED_MODULES = ("whoosh.automata.lev", "calendar", "random")
"""For Whoosh's own fuzzy queries, for dates in words, and for the names of new files."""


def defer_unused_modules() -> None:
    """Make modules that Whoosh imports and a search does not use lazy: 5 of the 16 ms of its import.

    Call before any module of Whoosh is imported. `whoosh.formats` imports the package `whoosh.analysis` for two small
    functions, and with it 17 modules of stemmers, tokenizers and filters (4 ms; 2026-11, CPython 3.11). The package
    gets these two functions and loads the rest on access to any other name.
    """
    if whoosh.__version__ != PATCHED_VERSION or _ANALYSIS_PACKAGE in sys.modules:
        return
    lazy_import((*_DEFERRED_MODULES, _ANALYSIS_PACKAGE))
    with suppress(ImportError):
        core = import_module(_ANALYSIS_CORE).__dict__
        package = sys.modules[_ANALYSIS_PACKAGE].__dict__
        package.update({name: core[name] for name in _ANALYSIS_NAMES if name in core})
