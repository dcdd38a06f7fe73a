"""What the sheets of the workbook must say of each other."""

from collections.abc import Iterable
from typing import Any

from hall.marked import _
from hall.workbook.cells import same_name
from hall.workbook.errors import Findings
from hall.workbook.tables import OTHER_LANGUAGE, Row, Table

TWICE = _("This stands in row {row} already.")
UNKNOWN_SERVICE = _("There is no such service on the sheet 事项.")
UNKNOWN_GROUP = _("The sheet 事项 has no service of the group {group}.")
UNKNOWN_CLERK = _("There is nobody with this staff number on the sheet 人员.")
SAME_PERSON = _("A角 and B角 must be two people.")
NOBODY_SERVES = _("No counter takes the group {group}.")
OTHER_NAME = _("In row {row} this group has another name: {name}.")

SERVICE, MATERIAL, GROUP = "事项编码", "序号", "业务类别"
COUNTER, TAKES, PRIMARY, STANDBY = "窗口号", "受理类别", "主办工号(A角)", "协办工号(B角)"
STAFF_NUMBER = "工号"


def check_tables(
    services: Table | None,
    materials: Table | None,
    counters: Table | None,
    people: Table | None,
    findings: Findings,
) -> None:
    """A sheet or column that is missing is told as such, and not again for each row."""
    if services is not None:
        check_unique(services, (SERVICE,), findings)
        check_group_names(services, findings)
    if materials is not None:
        check_unique(materials, (SERVICE, MATERIAL), findings)
        check_known(materials, SERVICE, services, SERVICE, UNKNOWN_SERVICE, findings)
    if people is not None:
        check_unique(people, (STAFF_NUMBER,), findings)
    if counters is not None:
        check_unique(counters, (COUNTER,), findings)
        for header in (PRIMARY, STANDBY):
            check_known(counters, header, people, STAFF_NUMBER, UNKNOWN_CLERK, findings)
        check_two_people(counters, findings)
        if has(services, GROUP) and has(counters, TAKES):
            assert services is not None
            check_groups(services, counters, findings)


def has(table: Table | None, header: str) -> bool:
    return table is not None and header in table.columns


def values(table: Table, header: str) -> Iterable[tuple[Row, Any]]:
    return [(row, row.cells[header]) for row in table.rows if header in row.cells]


def check_unique(table: Table, headers: tuple[str, ...], findings: Findings) -> None:
    """The last of the headers is where a repetition is told."""
    seen: dict[tuple[Any, ...], int] = {}
    for row in table.rows:
        if not all(header in row.cells for header in headers):
            continue
        key = tuple(row.cells[header] for header in headers)
        if key in seen:
            findings.errors.append(table.mistake(row, headers[-1], TWICE, row=seen[key]))
        seen.setdefault(key, row.number)


def check_known(
    table: Table,
    header: str,
    other: Table | None,
    other_header: str,
    words: str,
    findings: Findings,
) -> None:
    if not has(other, other_header):
        return
    assert other is not None
    known = {value for _row, value in values(other, other_header)}
    for row, value in values(table, header):
        if value not in known:
            findings.errors.append(table.mistake(row, header, words))


def check_two_people(counters: Table, findings: Findings) -> None:
    for row, standby in values(counters, STANDBY):
        if standby == row.cells.get(PRIMARY):
            findings.errors.append(counters.mistake(row, STANDBY, SAME_PERSON))


def check_groups(services: Table, counters: Table, findings: Findings) -> None:
    known = {same_name(group) for _row, group in values(services, GROUP)}
    served: set[str] = set()
    for row, groups in values(counters, TAKES):
        for group in groups:
            served.add(same_name(group))
            if same_name(group) not in known:
                findings.errors.append(counters.mistake(row, TAKES, UNKNOWN_GROUP, group=group))
    for row, group in values(services, GROUP):
        if same_name(group) not in served:
            served.add(same_name(group))  # once for each group
            findings.errors.append(services.mistake(row, GROUP, NOBODY_SERVES, group=group))


def check_group_names(services: Table, findings: Findings) -> None:
    """A group has one name in each language, however many services name it."""
    for header in services.columns:
        match = OTHER_LANGUAGE.fullmatch(header)
        if match is None or match[1] != GROUP:
            continue
        first: dict[str, tuple[int, str]] = {}
        for row, name in values(services, header):
            if not name or GROUP not in row.cells:
                continue
            number, known = first.setdefault(same_name(row.cells[GROUP]), (row.number, name))
            if name != known:
                findings.errors.append(
                    services.mistake(row, header, OTHER_NAME, row=number, name=known)
                )
