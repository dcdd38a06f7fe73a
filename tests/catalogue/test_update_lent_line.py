"""A new catalogue while somebody stands in: what is lent stays lent, or goes back."""

from datetime import datetime

import pytest
from sqlmodel import select

from db.engine import reading, writing
from db.tables import Counter, CounterGroup, ServiceGroup
from hall.catalogue import new_hall
from hall.counters import counters
from hall.open_hall import OpenHall
from tests.catalogue.office import Office


@pytest.fixture
def made(made: OpenHall, nine: datetime) -> OpenHall:
    """Counter 1 pauses; its B sits at counter 2 and takes its line."""
    with writing(made.engine) as session:
        for number, clerk in ((1, "1001"), (2, "1002")):
            counters.open_counter(session, made.rules, number, clerk, nine)
        counters.pause(session, made.rules, 1, "用餐", nine)
    return made


def takes(made: OpenHall, number: int) -> dict[str, int | None]:
    """Group → the number of the counter that has lent it."""
    with reading(made.engine) as session:
        counter = counters.by_number(session, made.rules, number)
        rows = session.exec(
            select(CounterGroup, ServiceGroup)
            .join(ServiceGroup)
            .where(CounterGroup.counter_id == counter.id)
        ).all()
        return {
            group.code: session.get_one(Counter, row.lent_by_id).number if row.lent_by_id else None
            for row, group in rows
        }


def update(made: OpenHall, office: Office, now: datetime) -> None:
    new_hall.update(made.settings, office.read(), now)
    made.read_rules_again()


def reopen(made: OpenHall, now: datetime) -> None:
    with writing(made.engine) as session:
        counters.open_counter(session, made.rules, 1, "1001", now)


def test_what_is_lent_stays_lent(made: OpenHall, office: Office, nine: datetime) -> None:
    assert takes(made, 2) == {"贷款": None, "提取": 1}
    office.item("大厅名称", "临沧市政务服务大厅")
    update(made, office, nine)
    assert takes(made, 2) == {"贷款": None, "提取": 1}
    reopen(made, nine)
    assert takes(made, 2) == {"贷款": None}


def test_what_becomes_its_own_is_not_given_back(
    made: OpenHall, office: Office, nine: datetime
) -> None:
    office.put("窗口", "受理类别", 3, "提取;贷款")
    update(made, office, nine)
    reopen(made, nine)
    assert takes(made, 2) == {"贷款": None, "提取": None}


def test_what_the_paused_counter_has_no_longer_is_lent_no_longer(
    made: OpenHall, office: Office, nine: datetime
) -> None:
    office.put("窗口", "受理类别", 2, "贷款")
    update(made, office, nine)
    assert takes(made, 2) == {"贷款": None}
