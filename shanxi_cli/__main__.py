"""`python -m shanxi_cli` and the installed script `shanxi`."""

import gc
import sys

gc.disable()  # what is loaded stays: looking through it for garbage took a sixth of the time of --version
try:
    from shanxi_cli.cli import main
except KeyboardInterrupt:  # before there is anybody else to answer it
    sys.exit(130)

gc.freeze()
gc.enable()

if __name__ == "__main__":
    sys.exit(main())
