"""Huge text as quadrant blocks."""

import sys

import pytest
from textual.app import App, ComposeResult

from tests.screen_text import screen_text
from ui import big_text
from ui.big_text import BLOCKS, BigText, big_letters


@pytest.mark.parametrize("text", ["A012", "A012 → 3号窗口", "欢迎光临", "1", "ꀊꇁ", "བོད", "g"])
@pytest.mark.parametrize("place", [(60, 12), (150, 14), (220, 20), (30, 5)])
def test_letters_keep_to_their_place(text: str, place: tuple[int, int]) -> None:
    rows = big_letters(text, *place)
    assert len(rows) <= place[1]
    assert len({len(row) for row in rows}) <= 1
    assert all(len(row) <= place[0] for row in rows)
    assert set("".join(rows)) <= set(BLOCKS)


def test_letters_are_as_large_as_their_place_allows() -> None:
    assert len(big_letters("A012", 200, 10)) == 10
    assert len(big_letters("A012 → 3号窗口", 150, 30)[0]) in (149, 150)


@pytest.mark.parametrize(("text", "place"), [("欢迎光临", (100, 8)), ("A012", (60, 2))])
def test_what_could_not_be_read_is_not_drawn(text: str, place: tuple[int, int]) -> None:
    assert big_letters(text, *place) == ()


def test_different_letters_look_different() -> None:
    drawn = {big_letters(sign, 40, 14) for sign in "0123456789ABC窗口号"}
    assert len(drawn) == 16


class Page(App[None]):
    def __init__(self, text: str, shorter: str = "") -> None:
        super().__init__()
        self.text, self.shorter = text, shorter

    def compose(self) -> ComposeResult:
        yield BigText(self.text, self.shorter)


async def test_the_shorter_text_stands_in_where_it_is_narrow() -> None:
    page = Page("A012 → 3号窗口", "A012 → 3")
    async with page.run_test(size=(80, 8)) as pilot:
        narrow = screen_text(page)
        assert any(block in narrow for block in BLOCKS[1:])
        await pilot.resize_terminal(200, 16)
        await pilot.pause()
        assert page.query_one(BigText).text == "A012 → 3号窗口"
        assert len(screen_text(page)) > len(narrow)


async def test_where_even_that_is_too_small_plain_text_remains() -> None:
    page = Page("[b]窗口[/b]")
    async with page.run_test(size=(20, 3)):
        assert "[b]窗口[/b]" in screen_text(page)


async def test_without_the_font_plain_text_remains(monkeypatch: pytest.MonkeyPatch) -> None:
    for kept in (big_text.big_letters, big_text.ink, big_text.face_for, big_text.chinese_face):
        kept.cache_clear()
    monkeypatch.setitem(sys.modules, "PIL", None)
    page = Page("A012 → 3号窗口")
    async with page.run_test(size=(200, 16)):
        assert "A012 → 3号窗口" in screen_text(page)
    big_text.big_letters.cache_clear()
