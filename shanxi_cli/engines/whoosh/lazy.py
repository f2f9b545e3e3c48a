"""Whoosh loaded without what no index of ours needs to be read: 5 of the 16 ms that loading it takes.

`whoosh.formats` imports the package `whoosh.analysis` for two small functions, and with it 17 modules of stemmers,
tokenizers and filters (4 ms; 2026-11, whoosh3 3.54.0, CPython 3.11). The package is given these two, and loads the
rest when anything else in it is asked for. Where Whoosh has them elsewhere, all is loaded.
"""

import sys
from contextlib import suppress
from importlib import import_module

from shanxi_cli.util.lazy_import import load_later

_PACKAGE = "whoosh.analysis"
_SMALL = "whoosh.analysis.acore"
_WANTED = ("entoken", "unstopped")
_UNUSED = ("whoosh.automata.lev", "calendar", "random")
"""For Whoosh's own fuzzy queries, for dates in words, and for the names of new files."""


def without_unused() -> None:
    """Has Whoosh, when it is imported from now on, load what it may never need at its first use."""
    if _PACKAGE in sys.modules:
        return
    load_later((*_UNUSED, _PACKAGE))
    with suppress(ImportError):
        small = import_module(_SMALL).__dict__
        sys.modules[_PACKAGE].__dict__.update({name: small[name] for name in _WANTED if name in small})
