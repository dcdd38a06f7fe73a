"""An address of a printer: read strictly, and what is wrong with it is said."""

from pathlib import Path

import pytest

from devices.printing.transports.printer_address import (
    CupsAddress,
    DeviceAddress,
    NetworkAddress,
    SerialAddress,
    UsbAddress,
    parse,
    transport_to,
)
from hall.errors import SettingsWrong
from hall.settings import PrinterSettings


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("10.0.0.5", NetworkAddress("10.0.0.5", 9100)),
        ("10.0.0.5:9101", NetworkAddress("10.0.0.5", 9101)),
        ("printer.hall", NetworkAddress("printer.hall", 9100)),
        ("打印机.hall:9100", NetworkAddress("打印机.hall", 9100)),
        (" tcp://10.0.0.5:9101 ", NetworkAddress("10.0.0.5", 9101)),
        ("[fe80::1]", NetworkAddress("fe80::1", 9100)),
        ("tcp://[fe80::1%eth0]:9101", NetworkAddress("fe80::1%eth0", 9101)),
        ("usb:04b8:0e15", UsbAddress(0x04B8, 0x0E15)),
        ("USB:04B8:0E15:J9:7", UsbAddress(0x04B8, 0x0E15, "J9:7")),
        ("serial:/dev/ttyUSB0", SerialAddress("/dev/ttyUSB0", 115200, "N", "rtscts")),
        (
            "serial:/dev/serial/by-id/a?baud=19200&parity=e&flow=XONXOFF",
            SerialAddress("/dev/serial/by-id/a", 19200, "E", "xonxoff"),
        ),
        ("file:/dev/usb/lp0", DeviceAddress("/dev/usb/lp0")),
        ("cups:Slips", CupsAddress("Slips")),
        ("cups:Slips@10.0.0.5", CupsAddress("Slips", "10.0.0.5:631")),
        ("cups:取号机@[fe80::1]:6310", CupsAddress("取号机", "[fe80::1]:6310")),
    ],
)
def test_every_form_of_an_address_is_read(text: str, address: object) -> None:
    assert parse(text) == address


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("10.0.0.5:99999", "99999 is no port"),
        ("10.0.0.5:", "no port"),
        ("10.0.0.5:+91", "no port"),
        ("10.0.0.500", "no IPv4 address"),
        (":9100", "no host"),
        ("..:9100", "no name or address"),
        ("hall printer", "no name or address"),
        ("10.0.0.5/path", "no name or address"),
        ("fe80::1", "brackets"),
        ("a:b:c", "more than one colon"),
        ("[fe80::1", "expected"),
        ("[fe80::1]9100", "expected"),
        ("[printer]:9100", "no IPv6 address"),
        ("http://10.0.0.5", "http:// leads to no printer"),
        ("tcp://", "no host"),
        ("/dev/usb/lp0", "file:/dev/usb/lp0"),
        ("usb:", "vendor"),
        ("usb:4b8:0e15", "vendor is four hexadecimal digits"),
        ("usb:04b8", "product is four hexadecimal digits"),
        ("usb:04b8:0x15", "product is four hexadecimal digits"),
        ("usb:04b8:0e15:", "no serial number"),
        ("serial:", "whole path"),
        ("serial:ttyUSB0", "whole path"),
        ("serial:/dev/ttyUSB0?baud=fast", "baud=fast is no speed"),
        ("serial:/dev/ttyUSB0?baud=0", "baud=0 is no speed"),
        ("serial:/dev/ttyUSB0?parity=X", "parity=X is not one of"),
        ("serial:/dev/ttyUSB0?flow=cts", "flow=cts is not one of"),
        ("serial:/dev/ttyUSB0?bauds=9600", "bauds: known are"),
        ("serial:/dev/ttyUSB0?9600", "9600: known are"),
        ("serial:/dev/ttyUSB0?baud=9600&baud=19200", "given twice"),
        ("file:slips.bin", "whole path"),
        ("cups:", "no name of a queue"),
        ("cups:-h", "no name of a queue"),
        ("cups:two words", "no name of a queue"),
        ("cups:Slips@", "no host"),
        ("cups:Slips@host:port", "no port"),
    ],
)
def test_what_is_wrong_with_an_address_is_said(text: str, said: str) -> None:
    with pytest.raises(SettingsWrong) as wrong:
        parse(text)

    assert wrong.value.where == "printer.address"
    assert said in wrong.value.detail


def test_no_control_character_of_an_address_reaches_the_terminal() -> None:
    with pytest.raises(SettingsWrong) as wrong:
        parse("host\x1b[31m")

    assert "\x1b" not in wrong.value.detail


def test_a_way_to_a_printer_that_is_not_there_is_opened_only_when_it_is_used() -> None:
    for address in (
        "192.0.2.1:9100",
        "usb:ffff:ffff",
        "serial:/dev/nowhere",
        "file:/dev/nowhere",
        "cups:nowhere@192.0.2.1",
    ):
        transport_to(PrinterSettings(address=address), Path())


def test_a_profile_nobody_knows_is_told_before_the_first_slip() -> None:
    with pytest.raises(SettingsWrong, match="TM-T88III"):
        transport_to(PrinterSettings(address="10.0.0.5", profile="TM-T88IIII"), Path())
