"""The number of an identity card: typed unseen or piped in, never in the list of processes."""

import getpass
import sys

from hall.marked import _
from hall.open_hall import OpenHall
from hall.tickets import identity_number
from hall.tickets.identity_number import IdentityNumber

PROMPT = _("Number of the identity card (not shown): ")


def read_identity(hall: OpenHall, prompt: str) -> IdentityNumber:
    """Raises Refused: what is wrong with it."""
    return identity_number.read(typed_unseen(prompt), hall.rules.business_day(hall.now()))


def typed_unseen(prompt: str) -> str:
    """One line; never among the words of a command, which every user of the machine can list."""
    if sys.stdin is not None and sys.stdin.isatty():
        return getpass.getpass(prompt)
    return sys.stdin.readline() if sys.stdin is not None else ""
