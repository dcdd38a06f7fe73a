"""systemd hears that a program is ready and alive; without it nothing is different."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices import service_manager


@pytest.fixture
def manager(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        where = str(tmp_path / "notify")
        line.bind(where)
        line.settimeout(30)
        monkeypatch.setenv("NOTIFY_SOCKET", where)
        yield line


def test_it_is_told_in_its_own_words(manager: socket.socket) -> None:
    service_manager.ready()
    service_manager.alive()
    assert [manager.recv(100), manager.recv(100)] == [b"READY=1", b"WATCHDOG=1"]


def test_a_name_in_the_kernel_is_a_name_too(monkeypatch: pytest.MonkeyPatch) -> None:
    name = f"jiaohao-test-{os.getpid()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(f"\0{name}")
        line.settimeout(5)
        monkeypatch.setenv("NOTIFY_SOCKET", f"@{name}")
        service_manager.ready()
        assert line.recv(100) == b"READY=1"


@pytest.mark.parametrize("where", ["", "/no/such/socket", "x" * 200])
def test_nobody_who_listens_is_no_trouble(monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", where)
    service_manager.ready()


@pytest.mark.parametrize(
    ("patience", "beat"), [("60000000", 20.0), ("0", 0.0), ("", 0.0), ("soon", 0.0)]
)
def test_it_beats_three_times_in_the_manager_s_patience(
    monkeypatch: pytest.MonkeyPatch, patience: str, beat: float
) -> None:
    monkeypatch.setenv("WATCHDOG_USEC", patience)
    assert service_manager.beat_s() == beat


@pytest.mark.parametrize("program", ["keeper", "spooler", "speaker"])
def test_a_program_says_when_it_is_ready(
    manager: socket.socket, database: Path, program: str
) -> None:
    command = [sys.executable, "-m", "jiaohao", "--database", f"sqlite:///{database}"]
    running = subprocess.Popen([*command, "run", program], stdout=subprocess.DEVNULL)
    try:
        assert manager.recv(100) == b"READY=1"
        if program != "spooler":
            assert manager.recv(100) == b"WATCHDOG=1"
    finally:
        running.terminate()
        assert running.wait(20) == 0
