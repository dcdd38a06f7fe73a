"""The keeper: a program without a screen that does what is due, as long as the hall has one."""

import logging
import threading
from collections.abc import Callable
from datetime import date

from db.engine import writing
from db.faults import DatabaseFault
from hall.keeping import backups, personal_data
from hall.open_hall import OpenHall
from hall.tickets import business_day

log = logging.getLogger("jiaohao.keeper")

LOOK_S = 30.0
RETRY_S = 300.0
"""After a copy failed: a full disk is not emptied by asking it twice a minute."""


class Keeper:
    """`beat` is called every `LOOK_S`: it is alive."""

    def __init__(self, hall: OpenHall, beat: Callable[[], None] = lambda: None) -> None:
        self.hall = hall
        self.beat = beat
        self.reported = ""
        self.forgotten_on: date | None = None

    def run(self, stop: threading.Event) -> None:
        """Until told to stop; whatever fails is told, and tried again later."""
        wait_s = 0.0
        while not stop.wait(min(wait_s, LOOK_S)):
            self.beat()
            wait_s -= LOOK_S
            if wait_s <= 0:
                wait_s = LOOK_S if self.look() else RETRY_S

    def look(self) -> bool:
        """Do what is due; False when something could not be done."""
        try:
            self.hall.read_rules_again()
            business_day.settle(self.hall)
            self.forget()
            if backups.is_due(self.hall):
                made = backups.make(self.hall)
                facts = {"file": str(made.copy.path), "bytes": made.copy.size}
                log.info("%s: %.1f MB", made.copy.path, made.copy.size / 1e6, extra=facts)
        except DatabaseFault as fault:
            self.hall.engine.dispose()  # the file may have been another's
            self.report(f"{type(fault).__name__}: {fault.where} {fault.detail}".strip())
            return False
        self.reported = ""
        return True

    def forget(self) -> None:
        """Once a day: before the copy, which would keep it longer."""
        today = self.hall.rules.business_day(self.hall.now())
        if today == self.forgotten_on:
            return
        with writing(self.hall.engine) as session:
            given = (session, self.hall.rules, self.hall.settings.privacy, self.hall.now())
            personal_data.forget(*given)
        self.forgotten_on = today

    def report(self, text: str) -> None:
        """To the log, once as long as it stays the same."""
        if text != self.reported:
            self.reported = text
            log.warning("%s", text)
