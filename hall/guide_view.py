"""What anyone may read about the hall: what it promises, who works there, what is announced.

Every text in it can reach a terminal as it is.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from db.tables import Clerk, Counter, CounterGroup, Post, ServiceGroup
from hall.announcing import bulletins
from hall.announcing.bulletins import Shown
from hall.catalogue import catalogue
from hall.hall_rules import HallRules
from hall.names import Names, plain, plain_names


@dataclass(frozen=True)
class Commitment:
    """服务承诺, of one matter."""

    prefix: str
    names: Names
    promised: Names
    """Time limits, in the office's words; the statutory one may be empty."""
    statutory: Names
    fee: Names
    phone: str


@dataclass(frozen=True)
class Member:
    """人员公示: one of the staff whom a citizen may meet."""

    staff_number: str
    name: str
    department: str
    title: str
    phone: str
    is_party_member: bool
    counters: tuple[int, ...]
    """Whose A-role is this person's."""
    services: tuple[Names, ...]
    """The groups taken there."""


@dataclass(frozen=True)
class Guide:
    supervision_phone: str
    commitments: tuple[Commitment, ...]
    members: tuple[Member, ...]
    bulletins: tuple[Shown, ...]
    counters: tuple[int, ...]


def read_guide(session: Session, rules: HallRules, now: datetime) -> Guide:
    return Guide(
        supervision_phone=plain(rules.supervision_phone),
        commitments=read_commitments(session, rules),
        members=read_members(session, rules),
        bulletins=bulletins.shown(session, rules, now),
        counters=read_counters(session, rules),
    )


def read_commitments(session: Session, rules: HallRules) -> tuple[Commitment, ...]:
    return tuple(
        Commitment(
            found.group.prefix,
            plain_names(service.names),
            catalogue.texts_of(service, "promised_limit"),
            catalogue.texts_of(service, "statutory_limit"),
            catalogue.texts_of(service, "fee"),
            plain(service.phone),
        )
        for found in catalogue.groups(session, rules)
        for service in found.services
    )


def read_members(session: Session, rules: HallRules) -> tuple[Member, ...]:
    """Those with a counter first, in the order of the counters."""
    counters: dict[int, list[int]] = defaultdict(list)
    services: dict[int, dict[int, Names]] = defaultdict(dict)
    rows = session.exec(
        select(Post.primary_id, Counter.number, ServiceGroup.id, ServiceGroup.names)
        .join(Counter, col(Counter.id) == col(Post.counter_id))
        .join(CounterGroup, col(CounterGroup.counter_id) == col(Counter.id))
        .join(ServiceGroup, col(ServiceGroup.id) == col(CounterGroup.group_id))
        .where(Counter.hall_id == rules.hall_id, col(Counter.withdrawn).is_(False))
        .order_by(col(Counter.number), col(ServiceGroup.position))
    ).all()
    for clerk_id, number, group_id, names in rows:
        if number not in counters[clerk_id]:
            counters[clerk_id].append(number)
        assert group_id is not None
        services[clerk_id].setdefault(group_id, plain_names(names))
    clerks = session.exec(
        select(Clerk)
        .where(Clerk.hall_id == rules.hall_id, col(Clerk.withdrawn).is_(False))
        .order_by(col(Clerk.staff_number))
    ).all()
    members = [
        Member(
            plain(clerk.staff_number),
            plain(clerk.name),
            plain(clerk.department),
            plain(clerk.title),
            plain(clerk.phone),
            clerk.party_member,
            tuple(counters.get(clerk.id or 0, ())),
            tuple(services.get(clerk.id or 0, {}).values()),
        )
        for clerk in clerks
    ]
    return tuple(sorted(members, key=lambda one: one.counters[:1] or (10**6,)))


def read_counters(session: Session, rules: HallRules) -> tuple[int, ...]:
    return tuple(
        session.exec(
            select(Counter.number)
            .where(Counter.hall_id == rules.hall_id, col(Counter.withdrawn).is_(False))
            .order_by(col(Counter.number))
        ).all()
    )
