"""A printer behind a device file: /dev/usb/lp0, /dev/lp0, or a terminal line set up elsewhere."""

import contextlib
import errno
import fcntl
import os
import select
import stat
import struct
import termios
import time
import tty
from pathlib import Path

from devices.printing.transports.line import TICK_S

WRITING_ONLY = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.EINVAL, errno.EOPNOTSUPP})
"""What opening for both ways fails with where there may be one way."""
CHUNK = 4096
"""So much at once: a driver that takes all of it, then waits for the paper, takes no more."""
PARTING_S = 1.0
"""How long what is still in the driver may stand still before it is given up."""
GONE = select.POLLHUP | select.POLLERR | select.POLLNVAL
STALE_READS = 16


class FileLine:
    """A line over an open file that does not block."""

    def __init__(self, file: int, talks_back: bool = True) -> None:
        self.file = file
        self.talks_back = talks_back
        self.is_terminal = os.isatty(file)

    def send(self, data: memoryview, wait_s: float) -> int:
        if not self.is_ready(select.POLLOUT, wait_s):
            return 0
        try:
            return os.write(self.file, data[:CHUNK])
        except BlockingIOError:
            return 0

    def receive(self, wait_s: float) -> bytes:
        until = time.monotonic() + wait_s
        if not self.is_ready(select.POLLIN, wait_s):
            return b""
        try:
            data = os.read(self.file, 1024)
        except BlockingIOError:
            data = b""
        else:
            if not data and self.is_terminal:
                raise ConnectionResetError(errno.ECONNRESET, "the printer is unplugged")
        if not data:  # usblp hands on the empty packets with which printers say that they live
            time.sleep(max(0.0, until - time.monotonic()))
        return data

    def is_ready(self, for_what: int, wait_s: float) -> bool:
        """Raises OSError when the other end is gone."""
        poll = select.poll()
        poll.register(self.file, for_what)
        found = poll.poll(max(0.0, wait_s) * 1000)
        if not found:
            return False
        ((_, events),) = found
        if events & GONE and not events & select.POLLIN:
            raise ConnectionResetError(errno.ECONNRESET, "the printer is unplugged")
        return bool(events & for_what)

    def discard_stale_answers(self) -> None:
        """To what an earlier program asked: taken for an answer of now they would be wrong."""
        for _ in range(STALE_READS):
            if not self.is_ready(select.POLLIN, 0) or not self.receive(0):
                return

    def close(self) -> None:
        with contextlib.suppress(OSError):
            if self.is_terminal:
                self.let_out()
            else:
                self.is_ready(select.POLLOUT, PARTING_S)  # usblp drops what is on its way
        with contextlib.suppress(OSError):
            os.close(self.file)

    def let_out(self) -> None:
        """What a printer does not take any more would hold up closing for half a minute."""
        before, moved_at = self.waiting_bytes(), time.monotonic()
        while before and time.monotonic() - moved_at < PARTING_S:
            time.sleep(TICK_S / 10)
            now = self.waiting_bytes()
            if now != before:
                before, moved_at = now, time.monotonic()
        if before:
            with contextlib.suppress(termios.error):
                termios.tcflush(self.file, termios.TCOFLUSH)

    def waiting_bytes(self) -> int:
        """Taken by the driver and not sent yet."""
        answer = fcntl.ioctl(self.file, termios.TIOCOUTQ, b"\0" * 4)
        return int(struct.unpack("i", answer)[0])


class DeviceLine(FileLine):
    """Raises OSError: no such device, another program has it, or it is a file on disk."""

    def __init__(self, path: str) -> None:
        file, talks_back = open_device(path)
        try:
            super().__init__(file, talks_back)
            if self.is_terminal:
                set_raw(file)
            if talks_back:
                self.discard_stale_answers()
        except BaseException:
            os.close(file)
            raise


def open_device(path: str) -> tuple[int, bool]:
    """The open file and whether answers can be read from it; held for this program alone."""
    both_ways = True
    try:
        file = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    except IsADirectoryError as error:
        raise OSError(error.errno, f"{path} is a folder, not a printer") from error
    except OSError as error:
        if error.errno not in WRITING_ONLY:
            raise OSError(error.errno, f"{path}: {why_not(path, error)}") from error
        file, both_ways = open_one_way(path), False
    try:
        if not stat.S_ISCHR(os.fstat(file).st_mode):
            raise OSError(errno.ENODEV, f"{path} is no device; nothing was written to it")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise OSError(errno.EBUSY, f"{path}: another program has it open") from error
    except BaseException:
        os.close(file)
        raise
    return file, both_ways


def open_one_way(path: str) -> int:
    try:
        return os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError as error:
        raise OSError(error.errno, f"{path}: {why_not(path, error)}") from error


def why_not(path: str, error: OSError) -> str:
    """With the group whose members may use it, where that is what is missing."""
    told = os.strerror(error.errno) if error.errno else str(error)
    if error.errno == errno.EACCES:
        with contextlib.suppress(OSError, KeyError):
            told += f"; add this user to the group {Path(path).group()}"
    return told


def set_raw(file: int) -> None:
    """As a terminal it would add a carriage return to every byte 10 of a picture."""
    try:
        tty.setraw(file, termios.TCSANOW)
        keep_ready(file)
    except termios.error as error:
        raise OSError(*error.args) from error


def keep_ready(file: int) -> None:
    """Do not let DTR fall when the line is closed: some printers start anew when it rises."""
    attributes = termios.tcgetattr(file)
    attributes[2] &= ~termios.HUPCL
    termios.tcsetattr(file, termios.TCSANOW, attributes)
