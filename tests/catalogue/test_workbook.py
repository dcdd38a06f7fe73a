"""The workbook is read whole, or every mistake in it is told with its place."""

from typing import Any

import pytest

from db.tables import Role
from hall.wording import Wording
from hall.workbook import cells, hall_sheet, rules, tables
from tests.catalogue.office import Office


def test_a_good_workbook_is_read_whole(office: Office) -> None:
    book = office.read()

    assert book.hall.names == {"zh": "临沧市服务大厅", "en": "Lincang Hall"}
    assert book.hall.sessions == (("08:30", "11:30"), ("14:30", "17:30"))
    assert book.hall.numbers == {"stop_issuing_minutes": 15, "calls_before_no_show": 3}
    assert book.hall.bulletins == ("请保持安静，谢谢。",)
    assert [group.code for group in book.groups] == ["提取", "贷款"]
    assert [service.code for service in book.services] == ["T201", "T203", "D301"]
    assert book.services[0].minutes == 12
    assert book.services[0].bookable is True
    assert book.materials[2].copies == 2
    assert book.materials[2].required is False
    assert book.counters[2].groups == ("提取", "贷款")
    assert (book.counters[0].primary, book.counters[0].standby) == ("1001", "1002")
    assert [person.role for person in book.people] == [Role.CLERK, Role.LEAD, Role.DUTY_MANAGER]
    assert [person.party_member for person in book.people] == [True, False, False]
    assert book.warnings == ()


ONE_BROKEN_CELL = [
    ("事项", "事项编码", 3, "T201", "A3", rules.TWICE),
    ("事项", "事项编码", 3, None, "A3", cells.EMPTY),
    ("事项", "事项编码", 3, "T 2?1", "A3", cells.NOT_A_CODE),
    ("事项", "事项编码", 3, 11530900123456789, "A3", cells.LOST_DIGITS),
    ("事项", "事项名称", 2, "  \u3000", "B2", cells.EMPTY),
    ("事项", "事项名称", 2, "长" * 201, "B2", cells.TOO_LONG),
    ("事项", "业务类别", 3, "转移", "D3", rules.NOBODY_SERVES),
    ("事项", "业务类别", 2, "提取、贷款", "D2", cells.SEVERAL_GROUPS),
    ("事项", "办件类型", 2, "快办件", "E2", cells.NOT_ONE_OF),
    ("事项", "办理依据", 2, None, "F2", cells.EMPTY),
    ("事项", "申请条件", 2, "字" * 2001, "G2", cells.TOO_LONG),
    ("事项", "预计办理分钟", 2, 0, "K2", cells.NOT_WHOLE),
    ("事项", "预计办理分钟", 2, -5, "K2", cells.NOT_WHOLE),
    ("事项", "预计办理分钟", 2, 7.5, "K2", cells.NOT_WHOLE),
    ("事项", "预计办理分钟", 2, "一刻钟", "K2", cells.NOT_WHOLE),
    ("事项", "预计办理分钟", 2, True, "K2", cells.NOT_WHOLE),
    ("事项", "可预约", 2, "或许", "L2", cells.NOT_YES_OR_NO),
    ("材料", "事项编码", 2, "X999", "A2", rules.UNKNOWN_SERVICE),
    ("材料", "序号", 3, 1, "B3", rules.TWICE),
    ("材料", "序号", 2, 0, "B2", cells.NOT_WHOLE),
    ("材料", "份数", 2, "若干", "E2", cells.NOT_WHOLE),
    ("材料", "是否必备", 2, None, "H2", cells.EMPTY),
    ("窗口", "窗口号", 3, 1, "A3", rules.TWICE),
    ("窗口", "窗口号", 2, "左边", "A2", cells.NOT_WHOLE),
    ("窗口", "受理类别", 4, "提取;转移", "D4", rules.UNKNOWN_GROUP),
    ("窗口", "受理类别", 4, ";；", "D4", cells.EMPTY),
    ("窗口", "主办工号(A角)", 2, "9999", "E2", rules.UNKNOWN_CLERK),
    ("窗口", "协办工号(B角)", 2, "1001", "F2", rules.SAME_PERSON),
    ("人员", "角色", 2, "保安", "E2", cells.NOT_ONE_OF),
    ("人员", "姓名", 2, None, "B2", cells.EMPTY),
]


@pytest.mark.parametrize(("sheet", "header", "row", "value", "place", "words"), ONE_BROKEN_CELL)
def test_a_broken_cell_is_the_one_mistake_told(
    office: Office, sheet: str, header: str, row: int, value: Any, place: str, words: str
) -> None:
    office.put(sheet, header, row, value)

    (error,) = office.refusals()

    assert error.where == f"{sheet}!{place}（{header}）"
    assert error.words == words


BROKEN_ITEM = [
    ("大厅名称", None, "大厅（大厅名称）", hall_sheet.NO_ITEM),
    ("大厅名称", " ", "大厅!B11（内容）", cells.EMPTY),
    ("时区", "Asia/Lincang", "大厅!B11（内容）", cells.NOT_A_TIME_ZONE),
    ("上午办公", "八点半到十一点半", "大厅!B11（内容）", cells.NOT_HOURS),
    ("上午办公", "08:30-25:00", "大厅!B11（内容）", cells.NOT_HOURS),
    ("上午办公", "11:30-08:30", "大厅!B11（内容）", cells.ENDS_BEFORE_START),
    ("下午办公", "11:00-17:30", "大厅!B11（内容）", hall_sheet.HOURS_OVERLAP),
    ("停止取号提前分钟", 241, "大厅!B11（内容）", cells.NOT_WHOLE),
    ("过号保留叫号次数", "0", "大厅!B11（内容）", cells.NOT_WHOLE),
    ("大厅代码", "临沧", "大厅!B12（内容）", cells.NOT_A_HALL_CODE),
    ("公告", "静" * 501, "大厅!B11（内容）", cells.TOO_LONG),
]


@pytest.mark.parametrize(("item", "value", "where", "words"), BROKEN_ITEM)
def test_a_broken_item_of_the_hall_is_the_one_mistake_told(
    office: Office, item: str, value: Any, where: str, words: str
) -> None:
    office.item(item, value)

    (error,) = office.refusals()

    assert (error.where, error.words) == (where, words)


def test_a_hall_without_hours_is_refused_and_one_session_is_enough(office: Office) -> None:
    office.item("上午办公", None)
    assert office.read().hall.sessions == (("14:30", "17:30"),)

    office.item("下午办公", None)
    assert [error.words for error in office.refusals()] == [hall_sheet.NO_HOURS]


def test_an_item_that_stands_twice_is_told(office: Office) -> None:
    office["大厅"].append(["大厅名称", "另一个大厅"])

    (error,) = office.refusals()

    assert (error.where, error.words) == ("大厅!A12（项目）", rules.TWICE)
    assert error.facts == {"row": 2}


def test_a_missing_sheet_is_told_once_and_not_again_for_what_names_its_rows(
    office: Office,
) -> None:
    del office.sheets["人员"]

    (error,) = office.refusals()

    assert (error.sheet, error.row, error.words) == ("人员", None, tables.NO_SHEET)


@pytest.mark.parametrize(
    ("sheet", "header"), [("人员", "工号"), ("事项", "业务类别"), ("窗口", "受理类别")]
)
def test_a_missing_column_is_told_once(office: Office, sheet: str, header: str) -> None:
    office.without(sheet, header)

    (error,) = office.refusals()

    assert (error.sheet, error.row, error.column) == (sheet, 1, "")
    assert (error.header, error.words) == (header, tables.NO_COLUMN)


def test_a_column_that_stands_twice_is_told(office: Office) -> None:
    office.column("人员", "姓名", "甲", "乙", "丙")

    (error,) = office.refusals()

    assert (error.where, error.words) == ("人员!H1（姓名）", tables.COLUMN_TWICE)


def test_an_unknown_column_or_item_is_ignored_with_a_warning(office: Office) -> None:
    office.column("人员", "备注", "x", None, "#REF!")
    office.item("停车场", "东侧")

    book = office.read()

    assert [warning.where for warning in book.warnings] == [
        "大厅!A12（项目）",
        "人员!H1（备注）",
    ]


def test_a_sheet_without_rows_is_told(office: Office) -> None:
    del office["人员"][1:]

    words = {error.words for error in office.refusals()}

    assert words == {tables.NO_ROWS, rules.UNKNOWN_CLERK}


def test_an_empty_sheet_is_told_column_by_column(office: Office) -> None:
    office["材料"].clear()

    errors = office.refusals()

    assert {error.words for error in errors} == {tables.NO_COLUMN}
    assert [error.header for error in errors][:2] == ["事项编码", "序号"]


def test_merged_cells_are_told_with_their_range_and_what_they_hide_is_not_told_again(
    office: Office,
) -> None:
    office.merged.append(("材料", "A2:A3"))

    (error,) = office.refusals()

    assert (error.where, error.words) == ("材料!A2（事项编码）", tables.MERGED)
    assert error.facts == {"cells": "A2:A3"}


def test_a_merged_title_above_the_header_and_a_note_beside_the_table_hide_nothing(
    office: Office,
) -> None:
    office["人员"].insert(0, ["临沧市服务大厅人员一览表"])
    office.merged += [("人员", "A1:G1"), ("人员", "J2:K4")]

    assert [person.staff_number for person in office.read().people] == ["1001", "1002", "1003"]


def test_a_formula_that_failed_or_has_no_result_is_told(office: Office) -> None:
    office.put("事项", "责任科室", 2, "#REF!")
    office.put("事项", "预计办理分钟", 3, "=5+7")
    office["人员"].append(["=A2+1", *["=1"] * 6])

    errors = office.refusals()

    assert [(error.where, error.words) for error in errors[:2]] == [
        ("事项!M2（责任科室）", tables.FORMULA_FAILED),
        ("事项!K3（预计办理分钟）", tables.FORMULA_WITHOUT_RESULT),
    ]
    assert {error.row for error in errors[2:]} == {5}
    assert len(errors) == 2 + 7


def test_a_group_nobody_serves_is_told_once_however_many_services_it_has(office: Office) -> None:
    office.put("窗口", "受理类别", 2, "贷款")
    office.put("窗口", "受理类别", 4, "贷款")

    (error,) = office.refusals()

    assert (error.where, error.facts) == ("事项!D2（业务类别）", {"group": "提取"})


def test_a_group_must_have_one_name_in_each_language(office: Office) -> None:
    office.column("事项", "业务类别(en)", "Withdrawals", "Withdraw", "Loans")

    (error,) = office.refusals()

    assert (error.where, error.words) == ("事项!R3（业务类别(en)）", rules.OTHER_NAME)


def test_everything_broken_at_once_is_told_at_once_and_in_order(office: Office) -> None:
    office.item("时区", "Mars/Olympus")
    office.item("大厅名称", None)
    office.put("事项", "预计办理分钟", 2, 0)
    office.put("事项", "办件类型", 2, "快办件")
    office.put("事项", "事项编码", 3, "T201")
    office.put("材料", "事项编码", 2, "X999")
    office.put("材料", "是否必备", 4, "大概")
    office.merged.append(("材料", "F2:F3"))
    office.put("窗口", "受理类别", 2, "提取;转移")
    office.put("窗口", "协办工号(B角)", 3, "1002")
    office.put("窗口", "主办工号(A角)", 4, "7777")
    office.put("人员", "角色", 3, "保安")
    office.without("人员", "科室")

    errors = office.refusals()

    assert [(error.sheet, error.row, error.column) for error in errors] == [
        ("大厅", None, ""),
        ("大厅", 10, "B"),
        ("事项", 2, "E"),
        ("事项", 2, "K"),
        ("事项", 3, "A"),
        ("材料", 2, "A"),
        ("材料", 2, "F"),
        ("材料", 4, "H"),
        ("窗口", 2, "D"),
        ("窗口", 3, "F"),
        ("窗口", 4, "E"),
        ("人员", 1, ""),
        ("人员", 3, "D"),
    ]
    assert [error.value for error in errors[2:5]] == ["快办件", "0", "T201"]


def test_every_mistake_can_be_said_and_steers_no_terminal(office: Office) -> None:
    office.put("事项", "办件类型", 2, "{快}[red]" + "件" * 60)
    office.put("窗口", "受理类别", 2, "提取;{转移}")

    for error in office.refusals():
        said = error.sentence(Wording("en"))
        assert said.startswith(error.where)
        assert "\n" not in said
        assert len(error.value) <= 40
