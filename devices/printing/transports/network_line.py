"""A printer on the network."""

import contextlib
import select
import socket
import time

from devices.printing.transports.line import TICK_S

PARTING_S = 0.3


class NetworkLine:
    """Raises OSError, and UnicodeError for a name no host can have."""

    talks_back = True

    def __init__(self, address: tuple[str, int], connect_seconds: float) -> None:
        self.socket = socket.create_connection(address, timeout=connect_seconds)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        notice_a_dead_line(self.socket)
        self.socket.setblocking(False)

    def send(self, data: memoryview, wait_s: float) -> int:
        _, writable, _ = select.select([], [self.socket], [], wait_s)
        if not writable:
            return 0
        try:
            return self.socket.send(data)
        except BlockingIOError:
            return 0

    def receive(self, wait_s: float) -> bytes:
        readable, _, _ = select.select([self.socket], [], [], wait_s)
        if not readable:
            return b""
        data = self.socket.recv(1024)
        if not data:
            raise ConnectionResetError(104, "the printer closed the connection")
        return data

    def close(self) -> None:
        """Hang up without leaving answers unread: that would be a reset, not a goodbye."""
        with self.socket, contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_WR)
            deadline = time.monotonic() + PARTING_S
            while time.monotonic() < deadline:
                self.receive(TICK_S)


def notice_a_dead_line(line: socket.socket) -> None:
    """Within about a quarter of a minute: a printer without power does not say goodbye."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 5)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 3)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 3)
