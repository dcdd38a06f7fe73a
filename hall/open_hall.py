"""A hall that a program has opened: its memory, its rules, this machine's settings."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session

from db import schema_version
from db.engine import open_engine, reading, writing
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

    rules_kept: tuple[object, ...] = ()
    """What the rules were made of when they were last read again; () before."""

    expects: Callable[[Session], object] | None = None
    """Asked at the beginning of each transaction; it raises what keeps this program from it."""

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """As `db.engine.reading`, by whom this program works for."""
        with reading(self.engine) as session:
            if self.expects is not None:
                self.expects(session)
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """As `db.engine.writing`, by whom this program works for: asked in the same transaction,
        nobody can take over between the question and the deed."""
        with writing(self.engine) as session:
            if self.expects is not None:
                self.expects(session)
            yield session

    def read_rules_again(self) -> None:
        """After a change of the catalogue or the hall's settings; raises DatabaseFault."""
        with reading(self.engine) as session:
            kept = hall_rules.as_kept(session, self.rules.hall_id)
            if kept != self.rules_kept:
                self.rules = hall_rules.load(session, self.settings)
                self.rules_kept = kept


def open_hall(settings: Settings, now: Callable[[], datetime]) -> OpenHall:
    """Raises DatabaseFault: no database, of another version, damaged."""
    engine = open_engine(settings.database_url)
    schema_version.check(engine)
    with reading(engine) as session:
        rules = hall_rules.load(session, settings)
    return OpenHall(engine, settings, rules, now)
