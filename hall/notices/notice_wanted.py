"""What somebody types to find a notice again, read as what it means."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from hall.names import plain, tidy_code
from hall.tickets.tickets import parse_number

DAY = re.compile(r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?")
SERIAL = re.compile(r"(?:(\d{4})-)?(\d{1,12})")


@dataclass(frozen=True)
class Wanted:
    """What is looked for; each part that is given narrows it down."""

    serial: str = ""
    """Whole, or its last digits."""
    ticket: str = ""
    """The number of a ticket of `day`, or of today."""
    day: date | None = None
    service: str = ""
    """Its code, or a part of its name."""


def day_of(text: str, today: date) -> date | None:
    """2026-11-23; of 11-23, the last one up to today. None: no day."""
    match = DAY.fullmatch(text)
    if match is None:
        return None
    year, month, day = match.groups()
    try:
        if year is not None:
            return date(int(year), int(month), int(day))
        found = date(today.year, int(month), int(day))
        return found if found <= today else date(today.year - 1, int(month), int(day))
    except ValueError:
        return None


def understood(words: str, today: date, code: str, services: set[str]) -> list[Wanted]:
    """What somebody typed in one line: every way it can be meant.

    T201 is a ticket of today where tickets have that letter, and a matter where one has that code.
    `code`: the hall's, before its serials; `services`: codes and names.
    """
    meant = [Wanted()]
    for word in plain(words).split():
        tidy = tidy_code(word)
        ways: list[dict[str, Any]] = []
        if (day := day_of(tidy, today)) is not None:
            ways.append({"day": day})
        elif SERIAL.fullmatch(tidy.removeprefix(f"{code}-".upper())):
            ways.append({"serial": tidy})
        else:
            if parse_number(tidy) is not None:
                ways.append({"ticket": tidy})
            if not ways or any(word.casefold() in name.casefold() for name in services):
                ways.append({"service": word})
        meant = [Wanted(**(vars(one) | way)) for one in meant for way in ways]
    return meant


def endings(digits: str, last: int, limit: int) -> Iterator[int]:
    """The highest numbers up to `last` that end so, as serials are written: with six figures."""
    step = 10 ** len(digits)
    ending = int(digits)
    number = ending + max(0, last - ending) // step * step
    for _ in range(limit):
        if not 0 < number <= last:
            return
        yield number
        number -= step
