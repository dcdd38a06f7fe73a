"""Create a database or bring an older one up to date."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Engine

from db import migrations
from db.engine import engine_on, faults_named
from db.faults import DatabaseTooNew
from db.schema_version import CURRENT, found_version


def alembic_config(engine: Engine) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.attributes["engine"] = engine
    return config


def create_or_upgrade(path: Path) -> Engine:
    """An engine on an up-to-date database at this path; the file is made when there is none.

    Raises DatabaseTooNew and every other DatabaseFault.
    """
    engine = engine_on(path, mode="rwc")
    with faults_named(engine):
        found = found_version(engine)
        if found is not None and found > CURRENT:
            raise DatabaseTooNew(str(path), f"{found} > {CURRENT}")
        with engine.connect() as connection:
            # Kept in the file; cannot be changed inside a transaction.
            driver = connection.connection.driver_connection
            assert driver is not None
            driver.execute("PRAGMA journal_mode = WAL")
        try:
            command.upgrade(alembic_config(engine), "head")
        except CommandError as error:
            raise DatabaseTooNew(str(path), str(error)) from error
    engine.dispose()
    return engine_on(path, mode="rw")
