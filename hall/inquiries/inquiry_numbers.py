"""How an inquiry is called: 咨2026-0007 by people, Q2026-0007 by scanners."""

import re

from db.tables import Inquiry
from hall.names import tidy_code

NUMBER = re.compile(r"(?:[咨Q]?(?P<year>[0-9]{4})-|咨?)0*(?P<number>[0-9]{1,9})")


def name_of(inquiry: Inquiry) -> str:
    return f"咨{inquiry.year}-{inquiry.number:04d}"


def code_of(inquiry: Inquiry) -> str:
    """A scanner types letters of every keyboard only."""
    return f"Q{inquiry.year}-{inquiry.number:04d}"


def parse(text: str) -> tuple[int | None, int] | None:
    """Year and number of 咨2026-0007, Q2026-0007 or 2026-7; no year in 咨7 or 7; None for
    anything else, a ticket's number among it."""
    match = NUMBER.fullmatch(tidy_code(text))
    if match is None:
        return None
    return int(match["year"]) if match["year"] else None, int(match["number"])
