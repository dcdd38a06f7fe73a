"""The migrations make exactly the tables the program speaks."""

from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from db import schema_version
from db.engine import writing
from db.faults import DatabaseTooNew
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
