"""SQLite's own way to the disk, watched or made to fail, beneath the programs as they are.

The library that Python's sqlite3 uses opens files through a table of functions (its VFS). Here
three of them, write, truncate and sync, are led past a `Disk`. What the hall's programs do is
unchanged, to the pragma; nothing needs root, a loop device or a debugger.
"""

from __future__ import annotations

import ctypes
import os
import sqlite3
from collections.abc import Callable
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_int64, c_void_p
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OK = 0
KEPT = ("", "-wal")
"""Endings of the files whose bytes outlive the programs; what they share (-shm) is made anew."""

OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, POINTER(c_int))
WRITE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
TRUNCATE = CFUNCTYPE(c_int, c_void_p, c_int64)
SYNC = CFUNCTYPE(c_int, c_void_p, c_int)


class Vfs(Structure):
    """sqlite3_vfs, as far as it is needed."""

    _fields_ = (
        ("iVersion", c_int),
        ("szOsFile", c_int),
        ("mxPathname", c_int),
        ("pNext", c_void_p),
        ("zName", c_char_p),
        ("pAppData", c_void_p),
        ("xOpen", OPEN),
    )


class Methods(Structure):
    """sqlite3_io_methods of version 3."""

    _fields_ = (
        ("iVersion", c_int),
        ("xClose", c_void_p),
        ("xRead", c_void_p),
        ("xWrite", WRITE),
        ("xTruncate", TRUNCATE),
        ("xSync", SYNC),
        ("rest", c_void_p * 13),
    )


class File(Structure):
    _fields_ = (("pMethods", POINTER(Methods)),)


class NotReachable(Exception):
    """This Python has SQLite built in, where its functions cannot be found."""


@dataclass(frozen=True)
class Step:
    """One thing that was asked of the disk; `what` is "write", "truncate", "sync" or "told"."""

    what: str
    file: str = ""
    """Its ending: "" of the database, "-wal" of its log."""
    offset: int = 0
    """In bytes; for "truncate" the new length."""
    data: bytes = b""
    told: str = ""
    """For "told": what somebody outside was promised at this moment."""


class Disk:
    """Of one database, in this process; sees every write from `attach` on.

    `answer` may refuse a step: it gives the result code SQLite gets instead, or 0.
    """

    def __init__(self, database: Path, answer: Callable[[Step], int] = lambda _step: OK) -> None:
        self.database = str(database)
        self.answer = answer
        self.steps: list[Step] = []
        self.names: dict[int, str] = {}
        """Address of an open file → its ending."""
        self.replaced: dict[int, tuple[Methods, Methods]] = {}
        """Address of a table of SQLite's → itself, and ours; kept alive as long as it is used."""

    def attach(self) -> None:
        """Raises NotReachable. Before the database is opened; for the rest of this process."""
        find = library().sqlite3_vfs_find
        find.restype, find.argtypes = POINTER(Vfs), (c_char_p,)
        vfs = find(None).contents
        # By its address: the field itself is read anew at every call, and then would be ours.
        self.opens = OPEN(ctypes.cast(vfs.xOpen, c_void_p).value or 0)
        self.opened = OPEN(self.open)
        vfs.xOpen = self.opened

    def tell(self, what: str) -> None:
        self.steps.append(Step("told", told=what))

    def open(self, vfs: int, name: int | None, file: int, flags: int, out: Any) -> int:
        # The name goes on as the address it came as: SQLite keeps that, not the letters.
        code = int(self.opens(vfs, name, file, flags, out))
        path = os.fsdecode(ctypes.string_at(name)) if name else ""
        if code != OK or not path.startswith(self.database):
            return code
        ending = path.removeprefix(self.database)
        opened = ctypes.cast(file, POINTER(File)).contents
        if ending in KEPT and opened.pMethods:
            self.names[file] = ending
            opened.pMethods = ctypes.pointer(self.ours(opened.pMethods.contents))
        return code

    def ours(self, theirs: Methods) -> Methods:
        address = ctypes.addressof(theirs)
        if address not in self.replaced:
            copy = Methods.from_buffer_copy(theirs)
            written, truncated, synced = theirs.xWrite, theirs.xTruncate, theirs.xSync

            def write(file: int, data: int, length: int, offset: int) -> int:
                step = Step("write", self.names[file], offset, ctypes.string_at(data, length))
                return self.ask(step, lambda: written(file, data, length, offset))

            def truncate(file: int, length: int) -> int:
                step = Step("truncate", self.names[file], length)
                return self.ask(step, lambda: truncated(file, length))

            def sync(file: int, flags: int) -> int:
                return self.ask(Step("sync", self.names[file]), lambda: synced(file, flags))

            copy.xWrite, copy.xTruncate, copy.xSync = WRITE(write), TRUNCATE(truncate), SYNC(sync)
            self.replaced[address] = (theirs, copy)
        return self.replaced[address][1]

    def ask(self, step: Step, do: Callable[[], int]) -> int:
        refused = self.answer(step)
        if refused:
            return refused
        code = int(do())
        if code == OK:
            self.steps.append(step)
        return code


def library() -> ctypes.CDLL:
    """The very one Python's sqlite3 uses. Raises NotReachable."""
    import _sqlite3

    try:
        found = ctypes.CDLL(getattr(_sqlite3, "__file__", None))
        found.sqlite3_vfs_find  # noqa: B018 - whether it is there
        found.sqlite3_libversion.restype = c_char_p
        version = found.sqlite3_libversion().decode()
    except (OSError, AttributeError) as error:
        raise NotReachable(str(error)) from error
    if version != sqlite3.sqlite_version:
        raise NotReachable(f"{version} is not {sqlite3.sqlite_version}")
    return found
