"""The journal has codes, not words that may name somebody; refusals are told apart."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlmodel import Session, select

from db import journal
from db.engine import reading, writing
from db.tables import (
    Clerk,
    Counter,
    HelpKind,
    JournalEntry,
    JournalWords,
    Role,
)
from hall import rights
from hall.announcing import bulletins
from hall.catalogue import catalogue
from hall.coded_reasons import code_of
from hall.counters import counter_messages, counters, help_requests
from hall.counters.pause_reasons import PAUSE_REASONS
from hall.errors.accounts import NotAllowed
from hall.errors.counters import CounterTaken
from hall.errors.inquiries import NotResponsible
from hall.hall_rules import HallRules
from hall.inquiries import inquiries
from hall.notices import notices
from hall.notices.notice_content import SpecialMaterial
from hall.open_hall import OpenHall
from hall.overview.refusals import read_refusals
from hall.tickets import (
    assistance,
    calling,
    holding,
    releasing,
    serving,
    tickets,
)
from tests.test_command_line import ask, run

pytestmark = pytest.mark.each_engine

MARK = "张小明"
"""What nobody should have written, and somebody will."""


def test_every_row_of_the_journal_is_free_of_what_people_write(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    """Each operation that takes words is done once with a name in them."""
    session.get_one(Clerk, 3).role = Role.DUTY_MANAGER
    manager, clerk = session.get_one(Clerk, 3), session.get_one(Clerk, 1)
    service, group = catalogue.service(session, rules, "T201")
    for number in (1, 2):
        counters.open_counter(session, rules, number, f"100{number}", nine)
    for _ in range(4):
        tickets.issue(session, rules, service, group, nine)
    assistance.take_for(session, rules, service, group, clerk, MARK, nine)
    counter_messages.send(session, rules, [1], MARK, manager, nine)
    bulletins.put_up(session, rules, {"zh": MARK}, None, manager, nine)
    here = session.get_one(Counter, 1)
    for kind in (HelpKind.DUTY_MANAGER, HelpKind.EMERGENCY):
        request = help_requests.ask(session, rules, kind, "counter 1", here, clerk, MARK, nine)
        assert request.id is not None
        help_requests.answer(session, rules, request.id, manager, nine, MARK)
    calling.call_ticket(session, rules, 1, "A002", MARK, nine)
    serving.start(session, rules, 1, nine)
    notices.issue(
        session, rules, service, clerk, set(), {1: MARK}, nine,
        special=[SpecialMaterial(MARK, MARK)], counter=here, remark=MARK,
    )  # fmt: skip
    holding.hold(session, rules, 1, MARK, nine)
    releasing.release_ticket(session, rules, "A002", manager, MARK, nine)
    calling.call_next(session, rules, 1, nine)
    serving.start(session, rules, 1, nine)
    inquiry = inquiries.take(session, rules, clerk, MARK, nine)
    inquiries.hand_over(session, rules, inquiry, clerk, manager, MARK, nine)
    inquiries.answer(session, rules, inquiry, manager, MARK, nine)
    serving.finish(session, rules, 1, nine)
    counters.pause(session, rules, 1, MARK, nine, consent=manager)

    session.flush()
    rows = session.exec(select(JournalEntry)).all()
    assert len(rows) > 20
    assert [row.what for row in rows if MARK in json.dumps(row.model_dump(), default=str)] == []
    assert journal.words_of(session, 1, {row.sequence for row in rows if row.why == "other"})


def test_words_beside_the_journal_can_be_erased_and_its_chain_stays_whole(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    counters.open_counter(session, rules, 1, "1001", nine)
    counters.pause(session, rules, 1, MARK, nine, consent=manager_of(session))
    (kept,) = session.exec(select(JournalWords)).all()
    assert kept.words == MARK
    session.delete(kept)
    session.flush()
    assert journal.verify(session, rules.hall_id).intact


def manager_of(session: Session) -> Clerk:
    session.get_one(Clerk, 3).role = Role.DUTY_MANAGER
    return session.get_one(Clerk, 3)


@pytest.mark.parametrize(
    ("words", "code"),
    [("meal", "meal"), ("Meal break", "meal"), ("用餐", "meal"), ("去接张小明", "other")],
)
def test_a_usual_reason_has_its_code_in_every_language(words: str, code: str) -> None:
    assert code_of(PAUSE_REASONS, words) == code


# -- refusals ------------------------------------------------------------------------------------


def lacking(session: Session, rules: HallRules, nine: datetime) -> None:
    counters.open_counter(session, rules, 3, "1003", nine)


def taken(session: Session, rules: HallRules, nine: datetime) -> None:
    counters.open_counter(session, rules, 1, "1001", nine)
    counters.open_counter(session, rules, 1, "1002", nine, relieve=False)


def anothers(session: Session, rules: HallRules, nine: datetime) -> None:
    inquiry = inquiries.take(session, rules, session.get_one(Clerk, 1), "怎样贷款", nine)
    inquiries.answer(session, rules, inquiry, session.get_one(Clerk, 2), "可以", nine)


@pytest.mark.parametrize(
    ("deed", "refusal", "told"),
    [
        (lacking, NotAllowed, ("account.not_allowed", "1003", "serve", "")),
        (taken, CounterTaken, ("account.counter_taken", "1002", "counter_taken", "1001")),
        (anothers, NotResponsible, ("account.not_responsible", "1002", "not_responsible", "1001")),
    ],
)
def test_supervision_tells_apart_what_was_refused(
    open_hall: OpenHall,
    nine: datetime,
    deed: Callable[[Session, HallRules, datetime], None],
    refusal: type[Exception],
    told: tuple[str, str, str, str],
) -> None:
    with writing(open_hall.engine) as session:
        session.get_one(Clerk, 3).role = Role.SUPERVISION
    with (
        pytest.raises(refusal),
        rights.refusals_told(open_hall, "counter 3"),
        writing(open_hall.engine) as session,
    ):
        deed(session, open_hall.rules, nine)
    with reading(open_hall.engine) as session:
        (one,) = read_refusals(session, open_hall.rules, open_hall.rules.business_day(nine))
    assert (one.kind, one.who, one.why, one.instead_of) == told
    assert one.place == "counter 3"


def test_the_command_line_lists_them(database: Path) -> None:
    ask(database, "counter", "open", "1", "--clerk", "1001")
    assert run(database, "counter", "open", "1", "--clerk", "1003").returncode == 1
    found = ask(database, "journal", "refusals")["refusals"]
    assert [(one["kind"], one["who"], one["instead_of"]) for one in found] == [
        ("account.counter_taken", "1003", "1001")
    ]


def test_a_pause_until_a_time_that_has_passed_is_refused(database: Path) -> None:
    ask(database, "counter", "open", "1", "--clerk", "1001")
    words = ("counter", "pause", "1", "--reason", "用餐", "--until", "00:00", "--json")
    refused = run(database, *words)
    assert (refused.returncode, json.loads(refused.stdout)["error"]) == (1, "pause_over")
