"""A day of the hall's own in one cell: 2026-12-03, 2026年12月3日 停电检修, a spreadsheet's date."""

import re
from datetime import date, datetime

from hall.marked import _
from hall.workbook.cells import NAME_CHARACTERS, BadCell, Raw, limited, narrow

NOT_A_DAY = _("Write a day like 2026-12-03, and behind it, if you like, why.")

DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?(?:[\s:,;]+(.*))?")


def day_and_reason(value: Raw) -> tuple[date, str]:
    if isinstance(value, datetime):
        return value.date(), ""
    if isinstance(value, date):
        return value, ""
    match = DAY.fullmatch(narrow(value))
    if match is None:
        raise BadCell(NOT_A_DAY)
    try:
        found = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError as error:
        raise BadCell(NOT_A_DAY) from error
    return found, limited(match[4] or "", NAME_CHARACTERS)
