"""What a printer supports, found out by asking: for the installer, not for every slip."""

from __future__ import annotations

import time
from dataclasses import dataclass

from devices.printing.transports import escpos_bytes
from devices.printing.transports.escpos_transport import EscposConnection
from devices.printing.transports.line import TICK_S
from devices.printing.transports.printer_status import AnswerKind

MARK = b"test"


@dataclass(frozen=True)
class Supports:
    status: bool
    """DLE EOT: says that paper is out or the cover open."""
    process_id: bool
    """GS ( H: says that a slip is out, the surest acknowledgement."""
    paper_status: bool
    """GS r: says that it has worked through what it was sent."""
    model: str
    """What it calls itself; empty when it does not say."""


def probe(connection: EscposConnection) -> Supports:
    """Prints nothing. Raises OSError when the printer hangs up."""
    if not connection.line.talks_back:
        return Supports(False, False, False, "")
    return Supports(
        status=connection.ask_state() is not None,
        process_id=answers(connection, escpos_bytes.ask_process_id(MARK), AnswerKind.PROCESS_ID),
        paper_status=answers(connection, escpos_bytes.ASK_PAPER_IN_TURN, AnswerKind.PAPER),
        model=" ".join(filter(None, (said(connection, which) for which in (66, 67)))),
    )


def answers(connection: EscposConnection, question: bytes, kind: AnswerKind) -> bool:
    connection.line.send(memoryview(question), TICK_S)
    deadline = time.monotonic() + connection.settings.status_seconds
    while time.monotonic() < deadline:
        if any(found is kind for found, _ in connection.heard(TICK_S)):
            return True
    return False


def said(connection: EscposConnection, which: int) -> str:
    """GS I: answered with "_", the words, and a zero."""
    connection.line.send(memoryview(b"\x1dI" + bytes([which])), TICK_S)
    deadline = time.monotonic() + connection.settings.status_seconds
    answer = b""
    while time.monotonic() < deadline and not answer.endswith(b"\0"):
        answer += connection.line.receive(TICK_S)
    words = answer.partition(b"_")[2].rstrip(b"\0")
    return words.decode("ascii", "replace").strip() if answer.endswith(b"\0") else ""
