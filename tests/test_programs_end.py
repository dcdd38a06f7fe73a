"""Every program ends when it is asked to, and is not kept by a thread that waits."""

import asyncio
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from bittty import Board
from sqlalchemy import Engine

from db.engine import writing
from db.file_bell import bell_folder
from db.tables import Hall

LIMIT_S = 30


def command(database: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "jiaohao", "--database", f"sqlite:///{database}", "run", *words]


async def until(terminal: Board, words: str) -> None:
    deadline = time.monotonic() + LIMIT_S
    while words not in terminal.capture_text():
        assert time.monotonic() < deadline, terminal.capture_text()
        await asyncio.sleep(0.05)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (["board"], "个人提取"),
        (["kiosk"], "提取"),
        (["counter-sign", "1"], "个人提取"),
        (["counter", "1", "--clerk", "1001"], "李四"),
    ],
)
async def test_a_screen_that_is_asked_to_end_ends_with_0(
    database: Path, words: list[str], shown: str, number: signal.Signals
) -> None:
    terminal = Board(command=command(database, *words), width=100, height=30)
    await terminal.start_process()
    program = terminal.process
    try:
        await until(terminal, shown)
        program.send_signal(number)
        assert await asyncio.to_thread(program.wait, LIMIT_S) == 0
    finally:
        program.kill()
        terminal.stop_process()
    assert list(Path(bell_folder(str(database))).iterdir()) == []  # it took its bell down


def seen(screen: int, wanted: bytes) -> None:
    """Reads what is drawn until the words are there."""
    drawn, deadline = b"", time.monotonic() + LIMIT_S
    while wanted not in drawn:
        assert time.monotonic() < deadline, drawn[-2000:]
        if select.select([screen], [], [], 0.1)[0]:
            drawn += os.read(screen, 65536)


@pytest.mark.parametrize("words", [["board"], ["kiosk"], ["counter", "1", "--clerk", "1001"]])
def test_a_screen_whose_terminal_is_gone_ends(database: Path, words: list[str]) -> None:
    screen, terminal = os.openpty()
    program = subprocess.Popen(
        command(database, *words), stdin=terminal, stdout=terminal, stderr=terminal,
        start_new_session=True,
    )  # fmt: skip
    try:
        os.close(terminal)
        seen(screen, "提取".encode())
        os.close(screen)
        assert program.wait(LIMIT_S) == 0
    finally:
        program.kill()
        program.wait()


def test_a_screen_that_nobody_reads_ends_when_it_is_told_to(database: Path, engine: Engine) -> None:
    screen, terminal = os.openpty()
    program = subprocess.Popen(
        command(database, "board"), stdin=terminal, stdout=terminal, stderr=terminal,
        start_new_session=True,
    )  # fmt: skip
    try:
        seen(screen, "提取".encode())
        deadline = time.monotonic() + 60
        number = 0
        while select.select([], [terminal], [], 0)[1]:  # until the terminal takes no more
            assert time.monotonic() < deadline
            number += 1
            with writing(engine) as session:
                session.get_one(Hall, 1).names = {"zh": f"大厅{number}" * 9}
            time.sleep(0.1)
        time.sleep(2)  # and the queue before it is full too
        for number in range(60):
            with writing(engine) as session:
                session.get_one(Hall, 1).names = {"zh": f"厅{number}" * 9}
            time.sleep(0.05)
        program.send_signal(signal.SIGTERM)
        assert program.wait(LIMIT_S) == 0
    finally:
        program.kill()
        program.wait()
        os.close(screen)
        os.close(terminal)


async def test_a_screen_without_a_hall_ends_too(tmp_path: Path) -> None:
    terminal = Board(command=command(tmp_path / "none.db", "kiosk"), width=100, height=30)
    await terminal.start_process()
    program = terminal.process
    try:
        await until(terminal, "请到咨询台")
        program.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(program.wait, LIMIT_S) == 0
    finally:
        program.kill()
        terminal.stop_process()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("name", ["spooler", "speaker"])
def test_a_device_program_that_is_asked_to_end_ends_with_0(
    database: Path, name: str, number: signal.Signals
) -> None:
    program = subprocess.Popen(command(database, name))
    try:
        deadline = time.monotonic() + LIMIT_S
        bell = Path(bell_folder(str(database)))
        while not (bell.is_dir() and any(bell.iterdir())):  # it listens
            assert time.monotonic() < deadline
            time.sleep(0.05)
        program.send_signal(number)
        assert program.wait(LIMIT_S) == 0
    finally:
        program.kill()
        program.wait()
    assert list(bell.iterdir()) == []


def test_without_a_printer_the_spooler_says_where_slips_go(database: Path) -> None:
    program = subprocess.Popen(command(database, "spooler"), stdout=subprocess.PIPE, text=True)
    try:
        assert program.stdout is not None
        assert str(database.parent / "slips") in program.stdout.readline()
    finally:
        program.terminate()
        program.communicate(timeout=LIMIT_S)


def test_two_spoolers_do_not_share_a_printer(database: Path) -> None:
    first = subprocess.Popen(command(database, "spooler"))
    try:
        deadline = time.monotonic() + LIMIT_S
        while not list(database.parent.glob("*.spooler")):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        second = subprocess.run(
            command(database, "spooler"), capture_output=True, text=True, timeout=LIMIT_S
        )
        assert second.returncode == 1
        assert f"process {first.pid}" in second.stderr
    finally:
        first.terminate()
        first.wait(LIMIT_S)
