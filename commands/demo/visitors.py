"""Citizens and colleagues of the demo: they do what people in a hall do, by its rules."""

import random
import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from commands.demo.demo_hall import VISITORS_COUNTER, DemoHall
from db.faults import DatabaseBusy
from hall.errors import Refused

if TYPE_CHECKING:
    from db.tables import Service, ServiceGroup
    from hall.open_hall import OpenHall

EVERY_S = 6.0
MOST_WAITING = 9
SERVED_FOR = timedelta(seconds=25)
COLLEAGUES = {1: "1001", 3: "1003", 4: "1004"}
"""Counter → staff number; the visitor's own counter and counter 2 are left to the visitor."""


class Visitors:
    def __init__(self, hall: DemoHall) -> None:
        self.hall = hall
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.live, name="visitors")

    def start(self) -> None:
        assert VISITORS_COUNTER not in COLLEAGUES
        self.thread.start()

    def stop(self) -> None:
        self.ended.set()
        self.thread.join()

    def live(self) -> None:
        from commands.context import now
        from db.engine import reading, writing
        from hall.catalogue import catalogue
        from hall.counters import counters
        from hall.open_hall import open_hall
        from hall.settings import Settings

        open_one = open_hall(Settings(database_url=self.hall.url), now)
        with reading(open_one.engine) as session:
            offered = [
                (service, one.group)
                for one in catalogue.groups(session, open_one.rules)
                for service in one.services
            ]
            session.expunge_all()
        with writing(open_one.engine) as session:
            for number, clerk in COLLEAGUES.items():
                counters.open_counter(session, open_one.rules, number, clerk, now())
        while not self.ended.wait(random.uniform(0.5, 1.5) * EVERY_S):
            try:
                self.somebody_comes(open_one, random.choice(offered))
                self.a_colleague_works(open_one, random.choice(list(COLLEAGUES)))
            except (DatabaseBusy, Refused):
                continue  # as people do: try again in a moment
        open_one.engine.dispose()

    def somebody_comes(self, open_one: "OpenHall", matter: "tuple[Service, ServiceGroup]") -> None:
        from sqlmodel import func, select

        from db.engine import writing
        from db.tables import Ticket
        from hall.tickets import tickets

        with writing(open_one.engine) as session:
            waiting = session.exec(
                select(func.count()).select_from(Ticket).where(Ticket.state == "waiting")
            ).one()
            if waiting < MOST_WAITING:
                tickets.issue(session, open_one.rules, *matter, open_one.now())

    def a_colleague_works(self, open_one: "OpenHall", number: int) -> None:
        from db.engine import writing
        from hall.counters import counters
        from hall.tickets import calling, serving

        with writing(open_one.engine) as session:
            counter = counters.by_number(session, open_one.rules, number)
            today = open_one.rules.business_day(open_one.now())
            held = counters.in_hand(session, counter.id, today)
            if held is None:
                calling.call_next(session, open_one.rules, number, open_one.now())
            elif held.state == "called":
                serving.start(session, open_one.rules, number, open_one.now())
            elif held.started_at and datetime.now(UTC) - held.started_at > SERVED_FOR:
                serving.finish(session, open_one.rules, number, open_one.now())
