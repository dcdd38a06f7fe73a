"""The migrations make exactly the tables the program speaks."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text
from sqlmodel import Session, SQLModel, col, select

from db import schema_version
from db.engine import reading, writing
from db.faults import DatabaseTooNew
from db.sqlite_file import engine_on
from db.tables import PrintAttempt, PrintJob, Ticket
from db.upgrade import alembic_config, create_or_upgrade


def test_migrations_and_tables_agree(engine: Engine) -> None:
    command.check(alembic_config(engine))  # raises when a table and its migration differ


def test_the_program_speaks_the_newest_step(engine: Engine) -> None:
    steps = ScriptDirectory.from_config(alembic_config(engine))
    assert steps.get_current_head() == schema_version.CURRENT


def test_upgrading_twice_changes_nothing(database: Path) -> None:
    schema_version.check(create_or_upgrade(database))


def test_upgrade_refuses_a_newer_database(database: Path, engine: Engine) -> None:
    with writing(engine) as session:
        session.connection().execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseTooNew):
        create_or_upgrade(database)


AT = "2026-11-23 01:00:00.000000"
TICKET_AND_NOTICE = (
    "INSERT INTO ticket (id, hall_id, business_day, prefix, number, code, service_id, group_id, "
    "priority_class, language, state, issued_at, due_at, ahead, calls) VALUES "
    f"(7, 1, '2026-11-23', 'A', 7, 'c', 1, 1, 'ordinary', 'zh', 'waiting', '{AT}', '{AT}', 0, 0)",
    "INSERT INTO notice (id, hall_id, year, number, serial, code, ticket_id, service_id, clerk_id, "
    "issued_at, remark, content, content_sha256) VALUES "
    f"(12, 1, 2026, 12, 'LC-2026-000012', 'n', 7, 1, 1, '{AT}', '', '{{}}', '0')",
)


def copy_what_fits(database: Path, old: Session) -> None:
    """The rows of a new hall, without the columns an older one does not have yet."""
    there = inspect(old.connection())
    with closing(sqlite3.connect(database)) as new:
        new.row_factory = sqlite3.Row
        for table in SQLModel.metadata.sorted_tables:
            if not there.has_table(table.name):
                continue
            columns = {column["name"] for column in there.get_columns(table.name)}
            for row in new.execute(f'SELECT * FROM "{table.name}"'):
                known = {name: row[name] for name in row.keys() if name in columns}  # noqa: SIM118
                marks = ", ".join("?" * len(known))
                old.connection().exec_driver_sql(
                    f'INSERT INTO "{table.name}" ({", ".join(known)}) VALUES ({marks})',
                    tuple(known.values()),
                )


def test_prints_are_kept_when_attempts_begin_to_be(tmp_path: Path, database: Path) -> None:
    path = tmp_path / "old.db"
    old = engine_on(path, mode="rwc")
    command.upgrade(alembic_config(old), "0001")
    with writing(old) as session:
        copy_what_fits(database, session)
        for statement in TICKET_AND_NOTICE:
            session.connection().exec_driver_sql(statement)
    old.dispose()
    with closing(sqlite3.connect(path)) as by_hand:
        for row in (
            (1, "ticket/7/1", "ticket", 7, None, False, "unknown", AT, 1, "no answer", "a" * 64),
            (2, "ticket/7/2", "ticket", 7, None, True, "printed", AT, 2, "", "b" * 64),
            (3, "notice/12/1", "notice", None, 12, False, "queued", None, 0, "paper_out", ""),
        ):
            number, key, kind, ticket, notice, reprint, state, sent_at, attempts, error, sha = row
            made = (number, key, kind, ticket, notice, reprint, state)
            by_hand.execute(
                "INSERT INTO print_job VALUES (?,1,?,?,'default',?,?,'{}',?,?,?,?,?,?,?,?,?)",
                (*made, AT, AT, sent_at, sent_at, attempts, error, sha),
            )
        by_hand.commit()

    engine = create_or_upgrade(path)

    with reading(engine) as session:
        jobs = session.exec(select(PrintJob).order_by(col(PrintJob.id))).all()
        assert [(job.key, job.state, job.error) for job in jobs] == [
            ("ticket/7/1", "unknown", "no answer"),
            ("ticket/7/2", "printed", ""),
            ("notice/12/1", "queued", "paper_out"),
        ]
        sent = session.exec(select(PrintAttempt).order_by(col(PrintAttempt.job_id))).all()
        assert [(one.job_id, one.number, one.outcome, one.picture_sha256) for one in sent] == [
            (1, 1, "unknown", "a" * 64),
            (2, 2, "printed", "b" * 64),
        ]
        assert session.get_one(Ticket, 7).name == "A007"
        assert session.connection().exec_driver_sql("PRAGMA foreign_key_check").all() == []
    engine.dispose()


def test_an_upgrade_leaves_a_copy_of_the_file_as_it_was(tmp_path: Path, database: Path) -> None:
    path = tmp_path / "old.db"
    old = engine_on(path, mode="rwc")
    command.upgrade(alembic_config(old), "0001")
    with writing(old) as session:
        copy_what_fits(database, session)
    old.dispose()
    environment = {"JIAOHAO_DATABASE_URL": f"sqlite:///{path}", "HOME": str(tmp_path), "PATH": ""}

    def upgrade() -> dict[str, str | None]:
        done = subprocess.run(
            [sys.executable, "-m", "jiaohao", "db", "upgrade", "--json"],
            env=environment | {"PYTHONPATH": str(Path(__file__).parent.parent)},
            capture_output=True,
            check=True,
        )
        answer: dict[str, str | None] = json.loads(done.stdout)
        return answer

    first = upgrade()
    assert first["copy"] is not None
    for file, version in ((path, schema_version.CURRENT), (Path(first["copy"]), "0001")):
        engine = engine_on(file, mode="rw")
        assert schema_version.found_version(engine) == version
        engine.dispose()
    with closing(sqlite3.connect(path)) as by_hand:
        by_hand.execute("PRAGMA journal_mode = DELETE")  # as in a copy that was put there by hand
    assert upgrade()["copy"] is None  # nothing was to be done
    with closing(sqlite3.connect(path)) as by_hand:
        assert by_hand.execute("PRAGMA journal_mode").fetchone() == ("wal",)
