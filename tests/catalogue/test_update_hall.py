"""The next workbook changes the hall and leaves alone what is out already."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from db import journal
from db.engine import reading, writing
from db.faults import DatabaseTooOld
from db.tables import (
    Bulletin,
    CatalogueVersion,
    Clerk,
    Counter,
    CounterState,
    Hall,
    JournalEntry,
    Material,
    Post,
    Service,
    ServiceGroup,
    Setting,
    Ticket,
)
from hall.catalogue import catalogue, catalogue_rows, new_hall
from hall.catalogue.catalogue_import import Imported
from hall.counters import counters
from hall.errors import Refused
from hall.errors.catalogue import (
    ClerkAtWork,
    CounterInUse,
    HallCodeFixed,
    NoHallToUpdate,
    TicketsLeftWithoutCounter,
    TimeZoneInUse,
    UnknownService,
)
from hall.errors.counters import UnknownCounter
from hall.open_hall import OpenHall
from hall.settings import Settings
from hall.tickets import calling, holding, serving, tickets
from hall.workbook.reading import read_workbook
from tests.catalogue.office import Office


def update(made: OpenHall, office: Office, now: datetime) -> Imported:
    done = new_hall.update(made.settings, office.read(), now)
    made.read_rules_again()
    return done


def issue(made: OpenHall, service: str, now: datetime) -> tickets.Issued:
    with writing(made.engine) as session:
        return tickets.issue(
            session, made.rules, *catalogue.service(session, made.rules, service), now
        )


def drop_loans(office: Office) -> None:
    """No service of the group any more, and counter 2 does something else."""
    del office["事项"][3]
    del office["材料"][3]
    office.put("窗口", "受理类别", 3, "提取")
    office.put("窗口", "受理类别", 4, "提取")


def state_of(database: Path) -> bytes:
    return database.read_bytes()


def test_the_next_version_is_in_force_and_the_one_before_is_kept(
    made: OpenHall, office: Office, nine: datetime
) -> None:
    office.put("事项", "预计办理分钟", 2, 25)
    office["事项"].append(["D302", "提前还款", None, *office["事项"][3][3:]])
    office.put("事项", "补救途径", 3, "向督查科投诉")
    office.item("大厅名称", "临沧市政务服务大厅")
    office.item("停止取号提前分钟", 20)

    done = update(made, office, nine)

    assert (done.version, done.services, done.unchanged) == (2, 4, False)
    with reading(made.engine) as session:
        new, _group = catalogue.service(session, made.rules, "T201")
        assert new.minutes == 25
        assert catalogue.service(session, made.rules, "D302")[0].names == {"zh": "提前还款"}
        assert len(catalogue.materials(session, new.id or 0)) == 2
        old = session.exec(
            select(Service).where(Service.code == "T201", Service.catalogue_version == 1)
        ).one()
        assert old.minutes == 12
        assert len(session.exec(select(Material)).all()) == 6
        assert session.exec(select(Hall)).one().names["zh"] == "临沧市政务服务大厅"
        assert session.get_one(Setting, (1, "stop_issuing_minutes")).value == 20
        entry = list(journal.entries(session, 1))[-1]
        assert (entry.before, entry.subject) == ({"version": 1}, "catalogue/2")
        assert journal.verify(session, 1).intact
    assert made.rules.numbers.stop_issuing_minutes == 20


def test_the_same_workbook_again_changes_nothing(
    made: OpenHall, database: Path, office: Office, nine: datetime
) -> None:
    office.put("人员", "职务", 2, "主任")
    path = office.save()
    book = read_workbook(path)
    assert new_hall.update(made.settings, book, nine).version == 2
    before = state_of(database)

    again = new_hall.update(made.settings, read_workbook(path), nine)

    assert (again.version, again.unchanged) == (2, True)
    assert state_of(database) == before


def test_tickets_out_keep_their_service_and_stay_callable(
    made: OpenHall, office: Office, nine: datetime
) -> None:
    first, second = issue(made, "T201", nine), issue(made, "T203", nine)
    with writing(made.engine) as session:
        counters.open_counter(session, made.rules, 1, "1001", nine)
        calling.call_next(session, made.rules, 1, nine)
    del office["事项"][2]  # T203, of which a ticket waits
    office.put("事项", "预计办理分钟", 2, 30)
    office.put("窗口", "窗口名称", 2, "提取窗口")

    update(made, office, nine)

    with writing(made.engine) as session:
        counter = counters.by_number(session, made.rules, 1)
        assert (counter.state, counter.names["zh"]) == (CounterState.OPEN, "提取窗口")
        serving.finish(session, made.rules, 1, nine)
        called = calling.call_next(session, made.rules, 1, nine)
        assert called is not None
        assert called.number == second.number
        ticket = session.get_one(Ticket, first.ticket_id)
        assert session.get_one(Service, ticket.service_id).minutes == 12
        with pytest.raises(UnknownService):
            catalogue.service(session, made.rules, "T203")
    assert issue(made, "T201", nine).number == "A003"  # the day's series goes on


def test_what_is_gone_is_withdrawn_and_comes_back_as_itself(
    made: OpenHall, office: Office, nine: datetime
) -> None:
    loans, second, boss = office["事项"][3], office["窗口"][2], office["人员"][3]
    papers = office["材料"][3]
    drop_loans(office)
    del office["窗口"][2]
    del office["人员"][3]
    office.put("窗口", "主办工号(A角)", 3, "1002")
    update(made, office, nine)

    with reading(made.engine) as session:
        groups = session.exec(select(ServiceGroup)).all()
        assert {group.code: group.withdrawn for group in groups} == {"提取": False, "贷款": True}
        clerks = session.exec(select(Clerk)).all()
        assert {one.staff_number for one in clerks if one.withdrawn} == {"1003"}
        assert [one.number for one in session.exec(select(Counter)).all() if one.withdrawn] == [2]
        with pytest.raises(UnknownCounter):
            counters.by_number(session, made.rules, 2)
        numbers = {group.code: group.id for group in groups}

    office["事项"].extend([loans, ["Y1", "医保", None, "医保", *loans[4:]]])
    office["窗口"].extend([second])
    office["人员"].extend([boss])
    office["材料"].extend([papers])
    office.put("窗口", "受理类别", 3, "提取;贷款;医保")
    update(made, office, nine)

    with reading(made.engine) as session:
        groups = session.exec(select(ServiceGroup)).all()
        assert {group.code: group.prefix for group in groups} == {
            "提取": "A",
            "贷款": "B",
            "医保": "C",
        }
        assert {group.code: group.id for group in groups if group.code in numbers} == numbers
        assert not any(group.withdrawn for group in groups)
        assert not any(one.withdrawn for one in session.exec(select(Clerk)).all())
        assert len(session.exec(select(Counter)).all()) == 3
        assert counters.by_number(session, made.rules, 2).number == 2


def test_a_withdrawn_groups_letter_is_not_given_to_another(
    made: OpenHall, office: Office, nine: datetime
) -> None:
    drop_loans(office)
    office.put("事项", "业务类别", 3, "医保")
    office.put("窗口", "受理类别", 4, "医保")

    update(made, office, nine)

    with reading(made.engine) as session:
        groups = session.exec(select(ServiceGroup).order_by(col(ServiceGroup.id))).all()
        assert [(group.code, group.prefix) for group in groups] == [
            ("提取", "A"),
            ("贷款", "B"),
            ("医保", "C"),
        ]


def test_posts_and_groups_of_a_counter_follow_the_workbook(
    made: OpenHall, office: Office, nine: datetime
) -> None:
    office.put("窗口", "受理类别", 2, "贷款")
    office.put("窗口", "主办工号(A角)", 2, "1002")
    office.put("窗口", "协办工号(B角)", 2, "1003")

    update(made, office, nine)

    assert issue(made, "T201", nine).counters == [3]
    assert issue(made, "D301", nine).counters == [1, 2, 3]
    with reading(made.engine) as session:
        counter = counters.by_number(session, made.rules, 1)
        (post,) = session.exec(select(Post).where(Post.counter_id == counter.id)).all()
        assert session.get_one(Clerk, post.primary_id).staff_number == "1002"
        assert session.get_one(Clerk, post.standby_id).staff_number == "1003"


# -- what would leave somebody standing ----------------------------------------------------------


def refused(made: OpenHall, office: Office, now: datetime, reason: type[Refused]) -> Refused:
    """It is refused for this reason, and nothing has changed."""

    def everything(session: Session) -> list[Any]:
        tables: list[type[Any]] = [Hall, ServiceGroup, Counter, Clerk, Service, JournalEntry]
        return [one.model_dump() for table in tables for one in session.exec(select(table)).all()]

    with reading(made.engine) as session:
        before = everything(session)
    with pytest.raises(reason) as found:
        update(made, office, now)
    with reading(made.engine) as session:
        assert everything(session) == before
    return found.value


def test_a_group_people_wait_for_is_not_taken_away(
    made: OpenHall, office: Office, nine: datetime
) -> None:
    issue(made, "D301", nine)
    issue(made, "D301", nine)
    drop_loans(office)

    reason = refused(made, office, nine, TicketsLeftWithoutCounter)
    assert reason.facts == {"count": 2, "group": "贷款"}

    tomorrow = nine + timedelta(days=1)
    assert update(made, office, tomorrow).version == 2


def test_a_group_somebody_is_put_aside_for_is_not_taken_away(
    made: OpenHall, office: Office, nine: datetime
) -> None:
    issue(made, "D301", nine)
    with writing(made.engine) as session:
        counters.open_counter(session, made.rules, 2, "1002", nine)
        calling.call_next(session, made.rules, 2, nine)
        holding.hold(session, made.rules, 2, "去复印", nine)
    drop_loans(office)

    assert refused(made, office, nine, TicketsLeftWithoutCounter).facts["count"] == 1


@pytest.mark.parametrize("paused", [False, True])
def test_a_counter_at_work_is_not_taken_away(
    made: OpenHall, office: Office, nine: datetime, paused: bool
) -> None:
    with writing(made.engine) as session:
        counters.open_counter(session, made.rules, 2, "1002", nine)
        if paused:
            session.get_one(
                Clerk, counters.by_number(session, made.rules, 2).clerk_id
            ).role = "duty_manager"
            counters.pause(session, made.rules, 2, "开会", nine)
    del office["窗口"][2]

    assert refused(made, office, nine, CounterInUse).facts == {"counter": 2}

    with writing(made.engine) as session:
        counters.close(session, made.rules, 2, nine)
    assert update(made, office, nine).counters == 2


def test_a_clerk_at_work_is_not_taken_away(made: OpenHall, office: Office, nine: datetime) -> None:
    with writing(made.engine) as session:
        counters.open_counter(session, made.rules, 1, "1003", nine)
    office.put("窗口", "主办工号(A角)", 4, "1002")
    del office["人员"][3]

    assert refused(made, office, nine, ClerkAtWork).facts == {"clerk": "1003", "counter": 1}


def test_the_time_zone_stays_while_tickets_of_today_are_open(
    made: OpenHall, office: Office, nine: datetime
) -> None:
    issue(made, "T201", nine)
    office.item("时区", "Asia/Urumqi")

    refused(made, office, nine, TimeZoneInUse)

    assert update(made, office, nine + timedelta(days=1)).version == 2


def test_another_halls_workbook_is_refused(made: OpenHall, office: Office, nine: datetime) -> None:
    office.item("大厅代码", "PE")

    refused(made, office, nine, HallCodeFixed)


def test_without_a_hall_there_is_nothing_to_update(
    tmp_path: Path, office: Office, nine: datetime
) -> None:
    book = office.read()
    (tmp_path / "empty.db").touch()
    for path in (tmp_path / "none.db", tmp_path / "empty.db"):
        with pytest.raises(NoHallToUpdate):
            new_hall.update(Settings(database_url=f"sqlite:///{path}"), book, nine)

    assert not (tmp_path / "none.db").exists()
    assert (tmp_path / "empty.db").stat().st_size == 0


def test_an_older_database_is_not_updated(made: OpenHall, office: Office, nine: datetime) -> None:
    with writing(made.engine) as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")

    with pytest.raises(DatabaseTooOld):
        new_hall.update(made.settings, office.read(), nine)


def test_when_it_fails_half_way_the_version_before_stays_in_force(
    made: OpenHall, office: Office, nine: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PowerCut(Refused):
        words = "cut"

    def fail(*_whatever: Any) -> None:
        raise PowerCut()

    monkeypatch.setattr(catalogue_rows, "write_bulletins", fail)
    office["窗口"].append([9, "新窗口", None, "提取", "1001", "1002", None])

    refused(made, office, nine, PowerCut)

    assert made.rules.catalogue_version == 1


# -- bulletins -----------------------------------------------------------------------------------


def shown(engine: Engine) -> list[str]:
    with reading(engine) as session:
        rows = session.exec(select(Bulletin).order_by(col(Bulletin.id))).all()
        return [row.text["zh"] for row in rows if row.shown]


def test_bulletins_follow_the_workbook_and_those_of_the_hall_stay(
    made: OpenHall, office: Office, nine: datetime
) -> None:
    with writing(made.engine) as session:
        session.add(Bulletin(hall_id=1, text={"zh": "今日人多。"}))
    office.item("公告", "明日停电。")
    update(made, office, nine)
    assert shown(made.engine) == ["今日人多。", "明日停电。"]

    office.item("公告", "请保持安静，谢谢。")
    update(made, office, nine)
    assert shown(made.engine) == ["请保持安静，谢谢。", "今日人多。"]

    with writing(made.engine) as session:
        for bulletin in session.exec(select(Bulletin)).all():
            bulletin.shown = False  # taken down by hand
    office.put("人员", "职务", 2, "主任")
    update(made, office, nine)
    assert shown(made.engine) == []


def test_versions_are_kept_with_the_hash_of_their_workbook(
    made: OpenHall, office: Office, nine: datetime
) -> None:
    office.put("人员", "职务", 2, "主任")
    book = office.read()
    new_hall.update(made.settings, book, nine)

    with reading(made.engine) as session:
        rows = session.exec(select(CatalogueVersion).order_by(col(CatalogueVersion.version))).all()
        assert [row.version for row in rows] == [1, 2]
        assert rows[1].source_sha256 == book.sha256
