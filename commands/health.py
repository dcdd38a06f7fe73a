"""jiaohao health: how the hall is at this moment, as JSON or for Prometheus; no names, no numbers
of tickets."""

import argparse
from datetime import datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from commands.context import DONE, ENVIRONMENT_AT_FAULT, hall_of, wording_of, write
from db import place, space
from db.faults import DatabaseFault
from hall.open_hall import OpenHall

if TYPE_CHECKING:
    from hall.overview.hall_view import HallNow

WELL, UNREACHABLE = "well", "unreachable"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--prometheus", action="store_true", help="in the text format of Prometheus"
    )


def run(arguments: argparse.Namespace) -> int:
    """Exit code 3, and still an answer, where the database is at fault."""
    try:
        facts = facts_of(hall_of(arguments))
    except DatabaseFault as fault:
        facts = {
            "state": UNREACHABLE,
            "version": version("jiaohao"),
            "fault": type(fault).__name__,
            "message": wording_of(arguments).fault(fault),
        }
    if arguments.prometheus:
        write(as_metrics(facts).rstrip("\n"))
    else:
        import json

        write(json.dumps(facts, ensure_ascii=False))
    return ENVIRONMENT_AT_FAULT if facts["state"] == UNREACHABLE else DONE


def facts_of(hall: OpenHall) -> dict[str, Any]:
    """Raises DatabaseFault."""
    from db.engine import reading
    from hall.keeping import backups
    from hall.overview import hall_alarms, hall_view

    now = hall.now()
    with reading(hall.engine) as session:
        view = hall_view.read_hall_now(session, hall.rules, now)
    copies = [one.at for one in backups.kept(hall) if one.at <= now]
    return {
        "state": WELL,
        "version": version("jiaohao"),
        "at": hall.rules.local(now).isoformat(timespec="seconds"),
        "business_day": view.business_day.isoformat(),
        **figures(view, now),
        "alarms": sorted({str(one.kind) for one in hall_alarms.alarms(view, now)}),
        "last_copy_s": (now - copies[-1]).total_seconds() if copies else None,
        "database_bytes": space.bytes_of(hall.engine),
        "disk_free_bytes": space.free_for(place.folder_of(hall.engine)),
    }


def figures(view: "HallNow", now: datetime) -> dict[str, Any]:
    return {
        "served": view.day.served,
        "lines": [
            {
                "group": line.prefix,
                "waiting": line.waiting,
                "longest_wait_s": (now - line.oldest_at).total_seconds() if line.oldest_at else 0,
            }
            for line in view.lines
        ],
        "counters": [
            {"counter": one.number, "state": one.state, "answers": one.seen}
            for one in view.counters
        ],
        "printers": [{"printer": one.name, "state": str(one.state)} for one in view.printers],
        "zones": [
            {"zone": one.zone, "waiting": one.waiting, "unheard": one.failed, "silent": one.silent}
            for one in view.voices
        ],
    }


def as_metrics(facts: dict[str, Any]) -> str:
    from prometheus_client import CollectorRegistry, Gauge, generate_latest

    registry = CollectorRegistry()

    def gauge(name: str, words: str, *labels: str) -> Gauge:
        return Gauge(f"jiaohao_{name}", words, labels, registry=registry)

    gauge("up", "1 while the hall's database can be read").set(facts["state"] == WELL)
    gauge("info", "Its version", "version").labels(facts["version"]).set(1)
    if facts["state"] == UNREACHABLE:
        return generate_latest(registry).decode()
    gauge("served_tickets", "Served today").set(facts["served"])
    gauge("database_bytes", "Size of the database").set(facts["database_bytes"])
    gauge("disk_free_bytes", "Free where the database lies").set(facts["disk_free_bytes"])
    if facts["last_copy_s"] is not None:
        gauge("last_copy_age_seconds", "Since the last copy").set(facts["last_copy_s"])
    waiting = gauge("waiting_tickets", "Waiting now", "group")
    longest = gauge("longest_wait_seconds", "Of whoever waits longest", "group")
    for line in facts["lines"]:
        waiting.labels(line["group"]).set(line["waiting"])
        longest.labels(line["group"]).set(line["longest_wait_s"])
    counters = gauge("counter_state", "1 for the state it is in", "counter", "state")
    answers = gauge("counter_answers", "1 while its program was seen lately", "counter")
    for one in facts["counters"]:
        counters.labels(one["counter"], one["state"]).set(1)
        if one["state"] != "closed":
            answers.labels(one["counter"]).set(one["answers"])
    printers = gauge("printer_state", "1 for the state it is in", "printer", "state")
    for one in facts["printers"]:
        printers.labels(one["printer"], one["state"]).set(1)
    unspoken = gauge("unspoken_calls", "Waiting to be spoken", "zone")
    unheard = gauge("unheard_calls", "Nobody heard them", "zone")
    for one in facts["zones"]:
        unspoken.labels(one["zone"]).set(one["waiting"])
        unheard.labels(one["zone"]).set(one["unheard"])
    needs = gauge("needs_somebody", "1 for each kind of thing that does", "kind")
    for kind in facts["alarms"]:
        needs.labels(kind).set(1)
    return generate_latest(registry).decode()
