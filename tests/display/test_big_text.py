"""Huge text as blocks."""

import sys
import unicodedata
from collections.abc import Iterator

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult

from tests.screen_text import screen_text
from ui import big_text, blocks
from ui.big_text import BigText, big_letters
from ui.blocks import QUADRANTS, SEXTANTS


@pytest.mark.parametrize("text", ["A012", "A012 → 3号窗口", "欢迎光临", "1", "ꀊꇁ", "བོད", "g"])
@pytest.mark.parametrize("place", [(60, 12), (150, 14), (220, 20), (30, 5)])
def test_letters_keep_to_their_place(text: str, place: tuple[int, int]) -> None:
    rows = big_letters(text, *place)
    assert len(rows) <= place[1]
    assert len({len(row) for row in rows}) <= 1
    assert all(len(row) <= place[0] for row in rows)
    assert set("".join(rows)) <= set(QUADRANTS)


def test_letters_are_as_large_as_their_place_allows() -> None:
    assert len(big_letters("A012", 200, 10)) == 10
    assert len(big_letters("A012 → 3号窗口", 150, 30)[0]) in (149, 150)


@pytest.mark.parametrize(("text", "place"), [("欢迎光临", (100, 8)), ("A012", (60, 2))])
def test_what_could_not_be_read_is_not_drawn(text: str, place: tuple[int, int]) -> None:
    assert big_letters(text, *place) == ()


def test_different_letters_look_different() -> None:
    drawn = {big_letters(sign, 40, 14) for sign in "0123456789ABC窗口号"}
    assert len(drawn) == 16


@pytest.fixture
def kitty(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A terminal known to tile sextants."""
    caches = (blocks.rows_in_a_cell, big_letters)
    monkeypatch.setenv("TERM", "xterm-kitty")
    for kept in caches:
        kept.cache_clear()
    yield
    monkeypatch.undo()
    for kept in caches:
        kept.cache_clear()


def test_every_sextant_has_a_character_of_its_own() -> None:
    assert len(set(SEXTANTS)) == len(SEXTANTS) == 64
    assert unicodedata.name(SEXTANTS[0b000001]) == "BLOCK SEXTANT-1"
    assert unicodedata.name(SEXTANTS[0b110000]) == "BLOCK SEXTANT-56"
    assert unicodedata.name(SEXTANTS[0b101011]) == "BLOCK SEXTANT-1246"
    assert all(cell_len(sign) == 1 for sign in SEXTANTS)


@pytest.mark.usefixtures("kitty")
def test_where_sextants_tile_the_same_letters_need_fewer_lines() -> None:
    rows = big_letters("欢迎光临", 100, 8)  # too low for quadrants
    assert len(rows) == 8 and set("".join(rows)) <= set(SEXTANTS)
    assert len({len(row) for row in rows}) == 1


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
        assert any(block in narrow for block in QUADRANTS[1:])
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
