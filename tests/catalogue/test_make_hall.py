"""A hall is made whole, in one piece, or there is nothing."""

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session, col, select

from db import journal
from db.engine import open_engine, reading
from db.faults import (
    DatabaseDamaged,
    DatabaseReadOnly,
    DatabaseTooOld,
    DatabaseUnreadable,
    DiskFull,
)
from db.tables import (
    Bulletin,
    CatalogueVersion,
    Clerk,
    Counter,
    CounterGroup,
    Hall,
    JournalEntry,
    Material,
    Post,
    Service,
    ServiceGroup,
    Setting,
)
from db.upgrade import create_or_upgrade
from hall.catalogue import catalogue, catalogue_import, catalogue_rows, new_hall
from hall.counters import counters
from hall.errors.catalogue import HallExists
from hall.open_hall import OpenHall
from hall.tickets import calling, tickets
from tests.catalogue.office import Office

ROOT = Path(__file__).parents[2]


def rows(engine: Engine, table: type[Any], order: Any) -> list[Any]:
    with reading(engine) as session:
        return list(session.exec(select(table).order_by(order)).all())


def test_what_the_workbook_says_stands_in_the_database(
    engine: Engine, office: Office, nine: datetime
) -> None:
    (hall,) = rows(engine, Hall, Hall.id)
    assert (hall.code, hall.time_zone, hall.catalogue_version) == ("HALL", "Asia/Shanghai", 1)
    assert hall.names == {"zh": "临沧市服务大厅", "en": "Lincang Hall"}
    assert hall.sessions == [["08:30", "11:30"], ["14:30", "17:30"]]
    groups = rows(engine, ServiceGroup, ServiceGroup.position)
    assert [(group.code, group.prefix) for group in groups] == [("提取", "A"), ("贷款", "B")]
    services = rows(engine, Service, Service.position)
    assert [(one.code, one.group_id) for one in services] == [
        ("T201", groups[0].id),
        ("T203", groups[0].id),
        ("D301", groups[1].id),
    ]
    assert services[0].remedy == "可投诉，或申请行政复议"
    materials = rows(engine, Material, Material.id)
    assert [(one.service_id, one.number, one.copies) for one in materials] == [
        (services[0].id, 1, "1"),
        (services[0].id, 2, "1"),
        (services[2].id, 1, "2"),
    ]
    clerks = {clerk.staff_number: clerk for clerk in rows(engine, Clerk, Clerk.id)}
    assert (clerks["1002"].role, clerks["1001"].party_member) == ("lead", True)
    found = {counter.number: counter for counter in rows(engine, Counter, Counter.id)}
    posts = {post.counter_id: post for post in rows(engine, Post, Post.id)}
    assert posts[found[3].id].primary_id == clerks["1003"].id
    served = rows(engine, CounterGroup, CounterGroup.counter_id)
    assert {one.group_id for one in served if one.counter_id == found[3].id} == {
        group.id for group in groups
    }
    settings = {one.key: one.value for one in rows(engine, Setting, Setting.key)}
    assert settings == {"stop_issuing_minutes": 15, "calls_before_no_show": 3}
    assert [one.text for one in rows(engine, Bulletin, Bulletin.id)] == [
        {"zh": "请保持安静，谢谢。"}
    ]
    (version,) = rows(engine, CatalogueVersion, CatalogueVersion.id)
    (entry,) = rows(engine, JournalEntry, JournalEntry.id)
    assert (entry.what, entry.who, entry.place) == ("catalogue.imported", "system", "import")
    assert entry.after == {
        "version": 1,
        "services": 3,
        "counters": 3,
        "sha256": version.source_sha256,
        "bulletins": [1],
    }
    with reading(engine) as session:
        assert journal.verify(session, hall.id).intact


def test_the_new_hall_can_be_worked_in_at_once(
    made: OpenHall, session: Session, nine: datetime
) -> None:
    service, group = catalogue.service(session, made.rules, "D301")
    issued = tickets.issue(session, made.rules, service, group, nine)
    counters.open_counter(session, made.rules, 3, "1003", nine)

    called = calling.call_next(session, made.rules, 3, nine)

    assert called is not None
    assert called.number == issued.number == "B001"
    assert issued.counters == [2, 3]


def test_a_code_and_further_bulletins_come_from_the_workbook(
    tmp_path: Path, office: Office, nine: datetime
) -> None:
    office.item("大厅代码", "lc01")
    office["大厅"].append(["公告", "明日停电。"])
    path = tmp_path / "other.db"

    done = new_hall.make(path, office.read(), nine)

    assert done.code == "LC01"
    engine = open_engine(f"sqlite:///{path}")
    assert [one.text["zh"] for one in rows(engine, Bulletin, Bulletin.id)] == [
        "请保持安静，谢谢。",
        "明日停电。",
    ]


def test_prefixes_leave_out_what_reads_as_a_digit_and_go_on_after_z() -> None:
    letters = list(catalogue_rows.prefixes())

    assert letters[:10] == ["A", "B", "C", "D", "E", "F", "G", "H", "J", "K"]
    assert letters[22:26] == ["Y", "Z", "AA", "AB"]
    assert not any(set(prefix) & set("IO") for prefix in letters)
    assert len(set(letters)) == len(letters)


def test_many_groups_get_prefixes_of_two_letters(
    tmp_path: Path, office: Office, nine: datetime
) -> None:
    example = office["事项"][1]
    for number in range(30):
        office["事项"].append([f"X{number}", "事", None, f"类别{number}", *example[4:]])
        office["窗口"].append([10 + number, "窗", None, f"类别{number}", "1001", "1002", None])

    new_hall.make(tmp_path / "other.db", office.read(), nine)

    engine = open_engine(f"sqlite:///{tmp_path / 'other.db'}")
    found = [one.prefix for one in rows(engine, ServiceGroup, ServiceGroup.position)]
    assert found == list(catalogue_rows.prefixes())[:32]


def test_a_second_hall_is_refused_and_the_first_is_untouched(
    database: Path, office: Office, nine: datetime
) -> None:
    before = database.read_bytes()

    with pytest.raises(HallExists):
        new_hall.make(database, office.read(), nine)

    assert database.read_bytes() == before


def test_an_empty_file_and_a_database_without_a_hall_become_one(
    tmp_path: Path, office: Office, nine: datetime
) -> None:
    for path in (tmp_path / "empty.db", tmp_path / "tables.db"):
        path.touch()
    create_or_upgrade(tmp_path / "tables.db").dispose()
    for path in (tmp_path / "empty.db", tmp_path / "tables.db"):
        assert new_hall.make(path, office.read(), nine).version == 1


def test_what_is_not_ours_to_change_is_left_alone(
    tmp_path: Path, office: Office, nine: datetime
) -> None:
    book = office.read()
    (tmp_path / "text.db").write_text("no database " * 100)
    foreign = tmp_path / "foreign.db"
    foreign.touch()
    engine = open_engine(f"sqlite:///{foreign}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE addresses (name)"))
    engine.dispose()
    content = foreign.read_bytes()

    for path in (tmp_path / "text.db", foreign):
        with pytest.raises(DatabaseDamaged):
            new_hall.make(path, book, nine)
    with pytest.raises(DatabaseUnreadable):
        new_hall.make(tmp_path, book, nine)
    with pytest.raises(DatabaseUnreadable):
        new_hall.make(foreign / "hall.db", book, nine)

    assert foreign.read_bytes() == content


def test_an_older_database_is_not_upgraded_in_passing(
    database: Path, office: Office, nine: datetime
) -> None:
    engine = open_engine(f"sqlite:///{database}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    engine.dispose()

    with pytest.raises(DatabaseTooOld):
        new_hall.make(database, office.read(), nine)


class PowerCut(Exception):
    pass


def test_when_it_fails_half_way_there_is_no_file_and_no_draft(
    tmp_path: Path, office: Office, nine: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_whatever: Any) -> None:
        raise PowerCut

    monkeypatch.setattr(catalogue_rows, "write_counters", fail)
    folder = tmp_path / "memory"
    with pytest.raises(PowerCut):
        new_hall.make(folder / "hall.db", office.read(), nine)

    assert list(folder.iterdir()) == []


def test_when_it_fails_half_way_in_a_file_that_was_there_it_holds_no_hall(
    tmp_path: Path, office: Office, nine: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_whatever: Any) -> None:
        raise PowerCut

    monkeypatch.setattr(catalogue_rows, "write_counters", fail)
    path = tmp_path / "hall.db"
    path.touch()
    with pytest.raises(PowerCut):
        new_hall.make(path, office.read(), nine)

    engine = open_engine(f"sqlite:///{path}")
    for table in (Hall, Service, Clerk, JournalEntry):
        assert rows(engine, table, col(table.id)) == []


def test_a_killed_program_leaves_no_hall_and_the_next_one_makes_it(
    tmp_path: Path, office: Office, nine: datetime
) -> None:
    folder = tmp_path / "memory"
    workbook = office.save()
    script = """
        import os, signal, sys
        from datetime import UTC, datetime
        from pathlib import Path
        from hall.catalogue import catalogue_rows, new_hall
        from hall.workbook.reading import read_workbook

        def die(*_whatever):
            os.kill(os.getpid(), signal.SIGKILL)

        catalogue_rows.write_counters = die
        book = read_workbook(Path(sys.argv[1]))
        new_hall.make(Path(sys.argv[2]), book, datetime.now(UTC))
    """
    killed = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), str(workbook), str(folder / "hall.db")],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=False,
        timeout=60,
    )
    assert killed.returncode == -signal.SIGKILL
    assert not (folder / "hall.db").exists()
    (draft,) = folder.iterdir()
    os.utime(draft, (0, 0))  # long ago

    assert new_hall.make(folder / "hall.db", office.read(), nine).version == 1
    assert [path.name for path in folder.iterdir()] == ["hall.db"]


def test_of_several_at_once_one_makes_the_hall(tmp_path: Path, office: Office) -> None:
    path, workbook = tmp_path / "memory" / "hall.db", office.save()
    command = [sys.executable, "jiaohao.py", "init", str(workbook), f"--database=sqlite:///{path}"]
    together = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _number in range(3)
    ]

    assert sorted(program.wait(60) for program in together) == [0, 1, 1]
    assert [one.name for one in path.parent.iterdir()] == ["hall.db"]


def test_a_hall_made_meanwhile_is_not_written_over(
    tmp_path: Path, office: Office, nine: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, book, fill = tmp_path / "hall.db", office.read(), new_hall.fill

    def fill_while_another_is_faster(draft: Path, *rest: Any) -> Any:
        monkeypatch.setattr(new_hall, "fill", fill)
        new_hall.make(path, book, nine)
        return fill(draft, *rest)

    monkeypatch.setattr(new_hall, "fill", fill_while_another_is_faster)
    with pytest.raises(HallExists):
        new_hall.make(path, book, nine)


def test_the_log_of_a_hall_made_meanwhile_is_left_beside_it(
    tmp_path: Path, office: Office, nine: datetime
) -> None:
    path, draft = tmp_path / "hall.db", tmp_path / "draft.db"
    new_hall.make(path, office.read(), nine)
    log = tmp_path / "hall.db-wal"
    log.write_bytes(b"alive")
    draft.touch()
    with pytest.raises(new_hall.PlaceTaken):
        new_hall.put(draft, path)
    assert log.read_bytes() == b"alive"


def refuse_links(*_whatever: Any) -> None:
    raise PermissionError(1, "no links here")


def test_without_links_the_hall_is_made_all_the_same_but_never_over_another(
    tmp_path: Path, office: Office, nine: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "hardlink_to", refuse_links)
    path = tmp_path / "hall.db"
    assert new_hall.make(path, office.read(), nine).version == 1

    draft = tmp_path / "draft.db"
    draft.touch()
    with pytest.raises(new_hall.PlaceTaken):
        new_hall.put(draft, path)


@pytest.mark.parametrize(
    ("number", "fault"), [(28, DiskFull), (13, DatabaseReadOnly), (30, DatabaseReadOnly)]
)
def test_what_the_disk_refuses_is_told_of_the_databases_place(
    tmp_path: Path,
    office: Office,
    nine: datetime,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    fault: type[Exception],
) -> None:
    def refuse(*_whatever: Any, **_more: Any) -> None:
        raise OSError(number, os.strerror(number))

    path = tmp_path / "hall.db"
    monkeypatch.setattr("hall.catalogue.new_hall.tempfile.TemporaryDirectory", refuse)
    with pytest.raises(fault) as told:
        new_hall.make(path, office.read(), nine)
    assert vars(told.value)["where"] == str(path)


def test_a_full_disk_half_way_leaves_nothing(
    tmp_path: Path, office: Office, nine: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite's own limit of a file's pages stands in for the disk."""
    make: Callable[..., Any] = catalogue_import.make_hall

    def on_a_small_disk(session: Session, *rest: Any) -> Any:
        (pages,) = session.connection().exec_driver_sql("PRAGMA page_count").one()
        session.connection().exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        return make(session, *rest)

    example = office["材料"][1]
    office["材料"].extend([*example[:1], 3 + n, "长" * 150, *example[3:]] for n in range(300))
    monkeypatch.setattr(catalogue_import, "make_hall", on_a_small_disk)
    path = tmp_path / "memory" / "hall.db"
    with pytest.raises(DiskFull) as told:
        new_hall.make(path, office.read(), nine)

    assert told.value.where == str(path)
    assert list(path.parent.iterdir()) == []
