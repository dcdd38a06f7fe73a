"""首问责任: whoever is asked first answers, leads on or hands over; no end without a result."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from db.tables import (
    Clerk,
    Inquiry,
    InquiryChannel,
    InquiryState,
    PriorityClass,
    Service,
    ServiceGroup,
    Ticket,
    TicketOrigin,
    TicketState,
)
from db.tables.inquiries import OPEN_INQUIRY
from hall import forbidden_phrases, number_series, rights
from hall.errors.inquiries import (
    HandlesNoInquiries,
    HasItAlready,
    InquiryEnded,
    MatterMissing,
    NoPhoneKnown,
    NotResponsible,
    UnknownInquiry,
)
from hall.hall_rules import HallRules
from hall.inquiries import inquiry_slips
from hall.inquiries.inquiry_numbers import name_of, parse
from hall.inquiries.inquiry_steps import add_step, chain, tell
from hall.inquiries.inquiry_texts import (
    MOST_CONTACT,
    MOST_MATTER,
    MOST_WORDS,
    checked,
    names_nobody,
    result_of,
)
from hall.names import name_in, plain
from hall.printing import print_jobs
from hall.printing.reprints import VALID
from hall.rights import Right
from hall.tickets import tickets
from hall.tickets.matter_change import change_matter
from hall.tickets.tickets import Circumstances, Issued


@dataclass(frozen=True)
class Led:
    """Where an inquiry went on as a visit."""

    ticket: str
    """Its number."""
    issued: Issued | None
    """None: the citizen has one already that waits for this."""


# -- reading -------------------------------------------------------------------------------------


def by_number(session: Session, rules: HallRules, text: str, now: datetime) -> Inquiry:
    """Of this year where the text names none; raises UnknownInquiry."""
    parsed = parse(text)
    if parsed is not None:
        year, number = parsed
        inquiry = session.exec(
            select(Inquiry).where(
                Inquiry.hall_id == rules.hall_id,
                Inquiry.year == (year or rules.business_day(now).year),
                Inquiry.number == number,
            )
        ).first()
        if inquiry is not None:
            return inquiry
    raise UnknownInquiry(number=plain(text))


def open_inquiries(session: Session, rules: HallRules) -> list[Inquiry]:
    """The oldest first, of whatever day: each still owes somebody an answer."""
    return list(
        session.exec(
            select(Inquiry)
            .where(OPEN_INQUIRY, Inquiry.hall_id == rules.hall_id)
            .order_by(col(Inquiry.id))
        ).all()
    )


def of_clerk(session: Session, rules: HallRules, clerk: Clerk) -> list[Inquiry]:
    """The open ones this clerk answers for, the oldest first."""
    return [one for one in open_inquiries(session, rules) if one.responsible_id == clerk.id]


def of_year(session: Session, rules: HallRules, year: int) -> list[Inquiry]:
    """Every one, ended or not, the newest first."""
    return list(
        session.exec(
            select(Inquiry)
            .where(Inquiry.hall_id == rules.hall_id, Inquiry.year == year)
            .order_by(col(Inquiry.number).desc())
        ).all()
    )


# -- operations ----------------------------------------------------------------------------------


def take(
    session: Session,
    rules: HallRules,
    clerk: Clerk,
    matter: str,
    now: datetime,
    *,
    channel: InquiryChannel = InquiryChannel.IN_PERSON,
    ticket: Ticket | None = None,
    contact: str = "",
    place: str = "desk",
) -> Inquiry:
    """The clerk was asked first, and answers for it from now on.

    Needs a write transaction, for its number. Raises NotAllowed, MatterMissing, NumberOfAPerson,
    TextTooLong.
    """
    rights.check(clerk, Right.ASSIST)
    assert clerk.id is not None
    matter = names_nobody(checked(matter, MOST_MATTER))
    if not matter:
        raise MatterMissing()
    year = rules.business_day(now).year
    inquiry = Inquiry(
        hall_id=rules.hall_id,
        year=year,
        number=number_series.take(session, rules.hall_id, f"inquiry/{year}"),
        ticket_id=ticket.id if ticket is not None else None,
        channel=channel.value,
        matter=matter,
        contact=checked(contact, MOST_CONTACT),
        first_asked_id=clerk.id,
        responsible_id=clerk.id,
        asked_at=now,
    )
    session.add(inquiry)
    session.flush()
    add_step(session, inquiry, clerk, clerk, "", now)
    after = {
        "number": name_of(inquiry),
        "channel": channel.value,
        "state": str(inquiry.state),
        "responsible": clerk.staff_number,
        "ticket_id": inquiry.ticket_id,
    }
    tell(session, inquiry, "inquiry.taken", clerk, now, place, before=None, after=after)
    return inquiry


def answer(
    session: Session,
    rules: HallRules,
    inquiry: Inquiry,
    clerk: Clerk,
    result: str,
    now: datetime,
    *,
    place: str = "desk",
) -> Inquiry:
    """Raises ResultMissing, ForbiddenPhrase, TextTooLong, InquiryEnded, NotResponsible."""
    expect_responsible(session, inquiry, clerk)
    result = result_of(rules, result)
    return end(session, inquiry, clerk, InquiryState.ANSWERED, result, now, place)


def direct(
    session: Session,
    rules: HallRules,
    inquiry: Inquiry,
    clerk: Clerk,
    where: str,
    now: datetime,
    *,
    place: str = "desk",
) -> Inquiry:
    """It is not this centre's: the citizen was told where to go. Raises as `answer`."""
    expect_responsible(session, inquiry, clerk)
    result = result_of(rules, where)
    return end(session, inquiry, clerk, InquiryState.DIRECTED, result, now, place)


def lead_to(
    session: Session,
    rules: HallRules,
    inquiry: Inquiry,
    clerk: Clerk,
    service: Service,
    group: ServiceGroup,
    now: datetime,
    *,
    priority_class: PriorityClass = PriorityClass.ORDINARY,
    language: str = "zh",
    place: str = "desk",
    print_slip: bool = True,
    printer: str = print_jobs.DEFAULT_PRINTER,
    large_print: bool = False,
) -> Led:
    """To a counter, with a ticket: the one it came with where that is good for it, else a new one.

    Raises InquiryEnded, NotResponsible, ServiceWithdrawn.
    """
    expect_responsible(session, inquiry, clerk)
    issued = None
    ticket = session.get(Ticket, inquiry.ticket_id) if inquiry.ticket_id is not None else None
    if ticket is None or not is_good_for(rules, ticket, service, now):
        issued = tickets.issue(
            session,
            rules,
            service,
            group,
            now,
            priority_class=priority_class,
            language=language,
            place=place,
            print_slip=print_slip,
            printer=printer,
            large_print=large_print,
            circumstances=Circumstances(origin=TicketOrigin.DESK, who=clerk.staff_number),
        )
        ticket = session.get_one(Ticket, issued.ticket_id)
    elif ticket.service_id != service.id:
        change_matter(session, ticket, service, clerk, place, now)
    before = inquiry.ticket_id
    inquiry.ticket_id = ticket.id
    result = f"{ticket.name} {plain(name_in(service.names, 'zh'))}"
    end(session, inquiry, clerk, InquiryState.LED, result, now, place, {"ticket_id": before})
    return Led(ticket.name, issued)


def hand_over(
    session: Session,
    rules: HallRules,
    inquiry: Inquiry,
    clerk: Clerk,
    to: Clerk,
    words: str,
    now: datetime,
    *,
    place: str = "desk",
    printer: str = print_jobs.DEFAULT_PRINTER,
    with_slip: bool = True,
    large_print: bool = False,
) -> Inquiry:
    """To somebody the citizen can name and reach: that person answers for it from now on.

    Raises InquiryEnded, NotResponsible, HasItAlready, HandlesNoInquiries, NoPhoneKnown,
    NumberOfAPerson, ForbiddenPhrase, TextTooLong.
    """
    expect_responsible(session, inquiry, clerk)
    assert to.id is not None
    who = {"name": plain(to.name), "clerk": to.staff_number}
    if to.id == inquiry.responsible_id:
        raise HasItAlready(number=name_of(inquiry), **who)
    if to.withdrawn or not rights.may(to.role, Right.ASSIST):
        raise HandlesNoInquiries(**who)
    if not plain(to.phone):
        raise NoPhoneKnown(**who)
    words = names_nobody(checked(words, MOST_WORDS))
    forbidden_phrases.check(rules, words)
    had_it = session.get_one(Clerk, inquiry.responsible_id)
    inquiry.responsible_id = to.id
    session.flush()
    add_step(session, inquiry, clerk, to, words, now)
    before, after = {"responsible": had_it.staff_number}, {"responsible": to.staff_number}
    tell(session, inquiry, "inquiry.handed_over", clerk, now, place, before=before, after=after)
    if with_slip:
        print_slip(session, rules, inquiry, now, printer=printer, large_print=large_print)
    return inquiry


def slip_of(session: Session, inquiry: Inquiry) -> str:
    """What the slip of whoever has it now is called among the prints."""
    return inquiry_slips.subject_of(inquiry, chain(session, inquiry)[-1].number)


def print_slip(
    session: Session,
    rules: HallRules,
    inquiry: Inquiry,
    now: datetime,
    *,
    printer: str = print_jobs.DEFAULT_PRINTER,
    large_print: bool = False,
) -> None:
    """Its first print: who answers for it now, and how that person is reached.

    Raises InquiryEnded. To print it once more is `reprints.ask` of `slip_of`.
    """
    if inquiry.state != InquiryState.OPEN:
        raise InquiryEnded(number=name_of(inquiry))
    step = chain(session, inquiry)[-1].number
    inquiry_slips.add(session, rules, inquiry, step, now, printer=printer, large_print=large_print)


# -- steps of these ------------------------------------------------------------------------------


def expect_responsible(session: Session, inquiry: Inquiry, clerk: Clerk) -> None:
    """Or one who may decide for the hall; raises NotAllowed, InquiryEnded, NotResponsible."""
    rights.check(clerk, Right.ASSIST)
    if inquiry.state != InquiryState.OPEN:
        raise InquiryEnded(number=name_of(inquiry))
    if inquiry.responsible_id != clerk.id and not rights.may(clerk.role, Right.CONSENT):
        has_it = session.get_one(Clerk, inquiry.responsible_id)
        raise NotResponsible(
            number=name_of(inquiry),
            name=plain(has_it.name),
            clerk=has_it.staff_number,
            by=clerk.staff_number,
        )


def is_good_for(rules: HallRules, ticket: Ticket, service: Service, now: datetime) -> bool:
    """In the line for any matter of the group; at a counter only for what it is served for."""
    if ticket.business_day != rules.business_day(now) or ticket.group_id != service.group_id:
        return False
    if ticket.service_id == service.id:
        return ticket.state in VALID
    return ticket.state == TicketState.WAITING


def end(
    session: Session,
    inquiry: Inquiry,
    clerk: Clerk,
    state: InquiryState,
    result: str,
    now: datetime,
    place: str,
    before: dict[str, Any] | None = None,
) -> Inquiry:
    had_it = session.get_one(Clerk, inquiry.responsible_id)
    told_before: dict[str, Any] = {"state": str(inquiry.state), "responsible": had_it.staff_number}
    inquiry.state, inquiry.result, inquiry.ended_at = state, result, now
    inquiry.contact = ""
    session.flush()
    add_step(session, inquiry, clerk, None, "", now)
    after: dict[str, Any] = {"state": state.value}
    if before is not None:
        told_before |= before
        after["ticket_id"] = inquiry.ticket_id
    what = f"inquiry.{state.value}"
    tell(session, inquiry, what, clerk, now, place, before=told_before, after=after)
    return inquiry
