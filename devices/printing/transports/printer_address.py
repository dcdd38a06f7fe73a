"""From a printer's address in the settings to the way there."""

from pathlib import Path

from devices.printing.transports.escpos_transport import EscposTransport
from devices.printing.transports.folder import FolderTransport
from devices.printing.transports.transport import Transport
from hall.errors import SettingsWrong
from hall.settings import PrinterSettings


def transport_to(settings: PrinterSettings, folder: Path) -> Transport:
    """`folder` is used when there is no printer. Nothing is opened yet; raises SettingsWrong."""
    kind, _, rest = settings.address.strip().partition(":")
    match kind:
        case "":
            return FolderTransport(folder)
        case "usb" | "serial" | "file" | "cups":
            raise SettingsWrong("printer.address", f"{kind}: {rest}")
        case _:
            from devices.printing.transports.network_line import NetworkLine, parse_host

            host = parse_host(settings.address.removeprefix("tcp://"))
            return EscposTransport(settings, lambda: NetworkLine(host, settings.connect_seconds))
