"""From the first page to the search, and from what it found to the matter's page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message

from kiosk.choosing.groups_screen import GroupsScreen
from kiosk.matter.matter_routes import MatterRoutes
from kiosk.offer import Names
from kiosk.search.search_screen import SearchScreen

if TYPE_CHECKING:
    from hall.catalogue.spelling import SpellingIndex


class SearchRoutes(MatterRoutes):
    @dataclass
    class IndexMade(Message):
        matters: dict[str, Names]
        index: SpellingIndex

    indexed: dict[str, Names] | None = None
    index: SpellingIndex | None = None
    """Of what is `indexed`, for every visitor until the catalogue changes."""

    @on(GroupsScreen.SearchAsked)
    def show_search(self) -> None:
        offer = self.offer
        if offer is None or not self.is_choosing:
            return
        matters = {one.code: one.names for group in offer.groups for one in group.services}
        if matters == self.indexed:
            self.switch_screen(SearchScreen(self.visit, offer, self.index))
        else:
            self.switch_screen(SearchScreen(self.visit, offer))
            self.make_index(matters)

    @work(thread=True, exclusive=True, group="spelling")
    def make_index(self, matters: dict[str, Names]) -> None:
        from hall.catalogue.spelling import SpellingIndex

        self.post_message(self.IndexMade(matters, SpellingIndex(matters)))

    @on(IndexMade)
    def fill_search(self, message: IndexMade) -> None:
        self.indexed, self.index = message.matters, message.index
        if isinstance(self.page, SearchScreen):
            self.page.call_later(self.page.show_index, message.index)

    @on(SearchScreen.MatterFound)
    def show_found_matter(self, message: SearchScreen.MatterFound) -> None:
        screen = self.page
        if not (self.is_choosing and self.hall and isinstance(screen, SearchScreen)):
            return
        for group in screen.offer.groups:
            service = group.service(message.code)
            if service is not None:
                self.open_matter(self.hall, screen, screen.offer, group.code, service)
                return
