"""The citizen's face of the hall: all its rooms under one roof."""

from __future__ import annotations

from kiosk.assistant.assistant_routes import AssistantRoutes
from kiosk.choosing.choosing_routes import ChoosingRoutes
from kiosk.coming_back.coming_back_routes import ComingBackRoutes
from kiosk.guide.guide_routes import GuideRoutes
from kiosk.reading_aloud.aloud_routes import AloudRoutes
from kiosk.search.search_routes import SearchRoutes


class KioskApp(
    ChoosingRoutes, SearchRoutes, GuideRoutes, ComingBackRoutes, AssistantRoutes, AloudRoutes
):
    CSS_PATH = [
        "kiosk.tcss",
        "choosing/choosing.tcss",
        "assistant/assistant.tcss",
        "search/search.tcss",
        "guide/guide.tcss",
        "matter/matter.tcss",
        "number/number.tcss",
        "real_name/real_name.tcss",
        "coming_back/coming_back.tcss",
    ]
