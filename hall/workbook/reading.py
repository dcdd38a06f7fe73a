"""The office's workbook, read: what the hall is, does, and who works there.

Sheets and columns are described in `hall.workbook.plans`; nothing here knows the database.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hall.workbook import plans
from hall.workbook.cells import same_name
from hall.workbook.errors import Findings, WorkbookError, WorkbookRefused, in_order
from hall.workbook.file import read_file
from hall.workbook.hall_sheet import HallRow, read_hall
from hall.workbook.rules import check_tables
from hall.workbook.tables import Row, Table, read_table


@dataclass(frozen=True)
class GroupRow:
    code: str
    """The name the workbook uses, as it is written where it comes first."""
    names: dict[str, str]


@dataclass(frozen=True)
class ServiceRow:
    code: str
    group: str
    """Code of its group."""
    names: dict[str, str]
    kind: str
    legal_basis: str
    conditions: str
    procedure: str
    statutory_limit: str
    promised_limit: str
    minutes: int
    quota: int | None
    real_name: bool
    """Numbers a session; None: without limit."""
    bookable: bool
    department: str
    approval: str
    fee: str
    phone: str
    remedy: str
    translations: dict[str, dict[str, str]]
    """As the column of the table."""


@dataclass(frozen=True)
class MaterialRow:
    service: str
    number: int
    names: dict[str, str]
    form: str
    copies: int
    how_to_fill: str
    source: str
    required: bool
    translations: dict[str, dict[str, str]]


@dataclass(frozen=True)
class CounterRow:
    number: int
    names: dict[str, str]
    groups: tuple[str, ...]
    """Codes of the groups it takes."""
    primary: str
    """Staff number of A角."""
    standby: str
    sign: str


@dataclass(frozen=True)
class PersonRow:
    staff_number: str
    name: str
    department: str
    title: str
    role: str
    phone: str
    party_member: bool


@dataclass(frozen=True)
class Workbook:
    sha256: str
    hall: HallRow
    groups: tuple[GroupRow, ...]
    """In the order in which the services name them."""
    services: tuple[ServiceRow, ...]
    materials: tuple[MaterialRow, ...]
    counters: tuple[CounterRow, ...]
    people: tuple[PersonRow, ...]
    warnings: tuple[WorkbookError, ...] = ()
    """What was ignored."""


def read_workbook(path: Path) -> Workbook:
    """Raises WorkbookRefused with every mistake at once, WorkbookNotFound when there is no file."""
    file = read_file(path, plans.SHEETS)
    findings = Findings()
    tables = {plan.sheet: read_table(file, plan, findings) for plan in plans.PLANS}
    services, materials = tables[plans.SERVICES.sheet], tables[plans.MATERIALS.sheet]
    counters, people = tables[plans.COUNTERS.sheet], tables[plans.PEOPLE.sheet]
    about = tables[plans.HALL.sheet]
    hall = read_hall(about, findings) if about is not None else None
    check_tables(services, materials, counters, people, findings)
    if findings.errors:
        raise WorkbookRefused(in_order(findings.errors, plans.SHEETS))
    assert hall and services and materials and counters and people
    groups = groups_of(services)
    codes = {same_name(group.code): group.code for group in groups}
    return Workbook(
        sha256=file.sha256,
        hall=hall,
        groups=groups,
        services=tuple(service(row, codes) for row in services.rows),
        materials=tuple(material(row) for row in materials.rows),
        counters=tuple(counter(row, codes) for row in counters.rows),
        people=tuple(person(row) for row in people.rows),
        warnings=tuple(in_order(findings.warnings, plans.SHEETS)),
    )


def groups_of(services: Table) -> tuple[GroupRow, ...]:
    found: dict[str, dict[str, str]] = {}
    for row in services.rows:
        names = row.names("业务类别")
        known = found.setdefault(same_name(names["zh"]), {})
        found[same_name(names["zh"])] = names | known
    return tuple(GroupRow(names["zh"], names) for names in found.values())


def service(row: Row, codes: dict[str, str]) -> ServiceRow:
    cells: dict[str, Any] = row.cells
    return ServiceRow(
        code=cells["事项编码"],
        group=codes[same_name(cells["业务类别"])],
        names=row.names("事项名称"),
        kind=cells["办件类型"],
        legal_basis=cells["办理依据"],
        conditions=cells["申请条件"],
        procedure=cells["办理流程"],
        statutory_limit=cells["法定时限"],
        promised_limit=cells["承诺时限"],
        minutes=cells["预计办理分钟"],
        quota=cells["每场限号"],
        real_name=cells["实名"],
        bookable=cells["可预约"],
        department=cells["责任科室"],
        approval=cells["审批环节"],
        fee=cells["收费标准"],
        phone=cells["咨询电话"],
        remedy=cells["补救途径"],
        translations=row.translations(plans.SERVICE_TEXTS),
    )


def material(row: Row) -> MaterialRow:
    cells: dict[str, Any] = row.cells
    return MaterialRow(
        service=cells["事项编码"],
        number=cells["序号"],
        names=row.names("材料名称"),
        form=cells["形式要求"],
        copies=cells["份数"],
        how_to_fill=cells["填报须知"],
        source=cells["来源渠道"],
        required=cells["是否必备"],
        translations=row.translations(plans.MATERIAL_TEXTS),
    )


def counter(row: Row, codes: dict[str, str]) -> CounterRow:
    cells: dict[str, Any] = row.cells
    return CounterRow(
        number=cells["窗口号"],
        names=row.names("窗口名称"),
        groups=tuple(codes[same_name(group)] for group in cells["受理类别"]),
        primary=cells["主办工号(A角)"],
        standby=cells["协办工号(B角)"],
        sign=cells["标识"],
    )


def person(row: Row) -> PersonRow:
    cells: dict[str, Any] = row.cells
    return PersonRow(
        staff_number=cells["工号"],
        name=cells["姓名"],
        department=cells["科室"],
        title=cells["职务"],
        role=cells["角色"],
        phone=cells["监督电话"],
        party_member=cells["党员"],
    )
