"""Start-up: the garbage collector is paused during imports and runs rarely afterwards."""

import subprocess
import sys

PROGRAM = """\
import gc
from shanxi_cli.util.startup import tune_gc
with tune_gc():
    print(gc.isenabled())
    import json
print(gc.isenabled(), gc.get_threshold()[0], gc.get_freeze_count() > 0)
"""


def test_tune_gc_pauses_then_freezes() -> None:
    run = subprocess.run([sys.executable, "-c", PROGRAM], check=True, capture_output=True, text=True)
    assert run.stdout == "False\nTrue 50000 True\n"
