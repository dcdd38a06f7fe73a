"""A hall that a program has opened: its memory, its rules, this machine's settings."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from db import schema_version
from db.engine import open_engine, reading
from hall import hall_rules
from hall.hall_rules import HallRules
from hall.settings import Settings


@dataclass
class OpenHall:
    engine: Engine
    settings: Settings
    rules: HallRules
    now: Callable[[], datetime]
    """The time, aware; handed in, so that a test can stand still."""

    def read_rules_again(self) -> None:
        """After a change of the catalogue or the hall's settings; raises DatabaseFault."""
        with reading(self.engine) as session:
            self.rules = hall_rules.load(session, self.settings)


def open_hall(settings: Settings, now: Callable[[], datetime]) -> OpenHall:
    """Raises DatabaseFault: no database, of another version, damaged."""
    engine = open_engine(settings.database_url)
    schema_version.check(engine)
    with reading(engine) as session:
        rules = hall_rules.load(session, settings)
    return OpenHall(engine, settings, rules, now)
