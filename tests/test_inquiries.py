"""首问责任: whoever is asked first answers, leads on or hands over; nothing is lost on the way."""

import threading
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, select

from db import journal
from db.engine import open_engine, reading, writing
from db.tables import Clerk, Inquiry, InquiryState, PrintJob, Service, Ticket, TicketOrigin
from hall import desk_view
from hall.catalogue import catalogue
from hall.counters import counters
from hall.errors import (
    ForbiddenPhrase,
    HandlesNoInquiries,
    HasItAlready,
    InquiryEnded,
    MatterMissing,
    NoPhoneKnown,
    NotAllowed,
    NotResponsible,
    NumberOfAPerson,
    Refused,
    ResultMissing,
    TextTooLong,
    UnknownInquiry,
)
from hall.hall_rules import HallRules
from hall.inquiries import inquiries
from hall.inquiries.inquiry_deadline import is_overdue, working_days_after
from hall.inquiries.inquiry_numbers import code_of, name_of, parse
from hall.inquiries.inquiry_steps import chain
from hall.printing import reprints
from hall.settings import Settings
from hall.tickets import calling, found_ticket, tickets
from tests.query_plans import recorded, through_history

MATTER = "异地缴存的能不能在这里贷款"


@pytest.fixture
def li(session: Session) -> Clerk:
    return session.get_one(Clerk, 1)


@pytest.fixture
def zhou(session: Session) -> Clerk:
    return session.get_one(Clerk, 2)


@pytest.fixture
def manager(session: Session) -> Clerk:
    clerk = session.get_one(Clerk, 3)
    clerk.role = "duty_manager"
    session.flush()
    return clerk


@pytest.fixture
def asked(session: Session, rules: HallRules, li: Clerk, nine: datetime) -> Inquiry:
    return inquiries.take(session, rules, li, MATTER, nine, contact="13900001111")


def journalled(session: Session, inquiry: Inquiry) -> list[str]:
    return [one.what for one in journal.entries(session, 1, subject=f"inquiry/{inquiry.id}")]


def test_whoever_is_asked_first_answers_for_it(session: Session, asked: Inquiry, li: Clerk) -> None:
    assert (name_of(asked), asked.state) == ("咨2026-0001", InquiryState.OPEN)
    assert asked.first_asked_id == asked.responsible_id == li.id
    assert [(step.by_id, step.to_id) for step in chain(session, asked)] == [(1, 1)]


def test_an_answer_ends_it_and_erases_how_the_citizen_is_reached(
    session: Session, rules: HallRules, asked: Inquiry, li: Clerk, nine: datetime
) -> None:
    inquiries.answer(session, rules, asked, li, "可以，带收入证明", nine)

    assert (asked.state, asked.result) == (InquiryState.ANSWERED, "可以，带收入证明")
    assert (asked.ended_at, asked.contact) == (nine, "")
    assert [step.to_id for step in chain(session, asked)] == [1, None]
    assert inquiries.open_inquiries(session, rules) == []


@pytest.mark.parametrize("result", ["", "  ", "…", "——。", "\x1b\n"])
def test_nothing_leaves_the_list_without_a_result(
    session: Session, rules: HallRules, asked: Inquiry, li: Clerk, nine: datetime, result: str
) -> None:
    for end in (inquiries.answer, inquiries.direct):
        with pytest.raises(ResultMissing):
            end(session, rules, asked, li, result, nine)
    assert inquiries.open_inquiries(session, rules) == [asked]


@pytest.mark.parametrize("result", ["不知道", "不 知 道。", "这个我不知道！"])
def test_not_to_know_is_no_answer(
    session: Session, rules: HallRules, asked: Inquiry, li: Clerk, nine: datetime, result: str
) -> None:
    with pytest.raises(ForbiddenPhrase):
        inquiries.answer(session, rules, asked, li, result, nine)
    assert asked.state == InquiryState.OPEN


def test_a_citizen_may_say_that_he_does_not_know(
    session: Session, rules: HallRules, li: Clerk, nine: datetime
) -> None:
    assert inquiries.take(session, rules, li, "不知道在哪个窗口办", nine).matter


@pytest.mark.parametrize(
    ("matter", "refusal"),
    [
        (" ", MatterMissing),
        ("x" * 201, TextTooLong),
        ("请回电 139-0000-1111", NumberOfAPerson),
        ("身份证５３２１０１１９９００１０１００１２", NumberOfAPerson),
    ],
)
def test_what_cannot_be_kept_for_good_is_not_taken(
    session: Session,
    rules: HallRules,
    li: Clerk,
    nine: datetime,
    matter: str,
    refusal: type[Refused],
) -> None:
    with pytest.raises(refusal):
        inquiries.take(session, rules, li, matter, nine)
    assert inquiries.take(session, rules, li, MATTER, nine).number == 1  # no number was lost


def test_only_who_has_it_or_the_manager_ends_it_or_gives_it_on(
    session: Session,
    rules: HallRules,
    asked: Inquiry,
    zhou: Clerk,
    manager: Clerk,
    nine: datetime,
) -> None:
    service, group = catalogue.service(session, rules, "T201")
    with pytest.raises(NotResponsible):
        inquiries.answer(session, rules, asked, zhou, "可以", nine)
    with pytest.raises(NotResponsible):
        inquiries.direct(session, rules, asked, zhou, "税务局", nine)
    with pytest.raises(NotResponsible):
        inquiries.lead_to(session, rules, asked, zhou, service, group, nine)
    with pytest.raises(NotResponsible):
        inquiries.hand_over(session, rules, asked, zhou, zhou, "", nine)
    assert session.exec(select(Ticket)).all() == []

    inquiries.answer(session, rules, asked, manager, "可以", nine)
    assert asked.state == InquiryState.ANSWERED


def test_who_serves_nobody_takes_no_inquiry(
    session: Session, rules: HallRules, li: Clerk, asked: Inquiry, nine: datetime
) -> None:
    li.role = "supervision"
    with pytest.raises(NotAllowed):
        inquiries.take(session, rules, li, MATTER, nine)
    with pytest.raises(NotAllowed):
        inquiries.answer(session, rules, asked, li, "可以", nine)


def test_what_has_ended_stays_as_it_ended(
    session: Session, rules: HallRules, asked: Inquiry, li: Clerk, zhou: Clerk, nine: datetime
) -> None:
    inquiries.direct(session, rules, asked, li, "税务局，0883-2160001", nine)
    service, group = catalogue.service(session, rules, "T201")

    with pytest.raises(InquiryEnded):
        inquiries.answer(session, rules, asked, li, "可以", nine)
    with pytest.raises(InquiryEnded):
        inquiries.hand_over(session, rules, asked, li, zhou, "", nine)
    with pytest.raises(InquiryEnded):
        inquiries.lead_to(session, rules, asked, li, service, group, nine)
    with pytest.raises(InquiryEnded):
        inquiries.print_slip(session, rules, asked, nine)
    assert (asked.state, asked.result) == (InquiryState.DIRECTED, "税务局，0883-2160001")


# -- led to a counter ----------------------------------------------------------------------------


def test_who_is_led_to_a_counter_gets_a_ticket_like_any_other(
    session: Session, rules: HallRules, asked: Inquiry, li: Clerk, nine: datetime
) -> None:
    service, group = catalogue.service(session, rules, "D301")
    led = inquiries.lead_to(session, rules, asked, li, service, group, nine)

    ticket = session.get_one(Ticket, asked.ticket_id)
    assert led.ticket == ticket.name == "B001"
    assert (ticket.origin, asked.state) == (TicketOrigin.DESK, InquiryState.LED)
    assert asked.result == "B001 个人住房贷款申请"
    assert session.exec(select(PrintJob)).one().content["number"] == "B001"


def test_a_ticket_that_is_good_for_it_is_kept(
    session: Session, rules: HallRules, li: Clerk, nine: datetime
) -> None:
    service, group = catalogue.service(session, rules, "T201")
    tickets.issue(session, rules, service, group, nine)
    own = tickets.by_number(session, rules, "A001", nine)
    came_with_it = inquiries.take(session, rules, li, MATTER, nine, ticket=own)

    led = inquiries.lead_to(session, rules, came_with_it, li, service, group, nine)
    assert (led.ticket, led.issued, came_with_it.ticket_id) == ("A001", None, own.id)


@pytest.mark.parametrize("state", ["waiting", "serving"])
def test_a_ticket_that_waits_takes_on_another_matter_of_its_group(
    session: Session, rules: HallRules, li: Clerk, nine: datetime, state: str
) -> None:
    """One that is served for its own matter keeps that, and another is given."""
    service, group = catalogue.service(session, rules, "T201")
    session.add(Service(**service.model_dump(exclude={"id", "code"}), code="T202"))
    session.flush()
    other, _ = catalogue.service(session, rules, "T202")
    tickets.issue(session, rules, service, group, nine)
    own = tickets.by_number(session, rules, "A001", nine)
    if state == "serving":
        own.counter_id, own.state = 1, state
    came_with_it = inquiries.take(session, rules, li, MATTER, nine, ticket=own)

    led = inquiries.lead_to(session, rules, came_with_it, li, other, group, nine)
    assert session.get_one(Ticket, came_with_it.ticket_id).service_id == other.id
    assert led.ticket == ("A001" if state == "waiting" else "A002")
    assert own.service_id == (other.id if state == "waiting" else service.id)
    changed = [one.what for one in journal.entries(session, 1, subject=f"ticket/{own.id}")]
    assert ("ticket.matter_changed" in changed) is (state == "waiting")


@pytest.mark.parametrize("case", ["another matter", "over", "yesterday's"])
def test_a_ticket_that_is_good_for_nothing_there_is_replaced(
    session: Session, rules: HallRules, li: Clerk, nine: datetime, case: str
) -> None:
    service, group = catalogue.service(session, rules, "T201")
    tickets.issue(session, rules, service, group, nine)
    own = tickets.by_number(session, rules, "A001", nine)
    came_with_it = inquiries.take(session, rules, li, MATTER, nine, ticket=own)
    if case == "over":
        own.state = "finished"
    if case == "another matter":
        service, group = catalogue.service(session, rules, "D301")
    if case == "yesterday's":
        nine += timedelta(days=1)

    led = inquiries.lead_to(session, rules, came_with_it, li, service, group, nine)
    assert led.issued is not None
    assert came_with_it.ticket_id == led.issued.ticket_id != own.id


# -- handed over ---------------------------------------------------------------------------------


def test_handing_over_keeps_the_chain_and_the_citizen_gets_name_and_phone(
    session: Session, rules: HallRules, asked: Inquiry, li: Clerk, zhou: Clerk, nine: datetime
) -> None:
    counters.open_counter(session, rules, 2, "1002", nine)
    inquiries.hand_over(session, rules, asked, li, zhou, "请下午答复", nine)

    assert (asked.state, asked.responsible_id, asked.first_asked_id) == ("open", 2, 1)
    assert asked.contact == "13900001111"
    last = chain(session, asked)[-1]
    assert (last.by_id, last.to_id, last.words) == (1, 2, "请下午答复")
    slip = session.exec(select(PrintJob)).one()
    assert (slip.kind, slip.subject) == ("inquiry", f"inquiry/{asked.id}/2")
    assert (slip.content["name"], slip.content["phone"]) == ("周五", "0883-2120002")
    assert (slip.content["counter"], slip.content["code"]) == (2, code_of(asked))
    assert MATTER not in str(slip.content) and "1390000" not in str(slip.content)
    with pytest.raises(NotResponsible):
        inquiries.answer(session, rules, asked, li, "可以", nine)
    inquiries.answer(session, rules, asked, zhou, "可以", nine)


def test_each_who_has_it_is_on_a_slip_of_their_own(
    session: Session, rules: HallRules, asked: Inquiry, li: Clerk, zhou: Clerk, nine: datetime
) -> None:
    inquiries.print_slip(session, rules, asked, nine)
    inquiries.hand_over(session, rules, asked, li, zhou, "", nine)
    inquiries.hand_over(session, rules, asked, zhou, li, "", nine)

    subject = inquiries.slip_of(session, asked)
    session.exec(select(PrintJob).where(PrintJob.subject == subject)).one().state = "printed"
    again = reprints.ask(session, rules, subject, "lost", nine, printer="default", who="1001")
    assert (again.content["name"], again.reprint) == ("李四", True)
    slips = session.exec(select(PrintJob)).all()
    assert [slip.content["name"] for slip in slips] == ["李四", "周五", "李四", "李四"]


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"phone": " "}, NoPhoneKnown),
        ({"role": "supervision"}, HandlesNoInquiries),
        ({"withdrawn": True}, HandlesNoInquiries),
    ],
)
def test_nobody_gets_it_who_cannot_answer_or_be_reached(
    session: Session,
    rules: HallRules,
    asked: Inquiry,
    li: Clerk,
    zhou: Clerk,
    nine: datetime,
    change: dict[str, object],
    refusal: type[Refused],
) -> None:
    for name, value in change.items():
        setattr(zhou, name, value)
    with pytest.raises(refusal):
        inquiries.hand_over(session, rules, asked, li, zhou, "", nine)
    assert asked.responsible_id == li.id
    shown = [one.staff_number for one in desk_view.read_colleagues(session, rules)]
    assert "1002" not in shown


def test_handing_over_to_who_has_it_is_refused(
    session: Session, rules: HallRules, asked: Inquiry, li: Clerk, manager: Clerk, nine: datetime
) -> None:
    for by in (li, manager):
        with pytest.raises(HasItAlready):
            inquiries.hand_over(session, rules, asked, by, li, "", nine)


def test_what_a_colleague_is_told_names_nobody(
    session: Session, rules: HallRules, asked: Inquiry, li: Clerk, zhou: Clerk, nine: datetime
) -> None:
    with pytest.raises(NumberOfAPerson):
        inquiries.hand_over(session, rules, asked, li, zhou, "回电 13900001111", nine)
    assert len(chain(session, asked)) == 1


def test_one_who_has_left_the_office_loses_nothing_the_manager_gives_it_on(
    session: Session,
    rules: HallRules,
    asked: Inquiry,
    li: Clerk,
    zhou: Clerk,
    manager: Clerk,
    nine: datetime,
) -> None:
    li.withdrawn = True
    session.flush()
    (shown,) = desk_view.read_open(session, rules, nine)
    assert shown.responsible.name == "李四"
    inquiries.hand_over(session, rules, asked, manager, zhou, "", nine)
    assert inquiries.of_clerk(session, rules, zhou) == [asked]


# -- the list, the numbers, the days -------------------------------------------------------------


def test_yesterdays_stay_on_the_list_before_todays(
    session: Session, rules: HallRules, asked: Inquiry, li: Clerk, zhou: Clerk, nine: datetime
) -> None:
    service, group = catalogue.service(session, rules, "T201")
    tomorrow = nine + timedelta(days=1)
    tickets.issue(session, rules, service, group, tomorrow)  # settles the day before
    newer = inquiries.take(session, rules, zhou, MATTER, tomorrow)
    ended = inquiries.take(session, rules, zhou, MATTER, tomorrow)
    inquiries.answer(session, rules, ended, zhou, "可以", tomorrow)

    assert inquiries.open_inquiries(session, rules) == [asked, newer]
    assert inquiries.of_clerk(session, rules, zhou) == [newer]
    assert inquiries.of_year(session, rules, 2026) == [ended, newer, asked]


def test_every_year_begins_with_one_and_names_itself(
    session: Session, rules: HallRules, asked: Inquiry, li: Clerk, nine: datetime
) -> None:
    second = inquiries.take(session, rules, li, MATTER, nine)
    # Still the old year in UTC.
    new_year = datetime.fromisoformat("2027-01-01T00:10:00+08:00")
    third = inquiries.take(session, rules, li, MATTER, new_year)

    assert [name_of(one) for one in (asked, second, third)] == [
        "咨2026-0001", "咨2026-0002", "咨2027-0001",
    ]  # fmt: skip
    assert inquiries.by_number(session, rules, "1", new_year) is third
    assert inquiries.by_number(session, rules, "咨2026-0001", new_year) is asked
    assert inquiries.by_number(session, rules, code_of(asked), new_year) is asked


def test_a_refused_one_leaves_no_gap(engine: Engine, rules: HallRules, nine: datetime) -> None:
    for matter in (MATTER, "", MATTER):
        try:
            with writing(engine) as session:
                inquiries.take(session, rules, session.get_one(Clerk, 1), matter, nine)
        except MatterMissing:
            pass
    with reading(engine) as session:
        assert [one.number for one in session.exec(select(Inquiry)).all()] == [1, 2]


def test_two_at_once_get_two_numbers_and_end_one_inquiry_once(
    database: Path, engine: Engine, rules: HallRules, nine: datetime
) -> None:
    def take_some() -> None:
        own = open_engine(f"sqlite:///{database}")
        for _ in range(10):
            with writing(own) as session:
                inquiries.take(session, rules, session.get_one(Clerk, 1), MATTER, nine)
        own.dispose()

    ended: list[str] = []

    def answer_all(words: str) -> None:
        own = open_engine(f"sqlite:///{database}")
        for number in range(1, 21):
            try:
                with writing(own) as session:
                    one = inquiries.by_number(session, rules, str(number), nine)
                    clerk = session.get_one(Clerk, 1)
                    inquiries.answer(session, rules, one, clerk, words, nine)
                ended.append(words)
            except InquiryEnded:
                pass
        own.dispose()

    for work in ([(take_some, ())] * 2, [(answer_all, (word,)) for word in ("甲", "乙")]):
        threads = [threading.Thread(target=what, args=given) for what, given in work]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    with reading(engine) as session:
        found = session.exec(select(Inquiry)).all()
        assert sorted(one.number for one in found) == list(range(1, 21))
        assert len(ended) == 20 and {one.state for one in found} == {"answered"}
        assert journal.verify(session, 1).intact


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2026-11-23", "2026-11-23", 0),
        ("2026-11-23", "2026-11-26", 3),
        ("2026-11-27", "2026-11-30", 1),  # Friday to Monday
        ("2026-11-27", "2026-12-02", 3),
        ("2026-11-28", "2026-11-29", 0),
        ("2026-11-23", "2026-12-07", 10),
        ("2026-11-24", "2026-11-23", 0),  # the clock was set back
    ],
)
def test_saturdays_and_sundays_are_no_working_days(first: str, last: str, days: int) -> None:
    assert working_days_after(date.fromisoformat(first), date.fromisoformat(last)) == days


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 400))
def test_working_days_are_counted_like_one_by_one(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    one_by_one = sum((first + timedelta(days=day)).weekday() < 5 for day in range(1, length + 1))
    assert working_days_after(first, last) == one_by_one


def test_it_is_overdue_on_the_fourth_working_day(rules: HallRules, nine: datetime) -> None:
    assert not is_overdue(rules, nine, nine + timedelta(days=3))
    assert is_overdue(rules, nine, nine + timedelta(days=4))


@pytest.mark.parametrize("text", ["A001", "Q012", "", "咨", "12-3-4", "咨2026-", "一", "-7", "7x"])
def test_what_is_no_inquiry_is_told_so(
    session: Session, rules: HallRules, asked: Inquiry, nine: datetime, text: str
) -> None:
    assert parse(text) is None
    with pytest.raises(UnknownInquiry):
        inquiries.by_number(session, rules, text, nine)


# -- what is told, and what is shown -------------------------------------------------------------


def test_the_journal_has_the_course_and_no_word_anybody_typed(
    session: Session, rules: HallRules, asked: Inquiry, li: Clerk, zhou: Clerk, nine: datetime
) -> None:
    inquiries.hand_over(session, rules, asked, li, zhou, "请下午答复", nine)
    inquiries.answer(session, rules, asked, zhou, "可以办", nine)

    assert journalled(session, asked) == [
        "inquiry.taken", "inquiry.handed_over", "inquiry.answered",
    ]  # fmt: skip
    told = [
        f"{one.why}{one.before}{one.after}"
        for one in journal.entries(session, 1, subject=f"inquiry/{asked.id}")
    ]
    for word in (MATTER, "1390000", "下午", "可以办", "周五"):
        assert not any(word in text for text in told)
    assert "1002" in told[1]


def test_the_desk_sees_every_open_one_with_its_chain_and_where_people_could_go(
    session: Session, rules: HallRules, asked: Inquiry, li: Clerk, zhou: Clerk, nine: datetime
) -> None:
    inquiries.hand_over(session, rules, asked, li, zhou, "急", nine)
    counters.open_counter(session, rules, 3, "1002", nine)
    service, group = catalogue.service(session, rules, "T201")
    tickets.issue(session, rules, service, group, nine)
    view = desk_view.read_desk(session, rules, nine + timedelta(minutes=5), printer="default")

    (shown,) = view.inquiries
    assert (shown.number, shown.matter, shown.overdue) == ("咨2026-0001", MATTER, False)
    assert (shown.responsible.name, shown.responsible.counter) == ("周五", 3)
    assert [(link.by, link.to, link.words) for link in shown.chain] == [
        ("李四", "李四", ""), ("李四", "周五", "急"),
    ]  # fmt: skip
    lines = {line.prefix: line for line in view.lines}
    assert (lines["A"].waiting, lines["A"].oldest_at) == (1, nine)
    assert (lines["B"].waiting, lines["B"].oldest_at) == (0, None)
    assert [one.number for one in lines["B"].counters] == [3]


def test_what_people_wrote_reaches_a_screen_as_text_only(
    session: Session, rules: HallRules, li: Clerk, nine: datetime
) -> None:
    li.name = "李\x1b[2J四"
    inquiries.take(session, rules, li, "问\x1b]0;x\x07题", nine, contact="a\tb")
    (shown,) = desk_view.read_open(session, rules, nine)

    told = f"{shown.matter}{shown.contact}{shown.responsible.name}{shown.chain[0].by}"
    assert not any(ord(sign) < 32 for sign in told)


def test_a_ticket_is_found_with_where_it_stands_and_how_long_it_waited(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    service, group = catalogue.service(session, rules, "T201")
    for minute in range(2):
        tickets.issue(session, rules, service, group, nine + timedelta(minutes=minute))
    counters.open_counter(session, rules, 1, "1001", nine)
    later = nine + timedelta(minutes=7)
    waits = found_ticket.read_ticket(session, rules, "a002", later)
    calling.call_next(session, rules, 1, later)
    called = found_ticket.read_ticket(session, rules, "A001", later + timedelta(minutes=5))

    assert (waits.state, waits.ahead, waits.counters) == ("waiting", 1, (1,))
    assert (waits.waited, waits.counter) == (timedelta(minutes=6), None)
    assert (called.state, called.counter, called.ahead) == ("called", 1, None)
    assert called.waited == timedelta(minutes=7)


def test_the_desk_reads_what_is_open_only_however_long_the_history(
    database: Path,
    settings: Settings,
    rules: HallRules,
    nine: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with recorded(monkeypatch) as ran:
        engine = open_engine(settings.database_url)
        with writing(engine) as session:
            one = inquiries.take(session, rules, session.get_one(Clerk, 1), MATTER, nine)
            service, group = catalogue.service(session, rules, "T201")
            tickets.issue(session, rules, service, group, nine)
            inquiries.hand_over(
                session, rules, one, session.get_one(Clerk, 1), session.get_one(Clerk, 2), "", nine
            )
            desk_view.read_desk(session, rules, nine, printer="default")
            found_ticket.read_ticket(session, rules, "A001", nine)
            inquiries.by_number(session, rules, "1", nine)
        engine.dispose()
        monkeypatch.setattr("tests.query_plans.GROWS_FOR_EVER", ("inquiry", "ticket", "print_job"))
        assert through_history(database, ran) == []
    assert any("FROM inquiry" in sql for sql in ran)
