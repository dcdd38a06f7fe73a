"""A small hall on a real SQLite file."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from db.engine import open_engine, reading, writing
from db.tables import (
    CatalogueVersion,
    Clerk,
    Counter,
    CounterGroup,
    Hall,
    Material,
    Post,
    Service,
    ServiceGroup,
)
from db.upgrade import create_or_upgrade
from hall import hall_rules
from hall.hall_rules import HallRules
from hall.open_hall import OpenHall
from hall.settings import Settings
from tests.postgresql_server import Server, running_server

NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""Monday, nine in the morning in the hall."""


os.environ["TERM"] = "xterm-256color"  # whoever runs the tests may sit at one that shows more


@pytest.fixture
def nine() -> datetime:
    return NINE


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A hall with two groups (A: withdrawals, B: loans), two services, counters 1 to 3.

    Counter 1 takes A, counter 2 takes B, counter 3 takes both; clerks 1001, 1002, 1003.
    """
    path = tmp_path / "hall.db"
    engine = create_or_upgrade(path)
    with writing(engine) as session:
        fill(session)
    engine.dispose()
    return path


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Modules marked so run on a file and on a server; who names `database` needs the file."""
    if metafunc.definition.get_closest_marker("each_engine") and "url" in metafunc.fixturenames:
        kinds = ["sqlite"] if "database" in metafunc.fixturenames else ["sqlite", "postgresql"]
        metafunc.parametrize("url", kinds, indirect=True)


@pytest.fixture
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Of the hall that `database` describes: in a file, or on a server where a module asks."""
    if getattr(request, "param", "sqlite") == "sqlite":
        yield f"sqlite:///{request.getfixturevalue('database')}"
    else:
        with request.getfixturevalue("server").hall() as url:
            yield url


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with running_server(fill) as server:
        yield server


@pytest.fixture
def settings(url: str) -> Settings:
    return Settings(database_url=url)


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A write transaction that is rolled back unless the test commits."""
    with writing(engine) as session:
        yield session


@pytest.fixture
def rules(engine: Engine, settings: Settings) -> HallRules:
    with reading(engine) as session:
        return hall_rules.load(session, settings)


@pytest.fixture
def open_hall(engine: Engine, settings: Settings, rules: HallRules) -> OpenHall:
    """The hall as a face holds it; it is nine o'clock and stays nine o'clock."""
    return OpenHall(engine, settings, rules, lambda: NINE)


def fill(session: Session) -> None:
    session.add(
        Hall(
            id=1,
            code="LC",
            names={"zh": "临沧市服务大厅", "en": "Lincang Service Hall"},
            address="临翔区",
            time_zone="Asia/Shanghai",
            sessions=[["08:30", "11:30"], ["14:30", "17:30"]],
            supervision_phone="0883-2120000",
            catalogue_version=1,
        )
    )
    session.flush()
    session.add(CatalogueVersion(hall_id=1, version=1, source_sha256="0" * 64, imported_at=NINE))
    for group_id, (zh, en, prefix) in enumerate(
        [("提取", "Withdrawals", "A"), ("贷款", "Loans", "B")], start=1
    ):
        session.add(
            ServiceGroup(
                id=group_id,
                hall_id=1,
                code=zh,
                names={"zh": zh, "en": en},
                prefix=prefix,
                position=group_id,
            )
        )
    session.flush()
    for service_id, (code, group_id, zh, en, minutes) in enumerate(
        [
            ("T201", 1, "购买自住住房提取", "Withdraw: home purchase", 12),
            ("D301", 2, "个人住房贷款申请", "Housing loan application", 35),
        ],
        start=1,
    ):
        session.add(
            Service(
                id=service_id,
                hall_id=1,
                catalogue_version=1,
                code=code,
                group_id=group_id,
                names={"zh": zh, "en": en},
                kind="承诺件",
                legal_basis="《住房公积金管理条例》第二十四条",
                conditions="购买自住住房",
                procedure="申请→审核→决定→支付",
                statutory_limit="3个工作日",
                promised_limit="1个工作日",
                minutes=minutes,
                bookable=True,
                department="提取科",
                approval="提取科受理、科长审批",
                fee="不收费",
                phone="0883-2120001",
                remedy="可向督查科投诉,或依法申请行政复议、提起行政诉讼",
                position=service_id,
            )
        )
        session.flush()
        for number, name in enumerate(["居民身份证", "本人银行储蓄卡", "购房合同"], start=1):
            session.add(
                Material(
                    service_id=service_id,
                    number=number,
                    names={"zh": name},
                    form="原件及复印件",
                    copies="1",
                    how_to_fill="复印件须本人签字",
                    source="申请人自备",
                    required=True,
                )
            )
    for clerk_id, name in enumerate(["李四", "周五", "吴六"], start=1):
        session.add(
            Clerk(
                id=clerk_id,
                hall_id=1,
                staff_number=f"100{clerk_id}",
                name=name,
                department="提取科",
                title="科员",
                role="clerk",
                phone=f"0883-212000{clerk_id}",
            )
        )
    session.flush()
    for counter_id, (zh, en, groups) in enumerate(
        [
            ("个人提取", "Withdrawals", [1]),
            ("住房贷款", "Housing loans", [2]),
            ("综合窗口", "All matters", [1, 2]),
        ],
        start=1,
    ):
        session.add(
            Counter(id=counter_id, hall_id=1, number=counter_id, names={"zh": zh, "en": en})
        )
        session.flush()
        session.add(
            Post(counter_id=counter_id, primary_id=counter_id, standby_id=counter_id % 3 + 1)
        )
        for group_id in groups:
            session.add(CounterGroup(counter_id=counter_id, group_id=group_id))
