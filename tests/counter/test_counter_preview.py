"""The notice looked at before it is printed."""

from rich.cells import cell_len
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input, Static

from counter.counter_app import CounterApp
from counter.notice.notice_preview import NoticePreview
from counter.notice.notice_screen import NoticeScreen
from counter.notice.paper_row import PaperRow
from db.engine import writing
from db.tables import JournalEntry, Notice, NoticeMaterial, PrintJob
from hall.fingerprint import fingerprint
from tests.counter.at_the_counter import (
    SIZE,
    Clock,
    OtherProgram,
    comes,
    message,
    papers_come,
    press,
    sits_down,
    until,
    words,
)
from tests.known_printers import PAPER_OUT, spooler_writes
from tests.screen_text import screen_text


async def preview_comes(pilot: Pilot[None]) -> str:
    """What the whole paper says, also what is scrolled out of sight."""
    await comes(pilot, NoticePreview)
    return str(pilot.app.screen.query_one("#paper Static", Static).content)


async def test_the_preview_is_the_citizens_copy_and_writes_nothing(
    at_one: CounterApp, other: OtherProgram
) -> None:
    other.issue()
    async with at_one.run_test(size=(80, 24)) as pilot:
        await sits_down(pilot)
        await press(pilot, "n", "m")
        await papers_come(pilot)
        await pilot.press("space", "down", "space", "space")
        at_one.screen.query_one(".what-is-wrong:focus", Input).value = "户名不符[b]"
        await pilot.press("enter")
        journal = len(other.rows(JournalEntry))
        await pilot.press("v")
        told = await preview_comes(pilot)

        assert "当事人联" in told and "存根" not in told
        assert "编号：—" in told
        assert "户名不符[b]" in told and "A001" in told
        assert all(cell_len(line) <= 48 for line in told.split("\n"))
        assert (other.rows(Notice), other.rows(NoticeMaterial)) == ([], [])
        assert len(other.rows(PrintJob)) == 1  # the ticket's own
        assert len(other.rows(JournalEntry)) == journal

        await pilot.press("v")
        await comes(pilot, NoticeScreen)
        await pilot.press("p")
        await until(pilot, lambda: message(at_one).startswith("Notice LC-2026-000001"))
    (notice,) = other.rows(Notice)
    assert notice.content["serial"] == notice.serial == "LC-2026-000001"
    assert notice.content["code"] == notice.code != ""
    assert fingerprint(notice.content) == notice.content_sha256


async def test_the_preview_is_read_to_its_end_by_keys_and_by_wheel(
    at_one: CounterApp, other: OtherProgram
) -> None:
    other.issue()
    async with at_one.run_test(size=(80, 24)) as pilot:
        await sits_down(pilot)
        await press(pilot, "n", "m")
        await papers_come(pilot)
        await pilot.press("space", "v")
        await preview_comes(pilot)
        paper, screen = at_one.screen.query_one("#paper"), at_one.screen
        assert "一次性告知单" in screen_text(at_one)
        assert paper.max_scroll_y > 0
        for part in ("#preview-title", "#paper", "#preview-keys"):
            assert screen.region.contains_region(screen.query_one(part).region)
        await pilot.press("down")
        await until(pilot, lambda: paper.scroll_y == 1)
        await pilot.press(*["pagedown"] * 9)
        await until(pilot, lambda: paper.scroll_y == paper.max_scroll_y)
        assert "经办人签名" in screen_text(at_one)
        await pilot.press("pageup")
        await until(pilot, lambda: paper.scroll_y < paper.max_scroll_y)
        await pilot.press("home")
        await until(pilot, lambda: paper.scroll_y == 0)
        await pilot._post_mouse_events([events.MouseScrollDown], "#paper")
        await until(pilot, lambda: paper.scroll_y > 0)
        await pilot.press("escape")
        await comes(pilot, NoticeScreen)
        assert [row.finding.value for row in at_one.screen.query(PaperRow)] == [
            "missing",
            "here",
            "here",
        ]


async def test_v_is_a_letter_where_one_writes(at_one: CounterApp, other: OtherProgram) -> None:
    other.issue()
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "n", "m")
        await papers_come(pilot)
        at_one.screen.query_one("#remark").focus()
        await pilot.press("v", "V", "w")
        assert at_one.screen.query_one("#remark", Input).value == "vVw"
        assert isinstance(at_one.screen, NoticeScreen)
        await pilot.press("enter", "v")
        assert "vVw" in await preview_comes(pilot)


async def test_what_cannot_be_issued_is_not_previewed_either(
    at_one: CounterApp, other: OtherProgram
) -> None:
    other.issue()
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "n", "m")
        await papers_come(pilot)
        await pilot.click("#preview")
        await until(pilot, lambda: "tells nothing" in words(at_one, "NoticeScreen #messages"))
        await pilot.click(".mark")
        await pilot.click(".mark")
        await pilot.press("escape", "v")
        assert words(at_one, "NoticeScreen #messages") == "Write what is wrong with 1."
        assert isinstance(at_one.screen, NoticeScreen)


async def test_a_notice_is_one_notice_also_while_a_preview_fails(
    at_one: CounterApp, other: OtherProgram
) -> None:
    """A preview that cannot be drawn must not let a second press print a second notice."""
    other.issue()
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "n", "m")
        await papers_come(pilot)
        await pilot.press("space")
        with writing(other.engine):
            await pilot.press("p")
            screen = at_one.screen
            assert isinstance(screen, NoticeScreen)
            screen.post_message(NoticeScreen.NotDrawn("no"))
            screen.post_message(NoticeScreen.Drawn(["late"], 48))
            await pilot.pause()
            assert at_one.screen is screen  # what was issued meanwhile is not a preview any more
            await pilot.press("v", "p")
        await until(pilot, lambda: message(at_one).startswith("Notice"))
    assert len(other.rows(Notice)) == 1


async def test_a_notice_that_waits_for_paper_says_so(
    at_one: CounterApp, other: OtherProgram, clock: Clock
) -> None:
    other.issue()
    spooler_writes(other.engine, "default", PAPER_OUT, clock())
    async with at_one.run_test(size=SIZE) as pilot:
        await sits_down(pilot)
        await press(pilot, "n", "m")
        await papers_come(pilot)
        await pilot.press("space", "p")
        told = "Notice LC-2026-000001 is issued; both copies wait, for the printer is out of use."
        await until(pilot, lambda: message(at_one) == told)
        assert at_one.counter_screen.query_one("#messages").has_class("-warning")
