"""The office's workbook as a test wants it: a small good one, with what the test changes."""

from pathlib import Path
from typing import Any

from openpyxl import Workbook as Xlsx

from hall.workbook.errors import WorkbookError, WorkbookRefused
from hall.workbook.reading import Workbook, read_workbook

Rows = list[list[Any]]

GUIDE = ["《条例》第一条", "任何人", "申请→办结", "3个工作日", "当场", 12, "是", "提取科"]
GUIDE_END = ["首席代表签批", "不收费", "0883-1", "可投诉，或申请行政复议"]


def good_sheets() -> dict[str, Rows]:
    """Groups 提取 (A) and 贷款 (B); counters 1 (提取), 2 (贷款), 3 (both)."""
    return {
        "大厅": [
            ["项目", "内容"],
            ["大厅名称", "临沧市服务大厅"],
            ["英文名称", "Lincang Hall"],
            ["地址", "临翔区"],
            ["时区", "Asia/Shanghai"],
            ["上午办公", "08:30-11:30"],
            ["下午办公", "14:30-17:30"],
            ["停止取号提前分钟", "15"],
            ["过号保留叫号次数", "3"],
            ["监督电话", "0883-2120000"],
            ["公告", "请保持安静，谢谢。"],
        ],
        "事项": [
            [
                *("事项编码", "事项名称", "英文名称", "业务类别", "办件类型"),
                *("办理依据", "申请条件", "办理流程", "法定时限", "承诺时限"),
                *("预计办理分钟", "可预约", "责任科室"),
                *("审批环节", "收费标准", "咨询电话", "补救途径"),
            ],
            ["T201", "购房提取", "Home purchase", "提取", "承诺件", *GUIDE, *GUIDE_END],
            ["T203", "退休提取", "Retirement", "提取", "即办件", *GUIDE, *GUIDE_END],
            ["D301", "住房贷款", "Housing loan", "贷款", "承诺件", *GUIDE, *GUIDE_END],
        ],
        "材料": [
            [
                "事项编码",
                "序号",
                "材料名称",
                "形式要求",
                "份数",
                "填报须知",
                "来源渠道",
                "是否必备",
            ],
            ["T201", 1, "身份证", "原件", "1", "核验后退还", "自备", "是"],
            ["T201", 2, "购房合同", "原件", "1", None, "房产部门", "是"],
            ["D301", 1, "身份证", "原件", "2", None, "自备", "否"],
        ],
        "窗口": [
            [
                "窗口号",
                "窗口名称",
                "英文名称",
                "受理类别",
                "主办工号(A角)",
                "协办工号(B角)",
                "标识",
            ],
            [1, "个人提取", "Withdrawals", "提取", "1001", "1002", "示范岗"],
            [2, "住房贷款", "Loans", "贷款", "1002", "1001", None],
            [3, "综合窗口", "All", "提取;贷款", "1003", "1001", None],
        ],
        "人员": [
            ["工号", "姓名", "科室", "职务", "角色", "监督电话", "党员"],
            ["1001", "赵一", "提取科", "科员", "窗口人员", "0883-1", "是"],
            ["1002", "钱二", "贷款科", "科长", "窗口负责人", "0883-2", "否"],
            ["1003", "孙三", "办公室", "主任", "带班领导", "0883-3", None],
        ],
    }


class Office:
    """`office["事项"][2][10] = 0` changes a cell; then `read`, or `refusals`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sheets = good_sheets()
        self.merged: list[tuple[str, str]] = []
        self.saved = 0

    def __getitem__(self, sheet: str) -> Rows:
        return self.sheets[sheet]

    def put(self, sheet: str, header: str, row: int, value: Any) -> None:
        """In the row with this number, as a spreadsheet counts."""
        rows = self.sheets[sheet]
        rows[row - 1][rows[0].index(header)] = value

    def item(self, name: str, value: Any) -> None:
        """An item of the sheet 大厅; None as a value takes it out."""
        rows = self.sheets["大厅"]
        kept = [row for row in rows if row[0] != name]
        self.sheets["大厅"] = kept if value is None else [*kept, [name, value]]

    def column(self, sheet: str, header: str, *values: Any) -> None:
        """Another column at the right end."""
        for row, value in zip(self.sheets[sheet], (header, *values), strict=True):
            row.append(value)

    def without(self, sheet: str, header: str) -> None:
        index = self.sheets[sheet][0].index(header)
        for row in self.sheets[sheet]:
            del row[index]

    def save(self) -> Path:
        book = Xlsx()
        assert book.active is not None
        book.remove(book.active)
        for title, rows in self.sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        for title, cells in self.merged:
            book[title].merge_cells(cells)
        self.saved += 1
        path = self.folder / f"hall-{self.saved}.xlsx"
        book.save(path)
        return path

    def read(self) -> Workbook:
        return read_workbook(self.save())

    def refusals(self) -> list[WorkbookError]:
        """What reading refuses; nothing when it does not."""
        try:
            self.read()
        except WorkbookRefused as refused:
            return refused.errors
        return []
