"""The journal shows tampering, and cannot be changed by a slip of the hand."""

import hashlib
import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from db import journal
from db.engine import reading, writing

ALL_BUT_SURROGATES = st.characters(exclude_categories=["Cs"])

pytestmark = pytest.mark.each_engine


@pytest.fixture
def three_entries(engine: Engine, nine: datetime) -> None:
    with writing(engine) as session:
        for what in ("ticket.issued", "ticket.called", "ticket.finished"):
            journal.append(
                session, 1, journal.Entry(what, who="1001", after={"state": "甲\x00"}), nine
            )


def tamper(database: Path, statement: str) -> None:
    """As somebody with the file and the skill would."""
    connection = sqlite3.connect(database)
    for verb in ("update", "delete"):
        connection.execute(f"DROP TRIGGER journal_no_{verb}")
    connection.execute(statement)
    connection.commit()
    connection.close()


@pytest.mark.usefixtures("three_entries")
def test_an_untouched_journal_is_intact(engine: Engine) -> None:
    with reading(engine) as session:
        verdict = journal.verify(session, 1)

    assert verdict == journal.Verdict(entries=3, broken_at=None)


@pytest.mark.usefixtures("three_entries")
@pytest.mark.parametrize(
    ("statement", "broken_at"),
    [
        ("UPDATE journal SET who = '1002' WHERE sequence = 2", 2),
        ("UPDATE journal SET at = '2026-11-23 00:59:00.000000' WHERE sequence = 1", 1),
        ("UPDATE journal SET after = '{}' WHERE sequence = 3", 3),
        ("DELETE FROM journal WHERE sequence = 2", 2),
        ("UPDATE journal SET previous_hash = hash WHERE sequence = 2", 2),
    ],
)
def test_a_changed_or_missing_row_is_found(
    database: Path, engine: Engine, statement: str, broken_at: int
) -> None:
    tamper(database, statement)

    with reading(engine) as session:
        assert journal.verify(session, 1).broken_at == broken_at


@pytest.mark.usefixtures("three_entries")
@pytest.mark.parametrize("statement", ["UPDATE journal SET who = 'x'", "DELETE FROM journal"])
def test_a_database_shell_is_refused(database: Path, statement: str) -> None:
    connection = sqlite3.connect(database)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(statement)
    connection.close()


FACTS = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(ALL_BUT_SURROGATES),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(ALL_BUT_SURROGATES), inner),
)


@given(st.dictionaries(st.text(ALL_BUT_SURROGATES), FACTS))
def test_the_hash_is_of_the_text_that_the_standard_library_would_write(
    told: dict[str, Any],
) -> None:
    """Anybody can verify the chain, and what was chained before orjson stays valid."""
    at = datetime(2026, 11, 23, 1, 0, 0, 5, tzinfo=UTC)
    text = json.dumps(
        [journal.FIRST_HASH, 1, 7, "2026-11-23T01:00:00.000005+00:00", told],
        ensure_ascii=False,
        separators=(",", ":"),
        sort_keys=True,
    )

    assert journal.chained(journal.FIRST_HASH, 1, 7, at, told) == (
        hashlib.sha256(text.encode()).hexdigest()
    )
