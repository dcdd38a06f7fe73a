"""代办: a ticket taken by staff for somebody who cannot, printed and called like any other."""

from datetime import datetime

from sqlmodel import Session

from db.tables import Clerk, PriorityClass, Service, ServiceGroup, TicketOrigin
from hall import rights
from hall.hall_rules import HallRules
from hall.printing import print_jobs
from hall.rights import Right
from hall.tickets import tickets
from hall.tickets.assistance_words import checked
from hall.tickets.tickets import Circumstances, Issued


def take_for(
    session: Session,
    rules: HallRules,
    service: Service,
    group: ServiceGroup,
    clerk: Clerk,
    assistance: str,
    now: datetime,
    *,
    priority_class: PriorityClass = PriorityClass.ORDINARY,
    language: str = "zh",
    place: str = "desk",
    print_slip: bool = True,
    printer: str = print_jobs.DEFAULT_PRINTER,
    large_print: bool = False,
) -> Issued:
    """`clerk` takes it and helps; `assistance` says with what, and may be empty.

    Raises NotAllowed, AssistanceTooLong, PersonalNumber, ServiceWithdrawn.
    """
    rights.check(clerk, Right.ASSIST)
    return tickets.issue(
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
        circumstances=Circumstances(
            origin=TicketOrigin.DESK,
            who=clerk.staff_number,
            assisted_by_id=clerk.id,
            assistance=checked(assistance),
        ),
    )
