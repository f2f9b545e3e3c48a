"""Whoosh loaded without its analyzers, which no index of ours uses.

`whoosh.formats` imports the package `whoosh.analysis` for two small functions, and with it 17 modules of stemmers,
tokenizers and filters: 4 of the 16 ms that loading Whoosh takes (2026-11, whoosh3 3.54.0). The package is given
these two, and loads the rest when anything else in it is asked for. Where Whoosh has them elsewhere, all is loaded.
"""

import sys
from contextlib import suppress
from importlib import import_module

from shanxi_cli.later import load_later

_PACKAGE = "whoosh.analysis"
_SMALL = "whoosh.analysis.acore"
_WANTED = ("entoken", "unstopped")


def without_analyzers() -> None:
    """Has Whoosh, when it is imported from now on, load its analyzers at their first use."""
    if _PACKAGE in sys.modules:
        return
    load_later((_PACKAGE,))
    with suppress(ImportError):
        small = import_module(_SMALL).__dict__
        sys.modules[_PACKAGE].__dict__.update({name: small[name] for name in _WANTED if name in small})
