"""A text is laid out anew when it says or looks like something else, and only then."""

import pytest
from textual.app import App, ComposeResult
from textual.content import Content
from textual.visual import VisualType

from ui.steady_text import SteadyText


class OneText(App[None]):
    def compose(self) -> ComposeResult:
        yield SteadyText("", markup=False)


@pytest.mark.parametrize(
    ("before", "after", "anew"),
    [
        ("等候 3 人", "等候 3 人", False),
        ("等候 3 人", "等候 4 人", True),
        (Content("A001"), Content("A001"), False),
        (Content("A001"), Content.styled("A001", "bold"), True),
        ("A001", Content.styled("A001", "bold"), True),
    ],
)
async def test_it_is_painted_when_it_says_something_else(
    monkeypatch: pytest.MonkeyPatch, before: VisualType, after: VisualType, anew: bool
) -> None:
    app = OneText()
    async with app.run_test() as pilot:
        text = app.query_one(SteadyText)
        text.update(before)
        await pilot.pause()
        painted: list[bool] = []
        monkeypatch.setattr(text, "refresh", lambda **_given: painted.append(True))
        text.update(after)
        assert bool(painted) is anew
