"""From the first page to the matter: group, matter, and whether to be served sooner."""

from __future__ import annotations

from textual import on

from kiosk.choices_screen import ChoicesScreen
from kiosk.choosing.classes_screen import ClassesScreen
from kiosk.choosing.groups_screen import GroupsScreen
from kiosk.choosing.services_screen import ServicesScreen
from kiosk.kiosk_screen import KioskScreen
from kiosk.kiosk_shell import KioskShell
from kiosk.visit import ORDINARY


class ChoosingRoutes(KioskShell):
    def first_page(self) -> KioskScreen:
        return GroupsScreen(self.visit, self.offer, self.fault)

    def forget_lost_choice(self, sentence: str) -> None:
        if isinstance(self.page, GroupsScreen):
            self.page.call_later(self.page.show_fault, sentence)
        elif self.is_choosing:
            self.start_again()

    @on(GroupsScreen.GroupChosen)
    def show_services(self, message: GroupsScreen.GroupChosen) -> None:
        if self.offer is not None and self.is_choosing:
            self.switch_screen(ServicesScreen(self.visit, self.offer, message.code))

    @on(ServicesScreen.GroupGone)
    def leave_group(self) -> None:
        if self.is_choosing:
            self.switch_screen(self.first_page())

    @on(ChoicesScreen.PriorityAsked)
    def show_classes(self) -> None:
        if isinstance(self.page, ServicesScreen) and self.is_choosing:
            self.switch_screen(ClassesScreen(self.visit, self.page.offer, self.page.group))

    @on(ClassesScreen.ClassChosen)
    def take_class(self, message: ClassesScreen.ClassChosen) -> None:
        if isinstance(self.page, ClassesScreen):
            self.visit.priority_class = message.code
            self.switch_screen(self.page.page_before(self.offer) or self.first_page())

    @on(ChoicesScreen.PriorityUndone)
    def undo_class(self) -> None:
        if self.is_choosing:
            self.visit.priority_class = ORDINARY
            self.show_anew()
