"""An office with a workbook, and a hall made of it."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from hall.catalogue import new_hall
from hall.open_hall import OpenHall, open_hall
from hall.settings import Settings
from tests.catalogue.office import Office
from tests.conftest import NINE


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


@pytest.fixture
def database(tmp_path: Path, office: Office) -> Path:
    """Of the office's first workbook."""
    path = tmp_path / "memory" / "hall.db"
    new_hall.make(path, office.read(), NINE)
    return path


@pytest.fixture
def made(engine: Engine, settings: Settings) -> OpenHall:
    """That hall, opened; it is nine o'clock and stays nine o'clock."""
    engine.dispose()
    return open_hall(settings, lambda: NINE)
