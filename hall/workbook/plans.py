"""What the sheets of the office's workbook are called, which columns they have, what goes there."""

from db.tables import Role
from hall.workbook import cells
from hall.workbook.tables import Column, Plan, heading

KINDS = ("即办件", "承诺件", "联办件", "上报件", "补办件", "退回件")

SERVICE_TEXTS = {
    "申请条件": "conditions",
    "法定时限": "statutory_limit",
    "承诺时限": "promised_limit",
    "收费标准": "fee",
}
"""What a citizen reads of a matter before taking a number: header → field."""
MATERIAL_TEXTS = {"形式要求": "form", "填报须知": "how_to_fill", "来源渠道": "source"}

ROLES = {
    "咨询员": Role.DESK,
    "窗口人员": Role.CLERK,
    "窗口负责人": Role.LEAD,
    "带班领导": Role.DUTY_MANAGER,
    "督查员": Role.SUPERVISION,
    "管理员": Role.ADMINISTRATOR,
}


def required(header: str, parse: cells.Parser[object]) -> Column:
    return Column(header, parse)


def may_be_empty(header: str, parse: cells.Parser[object], default: object = "") -> Column:
    return Column(header, parse, filled=False, default=default)


def may_be_absent(header: str, parse: cells.Parser[object], default: object = "") -> Column:
    return Column(header, parse, filled=False, needed=False, default=default)


HALL = Plan(
    "大厅",
    (
        required("项目", heading),
        # Which items may stay empty is a matter of the item.
        may_be_empty("内容", lambda raw: raw, default=None),
    ),
)

SERVICES = Plan(
    "事项",
    (
        required("事项编码", cells.code),
        required("事项名称", cells.name),
        required("业务类别", cells.group_name),
        required("办件类型", cells.one_of({kind: kind for kind in KINDS})),
        # What a one-time notice has to tell cannot be left out here.
        required("办理依据", cells.prose),
        may_be_empty("申请条件", cells.prose),
        required("办理流程", cells.prose),
        may_be_empty("法定时限", cells.prose),
        required("承诺时限", cells.prose),
        required("预计办理分钟", cells.whole_number(1, 480, "分钟", "分")),
        may_be_absent("每场限号", cells.whole_number(0, 9999, "个号", "号", "个"), default=None),
        may_be_absent("实名", cells.yes_or_no, default=False),
        may_be_empty("可预约", cells.yes_or_no, default=False),
        may_be_empty("责任科室", cells.name),
        required("审批环节", cells.prose),
        may_be_empty("收费标准", cells.prose),
        may_be_empty("咨询电话", cells.phone),
        required("补救途径", cells.prose),
    ),
    translated=("事项名称", "业务类别", *SERVICE_TEXTS),
    translated_prose=frozenset(SERVICE_TEXTS),
    aliases={"英文名称": "事项名称(en)"},
)

MATERIALS = Plan(
    "材料",
    (
        required("事项编码", cells.code),
        required("序号", cells.whole_number(1, 999)),
        required("材料名称", cells.name),
        may_be_empty("形式要求", cells.prose),
        required("份数", cells.whole_number(1, 99, "份")),
        may_be_empty("填报须知", cells.prose),
        may_be_empty("来源渠道", cells.prose),
        required("是否必备", cells.yes_or_no),
    ),
    translated=("材料名称", *MATERIAL_TEXTS),
    translated_prose=frozenset(MATERIAL_TEXTS),
    aliases={"英文名称": "材料名称(en)"},
    may_be_empty=True,
)

COUNTERS = Plan(
    "窗口",
    (
        required("窗口号", cells.whole_number(1, 999, "号窗口", "号窗", "号")),
        required("窗口名称", cells.name),
        required("受理类别", cells.listed),
        required("主办工号(A角)", cells.code),
        required("协办工号(B角)", cells.code),
        may_be_absent("标识", cells.name),
    ),
    translated=("窗口名称",),
    aliases={"英文名称": "窗口名称(en)"},
)

PEOPLE = Plan(
    "人员",
    (
        required("工号", cells.code),
        required("姓名", cells.person),
        may_be_empty("科室", cells.name),
        may_be_empty("职务", cells.name),
        required("角色", cells.one_of(ROLES)),
        may_be_empty("监督电话", cells.phone),
        may_be_absent("党员", cells.yes_or_no, default=False),
    ),
)

PLANS = (HALL, SERVICES, MATERIALS, COUNTERS, PEOPLE)
SHEETS = [plan.sheet for plan in PLANS]
