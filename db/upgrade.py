"""Create a database or bring an older one up to date."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Engine

from db import migrations, place
from db.engine import engine_on_server, faults_named
from db.faults import DatabaseTooNew
from db.schema_version import CURRENT, found_version
from db.sqlite_file import engine_on


def alembic_config(engine: Engine) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.attributes["engine"] = engine
    return config


def upgrade(engine: Engine, version: str = "head") -> None:
    """The tables, made or brought up to date. Raises DatabaseTooNew and every other fault.

    `version`: no further than to this one, for what is as old.
    """
    where = place.address(engine)
    found = found_version(engine)
    if found is not None and found > CURRENT:
        raise DatabaseTooNew(where, f"{found} > {CURRENT}")
    with faults_named(engine):
        try:
            command.upgrade(alembic_config(engine), version)
        except CommandError as error:
            raise DatabaseTooNew(where, str(error)) from error


def create_or_upgrade(path: Path, version: str = "head") -> Engine:
    """An engine on an up-to-date database at this path; the file is made when there is none.

    `version` as in `upgrade`. Raises DatabaseTooNew and every other DatabaseFault.
    """
    engine = engine_on(path, mode="rwc")
    with faults_named(engine), engine.connect() as connection:
        # Kept in the file; cannot be changed inside a transaction.
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA journal_mode = WAL")
    upgrade(engine, version)
    engine.dispose()
    return engine_on(path, mode="rw")


def create_on_server(url: str) -> Engine:
    """As `create_or_upgrade`, for a hall on a server: its schema is made when there is none.

    The database is its administrator's to make: raises NoDatabase when there is none.
    """
    engine = engine_on_server(url)
    from db.postgresql import make_schema

    with faults_named(engine):
        make_schema(engine)
    upgrade(engine)
    return engine
