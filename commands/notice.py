"""jiaohao notice: the one-time notice (一次性告知单)."""

import argparse
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from commands import notice_lists
from commands.context import WRONG_USAGE, answer, hall_of, refuse, wording_of
from db.engine import reading, writing
from db.tables import Notice, NoticeFault
from hall.catalogue import catalogue
from hall.counters import counters
from hall.hall_rules import HallRules
from hall.notices import notice_corrections, notices
from hall.notices.notice_content import SpecialMaterial
from hall.printing import reprints
from hall.tickets import tickets


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    issue = verbs.add_parser("issue", help="tell once and completely what is missing or wrong")
    issue.add_argument("service", metavar="SERVICE")
    add_findings(issue)
    issue.add_argument("--ticket", metavar="NUMBER")
    issue.add_argument("--clerk", required=True, metavar="ID", help="staff number")
    correct = verbs.add_parser("correct", help="a new, complete notice instead of a faulty one")
    correct.add_argument("serial", metavar="SERIAL", help="of the faulty one")
    correct.add_argument(
        "--fault",
        required=True,
        choices=[fault.value for fault in NoticeFault],
        help="what was the matter with it: 漏告, 缺告, 错告",
    )
    add_findings(correct)
    correct.add_argument("--clerk", required=True, metavar="ID", help="staff number")
    correct.add_argument(
        "--answerable", metavar="ID", help="whose fault it was; without it, who issued it"
    )
    show = verbs.add_parser("show", help="what a notice says, and whether it still counts")
    show.add_argument("serial", metavar="SERIAL")
    again = verbs.add_parser("reprint", help="both copies once more, marked 补打")
    again.add_argument("serial", metavar="SERIAL")
    add_reprint_options(again)
    notice_lists.add_arguments(verbs)


def add_findings(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--missing", default="", metavar="1,3", help="numbers of materials")
    parser.add_argument(
        "--wrong",
        action="append",
        default=[],
        metavar='2="…"',
        help="a material and what is wrong with it; may stand several times",
    )
    parser.add_argument(
        "--special",
        action="append",
        default=[],
        metavar='NAME[="…"]',
        help="a paper that is not listed, and what it has to be; may stand several times",
    )
    parser.add_argument("--remark", default="", metavar="TEXT", help="up to 500 characters")


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
        case "correct":
            return correct(arguments)
        case "show":
            return show(arguments)
        case "list":
            return notice_lists.list_found(arguments)
        case "figures":
            return notice_lists.tell_figures(arguments)
        case _:
            return reprint(arguments)


@dataclass(frozen=True)
class Typed:
    """The findings of a command line."""

    missing: set[int]
    wrong: dict[int, str]
    special: list[SpecialMaterial]


def findings_of(arguments: argparse.Namespace) -> Typed | None:
    """None when they cannot be read."""
    try:
        missing = {int(part) for part in arguments.missing.replace("，", ",").split(",") if part}
        wrong: dict[int, str] = {}
        for number, what in map(parse_wrong, arguments.wrong):
            wrong[number] = "；".join(filter(None, (wrong.get(number), what)))
    except ValueError:
        return None
    named = (one.partition("=") for one in arguments.special)
    special = [SpecialMaterial(unquoted(name), unquoted(what)) for name, _, what in named]
    return Typed(missing, wrong, special)


def refuse_findings(arguments: argparse.Namespace) -> int:
    message = wording_of(arguments).say('Write --missing 1,3 and --wrong 2="what is wrong".')
    return refuse(arguments, "wrong_usage", message, WRONG_USAGE)


def issue(arguments: argparse.Namespace) -> int:
    typed = findings_of(arguments)
    if typed is None:
        return refuse_findings(arguments)
    hall = hall_of(arguments)
    now = hall.now()
    with writing(hall.engine) as session:
        service, _ = catalogue.service(session, hall.rules, arguments.service)
        clerk = counters.clerk_by_staff_number(session, hall.rules, arguments.clerk)
        ticket = None
        if arguments.ticket:
            ticket = tickets.by_number(session, hall.rules, arguments.ticket, now)
        notice = notices.issue(
            session,
            hall.rules,
            service,
            clerk,
            typed.missing,
            typed.wrong,
            now,
            special=typed.special,
            ticket=ticket,
            counter=counters.where_sits(session, clerk),
            remark=arguments.remark,
            printer=hall.settings.printer.name,
        )
    return answer(arguments, facts_of(notice, typed), notice.serial)


def correct(arguments: argparse.Namespace) -> int:
    typed = findings_of(arguments)
    if typed is None:
        return refuse_findings(arguments)
    hall, answerable = hall_of(arguments), None
    with writing(hall.engine) as session:
        clerk = counters.clerk_by_staff_number(session, hall.rules, arguments.clerk)
        if arguments.answerable:
            answerable = counters.clerk_by_staff_number(session, hall.rules, arguments.answerable)
        notice = notice_corrections.correct(
            session,
            hall.rules,
            arguments.serial,
            NoticeFault(arguments.fault),
            clerk,
            typed.missing,
            typed.wrong,
            hall.now(),
            answerable=answerable,
            special=typed.special,
            counter=counters.where_sits(session, clerk),
            remark=arguments.remark,
            printer=hall.settings.printer.name,
        )
    told = notice.content["corrects"]
    facts = facts_of(notice, typed) | {
        "corrects": told["serial"],
        "fault": told["fault"],
        "answerable": told["staff_number"],
    }
    return answer(arguments, facts, notice.serial)


def facts_of(notice: Notice, typed: Typed) -> dict[str, Any]:
    return {
        "serial": notice.serial,
        "service": notice.content["service_code"],
        "missing": sorted(typed.missing - set(typed.wrong)),
        "wrong": {str(number): what for number, what in typed.wrong.items()},
        "special": [one.name for one in typed.special],
        "ticket": notice.content["ticket"],
        "issued_at": notice.issued_at.isoformat(),
        "sha256": notice.content_sha256,
        "code": notice.code,
    }


def parse_wrong(text: str) -> tuple[int, str]:
    number, sign, what = text.partition("=")
    if not sign:
        raise ValueError(text)
    return int(number), unquoted(what)


def unquoted(text: str) -> str:
    return text.strip().strip('"“”').strip()


def show(arguments: argparse.Namespace) -> int:
    from devices.printing.slip_text import texts_of

    hall, wording = hall_of(arguments), wording_of(arguments)
    with reading(hall.engine) as session:
        notice = notices.by_serial(session, hall.rules, arguments.serial)
        newest = notice_corrections.newest(session, notice).serial
    counts = newest == notice.serial
    facts = notice.content | {
        "sha256": notice.content_sha256,
        "unchanged": notices.is_unchanged(notice),
        "corrected_by": None if counts else newest,
    }
    lines = texts_of("notice", notice.content)[0]  # the citizen's copy
    if not counts:
        words = wording.say("This notice was corrected; what counts is {serial}.", serial=newest)
        lines = [words, "", *lines]
    return answer(arguments, facts, "\n".join(lines))


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
