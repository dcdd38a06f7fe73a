"""What is kept of a person can be told and erased, and goes by itself; the journal stays whole."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from db import journal
from db.engine import reading, writing
from db.tables import (
    Clerk,
    Inquiry,
    InquiryStep,
    JournalWords,
    Suggestion,
    SuggestionKind,
    SuggestionSubject,
)
from hall import suggestions
from hall.hall_rules import HallRules
from hall.inquiries import inquiries
from hall.keeping import personal_data
from hall.keeping.keeper import Keeper
from hall.keeping.keeping_settings import PrivacySettings
from hall.open_hall import OpenHall
from tests.test_command_line import run

PHONE, WRITTEN = "13988887777", "139-8888 7777"
KEPT = PrivacySettings(words_days=365, contact_days=90)
SECRET = "李某某的房产证"


def ask(session: Session, rules: HallRules, now: datetime, contact: str = PHONE) -> Inquiry:
    return inquiries.take(session, rules, clerk(session), SECRET, now, contact=contact)


def clerk(session: Session) -> Clerk:
    return session.get_one(Clerk, 1)


def suggest(session: Session, rules: HallRules, now: datetime, phone: str = WRITTEN) -> None:
    kind, subject = SuggestionKind.SUGGESTION, SuggestionSubject.WAITING
    suggestions.make(session, rules, kind, subject, now, place="desk", phone=phone)


def test_a_telephone_number_is_found_however_it_was_written_and_a_stranger_s_is_not(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    ask(session, rules, nine, WRITTEN)
    suggest(session, rules, nine)
    ask(session, rules, nine, "13988887778")
    session.flush()

    found = personal_data.of_phone(session, rules, PHONE)

    assert [one.where for one in found] == ["inquiry", "suggestion"]


def test_erased_it_stands_nowhere_and_the_journal_says_only_that(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    ask(session, rules, nine)
    ask(session, rules, nine, "13988887778")
    suggest(session, rules, nine)
    session.flush()

    assert personal_data.erase_phone(session, rules, PHONE, nine) == 2

    assert personal_data.of_phone(session, rules, PHONE) == []
    assert len(personal_data.of_phone(session, rules, "13988887778")) == 1
    row = journal.newest_of(session, rules.hall_id, "")
    assert row is not None
    assert (row.what, row.after, PHONE in str(row)) == ("person.erased", {"count": 2}, False)
    assert journal.verify(session, rules.hall_id).intact


def test_words_go_when_their_time_is_over_and_what_is_open_keeps_its_own(
    engine: Engine, rules: HallRules, nine: datetime
) -> None:
    with writing(engine) as session:
        ended, still_open = ask(session, rules, nine), ask(session, rules, nine)
        inquiries.answer(session, rules, ended, clerk(session), "去 2 号窗口", nine)
        closed, running_id = ended.id, still_open.id
    later = nine + timedelta(days=366)
    with writing(engine) as session:
        before = personal_data.forget(session, rules, KEPT, nine + timedelta(days=80))
        count = personal_data.forget(session, rules, KEPT, later)
        again = personal_data.forget(session, rules, KEPT, later)

    assert (before, count > 0, again) == (0, True, 0)
    with reading(engine) as session:
        ended, running = session.get_one(Inquiry, closed), session.get_one(Inquiry, running_id)
        assert (ended.matter, ended.result) == ("", "")
        assert (running.matter, running.contact) == (SECRET, "")
        words = session.exec(
            select(InquiryStep.words).where(InquiryStep.inquiry_id == closed)
        ).all()
        assert set(words) <= {""}
        assert session.exec(select(JournalWords)).all() == []
        assert journal.verify(session, rules.hall_id).intact


def test_a_suggestion_nobody_answers_does_not_keep_a_telephone_number_for_ever(
    engine: Engine, rules: HallRules, nine: datetime
) -> None:
    with writing(engine) as session:
        suggest(session, rules, nine)
    with writing(engine) as session:
        personal_data.forget(session, rules, KEPT, nine + timedelta(days=91))
    with reading(engine) as session:
        assert session.exec(select(Suggestion.phone)).all() == [""]


def test_the_keeper_forgets_once_a_day_before_it_copies(
    open_hall: OpenHall, engine: Engine, nine: datetime, tmp_path: Path
) -> None:
    with writing(engine) as session:
        suggest(session, open_hall.rules, nine)
    open_hall.now = lambda: nine + timedelta(days=91)
    keeper = Keeper(open_hall)

    assert keeper.look()

    with reading(engine) as session:
        assert session.exec(select(Suggestion.phone)).all() == [""]
    for copy in (tmp_path / "backups").glob("*.db"):
        assert PHONE.encode() not in copy.read_bytes()
        break
    else:
        pytest.fail("no copy was made")


def test_what_is_erased_is_overwritten_in_the_file(
    engine: Engine, rules: HallRules, database: Path, nine: datetime
) -> None:
    with writing(engine) as session:
        ask(session, rules, nine)
    with writing(engine) as session:
        personal_data.erase_phone(session, rules, PHONE, nine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    assert PHONE.encode() not in database.read_bytes()


def test_from_the_command_line_it_is_told_and_erased_and_never_among_the_words_of_a_command(
    engine: Engine, rules: HallRules, database: Path, nine: datetime
) -> None:
    with writing(engine) as session:
        ask(session, rules, nine)
    told = run(database, "privacy", "export", "--json", typed=WRITTEN)
    erased = run(database, "privacy", "erase", "--json", typed=WRITTEN)
    after = run(database, "privacy", "export", "--json", typed=WRITTEN)

    assert [one["where"] for one in json.loads(told.stdout)["kept"]] == ["inquiry"]
    assert json.loads(erased.stdout) == {"erased": 1}
    assert json.loads(after.stdout) == {"kept": []}
    assert run(database, "privacy", "export", PHONE).returncode == 2
