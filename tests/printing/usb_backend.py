"""A USB bus with printers on it: what libusb is to pyusb, with the faults a bus has."""

import array
import contextlib
import errno
import select
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import usb.core
from usb.backend import IBackend

from proof.paper.virtual_printer import VirtualPrinter
from tests.printing.on_a_line import serving

OUT, BACK = 0x01, 0x82
BULK = 2
PACKET = 64


def usb_error(number: int, words: str) -> usb.core.USBError:
    return usb.core.USBError(words, None, number)


@dataclass
class UsbPrinter:
    wire: socket.socket
    serial: str = ""
    vendor: int = 0x04B8
    product: int = 0x0E15
    interface_class: int = 7
    protocols: list[int] = field(default_factory=lambda: [2])
    """Of its alternate settings, in this order."""
    answers: bool = True
    configured: bool = True
    kernel_driver: bool = True
    claimed: bool = False
    open_handles: int = 0
    alternate: int = 0
    allowed: bool = True
    busy: bool = False
    plugged: bool = True
    stalled: bool = False
    takes_at_most: int = 1 << 20
    unplugged_after: int | None = None
    """Bytes sent; then it is pulled out."""
    received: int = 0
    empty_packets: int = 0
    """Come before the next answer."""
    longest_wait_ms: int = 0


class UsbBus(IBackend):  # type: ignore[misc]  # the library has no types
    """As a backend of pyusb; a printer itself is the handle of it."""

    def __init__(self, *printers: UsbPrinter) -> None:
        self.printers = printers

    def enumerate_devices(self) -> Iterator[UsbPrinter]:
        return iter([one for one in self.printers if one.plugged])

    def get_parent(self, dev: UsbPrinter) -> None:
        return None

    def get_device_descriptor(self, dev: UsbPrinter) -> Any:
        return SimpleNamespace(
            bLength=18,
            bDescriptorType=1,
            bcdUSB=0x0200,
            bDeviceClass=0,
            bDeviceSubClass=0,
            bDeviceProtocol=0,
            bMaxPacketSize0=64,
            idVendor=dev.vendor,
            idProduct=dev.product,
            bcdDevice=0x0100,
            iManufacturer=0,
            iProduct=0,
            iSerialNumber=3 if dev.serial else 0,
            bNumConfigurations=1,
            address=1,
            bus=1,
            port_number=1,
            port_numbers=(1,),
            speed=2,
        )

    def get_configuration_descriptor(self, dev: UsbPrinter, config: int) -> Any:
        if config:
            raise IndexError
        return SimpleNamespace(
            bLength=9,
            bDescriptorType=2,
            wTotalLength=32,
            bNumInterfaces=1,
            bConfigurationValue=1,
            iConfiguration=0,
            bmAttributes=0xC0,
            bMaxPower=1,
            extra_descriptors=b"",
        )

    def get_interface_descriptor(self, dev: UsbPrinter, intf: int, alt: int, config: int) -> Any:
        if intf or alt >= len(dev.protocols):
            raise IndexError
        return SimpleNamespace(
            bLength=9,
            bDescriptorType=4,
            bInterfaceNumber=0,
            bAlternateSetting=alt,
            bNumEndpoints=2 if dev.answers else 1,
            bInterfaceClass=dev.interface_class,
            bInterfaceSubClass=1,
            bInterfaceProtocol=dev.protocols[alt],
            iInterface=0,
            extra_descriptors=b"",
        )

    def get_endpoint_descriptor(
        self, dev: UsbPrinter, ep: int, intf: int, alt: int, config: int
    ) -> Any:
        return SimpleNamespace(
            bLength=7,
            bDescriptorType=5,
            bEndpointAddress=(OUT, BACK)[ep],
            bmAttributes=BULK,
            wMaxPacketSize=PACKET,
            bInterval=0,
            bRefresh=0,
            bSynchAddress=0,
            extra_descriptors=b"",
        )

    def open_device(self, dev: UsbPrinter) -> UsbPrinter:
        if not dev.allowed:
            raise usb_error(errno.EACCES, "Access denied (insufficient permissions)")
        self.there(dev)
        dev.open_handles += 1
        return dev

    def close_device(self, dev_handle: UsbPrinter) -> None:
        dev_handle.open_handles -= 1

    def get_configuration(self, dev_handle: UsbPrinter) -> int:
        return int(dev_handle.configured)

    def set_configuration(self, dev_handle: UsbPrinter, config_value: int) -> None:
        assert not dev_handle.configured, "this makes many printers start anew"
        dev_handle.configured = True

    def reset_device(self, dev_handle: UsbPrinter) -> None:
        raise AssertionError("a reset throws the slip away that is in the printer")

    def set_interface_altsetting(self, dev_handle: UsbPrinter, intf: int, altsetting: int) -> None:
        assert dev_handle.claimed
        dev_handle.alternate = altsetting

    def claim_interface(self, dev_handle: UsbPrinter, intf: int) -> None:
        self.there(dev_handle)
        if dev_handle.busy or dev_handle.claimed or dev_handle.kernel_driver:
            raise usb_error(errno.EBUSY, "Resource busy")
        dev_handle.claimed = True

    def release_interface(self, dev_handle: UsbPrinter, intf: int) -> None:
        self.there(dev_handle)
        dev_handle.claimed = False

    def is_kernel_driver_active(self, dev_handle: UsbPrinter, intf: int) -> bool:
        return dev_handle.kernel_driver

    def detach_kernel_driver(self, dev_handle: UsbPrinter, intf: int) -> None:
        dev_handle.kernel_driver = False

    def attach_kernel_driver(self, dev_handle: UsbPrinter, intf: int) -> None:
        self.there(dev_handle)
        assert not dev_handle.claimed
        dev_handle.kernel_driver = True

    def clear_halt(self, dev_handle: UsbPrinter, ep: int) -> None:
        dev_handle.stalled = False

    def ctrl_transfer(
        self,
        dev_handle: UsbPrinter,
        bmRequestType: int,  # noqa: N803  # the names of the standard
        bRequest: int,  # noqa: N803
        wValue: int,  # noqa: N803
        wIndex: int,  # noqa: N803
        data: "array.array[int]",
        timeout: int,
    ) -> int:
        """Texts only: number 0 is the list of languages, 3 the serial number."""
        words = b"\x09\x04" if wValue & 0xFF == 0 else dev_handle.serial.encode("utf-16-le")
        answer = bytes([len(words) + 2, 3]) + words
        data[: len(answer)] = array.array("B", answer)
        return len(answer)

    def bulk_write(
        self, dev_handle: UsbPrinter, ep: int, intf: int, data: "array.array[int]", timeout: int
    ) -> int:
        printer = dev_handle
        self.waits(printer, timeout)
        assert (ep, printer.claimed) == (OUT, True)
        if printer.stalled:
            raise usb_error(errno.EPIPE, "Pipe error")
        if not select.select([], [printer.wire], [], timeout / 1000)[1]:
            raise usb.core.USBTimeoutError("Operation timed out", None, errno.ETIMEDOUT)
        sent = printer.wire.send(data.tobytes()[: printer.takes_at_most])
        printer.received += sent
        if printer.unplugged_after is not None and printer.received >= printer.unplugged_after:
            printer.plugged = False
        return sent

    def bulk_read(
        self, dev_handle: UsbPrinter, ep: int, intf: int, buff: "array.array[int]", timeout: int
    ) -> int:
        printer = dev_handle
        self.waits(printer, timeout)
        assert (ep, printer.claimed) == (BACK, True)
        assert len(buff) % PACKET == 0  # else a full packet would be an overflow
        if printer.empty_packets:
            printer.empty_packets -= 1
            return 0
        if not select.select([printer.wire], [], [], timeout / 1000)[0]:
            raise usb.core.USBTimeoutError("Operation timed out", None, errno.ETIMEDOUT)
        answer = printer.wire.recv(len(buff))
        buff[: len(answer)] = array.array("B", answer)
        return len(answer)

    def waits(self, printer: UsbPrinter, timeout: int) -> None:
        assert timeout > 0, "0 is to wait for ever"
        printer.longest_wait_ms = max(printer.longest_wait_ms, timeout)
        self.there(printer)

    def there(self, printer: UsbPrinter) -> None:
        if not printer.plugged:
            raise usb_error(errno.ENODEV, "No such device (it may have been disconnected)")


@contextlib.contextmanager
def plugged_in(printer: VirtualPrinter, **properties: Any) -> Iterator[UsbPrinter]:
    """The virtual printer at the end of a USB cable."""
    ours, printers = socket.socketpair()
    for end in (ours, printers):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 8192)
    with ours, printers, serving(printer, printers):
        ours.setblocking(False)
        yield UsbPrinter(ours, **properties)
