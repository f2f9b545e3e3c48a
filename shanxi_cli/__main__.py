"""`python -m shanxi_cli` and the installed script `shanxi`."""

import gc
import sys

gc.disable()  # what is loaded stays: looking through it for garbage took a sixth of the time of --version
try:
    from shanxi_cli.util.lazy_import import lazy_import

    # Typer imports these, or what it imports does, and a search uses none: 7 of 117 ms (2026-11, CPython 3.11).
    lazy_import(("subprocess", "tokenize", "textwrap", "ipaddress", "bz2", "lzma", "shlex"))
    from shanxi_cli.cli.main import main
except KeyboardInterrupt:  # before there is anybody else to answer it
    sys.exit(130)

gc.freeze()
gc.set_threshold(50_000, 20, 20)  # twenty rounds of it in a search by Python's own numbers, one by these
gc.enable()

if __name__ == "__main__":
    sys.exit(main())
