"""What goes past SQLAlchemy to the driver is written as SQLAlchemy would."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from db.prepared import moment_text
from db.tables.columns import UtcDateTime

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
MOMENTS = st.datetimes(
    min_value=datetime(1900, 1, 1),  # noqa: DTZ001 - Hypothesis adds the zone
    max_value=datetime(2200, 1, 1),  # noqa: DTZ001
    timezones=ZONES | st.just(UTC),
)


@given(MOMENTS | st.none())
def test_a_moment_stands_in_the_file_as_sqlalchemy_writes_it(moment: datetime | None) -> None:
    dialect = sqlite.dialect()
    written = UtcDateTime().dialect_impl(dialect).bind_processor(dialect)
    assert written is not None

    assert moment_text(moment) == written(moment)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        moment_text(datetime(2026, 11, 30, 9))  # noqa: DTZ001
