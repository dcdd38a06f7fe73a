"""Loaded once by the server that spooler processes are forked from: what takes a second each."""

import pytest

from devices.printing.pictures import pictures_of
from devices.printing.slips import void_mark
from devices.printing.slips.samples import NOTICE, TICKET
from devices.printing.transports import escpos_bytes

__all__ = ["pytest"]  # the program the tests run in, which every child of it imports

for kind, content in (("ticket", TICKET), ("notice", NOTICE)):
    for reprint in (False, True):
        escpos_bytes.picture_bytes(pictures_of(kind, content, 384, reprint)[0])
void_mark.picture(384)
