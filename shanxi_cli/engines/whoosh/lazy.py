"""Whoosh loaded without what no index of ours needs to be read: 5 of the 16 ms that loading it takes.

`whoosh.formats` imports the package `whoosh.analysis` for two small functions, and with it 17 modules of stemmers,
tokenizers and filters (4 ms; 2026-11, whoosh3 3.54.0, CPython 3.11). The package is given these two, and loads the
rest when anything else in it is asked for. Where Whoosh has them elsewhere, all is loaded.
"""

import sys
from contextlib import suppress
from importlib import import_module

from shanxi_cli.util.lazy_import import lazy_import

_ANALYSIS_PACKAGE = "whoosh.analysis"
_ANALYSIS_CORE = "whoosh.analysis.acore"
_ANALYSIS_NAMES = ("entoken", "unstopped")
_DEFERRED_MODULES = ("whoosh.automata.lev", "calendar", "random")
"""For Whoosh's own fuzzy queries, for dates in words, and for the names of new files."""


def defer_unused_modules() -> None:
    """Has Whoosh, when it is imported from now on, load what it may never need at its first use."""
    if _ANALYSIS_PACKAGE in sys.modules:
        return
    lazy_import((*_DEFERRED_MODULES, _ANALYSIS_PACKAGE))
    with suppress(ImportError):
        small = import_module(_ANALYSIS_CORE).__dict__
        sys.modules[_ANALYSIS_PACKAGE].__dict__.update({name: small[name] for name in _ANALYSIS_NAMES if name in small})
