"""What a step changes in a ticket, as the journal tells it: enough to replay it and to undo it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from db.tables import Ticket

CHANGING = (
    "state",
    "service_id",
    "group_id",
    "due_at",
    "counter_id",
    "clerk_id",
    "calls",
    "called_at",
    "last_called_at",
    "started_at",
    "ended_at",
    "held_at",
    "held_s",
    "served_s",
    "reserved_counter_id",
    "reserved_clerk_id",
    "return_counter_id",
    "return_service_id",
)
"""Every column a step may change, but for people's words, which the journal does not have."""

UNCALLED: dict[str, Any] = {
    "counter_id": None,
    "clerk_id": None,
    "calls": 0,
    "called_at": None,
    "last_called_at": None,
}
"""What a ticket is that nobody has called since it joined the line."""

MOMENTS = frozenset(name for name in CHANGING if name.endswith("_at"))


def snapshot(ticket: Ticket) -> dict[str, Any]:
    """As it stands now, in what JSON knows."""
    found = {name: getattr(ticket, name) for name in CHANGING}
    for name in MOMENTS:
        if found[name] is not None:
            found[name] = found[name].isoformat()
    found["state"] = str(found["state"])
    return found


def difference(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Both sides, of what differs only."""
    changed = [name for name in CHANGING if before[name] != after[name]]
    return {name: before[name] for name in changed}, {name: after[name] for name in changed}


def put(ticket: Ticket, told: Mapping[str, Any]) -> None:
    """Set what is told of; anything else in it is left alone."""
    for name in CHANGING:
        if name in told:
            value = told[name]
            if name in MOMENTS and value is not None:
                value = datetime.fromisoformat(value)
            setattr(ticket, name, value)
