"""A file that is no usable workbook is refused with the reason, whatever it is."""

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook as Xlsx
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.chart import BarChart, Reference

from hall.workbook import file, tables
from hall.workbook.errors import WorkbookNotFound, WorkbookRefused
from hall.workbook.reading import read_workbook
from tests.catalogue.office import Office

OLE = file.OLE_HEAD + bytes(600)


def words_of(path: Path) -> str:
    with pytest.raises(WorkbookRefused) as refused:
        read_workbook(path)
    (error,) = refused.value.errors
    return error.words


def test_a_file_that_is_not_there_is_told_apart(tmp_path: Path) -> None:
    for path in (tmp_path / "none.xlsx", tmp_path):
        with pytest.raises(WorkbookNotFound):
            read_workbook(path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", file.NOT_A_WORKBOOK),
        ("事项编码,事项名称\n".encode("gb18030"), file.NOT_A_WORKBOOK),
        (b"PK\x03\x04 broken", file.NOT_A_WORKBOOK),
        (OLE, file.OLD_KIND),
        (OLE + "EncryptedPackage".encode("utf-16-le"), file.PROTECTED),
        (bytes(file.MOST_BYTES + 1), file.TOO_LARGE),
    ],
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "hall.xlsx"
    path.write_bytes(content)

    assert words_of(path) == words


def repacked(path: Path, change: dict[str, bytes]) -> Path:
    """The same archive with other parts in it."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()} | change
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return path


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused_unread(office: Office) -> None:
    path = repacked(office.save(), {"xl/bomb.bin": bytes(file.MOST_UNPACKED_BYTES)})

    assert path.stat().st_size < file.MOST_BYTES
    assert words_of(path) == file.TOO_LARGE


def test_an_archive_of_another_kind_and_a_damaged_sheet_are_refused(office: Office) -> None:
    path = repacked(office.save(), {"xl/worksheets/sheet2.xml": b"<worksheet><sheetData><row"})
    assert words_of(path) == file.NOT_A_WORKBOOK

    other = office.folder / "other.xlsx"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("content.xml", "<office/>")
    assert words_of(other) == file.NOT_A_WORKBOOK


def test_a_sheet_that_states_a_wrong_size_is_read_whole(office: Office) -> None:
    path = office.save()
    name = "xl/worksheets/sheet5.xml"
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read(name)
    assert b'ref="A1:G4"' in sheet
    repacked(path, {name: sheet.replace(b'ref="A1:G4"', b'ref="A1"')})

    assert len(read_workbook(path).people) == 3


def test_a_stray_blank_at_the_very_end_of_a_sheet_costs_nothing(office: Office) -> None:
    path = office.save()
    book = load_workbook(path)
    book["人员"]["XFD1048576"] = " "
    book.save(path)

    assert len(read_workbook(path).people) == 3


def test_a_formula_with_an_empty_result_is_an_empty_cell(office: Office) -> None:
    office.put("人员", "职务", 2, "MARK")
    path = office.save()
    name = "xl/worksheets/sheet5.xml"
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read(name).decode()
    plain = '<c r="D2" t="inlineStr"><is><t>MARK</t></is></c>'
    assert plain in sheet
    for kind, result, found in [("str", "", ""), ("str", "科员", "科员")]:
        formula = f'<c r="D2" t="{kind}"><f>IF(TRUE,"","")</f><v>{result}</v></c>'
        repacked(path, {name: sheet.replace(plain, formula).encode()})
        assert read_workbook(path).people[0].title == found


def test_a_failed_formula_pasted_as_text_is_still_one(office: Office) -> None:
    path = office.save()
    book = load_workbook(path)
    cell = book["人员"]["D2"]
    assert isinstance(cell, Cell)
    cell.value, cell.data_type = "#N/A", "s"
    book.save(path)

    assert words_of(path) == tables.FORMULA_FAILED


def test_texts_kept_in_the_shared_table_are_read(office: Office) -> None:
    """As Excel and WPS write them; openpyxl writes each text into its cell."""
    path = office.save()
    name, types, links = (
        "xl/worksheets/sheet5.xml",
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels",
    )
    with zipfile.ZipFile(path) as archive:
        parts = {part: archive.read(part).decode() for part in (name, types, links)}
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    parts[types] = parts[types].replace(
        "</Types>", f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    )
    parts[links] = parts[links].replace(
        "</Relationships>",
        f'<Relationship Id="rId99" Type="{link}" Target="sharedStrings.xml"/></Relationships>',
    )
    parts[name] = parts[name].replace('t="inlineStr"><is><t>赵一</t></is>', 't="s"><v>0</v>')
    parts["xl/sharedStrings.xml"] = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="1">'
        "<si><r><t>赵</t></r><r><rPr><b/></rPr><t>大一</t></r></si></sst>"
    )
    repacked(path, {part: text.encode() for part, text in parts.items()})

    assert [person.name for person in read_workbook(path).people] == ["赵大一", "钱二", "孙三"]


def test_other_sheets_and_charts_do_not_disturb(office: Office) -> None:
    path = office.save()
    book = load_workbook(path)
    chart = BarChart()
    chart.add_data(Reference(book["材料"], min_col=2, min_row=1, max_row=4))
    book.create_chartsheet("图表", 0).add_chart(chart)
    book.create_sheet("说明", 0)["A1"] = "填写说明"
    book.save(path)

    assert len(read_workbook(path).services) == 3


def test_the_hash_is_of_the_file(office: Office) -> None:
    path = office.save()
    first = read_workbook(path).sha256
    assert read_workbook(path).sha256 == first

    content = io.BytesIO()
    Xlsx().save(content)
    office.put("人员", "职务", 2, "主任")
    assert read_workbook(office.save()).sha256 != first
