"""Run code as an unprivileged user; file permissions do not bind root."""

import os
import traceback
from collections.abc import Callable
from pathlib import Path

NOBODY = 65534


def as_nobody(folder: Path, work: Callable[[], object]) -> None:
    """Run `work` in a child process as the user `nobody`, who owns all of `folder`. An exception fails the test.

    Import everything that `work` needs first: `nobody` may not be allowed to read the modules.
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
