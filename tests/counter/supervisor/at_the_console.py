"""The manager's console, signed in at it, and what happens at the counters meanwhile."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from sqlmodel import Session
from textual.pilot import Pilot

from counter.supervisor.row_list import RowList
from counter.supervisor.supervisor_app import SupervisorApp
from counter.supervisor.supervisor_screen import SupervisorScreen
from db.tables import (
    Clerk,
    CounterGroup,
    HelpKind,
)
from hall.counters import counters, help_requests
from hall.hall_rules import HallRules
from hall.open_hall import OpenHall
from tests.counter.at_a_station import said, sign_in, station_app, works
from tests.counter.at_the_counter import OtherProgram, until

SIZE = (110, 34)


@asynccontextmanager
async def console(
    hall: OpenHall, staff_number: str = "1003", size: tuple[int, int] = SIZE
) -> AsyncIterator[tuple[Pilot[None], SupervisorScreen]]:
    app = station_app(hall, SupervisorApp)
    async with app.run_test(size=size) as pilot:
        await sign_in(pilot, staff_number)
        screen = await works(pilot)
        assert isinstance(screen, SupervisorScreen)
        await pilot.pause()
        yield pilot, screen


async def tells(pilot: Pilot[None], part: str) -> None:
    app = pilot.app
    assert isinstance(app, SupervisorApp)
    await until(pilot, lambda: part in said(app) and not app.station_screen.busy)


def alarms(screen: SupervisorScreen) -> list[str]:
    return [key for key, _ in screen.query_one("#alarms", RowList).rows]


def row(screen: SupervisorScreen, page: str, key: str) -> str:
    rows = dict(screen.query_one(f"#{page}", RowList).rows)
    return rows[key].plain


def asks(other: OtherProgram, kind: HelpKind, until_: timedelta | None = None) -> None:
    def ask(session: Session, rules: HallRules, now) -> None:  # type: ignore[no-untyped-def]
        here = counters.by_number(session, rules, 1)
        clerk = session.get_one(Clerk, 1)
        moment = now + until_ if until_ is not None else None
        help_requests.ask(session, rules, kind, "counter 1", here, clerk, "开会", now, moment)

    other.do(ask)


def groups_of(other: OtherProgram, counter: int) -> set[int]:
    return {one.group_id for one in other.rows(CounterGroup) if one.counter_id == counter}
