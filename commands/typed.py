"""What is typed on the command line, read as what it means."""

import argparse
from datetime import date

from hall.names import tidy_code

MOST = 999


def counter_number(text: str) -> int:
    """A counter's number, also in full-width digits; argparse tells what is none."""
    tidy = tidy_code(text)
    if not (tidy.isascii() and tidy.isdigit() and 1 <= int(tidy[:9]) <= MOST):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of a counter, 1 to {MOST}")
    return int(tidy)


def day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day as 2026-11-23") from None
