"""The file behind a workbook: opened when it is one, and its cells row by row."""

import hashlib
import io
import warnings
import zipfile
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.workbook import Workbook as XlsxFile
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from hall.marked import _
from hall.names import plain
from hall.workbook.cells import Raw
from hall.workbook.errors import WorkbookError, WorkbookNotFound, WorkbookRefused, shown

MOST_BYTES = 16 * 2**20
"""Of the file. A hall's catalogue has some ten thousand."""
MOST_UNPACKED_BYTES = 64 * 2**20
"""Of what is in it: a few kilobytes can unpack to more than the machine has."""
MOST_COLUMNS = 200
MOST_ROWS = 20_000
"""Of one sheet, blank ones not counted."""

ROW, MERGED = f"{{{SHEET_MAIN_NS}}}row", f"{{{SHEET_MAIN_NS}}}mergeCell"
OLE_HEAD = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


NO_FILE = _("There is no file {file}.")
UNREADABLE = _("{file} cannot be read: {detail}")
PROTECTED = _("{file} is protected by a password. Save it without one.")
OLD_KIND = _("{file} is a workbook of the old kind (XLS). Save it as XLSX.")
NOT_A_WORKBOOK = _("{file} is not an XLSX workbook, or it is damaged.")
TOO_LARGE = _("{file} is too large for a hall's workbook.")


@dataclass(frozen=True)
class Cell:
    raw: Raw = None
    is_error: bool = False
    """A formula that failed: `raw` is #REF!, #N/A…"""
    lacks_result: bool = False
    """A formula that no spreadsheet program has worked out yet."""

    @property
    def is_empty(self) -> bool:
        return self.raw is None and not self.lacks_result


@dataclass(frozen=True)
class SheetCells:
    """The rows that have something in them, by number, their cells from column A on."""

    rows: list[tuple[int, list[Cell]]]
    merged: list[CellRange]
    more: bool = False
    """There are rows past the most that are read."""


@dataclass(frozen=True)
class WorkbookFile:
    sha256: str
    sheets: dict[str, SheetCells]
    """By title, blanks left out."""


def cells_of_file(content: bytes, wanted: Collection[str]) -> WorkbookFile:
    """Raises almost anything when the content is damaged."""

    def opened(**how: bool) -> XlsxFile:
        return load_workbook(io.BytesIO(content), read_only=True, keep_links=False, **how)

    # Either way of reading leaves something out: results hide the formulas, formulas the results.
    with closing(opened(data_only=True)) as results, closing(opened(data_only=False)) as formulas:
        found = {}
        for sheet in results.worksheets:
            title = "".join(sheet.title.split())
            if title in wanted and title not in found:
                rows = list(islice(filled_rows(results, formulas, sheet.title), MOST_ROWS + 1))
                more = len(rows) > MOST_ROWS
                found[title] = SheetCells(rows[:MOST_ROWS], merged_ranges(sheet), more)
    return WorkbookFile(hashlib.sha256(content).hexdigest(), found)


def merged_ranges(sheet: Any) -> list[CellRange]:
    """From the top down.

    openpyxl itself reads them only together with every picture and chart of the workbook, many of
    which it cannot read; what it opens row by row it gives no public way to look into.
    """
    found = []
    with sheet._get_source() as source:
        for _event, element in iterparse(source):
            if element.tag == MERGED:
                found.append(CellRange(element.get("ref")))
            elif element.tag == ROW:
                element.clear()
    return sorted(found, key=lambda merged: (merged.min_row, merged.min_col))


def filled_rows(
    results: XlsxFile, formulas: XlsxFile, title: str
) -> Iterator[tuple[int, list[Cell]]]:
    streams: list[Any] = [results[title], formulas[title]]
    for stream in streams:
        stream.reset_dimensions()  # some programs write a size that is not the sheet's
    # For a row that is not in the file openpyxl makes up an empty one: the count is right.
    pairs = zip(*(stream.iter_rows() for stream in streams), strict=True)
    for number, (found, written) in enumerate(pairs, start=1):
        cells = zip(found[:MOST_COLUMNS], written[:MOST_COLUMNS], strict=True)
        row = [cell_of(result, formula) for result, formula in cells]
        if not all(cell.is_empty for cell in row):
            yield number, row


def cell_of(result: Any, formula: Any) -> Cell:
    raw = result.value
    if result.data_type == "e" or (isinstance(raw, str) and raw in ERROR_CODES):
        return Cell(raw, is_error=True)
    # A formula whose result is an empty text has no value either, but the type of a text.
    if raw is None and formula.data_type == "f" and result.data_type != "str":
        return Cell(lacks_result=True)
    return Cell(raw)


def read_file(path: Path, wanted: Collection[str]) -> WorkbookFile:
    """The sheets of these titles, as far as they are there, kept in memory.

    The office may save the file again meanwhile: it is read once. Raises WorkbookNotFound and
    WorkbookRefused.
    """
    file = {"file": shown(path.name)}
    if not path.is_file():
        raise WorkbookNotFound([WorkbookError(NO_FILE, {"file": plain(str(path))})])
    try:
        with path.open("rb") as source:
            content = source.read(MOST_BYTES + 1)
    except OSError as error:
        detail = error.strerror or str(error)
        raise WorkbookRefused([WorkbookError(UNREADABLE, file | {"detail": detail})]) from error
    if len(content) > MOST_BYTES:
        raise WorkbookRefused([WorkbookError(TOO_LARGE, file)])
    if content.startswith(OLE_HEAD):
        kind = PROTECTED if ENCRYPTED in content else OLD_KIND
        raise WorkbookRefused([WorkbookError(kind, file)])
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked > MOST_UNPACKED_BYTES:
            raise WorkbookRefused([WorkbookError(TOO_LARGE, file)])
        with warnings.catch_warnings(action="ignore"):  # of looks it does not know, not of values
            return cells_of_file(content, wanted)
    except WorkbookRefused:
        raise
    except Exception as error:  # from a damaged file openpyxl raises almost anything
        raise WorkbookRefused([WorkbookError(NOT_A_WORKBOOK, file)]) from error
