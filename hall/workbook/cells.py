"""One cell of the office's workbook: tidied where that is unambiguous, else refused in words.

Prose keeps its full-width punctuation; codes, numbers, hours and phones do not (NFKC).
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar
from zoneinfo import available_timezones

from openpyxl.utils.escape import unescape

from hall.marked import _
from hall.names import plain

Raw = str | int | float | bool | datetime | date | time | timedelta | None
"""What a spreadsheet has in a cell."""

T = TypeVar("T")
Parser = Callable[[Raw], T]
"""Of a cell that is not blank; raises BadCell."""


class BadCell(Exception):
    """What is wrong with a value; `words` and `facts` are for `Wording.say`."""

    def __init__(self, words: str, **facts: Any) -> None:
        super().__init__(words)
        self.words = words
        self.facts = facts


EMPTY = _("This must not be empty.")
TOO_LONG = _("This has {length} characters; there is room for {limit}.")
IS_A_DATE = _("The spreadsheet has made a date of this. Format the cell as text, write it again.")
LOST_DIGITS = _(
    "A spreadsheet loses the last digits of so long a number. Format the cell as text, "
    "write it again."
)
NOT_A_CODE = _("A code has letters, digits, “-”, “.”, “_” and “/”, no blanks, at most {limit}.")
NOT_WHOLE = _("This must be a whole number from {low} to {high}.")
NOT_YES_OR_NO = _("Write 是 or 否.")
NOT_ONE_OF = _("Write one of: {choices}.")
SEVERAL_GROUPS = _("A service has one group; its name must not contain “；”, “、” or “，”.")
NOT_HOURS = _("Write office hours like 08:30-11:30.")
ENDS_BEFORE_START = _("These office hours end before they begin.")
NOT_A_TIME_ZONE = _("There is no such time zone. In China it is Asia/Shanghai.")
NOT_A_HALL_CODE = _("A hall's code has 2 to 12 characters: letters A to Z and digits.")

NAME_CHARACTERS = 200
PROSE_CHARACTERS = 2000
BULLETIN_CHARACTERS = 500
PHONE_CHARACTERS = 50
CODE_CHARACTERS = 40
WHOLE_DIGITS = 1e15
"""From here on a spreadsheet no longer keeps every digit of a number."""

# -- text ----------------------------------------------------------------------------------------


def text(value: Raw) -> str:
    """One line without control characters; runs of blanks are one."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        if abs(value) >= WHOLE_DIGITS:
            raise BadCell(LOST_DIGITS)
        return str(int(value)) if value == value // 1 else str(value)
    if isinstance(value, date | time | timedelta):
        raise BadCell(IS_A_DATE)
    # Spreadsheets write control characters as _x000D_.
    return " ".join(plain(unescape(value)).split()) if value else ""


def is_blank(value: Raw) -> bool:
    return value is None or (isinstance(value, str) and not text(value))


def limited(found: str, limit: int) -> str:
    if len(found) > limit:
        raise BadCell(TOO_LONG, length=len(found), limit=limit)
    return found


def name(value: Raw) -> str:
    return limited(text(value), NAME_CHARACTERS)


def prose(value: Raw) -> str:
    return limited(text(value), PROSE_CHARACTERS)


def bulletin(value: Raw) -> str:
    return limited(text(value), BULLETIN_CHARACTERS)


def person(value: Raw) -> str:
    """A name of Chinese characters has no blanks: 王　九 is padded to the width of 王小九."""
    found = name(value)
    joined = found.replace(" ", "")
    return joined if re.fullmatch(r"[\u3400-\u9fff\U00020000-\U000323af]+", joined) else found


def narrow(value: Raw) -> str:
    """Full-width letters, digits and punctuation become the ordinary ones."""
    return " ".join(unicodedata.normalize("NFKC", text(value)).split())


def phone(value: Raw) -> str:
    return limited(narrow(value), PHONE_CHARACTERS)


def code(value: Raw) -> str:
    found = narrow(value).upper()
    if not re.fullmatch(rf"[\w./-]{{1,{CODE_CHARACTERS}}}", found):
        raise BadCell(NOT_A_CODE, limit=CODE_CHARACTERS)
    return found


def hall_code(value: Raw) -> str:
    found = narrow(value).upper()
    if not re.fullmatch(r"[A-Z0-9]{2,12}", found):
        raise BadCell(NOT_A_HALL_CODE)
    return found


# -- numbers and choices -------------------------------------------------------------------------


def whole_number(low: int, high: int, *units: str) -> Parser[int]:
    """Also when written as text, as 15.0, or with one of the units behind it."""
    unit = "|".join(re.escape(word) for word in units)
    written = re.compile(rf"\+?([0-9]{{1,9}})(?:\.0*)?\s*(?:{unit})?")

    def parse(value: Raw) -> int:
        wrong = BadCell(NOT_WHOLE, low=low, high=high)
        if isinstance(value, bool):
            raise wrong
        if isinstance(value, date | time | timedelta):
            raise BadCell(IS_A_DATE)
        if isinstance(value, int | float):
            if not low <= value <= high or int(value) != value:
                raise wrong
            return int(value)
        match = written.fullmatch(narrow(value))
        if match is None or not low <= int(match[1]) <= high:
            raise wrong
        return int(match[1])

    return parse


YES = frozenset({"是", "√", "✓", "✔", "y", "yes", "true", "1"})
NO = frozenset({"否", "×", "✗", "✘", "n", "no", "false", "0"})


def yes_or_no(value: Raw) -> bool:
    found = narrow(value).casefold()
    if found in YES:
        return True
    if found in NO:
        return False
    raise BadCell(NOT_YES_OR_NO)


def one_of(choices: Mapping[str, T]) -> Parser[T]:
    def parse(value: Raw) -> T:
        found = narrow(value).replace(" ", "")
        if found not in choices:
            raise BadCell(NOT_ONE_OF, choices="、".join(choices))
        return choices[found]

    return parse


SEPARATORS = re.compile(r"[;；,，、\r\n]")


def listed(value: Raw) -> tuple[str, ...]:
    """Several names in one cell, each once."""
    parts = SEPARATORS.split(unescape(value)) if isinstance(value, str) else [value]
    found: dict[str, str] = {}
    for part in parts:
        if one := name(part):
            found.setdefault(same_name(one), one)
    if not found:
        raise BadCell(EMPTY)
    return tuple(found.values())


def group_name(value: Raw) -> str:
    """One name, which `listed` must not take for several."""
    found = name(value)
    if SEPARATORS.search(found):
        raise BadCell(SEVERAL_GROUPS)
    return found


def same_name(found: str) -> str:
    """What two spellings of one name have in common: width, case and blanks do not count."""
    return "".join(unicodedata.normalize("NFKC", found).casefold().split())


# -- time ----------------------------------------------------------------------------------------

CLOCK = r"([0-9]{1,2})[:∶点时]([0-9]{2})分?"
HOURS = re.compile(rf"{CLOCK}(?:[-‐–—―−~〜]{{1,2}}|至|到){CLOCK}")


def hours(value: Raw) -> tuple[str, str]:
    """("08:30", "11:30"), also of 8：30 至 11：30."""
    match = HOURS.fullmatch(narrow(value).replace(" ", ""))
    if match is None:
        raise BadCell(NOT_HOURS)
    try:
        start, end = time(int(match[1]), int(match[2])), time(int(match[3]), int(match[4]))
    except ValueError as error:
        raise BadCell(NOT_HOURS) from error
    if end <= start:
        raise BadCell(ENDS_BEFORE_START)
    return f"{start:%H:%M}", f"{end:%H:%M}"


CHINESE_TIME = frozenset({"北京时间", "中国标准时间"})


def time_zone(value: Raw) -> str:
    found = narrow(value)
    if found in CHINESE_TIME:
        return "Asia/Shanghai"
    known = {zone.casefold(): zone for zone in available_timezones()}
    if found.casefold() not in known:
        raise BadCell(NOT_A_TIME_ZONE)
    return known[found.casefold()]
