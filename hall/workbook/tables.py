"""A sheet of the workbook as a table: its header found, its columns known, its cells parsed."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.utils.escape import unescape

from hall.marked import _
from hall.names import plain
from hall.workbook.cells import EMPTY, BadCell, Raw, is_blank, name, prose
from hall.workbook.errors import Findings, WorkbookError, shown
from hall.workbook.file import MOST_ROWS, Cell, SheetCells, WorkbookFile

HEADER_WITHIN = 10
"""A title may stand above the header; so many rows are searched for it."""
OTHER_LANGUAGE = re.compile(r"(.+)\(([a-z]{2,3}(?:-[a-z0-9]{2,8})*)\)")
"""事项名称(bo): the name in Tibetan."""


NO_SHEET = _("The sheet {sheet} is missing.")
NO_COLUMN = _("The column {header} is missing.")
COLUMN_TWICE = _("This column is there twice; column {other} says the same.")
COLUMN_IGNORED = _("This column is not known and is ignored.")
NO_ROWS = _("There is nothing below the header.")
TOO_MANY_ROWS = _("There are more than {limit} rows.")
MERGED = _("{cells} are merged, which hides what belongs to each row: split them, fill in each.")
FORMULA_FAILED = _("The formula here has failed.")
FORMULA_WITHOUT_RESULT = _(
    "The formula here has no result yet. Save the workbook in a spreadsheet program first."
)


@dataclass(frozen=True)
class Column:
    header: str
    parse: Callable[[Raw], Any]
    filled: bool = True
    """An empty cell is a mistake."""
    needed: bool = True
    """The sheet must have this column."""
    default: Any = ""
    """What an empty cell means."""


@dataclass(frozen=True)
class Plan:
    """What a sheet should look like."""

    sheet: str
    columns: tuple[Column, ...]
    translated: tuple[str, ...] = ()
    """Headers that may come again in other languages."""
    translated_prose: frozenset[str] = frozenset()
    """Those of them that are no names."""
    aliases: dict[str, str] = field(default_factory=dict)
    may_be_empty: bool = False
    """It need not have a row."""


@dataclass(frozen=True)
class Found:
    """A column of the plan, found in the sheet."""

    column: Column
    index: int
    header: str
    """As it is written there."""

    @property
    def letter(self) -> str:
        return get_column_letter(self.index + 1)


@dataclass
class Row:
    number: int
    cells: dict[str, Any] = field(default_factory=dict)
    """By header, parsed; a cell with a mistake is not there."""
    raw: dict[str, Raw] = field(default_factory=dict)

    def names(self, header: str) -> dict[str, str]:
        """Language → text, Chinese first, of the columns 事项名称, 事项名称(en)…"""
        return {"zh": self.cells[header]} | self.in_other_languages(header)

    def in_other_languages(self, header: str) -> dict[str, str]:
        found = {}
        for other, text in self.cells.items():
            match = OTHER_LANGUAGE.fullmatch(other)
            if match and match[1] == header and text:
                found[match[2]] = text
        return found

    def translations(self, fields: Mapping[str, str]) -> dict[str, dict[str, str]]:
        """Field → language → text; `fields` has the field of each header."""
        told = {field: self.in_other_languages(header) for header, field in fields.items()}
        return {field: texts for field, texts in told.items() if texts}


@dataclass
class Table:
    plan: Plan
    columns: dict[str, Found] = field(default_factory=dict)
    """By the header of the plan."""
    rows: list[Row] = field(default_factory=list)

    def mistake(self, row: Row | None, header: str, words: str, /, **facts: Any) -> WorkbookError:
        """About one cell, or without a row about the sheet as a whole."""
        found = self.columns.get(header)
        return WorkbookError(
            words,
            facts,
            self.plan.sheet,
            row.number if row else None,
            found.letter if found else "",
            found.header if found else header,
            shown(row.raw.get(header)) if row else "",
        )


def heading(text: Raw) -> str:
    """A header without blanks, line breaks, case and the star of a required field."""
    if is_blank(text):
        return ""
    narrow = unicodedata.normalize("NFKC", plain(unescape(str(text)))).casefold()
    return "".join(narrow.split()).replace("*", "").rstrip(":")


def read_table(file: WorkbookFile, plan: Plan, findings: Findings) -> Table | None:
    """None when there is no such sheet; every mistake goes to the findings."""
    cells = file.sheets.get(plan.sheet)
    if cells is None:
        facts = {"sheet": plan.sheet}
        findings.errors.append(WorkbookError(NO_SHEET, facts, sheet=plan.sheet))
        return None
    table = Table(plan)
    at = find_header(plan, cells)
    header_row, headers = cells.rows[at] if cells.rows else (None, [])
    find_columns(table, header_row, headers, findings)
    hidden = find_merged(table, cells, header_row or 1, findings)
    for number, row_cells in cells.rows[at + 1 :]:
        row = parse_row(table, number, row_cells, hidden, findings)
        if row is not None:
            table.rows.append(row)
    if not table.rows and not plan.may_be_empty:
        findings.errors.append(WorkbookError(NO_ROWS, {}, plan.sheet, header_row))
    if cells.more:
        last = cells.rows[-1][0]
        findings.errors.append(WorkbookError(TOO_MANY_ROWS, {"limit": MOST_ROWS}, plan.sheet, last))
    return table


def column_of(plan: Plan, header: str) -> Column | None:
    """The column of the plan that a header names."""
    header = plan.aliases.get(header, header)
    for column in plan.columns:
        if heading(column.header) == header:
            return column
    match = OTHER_LANGUAGE.fullmatch(header)
    if match and match[1] in plan.translated:
        if match[2] == "zh":
            return column_of(plan, match[1])
        parse = prose if match[1] in plan.translated_prose else name
        return Column(header, parse, filled=False, needed=False)
    return None


def find_header(plan: Plan, cells: SheetCells) -> int:
    """Which of the first rows names the most columns."""

    def known(at: int) -> int:
        headers = cells.rows[at][1]
        return sum(column_of(plan, heading(cell.raw)) is not None for cell in headers)

    return max(range(min(len(cells.rows), HEADER_WITHIN)), key=known, default=0)


def find_columns(
    table: Table, header_row: int | None, headers: list[Cell], findings: Findings
) -> None:
    for index, cell in enumerate(headers):
        if is_blank(cell.raw):
            continue
        column = column_of(table.plan, heading(cell.raw))
        letter, written = get_column_letter(index + 1), shown(cell.raw)
        place = (table.plan.sheet, header_row, letter, written)
        if column is None:
            findings.warnings.append(WorkbookError(COLUMN_IGNORED, {}, *place))
        elif column.header in table.columns:
            other = table.columns[column.header].letter
            findings.errors.append(WorkbookError(COLUMN_TWICE, {"other": other}, *place))
        else:
            table.columns[column.header] = Found(column, index, written)
    for column in table.plan.columns:
        if column.needed and column.header not in table.columns:
            findings.errors.append(
                table.mistake(Row(header_row or 1), column.header, NO_COLUMN, header=column.header)
            )


def find_merged(
    table: Table, cells: SheetCells, header_row: int, findings: Findings
) -> set[tuple[int, int]]:
    """Every merged range that touches the table; returns the cells that such a range hides."""
    hidden: set[tuple[int, int]] = set()
    for merged in cells.merged:
        touched = [
            found
            for found in table.columns.values()
            if merged.min_col <= found.index + 1 <= merged.max_col
        ]
        if merged.max_row < header_row or not touched:
            continue  # a title, or a note beside the table
        first = min(touched, key=lambda found: found.index)
        row = Row(max(merged.min_row, header_row))
        header = first.column.header
        findings.errors.append(table.mistake(row, header, MERGED, cells=str(merged)))
        hidden |= {
            (number, found.index)
            for number, _cells in cells.rows
            if merged.min_row <= number <= merged.max_row
            for found in touched
            if (number, found.index + 1) != (merged.min_row, merged.min_col)
        }
    return hidden


def parse_row(
    table: Table, number: int, cells: list[Cell], hidden: set[tuple[int, int]], findings: Findings
) -> Row | None:
    """None for a row that has nothing in the table's columns."""
    row = Row(number)
    filled = False
    mistakes = []
    for column in table.plan.columns:
        if not column.needed:
            row.cells[column.header] = column.default
    for header, found in table.columns.items():
        cell = cells[found.index] if found.index < len(cells) else Cell()
        row.raw[header] = cell.raw
        blank = is_blank(cell.raw) and not cell.lacks_result
        filled = filled or not blank
        if (number, found.index) in hidden:
            row.cells.pop(header, None)  # told with the merged range
            continue
        try:
            row.cells[header] = parsed(found.column, cell, blank)
        except BadCell as bad:
            row.cells.pop(header, None)
            mistakes.append(table.mistake(row, header, bad.words, **bad.facts))
    if not filled:
        return None
    findings.errors.extend(mistakes)
    return row


def parsed(column: Column, cell: Cell, blank: bool) -> Any:
    if cell.is_error:
        raise BadCell(FORMULA_FAILED)
    if cell.lacks_result:
        raise BadCell(FORMULA_WITHOUT_RESULT)
    if not blank:
        return column.parse(cell.raw)
    if column.filled:
        raise BadCell(EMPTY)
    return column.default
