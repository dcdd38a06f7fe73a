"""The hall's own days, and how many numbers a matter gets, come from the office's workbook."""

from datetime import date, datetime

import pytest
from sqlmodel import Session

from hall import hall_rules
from hall.catalogue import catalogue_import
from hall.settings import Settings
from tests.catalogue.office import Office


def with_days(office: Office) -> Office:
    office["大厅"].append(["休息日", "2026年12月3日 停电检修"])
    office["大厅"].append(["休息日", datetime(2026, 12, 4)])  # noqa: DTZ001 - as a spreadsheet has it
    office["大厅"].append(["加班日", "2026-12-05"])
    office.column("事项", "每场限号", 40, None, "12个")
    return office


def test_days_and_limits_are_read(office: Office) -> None:
    book = with_days(office).read()
    assert book.hall.closed_days == {date(2026, 12, 3): "停电检修", date(2026, 12, 4): ""}
    assert book.hall.extra_days == (date(2026, 12, 5),)
    assert [service.quota for service in book.services] == [40, None, 12]


@pytest.mark.parametrize("day", ["下周一", "2026-02-30", 3])
def test_what_is_no_day_is_refused_where_it_stands(office: Office, day: object) -> None:
    office["大厅"].append(["休息日", day])
    (mistake,) = office.refusals()
    assert (mistake.sheet, mistake.row) == ("大厅", 12)


def test_what_is_struck_from_the_workbook_is_gone_from_the_hall(
    session: Session, settings: Settings, office: Office, nine: datetime
) -> None:
    rules = hall_rules.load(session, settings)
    full = with_days(office).read()
    catalogue_import.write_gatekeeping(session, rules.hall_id, full)
    session.flush()
    numbers = hall_rules.load(session, settings).numbers
    assert numbers.closed_days[date(2026, 12, 3)] == "停电检修"
    assert numbers.quotas == {"T201": 40, "D301": 12}

    plain = Office(office.folder).read()
    catalogue_import.write_gatekeeping(session, rules.hall_id, plain)
    session.flush()
    numbers = hall_rules.load(session, settings).numbers
    assert (numbers.closed_days, numbers.extra_days, numbers.quotas) == ({}, [], {})
