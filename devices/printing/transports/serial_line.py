"""A printer on a serial line, 8 bits, one stop bit."""

import contextlib
import errno
import termios
import time

import serial

from devices.printing.transports.device_line import FileLine, keep_ready, why_not
from devices.printing.transports.printer_address import SerialAddress

STEP = 128
"""A printer says with DSR that it is busy while it still has room for so much."""
GLANCE_S = 0.002


class SerialLine(FileLine):
    """Raises OSError."""

    def __init__(self, address: SerialAddress, connect_seconds: float) -> None:
        self.waits_for_dsr = address.flow == "dsrdtr"
        self.port = open_port(address)
        try:
            super().__init__(self.port.fileno())
            keep_ready(self.file)
            if address.flow == "rtscts" and not consents(self.port, connect_seconds):
                raise OSError(
                    errno.EHOSTDOWN,
                    f"{address.path}: the printer does not raise CTS; it is switched off, or its "
                    "cable has no such wire: then add flow=none",
                )
        except termios.error as error:
            self.port.close()
            raise OSError(*error.args) from error
        except BaseException:
            self.port.close()
            raise

    def send(self, data: memoryview, wait_s: float) -> int:
        if not self.waits_for_dsr:
            return super().send(data, wait_s)
        until = time.monotonic() + wait_s
        while not self.is_free():
            if time.monotonic() > until:
                return 0
            time.sleep(GLANCE_S)
        return super().send(data[:STEP], max(0.0, until - time.monotonic()))

    def is_free(self) -> bool:
        """The system itself knows nothing of this handshake, so it is only given what may go."""
        return self.waiting_bytes() == 0 and bool(self.port.dsr)

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self.let_out()
        with contextlib.suppress(OSError):
            self.port.close()


def open_port(address: SerialAddress) -> serial.Serial:
    try:
        return serial.Serial(
            address.path,
            address.baud,
            parity=address.parity,
            timeout=0,
            write_timeout=0,
            rtscts=address.flow == "rtscts",
            xonxoff=address.flow == "xonxoff",
            dsrdtr=address.flow == "dsrdtr",
            exclusive=True,
        )
    except OSError as error:
        raise OSError(error.errno, f"{address.path}: {why(address.path, error)}") from error
    except (ValueError, termios.error) as error:
        raise OSError(errno.EINVAL, f"{address.path}: {error}") from error


def why(path: str, error: OSError) -> str:
    """The library's own sentence names the device twice and quotes the system's error."""
    if error.errno == errno.EAGAIN:
        return "another program has it open"
    if error.errno is None:
        return "it is no serial line" if "configure port" in str(error) else str(error)
    return why_not(path, error)


def consents(port: serial.Serial, wait_s: float) -> bool:
    """Whether the printer lets us send; true where the line does not know such a wire."""
    until = time.monotonic() + wait_s
    while True:
        try:
            if port.cts:
                return True
        except OSError:
            return True
        if time.monotonic() > until:
            return False
        time.sleep(GLANCE_S)
