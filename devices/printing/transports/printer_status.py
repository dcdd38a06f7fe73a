"""What an ESC/POS printer answers, byte by byte."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from db.tables import PrinterState

PROCESS_ID_LENGTH = 7
"""37 22, four bytes of ours, 00."""
AUTOMATIC_STATUS_LENGTH = 4


class AnswerKind(Enum):
    STATUS = auto()
    """To DLE EOT."""
    PROCESS_ID = auto()
    """To GS ( H: everything before it is on paper."""
    PAPER = auto()
    """To GS r 1: everything before it has been worked through."""


@dataclass(frozen=True)
class Answer:
    kind: AnswerKind
    value: bytes


class AnswerReader:
    """Takes the bytes as they come, gives answers as they are complete."""

    def __init__(self) -> None:
        self.kept = b""

    def feed(self, data: bytes) -> Iterator[Answer]:
        self.kept += data
        while self.kept:
            first = self.kept[0]
            if self.kept[:2] == b"\x37\x22" or self.kept == b"\x37":
                if len(self.kept) < PROCESS_ID_LENGTH:
                    return
                yield Answer(AnswerKind.PROCESS_ID, self.kept[2:6])
                self.kept = self.kept[PROCESS_ID_LENGTH:]
            elif first & 0x93 == 0x10:
                # Some printers are set to report by themselves, four bytes at a time; the last
                # three of them look like the answer to GS r.
                if len(self.kept) < AUTOMATIC_STATUS_LENGTH:
                    return
                self.kept = self.kept[AUTOMATIC_STATUS_LENGTH:]
            else:
                if first & 0x93 == 0x12:
                    yield Answer(AnswerKind.STATUS, self.kept[:1])
                elif first & 0x90 == 0x00:
                    yield Answer(AnswerKind.PAPER, self.kept[:1])
                self.kept = self.kept[1:]


def state_of(printer: int, offline: int, error: int, paper: int) -> PrinterState:
    """From the answers to DLE EOT 1 to 4; the cause before the consequence."""
    if offline & 0x04:
        return PrinterState.COVER_OPEN
    if paper & 0x60 or offline & 0x20:
        return PrinterState.PAPER_OUT
    if error & 0x68 or offline & 0x40:
        return PrinterState.ERROR
    if printer & 0x08:
        return PrinterState.OFFLINE
    if paper & 0x0C:
        return PrinterState.NEAR_END
    return PrinterState.READY
