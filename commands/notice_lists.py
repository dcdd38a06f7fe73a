"""jiaohao notice list, figures: notices found again, and what they tell together."""

import argparse
from datetime import timedelta
from typing import Any

from commands.context import answer, hall_of, wording_of
from commands.typed import day
from db.engine import reading
from hall.hall_rules import HallRules
from hall.names import name_in
from hall.notices.notice_faults import FAULT_WORDS
from hall.notices.notice_figures import NoticeFigures, read_figures
from hall.notices.notice_search import MOST, FoundNotice, search
from hall.notices.notice_wanted import Wanted
from hall.wording import Wording

USUAL_DAYS = 30
"""So many are counted when it is not said from when."""


def add_arguments(verbs: Any) -> None:
    listing = verbs.add_parser("list", help="notices, the newest first")
    listing.add_argument("--serial", default="", metavar="SERIAL", help="or its last digits")
    listing.add_argument(
        "--ticket", default="", metavar="NUMBER", help="of today, or of the day of --date"
    )
    listing.add_argument("--date", type=day, metavar="YYYY-MM-DD")
    listing.add_argument("--service", default="", metavar="CODE", help="or a part of its name")
    listing.add_argument("--limit", type=int, default=MOST, metavar="N")
    figures = verbs.add_parser("figures", help="the papers most missed, and corrections")
    figures.add_argument("--from", dest="first", type=day, metavar="YYYY-MM-DD")
    figures.add_argument("--to", dest="last", type=day, metavar="YYYY-MM-DD")


def list_found(arguments: argparse.Namespace) -> int:
    hall, wording = hall_of(arguments), wording_of(arguments)
    wanted = Wanted(arguments.serial, arguments.ticket, arguments.date, arguments.service)
    today = hall.rules.business_day(hall.now())
    with reading(hall.engine) as session:
        found = search(session, hall.rules, wanted, today, max(1, arguments.limit))
    lines = [line_of(hall.rules, wording, one) for one in found]
    lines.append(wording.say("{count} notices.", count=len(found)))
    facts = {"notices": [facts_of(hall.rules, one) for one in found]}
    return answer(arguments, facts, "\n".join(lines))


def facts_of(rules: HallRules, found: FoundNotice) -> dict[str, Any]:
    return {
        "serial": found.serial,
        "issued_at": rules.local(found.issued_at).isoformat(timespec="seconds"),
        "ticket": found.ticket or None,
        "service": found.service_code,
        "clerk": found.staff_number,
        "counter": found.counter,
        "missing": found.missing,
        "wrong": found.wrong,
        "corrects": found.corrects or None,
        "corrected_by": found.corrected_by or None,
    }


def line_of(rules: HallRules, wording: Wording, found: FoundNotice) -> str:
    told = [
        found.serial,
        rules.local(found.issued_at).strftime("%Y-%m-%d %H:%M"),
        found.ticket or "—",
        f"{found.service_code} {name_in(found.service, wording.language)}",
        found.clerk,
        wording.say("missing {missing}, wrong {wrong}", missing=found.missing, wrong=found.wrong),
    ]
    if found.corrected_by:
        told.append(wording.say("corrected by {serial}", serial=found.corrected_by))
    return "  ".join(told)


def tell_figures(arguments: argparse.Namespace) -> int:
    hall, wording = hall_of(arguments), wording_of(arguments)
    last = arguments.last or hall.rules.business_day(hall.now())
    first = arguments.first or last - timedelta(days=USUAL_DAYS - 1)
    with reading(hall.engine) as session:
        figures = read_figures(session, hall.rules, first, last)
    return answer(arguments, facts_of_figures(figures), "\n".join(lines_of(wording, figures)))


def facts_of_figures(figures: NoticeFigures) -> dict[str, Any]:
    return {
        "from": figures.first_day.isoformat(),
        "to": figures.last_day.isoformat(),
        "notices": figures.notices,
        "materials": [
            {
                "service": one.service_code,
                "material": name_in(one.material, "zh"),
                "special": one.special,
                "missing": one.missing,
                "wrong": one.wrong,
            }
            for one in figures.materials
        ],
        "corrections": [
            {"clerk": one.staff_number, "fault": one.fault.value, "notices": one.notices}
            for one in figures.corrections
        ],
    }


def lines_of(wording: Wording, figures: NoticeFigures) -> list[str]:
    say = wording.say
    span = f"{figures.first_day} – {figures.last_day}"
    lines = [say("{span}: {count} notices.", span=span, count=figures.notices)]
    for one in figures.materials:
        told = say("missing {missing}, wrong {wrong}", missing=one.missing, wrong=one.wrong)
        lines.append(f"{one.service_code}  {name_in(one.material, wording.language)}  {told}")
    if figures.corrections:
        lines += ["", say("Corrections, by who is answerable:")]
    for corrected in figures.corrections:
        fault = say(FAULT_WORDS[corrected.fault.value])
        who = f"{corrected.staff_number} {corrected.clerk}"
        lines.append(f"{who}  {fault}  {corrected.notices}")
    return lines
