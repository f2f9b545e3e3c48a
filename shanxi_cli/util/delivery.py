"""Delivery of output: makes sure that what was written has arrived, as far as the system can tell."""

import errno
import fcntl
import io
import os
import select
import stat
import struct
import termios
import time
from typing import TextIO

_POLL_SECONDS = 0.005
_PATIENCE = 10.0
"""Seconds after which a reader that is alive but reads nothing, as a pager does, counts as one that has read."""


def deliver_output(stream: TextIO) -> None:
    """Write out `stream`, wait until the reader of a pipe has taken all of it, and sync a regular file.

    Raise `BrokenPipeError` if the reader has gone, and `OSError` if the output cannot be written.
    """
    stream.flush()
    try:
        number = stream.fileno()
    except (io.UnsupportedOperation, ValueError):
        return  # it is in memory
    mode = os.fstat(number).st_mode
    if stat.S_ISREG(mode):
        os.fsync(number)
    elif stat.S_ISFIFO(mode):
        _wait_for_reader(number)


def _wait_for_reader(pipe: int) -> None:
    poll = select.poll()
    poll.register(pipe, 0)  # POLLERR is reported in any case
    deadline = time.monotonic() + _PATIENCE
    while True:
        unread = struct.unpack("i", fcntl.ioctl(pipe, termios.FIONREAD, b"\0" * 4))[0]
        if any(event & select.POLLERR for _, event in poll.poll(0)):
            raise BrokenPipeError(errno.EPIPE, "the reader of the output has gone")
        if not unread or time.monotonic() >= deadline:
            return
        time.sleep(_POLL_SECONDS)
