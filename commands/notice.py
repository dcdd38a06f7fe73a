"""jiaohao notice: the one-time notice (一次性告知单)."""

import argparse

from sqlmodel import Session

from commands.context import WRONG_USAGE, answer, hall_of, refuse, wording_of
from db.engine import reading, writing
from hall import catalogue, counters, notices, reprints, tickets
from hall.hall_rules import HallRules


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    issue = verbs.add_parser("issue", help="tell once and completely what is missing or wrong")
    issue.add_argument("service", metavar="SERVICE")
    issue.add_argument("--missing", default="", metavar="1,3", help="numbers of materials")
    issue.add_argument(
        "--wrong",
        action="append",
        default=[],
        metavar='2="…"',
        help="a material and what is wrong with it; may stand several times",
    )
    issue.add_argument("--remark", default="", metavar="TEXT")
    issue.add_argument("--ticket", metavar="NUMBER")
    issue.add_argument("--clerk", required=True, metavar="ID", help="staff number")
    show = verbs.add_parser("show", help="what a notice says")
    show.add_argument("serial", metavar="SERIAL")
    again = verbs.add_parser("reprint", help="both copies once more, marked 补打")
    again.add_argument("serial", metavar="SERIAL")
    add_reprint_options(again)


def add_reprint_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--reason",
        default="not_printed",
        metavar="R",
        help="lost, unreadable, not_printed (the default), or other words",
    )
    parser.add_argument("--clerk", default="", metavar="ID", help="staff number of who asks")


def asking_clerk(session: Session, rules: HallRules, staff_number: str) -> str:
    """Nobody asks under a number nobody has; raises UnknownClerk."""
    if not staff_number:
        return ""
    return counters.clerk_by_staff_number(session, rules, staff_number).staff_number


def run(arguments: argparse.Namespace) -> int:
    match arguments.verb:
        case "issue":
            return issue(arguments)
        case "show":
            return show(arguments)
        case _:
            return reprint(arguments)


def issue(arguments: argparse.Namespace) -> int:
    wording = wording_of(arguments)
    try:
        missing = {int(part) for part in arguments.missing.replace("，", ",").split(",") if part}
        wrong: dict[int, str] = {}
        for number, what in map(parse_wrong, arguments.wrong):
            wrong[number] = "；".join(filter(None, (wrong.get(number), what)))
    except ValueError:
        message = wording.say('Write --missing 1,3 and --wrong 2="what is wrong".')
        return refuse(arguments, "wrong_usage", message, WRONG_USAGE)
    hall = hall_of(arguments)
    now = hall.now()
    with writing(hall.engine) as session:
        service, _ = catalogue.service(session, hall.rules, arguments.service)
        clerk = counters.clerk_by_staff_number(session, hall.rules, arguments.clerk)
        ticket = None
        if arguments.ticket:
            ticket = tickets.by_number(session, hall.rules, arguments.ticket, now)
        counter = counters.where_sits(session, clerk)
        notice = notices.issue(
            session,
            hall.rules,
            service,
            clerk,
            missing,
            wrong,
            now,
            ticket=ticket,
            counter=counter,
            remark=arguments.remark,
            printer=hall.settings.printer.name,
        )
    facts = {
        "serial": notice.serial,
        "service": service.code,
        "missing": sorted(missing - set(wrong)),
        "wrong": {str(number): what for number, what in wrong.items()},
        "ticket": ticket.name if ticket else None,
        "issued_at": notice.issued_at.isoformat(),
        "sha256": notice.content_sha256,
        "code": notice.code,
    }
    return answer(arguments, facts, notice.serial)


def parse_wrong(text: str) -> tuple[int, str]:
    number, sign, what = text.partition("=")
    if not sign:
        raise ValueError(text)
    return int(number), what.strip().strip('"“”')


def show(arguments: argparse.Namespace) -> int:
    from devices.printing.slip_text import texts_of

    hall = hall_of(arguments)
    with reading(hall.engine) as session:
        notice = notices.by_serial(session, hall.rules, arguments.serial)
    facts = notice.content | {
        "sha256": notice.content_sha256,
        "unchanged": notices.is_unchanged(notice),
    }
    citizens_copy = texts_of("notice", notice.content)[0]
    return answer(arguments, facts, "\n".join(citizens_copy))


def reprint(arguments: argparse.Namespace) -> int:
    hall, wording = hall_of(arguments), wording_of(arguments)
    with writing(hall.engine) as session:
        notice = notices.by_serial(session, hall.rules, arguments.serial)
        asked = reprints.ask(
            session,
            hall.rules,
            f"notice/{notice.id}",
            arguments.reason,
            hall.now(),
            printer=hall.settings.printer.name,
            who=asking_clerk(session, hall.rules, arguments.clerk),
        )
    facts = {"serial": notice.serial, "reprint": asked.reprint}
    return answer(arguments, facts, wording.say("The notice is being printed again."))
