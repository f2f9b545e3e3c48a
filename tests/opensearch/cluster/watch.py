"""Run a command until it ends or the process that started this one is gone, however that went.

    python watch.py FOLDER COMMAND...

Prints the process id of the command. At the end of stdin, which is a pipe from the starter, the command is killed and
FOLDER removed. That is so when the starter is killed with SIGKILL as well: the system closes its end of the pipe.
Root runs the command as `nobody`, because OpenSearch refuses root.
"""

import os
import pwd
import shutil
import subprocess
import sys
import threading


def main() -> int:
    folder, command = sys.argv[1], sys.argv[2:]
    user, group = unprivileged_ids() or (None, None)
    others = None if user is None else ()
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, user=user, group=group, extra_groups=others)
    print(child.pid, flush=True)
    starter_gone = threading.Event()
    threading.Thread(target=kill_at_end_of_input, args=(child, starter_gone), daemon=True).start()
    status = child.wait()
    if starter_gone.is_set():
        shutil.rmtree(folder, ignore_errors=True)  # another watcher of the same cluster may remove it as well
    return status


def kill_at_end_of_input(child: subprocess.Popen[bytes], starter_gone: threading.Event) -> None:
    sys.stdin.read()
    starter_gone.set()
    child.kill()


def unprivileged_ids() -> tuple[int, int] | None:
    """Return the ids of the user nobody and of its group if this is root, else None."""
    if os.geteuid():
        return None
    user = pwd.getpwnam("nobody")
    return user.pw_uid, user.pw_gid


if __name__ == "__main__":
    sys.exit(main())
