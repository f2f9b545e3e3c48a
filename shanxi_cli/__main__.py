"""`python -m shanxi_cli` and the installed script `shanxi`."""

import sys

from shanxi_cli.cli import main

if __name__ == "__main__":
    sys.exit(main())
