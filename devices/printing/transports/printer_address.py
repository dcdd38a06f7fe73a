"""From a printer's address in the settings to the way there."""

import ipaddress
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NoReturn, cast
from urllib.parse import parse_qsl

from devices.printing.transports.escpos_bytes import picture_command
from devices.printing.transports.escpos_transport import EscposTransport
from devices.printing.transports.folder import FolderTransport
from devices.printing.transports.transport import Transport
from hall.errors import SettingsWrong
from hall.names import plain
from hall.settings import PrinterSettings

NETWORK_PORT = 9100
CUPS_PORT = 631

HOST_LABEL = re.compile(r"(?!-)[\w-]{1,63}(?<!-)")
HEXADECIMAL = re.compile(r"[0-9A-Fa-f]{4}")
QUEUE_NAME = re.compile(r"[^\s/#?@'\"\\-][^\s/#?@'\"\\]{0,126}")

Parity = Literal["N", "E", "O"]
Flow = Literal["rtscts", "xonxoff", "dsrdtr", "none"]


@dataclass(frozen=True)
class NetworkAddress:
    host: str
    port: int


@dataclass(frozen=True)
class UsbAddress:
    vendor: int
    product: int
    serial: str = ""
    """Empty: there is only one such printer."""

    def __str__(self) -> str:
        serial = f":{self.serial}" if self.serial else ""
        return f"{self.vendor:04x}:{self.product:04x}{serial}"


@dataclass(frozen=True)
class SerialAddress:
    path: str
    baud: int = 115200
    parity: Parity = "N"
    flow: Flow = "rtscts"
    """Right for a cable with all wires, whichever handshake the printer is set to: it lets go of
    RTS together with DTR."""


@dataclass(frozen=True)
class DeviceAddress:
    path: str


@dataclass(frozen=True)
class CupsAddress:
    queue: str
    server: str = ""
    """HOST:PORT; empty: the one CUPS on this machine names."""


Address = NetworkAddress | UsbAddress | SerialAddress | DeviceAddress | CupsAddress


def transport_to(settings: PrinterSettings, folder: Path) -> Transport:
    """`folder` is used when there is no printer. Nothing is opened yet; raises SettingsWrong."""
    if not settings.address.strip():
        return FolderTransport(folder)
    address = parse(settings.address)
    picture_command(settings.profile)  # a profile that is wrong is told now, not by the first slip
    match address:
        case NetworkAddress(host, port):
            from devices.printing.transports.network_line import NetworkLine

            return EscposTransport(
                settings, lambda: NetworkLine((host, port), settings.connect_seconds)
            )
        case UsbAddress() as usb:
            from devices.printing.transports.usb_line import UsbLine

            return EscposTransport(settings, lambda: UsbLine(usb))
        case SerialAddress() as serial:
            from devices.printing.transports.serial_line import SerialLine

            return EscposTransport(settings, lambda: SerialLine(serial, settings.connect_seconds))
        case DeviceAddress(path):
            from devices.printing.transports.device_line import DeviceLine

            return EscposTransport(settings, lambda: DeviceLine(path))
        case CupsAddress(queue, server):
            from devices.printing.transports.cups_transport import CupsTransport

            return CupsTransport(settings, queue, server)


def parse(text: str) -> Address:
    """What an address names; nothing is opened or looked up. Raises SettingsWrong."""
    text = text.strip()
    kind, _, rest = text.partition(":")
    match kind.lower():
        case "usb":
            return parse_usb(rest)
        case "serial":
            return parse_serial(rest)
        case "file":
            return DeviceAddress(device_path("file", rest))
        case "cups":
            return parse_cups(rest)
        case "tcp" if rest.startswith("//"):
            return NetworkAddress(*parse_host(rest.removeprefix("//"), NETWORK_PORT))
    if text.startswith("/"):
        wrong(f"{text} is a path; write file:{text} or serial:{text}")
    if "://" in text:
        wrong(f"{kind}:// leads to no printer; known are tcp, usb, serial, file and cups")
    return NetworkAddress(*parse_host(text, NETWORK_PORT))


def parse_host(text: str, default_port: int) -> tuple[str, int]:
    """("10.0.0.5", 9100) of "10.0.0.5:9100"; ("fe80::1", 9100) of "[fe80::1]:9100"."""
    if text.startswith("["):
        host, bracket, port = text.removeprefix("[").partition("]")
        if not bracket or (port and not port.startswith(":")):
            wrong(f"{text}: after [ an IPv6 address, ] and perhaps a port are expected")
        if not is_ip(host, 6):
            wrong(f"{host} is no IPv6 address")
        return host, port_of(port.removeprefix(":"), text) if port else default_port
    if text.count(":") > 1:
        if is_ip(text, 6):
            wrong(f"an IPv6 address stands in brackets: [{text}]:{default_port}")
        wrong(f"{text}: more than one colon")
    host, colon, port = text.partition(":")
    if not host:
        wrong(f"{text}: no host before the port" if colon else "no host")
    if not all(HOST_LABEL.fullmatch(label) for label in host.removesuffix(".").split(".")):
        wrong(f"{host} is no name or address of a host")
    if re.fullmatch(r"[0-9.]+", host) and not is_ip(host, 4):
        wrong(f"{host} is no IPv4 address")
    return host, port_of(port, text) if colon else default_port


def is_ip(text: str, version: int) -> bool:
    try:
        return ipaddress.ip_address(text).version == version
    except ValueError:
        return False


def port_of(text: str, whole: str) -> int:
    number = number_of(text)
    if number is None or not 1 <= number <= 65535:
        wrong(f"{whole}: {text or 'nothing'} is no port; it is a number from 1 to 65535")
    return number


def parse_usb(text: str) -> UsbAddress:
    vendor, _, rest = text.partition(":")
    product, colon, serial = rest.partition(":")
    for name, part in (("vendor", vendor), ("product", product)):
        if not HEXADECIMAL.fullmatch(part):
            wrong(
                f"usb:{text}: the {name} is four hexadecimal digits, as lsusb shows them: "
                "usb:04b8:0e15"
            )
    if colon and not serial.strip():
        wrong(f"usb:{text}: no serial number after the last colon")
    return UsbAddress(int(vendor, 16), int(product, 16), serial.strip())


def parse_serial(text: str) -> SerialAddress:
    path, _, query = text.partition("?")
    given: dict[str, str] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name in given:
            wrong(f"serial:{text}: {name} is given twice")
        given[name] = value
    baud, parity = given.pop("baud", "115200"), given.pop("parity", "N").upper()
    flow = given.pop("flow", "rtscts").lower()
    if given or (query and not parse_qsl(query, keep_blank_values=True)):
        wrong(f"serial:{text}: {', '.join(given) or query}: known are baud, parity and flow")
    speed = number_of(baud)
    if speed is None or not 50 <= speed <= 4_000_000:
        wrong(f"serial:{text}: baud={baud} is no speed; usual are 9600, 19200, 38400, 115200")
    if parity not in ("N", "E", "O"):
        wrong(f"serial:{text}: parity={parity} is not one of N, E, O")
    if flow not in ("rtscts", "xonxoff", "dsrdtr", "none"):
        wrong(f"serial:{text}: flow={flow} is not one of rtscts, xonxoff, dsrdtr, none")
    return SerialAddress(device_path("serial", path), speed, cast(Parity, parity), cast(Flow, flow))


def device_path(kind: str, text: str) -> str:
    path = text.removeprefix("//").strip()  # serial:///dev/ttyUSB0 is what a URL would look like
    if not path.startswith("/") or "\0" in path:
        wrong(f"{kind}:{text}: the whole path of a device is expected, like {kind}:/dev/…")
    return path


def parse_cups(text: str) -> CupsAddress:
    queue, at, server = text.strip().partition("@")
    if not QUEUE_NAME.fullmatch(queue):
        wrong(f"cups:{text}: {queue or 'nothing'} is no name of a queue")
    if not at:
        return CupsAddress(queue)
    host, port = parse_host(server, CUPS_PORT)
    return CupsAddress(queue, f"[{host}]:{port}" if ":" in host else f"{host}:{port}")


def number_of(text: str) -> int | None:
    """None for what is none; int() alone would also take "+1", "1_0" and digits of any script."""
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None


def wrong(detail: str) -> NoReturn:
    raise SettingsWrong("printer.address", plain(detail))
