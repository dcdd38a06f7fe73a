"""实名取号: one person, one open number a matter; what is kept is little and goes next day."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from db import journal
from db.engine import writing
from db.tables import PrintJob, PriorityClass, RealName, RealNameKey, Ticket
from hall.catalogue import catalogue
from hall.counters import counters
from hall.errors.identity import HasNumber, PersonLimitReached, RealNameWanted
from hall.hall_rules import HallRules
from hall.notices import self_checks
from hall.tickets import calling, identity_number, real_names, returning, serving, tickets
from hall.tickets.identity_number import IdentityNumber
from hall.tickets.tickets import Issued
from tests.identity_cards import card

pytestmark = pytest.mark.each_engine


@pytest.fixture
def rules(rules: HallRules) -> HallRules:
    return named(rules)


def named(rules: HallRules, **numbers: Any) -> HallRules:
    numbers = {"real_name_services": ["T201"]} | numbers
    return replace(rules, numbers=rules.numbers.model_copy(update=numbers))


def person(born_on: date = date(1990, 12, 31), order: int = 123) -> IdentityNumber:
    return identity_number.read(card(born_on, order), date(2026, 11, 23))


def take(
    session: Session,
    rules: HallRules,
    now: datetime,
    who: IdentityNumber | None,
    service: str = "T201",
) -> Issued:
    of, group = catalogue.service(session, rules, service)
    circumstances = replace(tickets.BY_ONESELF, person=who)
    return tickets.issue(session, rules, of, group, now, circumstances=circumstances)


def test_without_a_name_there_is_no_number(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    with pytest.raises(RealNameWanted):
        take(session, rules, nine, None)
    assert take(session, rules, nine, None, "D301").number == "B001"  # only that matter asks
    every = named(rules, real_name=True, real_name_services=[])
    with pytest.raises(RealNameWanted):
        take(session, every, nine, None, "D301")


def test_staff_give_a_number_without_typing_a_card(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    of, group = catalogue.service(session, rules, "T201")
    assert tickets.issue(session, rules, of, group, nine).number == "A001"


def test_a_second_number_is_refused_while_the_first_is_open(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    first = take(session, rules, nine, person())
    counters.open_counter(session, rules, 1, "1001", nine)
    for is_called in (False, True):
        if is_called:
            calling.call_next(session, rules, 1, nine)
        with pytest.raises(HasNumber) as refused:
            take(session, rules, nine, person())
        assert refused.value.facts == {"number": "A001", "ticket_id": first.ticket_id}
    take(session, rules, nine, person(order=124))  # somebody else

    serving.finish(session, rules, 1, nine)
    assert take(session, rules, nine, person()).number == "A003"


def test_a_number_for_another_matter_is_not_a_second_one(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    rules = named(rules, real_name=True)
    take(session, rules, nine, person())
    assert take(session, rules, nine, person(), "D301").number == "B001"


def test_one_person_gets_so_many_a_day(session: Session, rules: HallRules, nine: datetime) -> None:
    rules = named(rules, real_name=True, numbers_per_person=1)
    take(session, rules, nine, person())
    with pytest.raises(PersonLimitReached):
        take(session, rules, nine, person(), "D301")
    take(session, rules, nine + timedelta(days=1), person(), "D301")


@pytest.mark.parametrize("by_age", [True, False])
def test_who_comes_back_is_called_by_age_too_unless_asked(
    session: Session, rules: HallRules, nine: datetime, by_age: bool
) -> None:
    of, _group = catalogue.service(session, rules, "T201")
    check = self_checks.make(session, rules, of, {1}, nine)
    elder = person(date(1950, 1, 1))
    issued = returning.come_back_checked(
        session, rules, check.code, nine, person=elder, by_age=by_age
    )
    assert issued.priority_class == ("elderly" if by_age else "ordinary")


@pytest.mark.parametrize(
    ("born_on", "asked", "given"),
    [
        (date(1966, 11, 23), PriorityClass.ORDINARY, PriorityClass.ELDERLY),
        (date(1966, 11, 24), PriorityClass.ORDINARY, PriorityClass.ORDINARY),
        (date(1950, 1, 1), PriorityClass.URGENT, PriorityClass.URGENT),
    ],
)
def test_whoever_is_sixty_by_the_card_is_called_as_an_elderly_person(
    session: Session,
    rules: HallRules,
    nine: datetime,
    born_on: date,
    asked: PriorityClass,
    given: PriorityClass,
) -> None:
    of, group = catalogue.service(session, rules, "T201")
    issued = tickets.issue(
        session,
        rules,
        of,
        group,
        nine,
        priority_class=asked,
        circumstances=replace(tickets.BY_ONESELF, person=person(born_on)),
    )
    ticket = session.get_one(Ticket, issued.ticket_id)
    assert (issued.priority_class, ticket.priority_class) == (given, given)


def test_who_comes_back_with_a_list_gives_a_name_too(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    service, _group = catalogue.service(session, rules, "T201")
    check = self_checks.make(session, rules, service, frozenset({1}), nine, printer="default")
    with pytest.raises(RealNameWanted):
        returning.come_back_checked(session, rules, check.code, nine)
    issued = returning.come_back_checked(session, rules, check.code, nine, person=person())
    assert real_names.last_of(session, issued.ticket_id) == person().last


def test_nothing_of_the_card_can_be_read_anywhere_in_the_file(
    engine: Engine, rules: HallRules, nine: datetime, database: Path
) -> None:
    who = person()
    with writing(engine) as session:
        take(session, rules, nine, who)
    engine.dispose()
    with closing(sqlite3.connect(database)) as file:
        everything = "\n".join(file.iterdump())
    kept = {who.text, who.text[6:14], who.text[:6], who.text[:14]}
    assert not any(part in everything for part in kept)
    with writing(engine) as session:
        told = [str((one.before, one.after, one.why)) for one in journal.entries(session, 1)]
        told += [str(job.content) for job in session.exec(select(PrintJob))]
        row = session.exec(select(RealName)).one()
    assert told and not any(part in text for text in told for part in (who.last, row.digest))


def test_next_day_nobody_can_tell_whose_a_ticket_was(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    take(session, rules, nine, person())
    take(session, rules, nine + timedelta(days=1), person(order=124))

    assert [row.business_day for row in session.exec(select(RealName))] == [date(2026, 11, 24)]
    assert [row.business_day for row in session.exec(select(RealNameKey))] == [date(2026, 11, 24)]


def test_the_same_person_has_another_digest_each_day(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    today = real_names.digest(session, rules, person(), nine)
    assert real_names.digest(session, rules, person(), nine) == today
    assert real_names.digest(session, rules, person(), nine + timedelta(days=1)) != today


def test_what_is_kept_is_erased_when_asked_for_and_the_journal_stands(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    take(session, rules, nine, person())
    other = take(session, rules, nine, person(order=124))

    assert real_names.erase(session, rules, person(), nine) == 1
    session.flush()

    assert [row.ticket_id for row in session.exec(select(RealName))] == [other.ticket_id]
    assert journal.verify(session, rules.hall_id).broken_at is None
    assert take(session, rules, nine, person()).number == "A003"


def test_erasing_leaves_nothing_of_an_earlier_day_either(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    take(session, rules, nine, person())  # and the hall has given no number since
    real_names.erase(session, rules, person(), nine + timedelta(days=1))
    session.flush()
    assert session.exec(select(RealName)).all() == []
