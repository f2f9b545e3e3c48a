"""`python -m shanxi_cli` and the installed script `shanxi`."""

import gc
import sys

from shanxi_cli.later import load_later

# A command takes a tenth of a second and keeps what it loads: looking through that for garbage took 7 of 117 ms.
gc.disable()

# Typer imports these, or what it imports does, and a search uses none: 7 of 117 ms.
load_later(("subprocess", "tokenize", "textwrap", "ipaddress", "bz2", "lzma", "shlex"))

try:
    from shanxi_cli.cli import main
except KeyboardInterrupt:  # before there is anybody else to answer it
    sys.exit(130)

gc.freeze()
gc.set_threshold(50_000, 20, 20)
gc.enable()

if __name__ == "__main__":
    sys.exit(main())
