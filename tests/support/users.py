"""Doing things as a user whom rights on files bind; root is bound by none."""

import os
import traceback
from collections.abc import Callable
from pathlib import Path

NOBODY = 65534


def as_nobody(folder: Path, work: Callable[[], object]) -> None:
    """Does `work` in a child process, as somebody to whom all of `folder` belongs. What it raises fails the test.

    All that it needs has to be loaded before, for that user may not be allowed to read it.
    """
    if os.geteuid() != 0:
        work()
        return
    for path in (folder, *folder.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    for parent in folder.parents:
        if parent.stat().st_uid == 0 and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o711)
    child = os.fork()
    if not child:
        os.setegid(NOBODY)
        os.seteuid(NOBODY)
        try:
            work()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
