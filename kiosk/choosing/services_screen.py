"""The matters of one group; a press on one of them leads to its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from textual.message import Message

from kiosk.choice_button import Choice
from kiosk.choices_screen import ChoicesScreen
from kiosk.choosing.groups_screen import GroupsScreen
from kiosk.kiosk_screen import KioskScreen
from kiosk.offer import Offer, ServiceOffer
from kiosk.visit import Visit


class ServicesScreen(ChoicesScreen):
    @dataclass
    class ServiceChosen(Message):
        code: str

    class GroupGone(Message):
        """The catalogue has this group no more."""

    def __init__(self, visit: Visit, offer: Offer, group: str) -> None:
        super().__init__(visit, offer)
        self.offer: Offer = offer
        self.group = group

    def anew(self) -> Self:
        return self.keep_page(type(self)(self.visit, self.offer, self.group))

    def page_before(self, offer: Offer | None) -> KioskScreen | None:
        return GroupsScreen(self.visit, offer) if offer is not None else None

    def prompt(self) -> str:
        group = self.offer.group(self.group)
        name = self.name_of(group.names) if group else ""
        return self.app.say("{group}: please choose your matter", group=name)

    def choices(self) -> list[Choice]:
        group = self.offer.group(self.group)
        return [self.choice_for(service) for service in group.services] if group else []

    def choice_for(self, service: ServiceOffer) -> Choice:
        detail = self.app.say("about {minutes} min", minutes=service.minutes)
        if service.limit:
            detail += "  " + self.app.say("Limit: {limit}", limit=self.office_words(service.limit))
        gate = service.gate
        if gate.why is not None:
            detail = self.app.wording.short_refusal(gate.refusal())
        elif gate.remaining is not None:
            detail += "  " + self.app.say("{count} numbers left", count=gate.remaining)
        return Choice(
            code=service.code,
            title=self.name_of(service.names),
            subtitle=self.other_name_of(service.names),
            detail=detail,
            warns=not gate.is_open,
        )

    def choose(self, choice: Choice) -> None:
        self.post_message(self.ServiceChosen(choice.code))

    def show_offer(self, offer: Offer) -> None:
        super().show_offer(offer)
        if offer.group(self.group) is None:
            self.post_message(self.GroupGone())

    def service_of(self, code: str) -> ServiceOffer | None:
        """None when the group has it no more."""
        group = self.offer.group(self.group)
        return group.service(code) if group is not None else None
