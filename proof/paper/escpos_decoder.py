"""ESC/POS bytes back into pictures: the other end of `devices.printing.transports.escpos_bytes`."""

import struct
from collections.abc import Callable

from PIL import Image

Strip = tuple[int, int, bytes]
"""Dots across, dots down, packed rows in which 1 is black."""


class Paper:
    """What is being printed: strips until the cut, then a slip."""

    def __init__(self, answer: Callable[[bytes], None] = lambda _: None) -> None:
        self.answer = answer
        self.strips: list[Strip] = []
        self.slips: list[Image.Image] = []
        self.cuts = 0
        self.odd: list[str] = []
        self.silent_on: frozenset[str] = frozenset()
        """Questions it does not know: "process-id", "in-turn"."""

    def carry_out(self, command: bytes) -> None:
        """One complete command, as `length_of` found it."""
        if command[:3] == b"\x1dv0":
            across, down = struct.unpack("<HH", command[4:8])
            self.strips.append((across * 8, down, command[8:]))
        elif command[:2] == b"\x1b*":
            self.strips.append(from_columns(command))
        elif command[:2] in (b"\x1dV", b"\x1bd"):
            self.cuts += 1
            self.tear_off()
        elif command[:3] == b"\x1d(k":
            if command[5:8] != b"1P0":  # but for the text of a QR code, which is only kept
                self.odd.append(command.hex())
        elif command[:3] == b"\x1d(H":
            if "process-id" not in self.silent_on:
                self.answer(b"\x37\x22" + command[7:11] + b"\x00")
        elif command[:2] == b"\x1dI":
            self.answer(b"_" + {66: b"Jiaohao", 67: b"JH-80"}.get(command[2], b"") + b"\0")
        elif command[:2] == b"\x1dr":
            if "in-turn" not in self.silent_on:
                self.answer(b"\x00")
        elif command[:2] not in (b"\x1b@", b"\x1b3", b"\x1b2") and command not in (b"\n", b"\0"):
            self.odd.append(command.hex())

    def tear_off(self) -> None:
        """What has been printed is a piece of paper now; nothing, if nothing has been."""
        if not self.strips:
            return
        slip = Image.new("1", (self.strips[0][0], sum(strip[1] for strip in self.strips)), 255)
        top = 0
        for across, down, dots in self.strips:
            slip.paste(Image.frombytes("1", (across, down), dots, "raw", "1;I"), (0, top))
            top += down
        self.strips.clear()
        self.slips.append(slip)


def from_columns(command: bytes) -> Strip:
    """ESC *: columns of 24 dots, three bytes each, as rows."""
    (across,) = struct.unpack("<H", command[3:5])
    columns, row_bytes = command[5:], (across + 7) // 8
    rows = bytearray(row_bytes * 24)
    for x in range(across):
        for y in range(24):
            if columns[x * 3 + y // 8] >> (7 - y % 8) & 1:
                rows[y * row_bytes + x // 8] |= 0x80 >> x % 8
    return across, 24, bytes(rows)


def length_of(data: bytes) -> int:
    """Of the command at the start; 0 while more bytes must come. An unknown byte counts as one."""
    fixed = {
        b"\x1b@": 2,
        b"\x1b2": 2,
        b"\x1b3": 3,
        b"\x1bd": 3,
        b"\x10\x04": 3,
        b"\x1dr": 3,
        b"\x1dI": 3,
        b"\x1dV": 4,
    }.get(data[:2])
    if data[:3] == b"\x1dv0":
        if len(data) < 8:
            return 0
        across, down = struct.unpack("<HH", data[4:8])
        fixed = 8 + across * down
    elif data[:2] == b"\x1b*":
        if len(data) < 5:
            return 0
        fixed = 5 + 3 * int(struct.unpack("<H", data[3:5])[0])
    elif data[:2] == b"\x1d(":
        if len(data) < 5:
            return 0
        fixed = 5 + data[3] + 256 * data[4]
    elif fixed is None:
        fixed = 1 if len(data) > 1 or data[0] not in (0x1B, 0x1D, 0x10) else 2
    return fixed if len(data) >= fixed else 0
