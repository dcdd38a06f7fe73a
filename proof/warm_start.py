"""Loaded once by the server that programs are forked from: what takes a second each."""

from devices.printing.pictures import pictures_of
from devices.printing.slips import void_mark
from devices.printing.slips.samples import TICKET
from devices.printing.transports import escpos_bytes
from proof import work

__all__ = ["work"]

for reprint in (False, True):
    escpos_bytes.picture_bytes(pictures_of("ticket", TICKET, 384, reprint)[0])
void_mark.picture(384)
