"""A printer on USB, reached past the system's own printer driver."""

from __future__ import annotations

import contextlib
import errno
import time
from collections.abc import Iterator
from typing import Any

import libusb_package
import usb.core
import usb.util

from devices.printing.transports.printer_address import UsbAddress

PRINTER_CLASS = 7
PROTOCOLS = {2: 0, 1: 1, 0: 2}
"""Of a printer's interface, both ways before one way. The others wrap what is sent."""
CHUNK = 8192
"""So much at once; a write that runs out of time tells how far it came."""
ANSWER_SIZE = 512
"""A whole packet at any speed: with less room the library reports an overflow."""
EMPTY_PAUSE_S = 0.005
STALE_READS = 16


class UsbLine:
    """Raises OSError. The printer is not reset: that would throw away the slip it still holds."""

    def __init__(self, address: UsbAddress, backend: Any = None) -> None:
        self.name = f"USB printer {address}"
        with self.told(address):
            self.device = find(address, backend or libusb_package.get_libusb1_backend())
            self.interface: Any = None
            self.detached = False
            try:
                self.claim(self.printer_interface())
                self.out = self.endpoint(usb.util.ENDPOINT_OUT)
                self.back = self.endpoint(usb.util.ENDPOINT_IN)
                self.talks_back = self.back is not None
                self.discard_stale_answers()
            except BaseException:
                self.close()
                raise

    @contextlib.contextmanager
    def told(self, address: UsbAddress) -> Iterator[None]:
        """Whatever the library raises, as an OSError that says what to do."""
        try:
            yield
        except usb.core.NoBackendError as error:
            raise OSError(errno.ENOSYS, "the USB library libusb cannot be loaded") from error
        except OSError as error:
            raise OSError(error.errno, f"{self.name}: {why_not(address, error)}") from error
        except (ValueError, NotImplementedError) as error:
            raise OSError(errno.EIO, f"{self.name}: {error}") from error

    def printer_interface(self) -> Any:
        try:
            configuration = self.device.get_active_configuration()
        except usb.core.USBError as error:
            if error.errno is not None:
                raise
            self.device.set_configuration()  # nobody has since it was plugged in
            configuration = self.device.get_active_configuration()
        fit = [
            one
            for one in configuration
            if one.bInterfaceClass == PRINTER_CLASS and one.bInterfaceProtocol in PROTOCOLS
        ]
        if not fit:
            raise OSError(errno.ENODEV, "it is no printer, or one that takes no plain bytes")
        return min(fit, key=lambda one: PROTOCOLS[one.bInterfaceProtocol])

    def claim(self, interface: Any) -> None:
        number = interface.bInterfaceNumber
        if self.device.is_kernel_driver_active(number):
            self.device.detach_kernel_driver(number)
            self.detached = True
        self.interface = interface
        usb.util.claim_interface(self.device, number)
        if interface.bAlternateSetting:
            interface.set_altsetting()

    def endpoint(self, direction: int) -> Any:
        """None where there is no way back."""
        found = usb.util.find_descriptor(
            self.interface,
            custom_match=lambda one: (
                usb.util.endpoint_direction(one.bEndpointAddress) == direction
                and usb.util.endpoint_type(one.bmAttributes) == usb.util.ENDPOINT_TYPE_BULK
            ),
        )
        if found is None and direction == usb.util.ENDPOINT_OUT:
            raise OSError(errno.ENODEV, "it has no way to send to")
        return found

    def send(self, data: memoryview, wait_s: float) -> int:
        try:
            return int(self.out.write(bytes(data[:CHUNK]), milliseconds(wait_s)))
        except usb.core.USBTimeoutError:
            return 0
        except usb.core.USBError as error:
            self.clear(self.out, error)
            raise

    def receive(self, wait_s: float) -> bytes:
        """Printers answer with empty packets until they have something to say."""
        until = time.monotonic() + wait_s
        while True:
            left_s = max(0.0, until - time.monotonic())
            try:
                data = bytes(self.back.read(ANSWER_SIZE, milliseconds(left_s)))
            except usb.core.USBTimeoutError:
                return b""
            except usb.core.USBError as error:
                self.clear(self.back, error)
                raise
            if data or time.monotonic() >= until:
                return data
            time.sleep(min(EMPTY_PAUSE_S, left_s))

    def clear(self, endpoint: Any, error: OSError) -> None:
        """After a stall an endpoint refuses everything, also whoever opens the printer next."""
        if error.errno == errno.EPIPE:
            with contextlib.suppress(OSError, NotImplementedError):
                endpoint.clear_halt()

    def discard_stale_answers(self) -> None:
        """To what an earlier program asked: taken for an answer of now they would be wrong."""
        for _ in range(STALE_READS):
            if not self.talks_back or not self.receive(0):
                return

    def close(self) -> None:
        """Give the printer back to the system as it was found."""
        number = self.interface.bInterfaceNumber if self.interface is not None else None
        if number is not None:
            with contextlib.suppress(OSError, ValueError):
                usb.util.release_interface(self.device, number)
        if number is not None and self.detached:
            with contextlib.suppress(OSError, NotImplementedError):
                self.device.attach_kernel_driver(number)
        with contextlib.suppress(OSError, ValueError):
            usb.util.dispose_resources(self.device)


def find(address: UsbAddress, backend: Any) -> Any:
    """Raises OSError when there is none, or more than one and nothing says which."""
    devices = list(
        usb.core.find(
            find_all=True, backend=backend, idVendor=address.vendor, idProduct=address.product
        )
    )
    if address.serial:
        devices = [one for one in devices if serial_number(one) == address.serial]
    if len(devices) > 1:
        known = ", ".join(serial_number(one) for one in devices)
        raise OSError(errno.EINVAL, f"there are {len(devices)}; name one by its serial: {known}")
    if not devices:
        raise OSError(errno.ENODEV, "none is plugged in")
    return devices[0]


def serial_number(device: Any) -> str:
    """Raises OSError when this user may not read it."""
    try:
        return str(device.serial_number or "")
    except ValueError:  # it has no words at all, or this user may not ask for them
        device.get_active_configuration()
        return ""
    finally:
        usb.util.dispose_resources(device)


def milliseconds(wait_s: float) -> int:
    """0 would mean to wait for ever."""
    return max(1, int(wait_s * 1000))


def why_not(address: UsbAddress, error: OSError) -> str:
    match error.errno:
        case errno.EACCES | errno.EPERM:
            return (
                'not allowed; a udev rule is missing: SUBSYSTEM=="usb", '
                f'ATTR{{idVendor}}=="{address.vendor:04x}", '
                f'ATTR{{idProduct}}=="{address.product:04x}", MODE="0660", GROUP="lp"'
            )
        case errno.EBUSY:
            return "another program has it open"
    return error.strerror or str(error)
