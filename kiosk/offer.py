"""What the kiosk knows of the hall, and of a ticket it gave: plain data for its screens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from hall.hours.gate import OPEN, Gate

if TYPE_CHECKING:
    from hall.announcing.bulletins import Shown

Names = dict[str, str]
"""Language → text."""


@dataclass(frozen=True)
class ServiceOffer:
    code: str
    names: Names
    minutes: int
    limit: Names
    """The promised time limit, in the office's own words; may be empty."""
    gate: Gate = OPEN
    phone: str = ""
    bookable: bool = False
    real_name: bool = False
    """A number of it is given with an identity card only."""


@dataclass(frozen=True)
class GroupOffer:
    code: str
    prefix: str
    names: Names
    waiting: int
    open_counters: tuple[int, ...]
    wait_minutes: tuple[int, int] | None
    """What a newcomer has to expect, low and high; None: nobody can say, no counter calls it."""
    services: tuple[ServiceOffer, ...]

    def service(self, code: str) -> ServiceOffer | None:
        """None when the group has it no more."""
        return next((service for service in self.services if service.code == code), None)


@dataclass(frozen=True)
class Offer:
    hall: Names
    groups: tuple[GroupOffer, ...]
    slips_at_desk: bool
    """No printer would print a ticket taken now; the desk gives slips out."""
    emergency: Shown | None = None
    """Nothing else is offered while it stands."""
    priority_classes: tuple[str, ...] = ()
    """Whom the hall serves sooner, by their codes."""

    def group(self, code: str) -> GroupOffer | None:
        """None when the catalogue has it no more."""
        return next((group for group in self.groups if group.code == code), None)


SlipFate = Literal["printing", "printed", "at_desk", "no_printer"]
"""As `hall.printing.printers.Slip`, without what that imports."""


@dataclass(frozen=True)
class SlipNews:
    """How far the slip of a ticket has come."""

    fate: SlipFate
    place: str = ""
    """Where it comes out, if not here."""


@dataclass(frozen=True)
class GivenNumber:
    """A ticket that is in the database, and what its citizen is told."""

    ticket_id: int
    number: str
    service: Names
    counters: tuple[int, ...]
    """Every counter that takes the matter; open ones first."""
    ahead: int
    wait_minutes: tuple[int, int] | None
    """Soonest and latest; None when no counter is open."""
    slip: SlipNews
