"""What is wrong with the office's workbook, told all at once and each with its place."""

from dataclasses import dataclass, field
from typing import Any

from hall.errors import Refused
from hall.marked import _
from hall.names import plain
from hall.wording import Wording

SHOWN_CHARACTERS = 40
"""As much of a wrong value as a line of the report has room for."""


@dataclass(frozen=True)
class WorkbookError:
    """One mistake; `words` and `facts` are for `Wording.say`."""

    words: str
    facts: dict[str, Any]
    sheet: str = ""
    """Empty when the file as a whole is meant."""
    row: int | None = None
    column: str = ""
    """Its letter; empty when the row or the sheet as a whole is meant."""
    header: str = ""
    value: str = ""
    """What stands there, shortened."""

    @property
    def where(self) -> str:
        """事项!C7（业务类别）"""
        cell = f"{self.column}{self.row or ''}"
        place = "!".join(part for part in (self.sheet, cell) if part)
        return f"{place}（{self.header}）" if self.header and place else place

    def sentence(self, wording: Wording) -> str:
        """The whole line: where, what stands there, and what is wrong with it."""
        said = wording.say(self.words, **self.facts)
        place = f"{self.where}: " if self.where else ""
        found = f"“{self.value}”: " if self.value else ""
        return f"{place}{found}{said}"


class WorkbookRefused(Refused):
    """The workbook cannot be used; `errors` has every mistake that was found."""

    code = "workbook_refused"
    words = _("Nothing was changed; mistakes in the workbook: {count}.")

    def __init__(self, errors: list[WorkbookError]) -> None:
        super().__init__(count=len(errors))
        self.errors = errors


class WorkbookNotFound(WorkbookRefused):
    """There is no such file."""

    code = "no_such_file"


@dataclass
class Findings:
    """Collects what reading and checking find."""

    errors: list[WorkbookError] = field(default_factory=list)
    warnings: list[WorkbookError] = field(default_factory=list)
    """What was ignored and perhaps was meant."""


def in_order(found: list[WorkbookError], sheets: list[str]) -> list[WorkbookError]:
    """As one mends them: sheet by sheet, row by row."""

    def place(error: WorkbookError) -> tuple[int, int, int, str]:
        sheet = sheets.index(error.sheet) if error.sheet in sheets else -1
        return sheet, error.row or 0, len(error.column), error.column

    return sorted(found, key=place)


def shown(value: Any) -> str:
    """A value as the report shows it: on one line, short, without anything that steers."""
    text = "" if value is None else " ".join(plain(str(value)).split())
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[: SHOWN_CHARACTERS - 1]}…"
