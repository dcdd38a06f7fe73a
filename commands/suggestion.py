"""jiaohao suggestion: the box anyone can use, and who answers (意见箱)."""

import argparse
from typing import Any

from sqlmodel import Session

from commands.context import answer, hall_of, wording_of
from commands.failure import COMMAND_LINE
from commands.typed import counter_number
from db.engine import reading, writing
from db.tables import Counter, Suggestion, SuggestionKind, SuggestionSubject
from hall import suggestions
from hall.counters import counters
from hall.hall_rules import HallRules
from hall.marked import _
from hall.suggestion_words import KINDS, SUBJECTS
from hall.wording import Wording


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    make = verbs.add_parser("make", help="written down for a citizen")
    make.add_argument("kind", choices=[one.value for one in SuggestionKind])
    make.add_argument("subject", choices=[one.value for one in SuggestionSubject])
    make.add_argument("--counter", type=counter_number, metavar="N", help="which it is about")
    make.add_argument("--words", default="", metavar="TEXT", help="naming nobody")
    make.add_argument("--phone", default="", metavar="DIGITS", help="erased with the answer")
    told = verbs.add_parser("answer", help="what was done about it, and the citizen told")
    told.add_argument("number", metavar="NUMBER", help="议2026-0007, or 7 for this year's")
    told.add_argument("--by", required=True, metavar="ID", help="staff number of who answers")
    told.add_argument("--words", required=True, metavar="TEXT")
    verbs.add_parser("show", help="one of them").add_argument("number", metavar="NUMBER")
    verbs.add_parser("list", help="those without an answer, the oldest first").add_argument(
        "--all", action="store_true", help="every one of this year"
    )


def run(arguments: argparse.Namespace) -> int:
    hall, wording = hall_of(arguments), wording_of(arguments)
    rules, now = hall.rules, hall.now()
    if arguments.verb in ("list", "show"):
        with reading(hall.engine) as session:
            if arguments.verb == "show":
                found = [suggestions.by_number(session, rules, arguments.number, now)]
            elif arguments.all:
                found = list(suggestions.of_year(session, rules, rules.local(now).year))
            else:
                found = list(suggestions.still_open(session, rules))
            rows = [facts_of(session, rules, one) for one in found]
        lines = [line_of(row, wording) for row in rows]
        if arguments.verb == "show":
            return answer(arguments, rows[0], lines[0])
        lines.append(wording.say(_("{count} suggestions."), count=len(rows)))
        return answer(arguments, {"suggestions": rows}, "\n".join(lines))
    with writing(hall.engine) as session:
        if arguments.verb == "make":
            kept = suggestions.make(
                session,
                rules,
                SuggestionKind(arguments.kind),
                SuggestionSubject(arguments.subject),
                now,
                place=COMMAND_LINE,
                counter=arguments.counter,
                words=arguments.words,
                phone=arguments.phone,
            )
            words = _("{number} is in the box.")
        else:
            clerk = counters.clerk_by_staff_number(session, rules, arguments.by)
            kept = suggestions.answer(session, rules, arguments.number, arguments.words, clerk, now)
            words = _("{number} is answered.")
        facts = facts_of(session, rules, kept)
    return answer(arguments, facts, wording.say(words, number=facts["number"]))


def facts_of(session: Session, rules: HallRules, one: Suggestion) -> dict[str, Any]:
    counter = session.get(Counter, one.counter_id) if one.counter_id is not None else None
    answered_at = one.answered_at
    return {
        "number": one.name,
        "kind": one.kind,
        "subject": one.subject,
        "counter": counter.number if counter is not None else None,
        "words": one.words,
        "phone": suggestions.masked_phone(one.phone),
        "place": one.place,
        "made_at": rules.local(one.made_at).isoformat(timespec="seconds"),
        "answered_at": rules.local(answered_at).isoformat(timespec="seconds")
        if answered_at is not None
        else None,
        "answer": one.answer,
    }


def line_of(row: dict[str, Any], wording: Wording) -> str:
    say = wording.say
    told = [row["number"], row["made_at"][:16], say(KINDS[row["kind"]])]
    told.append(say(SUBJECTS[row["subject"]]))
    if row["counter"] is not None:
        told.append(say(_("counter {counter}"), counter=row["counter"]))
    told += [one for one in (row["words"], row["phone"]) if one]
    if row["answer"]:
        told.append(f"→ {row['answer']}")
    return "  ".join(told)
