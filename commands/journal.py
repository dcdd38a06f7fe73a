"""jiaohao journal: verify its chain, follow it, read the life of a ticket."""

import argparse
import json
import sys
from dataclasses import asdict
from typing import Any

from commands.context import REFUSED, answer, hall_of, refuse, wording_of
from commands.typed import day
from db import doorbell, journal
from db.engine import reading
from db.tables import JournalEntry
from hall.hall_rules import HallRules
from hall.overview.refusals import read_refusals
from hall.refusal_words import refusal_words
from hall.tickets import tickets


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("verify", help="check the chain of hashes from the first row")
    verbs.add_parser("follow", help="print what happens, as it happens")
    refusals = verbs.add_parser("refusals", help="what was refused to people, kind by kind")
    refusals.add_argument("--day", type=day, metavar="YYYY-MM-DD", help="of that day only")
    of = verbs.add_parser("of", help="the life of one of today's tickets")
    of.add_argument("number", metavar="NUMBER")


def run(arguments: argparse.Namespace) -> int:
    match arguments.verb:
        case "verify":
            return verify(arguments)
        case "follow":
            return follow(arguments)
        case "refusals":
            return refusals(arguments)
        case _:
            return life(arguments)


def refusals(arguments: argparse.Namespace) -> int:
    hall, wording = hall_of(arguments), wording_of(arguments)
    with reading(hall.engine) as session:
        found = read_refusals(session, hall.rules, arguments.day)
    facts = {"refusals": [asdict(one) | {"at": one.at.isoformat("T", "seconds")} for one in found]}
    rows = [refusal_words(wording.say, one) for one in found]
    return answer(arguments, facts, "\n".join(rows) or wording.say("Nothing was refused."))


def verify(arguments: argparse.Namespace) -> int:
    hall, wording = hall_of(arguments), wording_of(arguments)
    with reading(hall.engine) as session:
        verdict = journal.verify(session, hall.rules.hall_id)
    if not verdict.intact:
        message = wording.say(
            "The journal was tampered with at row {row}: {why}.",
            row=verdict.broken_at,
            why=wording.say(verdict.why, **verdict.facts),
        )
        return refuse(arguments, "journal_broken", message, REFUSED)
    facts = {"intact": True, "entries": verdict.entries}
    sentence = wording.say("The journal is intact: {entries} rows.", entries=verdict.entries)
    return answer(arguments, facts, sentence)


def follow(arguments: argparse.Namespace) -> int:
    """Until interrupted; what has been is not told again."""
    hall = hall_of(arguments)
    with reading(hall.engine) as session:
        last = journal.last_sequence(session, hall.rules.hall_id)
    with doorbell.listener(hall.engine) as listener:
        while True:
            with reading(hall.engine) as session:
                new = [
                    facts_of(entry, hall.rules)
                    for entry in journal.entries(session, hall.rules.hall_id, after=last)
                ]
            # Written outside: a reader that stops reading must not hold the database open.
            for facts in new:
                line = json.dumps(facts, ensure_ascii=False) if arguments.json else told(facts)
                sys.stdout.write(line + "\n")
                last = facts["sequence"]
            sys.stdout.flush()
            listener.wait()


def life(arguments: argparse.Namespace) -> int:
    hall = hall_of(arguments)
    with reading(hall.engine) as session:
        ticket = tickets.by_number(session, hall.rules, arguments.number, hall.now())
        found = [
            facts_of(entry, hall.rules)
            for entry in journal.entries(session, hall.rules.hall_id, subject=f"ticket/{ticket.id}")
        ]
    facts = {"number": ticket.name, "entries": found}
    return answer(arguments, facts, "\n".join(map(told, found)))


def facts_of(entry: JournalEntry, rules: HallRules) -> dict[str, Any]:
    return {
        "sequence": entry.sequence,
        "at": rules.local(entry.at).isoformat(timespec="seconds"),
        "what": entry.what,
        "who": entry.who,
        "place": entry.place,
        "subject": entry.subject,
        "why": entry.why,
        "before": entry.before,
        "after": entry.after,
    }


def told(facts: dict[str, Any]) -> str:
    where = " ".join(filter(None, (facts["place"], facts["who"])))
    return f"{facts['at']}  {facts['what']:<18} {facts['subject']:<12} {where}  {facts['why']}"
