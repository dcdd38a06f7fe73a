"""The whole hall at once, as real programs: what a visitor of the demo sees."""

import asyncio
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from bittty import Board

from commands.demo.real_screen import read_screen

pytestmark = pytest.mark.alone

ROOT = Path(__file__).parent.parent
LIMIT_S = 90


@pytest.fixture
def its_own_temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the demo makes its hall, so that what it leaves behind is seen."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


def left_behind(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.name.startswith("jiaohao-demo-")]


def test_without_a_terminal_the_transcript_tells_what_was_really_done(its_own_temp: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "jiaohao", "demo"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    for promise in (
        "number=B001",  # issued
        "slips/ticket-1-1.png",  # printed
        "云岭县政务服务大厅",  # the board's screen, by the board's own program
        "请B001号到3号窗口办理",  # spoken
        "YL-20",  # the notice's serial
        "一次性告知单",
        "复印件不清晰",
        "流水账完好",
    ):
        assert promise in done.stdout
    assert left_behind(its_own_temp) == []


async def test_in_a_terminal_all_panes_are_alive_and_leaving_clears_up(its_own_temp: Path) -> None:
    def alive(text: str) -> bool:
        return all(
            words in text
            for words in ("您好，请选择业务类别", "社会保障", "叫下一位", "大厅显示屏", "您的号码")
        )

    def leave(terminal: Board) -> None:
        terminal.input_fkey(10)

    command = [sys.executable, "-m", "jiaohao", "demo"]
    await read_screen(command, (170, 48), alive, LIMIT_S, leave=leave)

    assert left_behind(its_own_temp) == []


async def test_in_a_small_terminal_one_pane_is_shown_at_a_time(its_own_temp: Path) -> None:
    command = [sys.executable, "-m", "jiaohao", "demo"]
    screen = await read_screen(
        command,
        (80, 24),
        lambda text: "您好，请选择业务类别" in text,
        LIMIT_S,
        leave=lambda terminal: terminal.input_fkey(10),
    )

    assert "大厅显示屏" not in screen
    assert left_behind(its_own_temp) == []


async def test_a_closed_window_leaves_no_program_and_no_folder_behind(its_own_temp: Path) -> None:
    command = [sys.executable, "-m", "jiaohao", "demo"]
    await read_screen(
        command,
        (170, 48),
        lambda text: "您好，请选择业务类别" in text and "叫下一位" in text,
        LIMIT_S,
        leave=lambda terminal: terminal.stop_process(),  # hangs up, and reads no more
    )

    deadline = time.monotonic() + LIMIT_S
    while left_behind(its_own_temp) or programs_of(its_own_temp):
        assert time.monotonic() < deadline
        await asyncio.sleep(0.1)


def programs_of(folder: Path) -> list[str]:
    """Every process whose command names this folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue  # ended meanwhile
        if str(folder) in command:
            found.append(command.replace("\0", " "))
    return found
