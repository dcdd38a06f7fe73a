"""The workbook an office fills in: the columns that are read, with an example in each sheet.

`assets/service-catalogue-template.xlsx` is made by `python -m hall.workbook.template FILE.xlsx`.
"""

import sys
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from hall.workbook import plans
from hall.workbook.tables import Plan

ENGLISH = "英文名称"
HEADERS = {
    plans.HALL.sheet: ("项目", "内容"),
    plans.SERVICES.sheet: (
        *("事项编码", "事项名称", ENGLISH, "业务类别", "办件类型", "办理依据", "申请条件"),
        *(
            "办理流程",
            "法定时限",
            "承诺时限",
            "预计办理分钟",
            "每场限号",
            "实名",
            "可预约",
            "责任科室",
        ),
        *("审批环节", "收费标准", "咨询电话", "补救途径", "业务类别(en)", "申请条件(en)"),
    ),
    plans.MATERIALS.sheet: (
        *("事项编码", "序号", "材料名称", ENGLISH, "形式要求", "份数", "填报须知", "来源渠道"),
        "是否必备",
    ),
    plans.COUNTERS.sheet: (
        *("窗口号", "窗口名称", ENGLISH, "受理类别", "主办工号(A角)", "协办工号(B角)", "标识"),
    ),
    plans.PEOPLE.sheet: ("工号", "姓名", "科室", "职务", "角色", "监督电话", "党员"),
}
EXAMPLES: dict[str, list[tuple[str | int, ...]]] = {
    plans.HALL.sheet: [
        ("大厅名称", "某某市政务服务大厅"),
        (ENGLISH, "Government Service Hall"),
        ("大厅代码", "HALL"),
        ("地址", "某某市某某路1号"),
        ("时区", "Asia/Shanghai"),
        ("上午办公", "08:30-11:30"),
        ("下午办公", "14:30-17:30"),
        ("停止取号提前分钟", 15),
        ("过号保留叫号次数", 3),
        ("监督电话", "0000-0000000"),
        ("实名取号", "否"),
        ("优先类别", "老年人、残疾人、孕妇、带婴儿者、军人、急事"),
        ("休息日", "2020-12-03 停电检修"),
        ("加班日", "2020-12-05"),
        ("公告", "请凭一次性告知单补齐材料后返回办理，扫码免排队。"),
    ],
    plans.SERVICES.sheet: [
        (
            *("A101", "示例事项（请改写）", "Example service", "综合", "即办件"),
            *("《示例条例》第一条", "符合条件的申请人", "申请→审核→办结", "3个工作日", "当场"),
            *(10, 40, "否", "是", "综合科", "窗口首席代表签批", "不收费", "0000-0000001"),
            "可向监督电话投诉，或依法申请行政复议、提起行政诉讼",
            *("All matters", "Whoever meets the conditions"),
        ),
    ],
    plans.MATERIALS.sheet: [
        ("A101", 1, "居民身份证", "Identity card", "原件", 1, "核验后退还", "申请人自备", "是"),
    ],
    plans.COUNTERS.sheet: [(1, "综合窗口", "All matters", "综合", "1001", "1002", "党员示范岗")],
    plans.PEOPLE.sheet: [
        ("1001", "张某", "综合科", "科员", "窗口人员", "0000-0000002", "是"),
        ("1002", "李某", "综合科", "科员", "窗口人员", "0000-0000003", "否"),
    ],
}
CHOICES = {
    "办件类型": plans.KINDS,
    "角色": tuple(plans.ROLES),
    "可预约": ("是", "否"),
    "是否必备": ("是", "否"),
    "党员": ("是", "否"),
}
ROWS_WITH_CHOICES = 2000
REQUIRED = PatternFill("solid", fgColor="FFF2CC")
"""Behind the headers of columns in which no cell may stay empty."""


def template() -> Workbook:
    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    for plan in plans.PLANS:
        fill(book.create_sheet(plan.sheet), plan)
    return book


def fill(sheet: Worksheet, plan: Plan) -> None:
    headers = HEADERS[plan.sheet]
    required = {column.header for column in plan.columns if column.filled}
    sheet.append(headers)
    for row in EXAMPLES[plan.sheet]:
        sheet.append(row)
    for index, header in enumerate(headers, start=1):
        letter = get_column_letter(index)
        top = sheet.cell(1, index)
        top.font = Font(bold=True)
        if header in required:
            top.fill = REQUIRED
        longest = max(len(str(row[index - 1])) for row in (headers, *EXAMPLES[plan.sheet]))
        sheet.column_dimensions[letter].width = min(40, 2 * longest + 4)
        if header in CHOICES:
            listed = DataValidation("list", formula1=f'"{",".join(CHOICES[header])}"')
            listed.add(f"{letter}2:{letter}{ROWS_WITH_CHOICES}")
            sheet.add_data_validation(listed)
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(cell.value, str):
                cell.number_format = "@"  # or 1001 and 08:30 become numbers when typed over
    sheet.freeze_panes = "A2"


if __name__ == "__main__":
    template().save(Path(sys.argv[1]))
