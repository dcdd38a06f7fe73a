"""A real CUPS of the test's own: its files in a folder, one port on 127.0.0.1, no password."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.printing.paper_trail import until

PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
SERVER_PROGRAMS = Path("/usr/lib/cups")
IS_THERE = (
    all(shutil.which(one, path=PATH) for one in ("cupsd", "lpadmin", "lp"))
    and (SERVER_PROGRAMS / "backend" / "socket").exists()
)

DAEMON = """
Listen 127.0.0.1:{port}
LogLevel debug
Browsing No
WebInterface No
DefaultAuthType Basic
PreserveJobHistory Yes
<Location />
  Order allow,deny
  Allow from 127.0.0.1
</Location>
# What one may do with jobs is as it comes with CUPS; the test itself may also do the rest.
<Policy default>
  <Limit Create-Job Print-Job Print-URI Validate-Job>
    Order deny,allow
  </Limit>
  <Limit Send-Document Hold-Job Release-Job Set-Job-Attributes Cancel-My-Jobs Close-Job Cancel-Job>
    Require user @OWNER @SYSTEM
    Order deny,allow
  </Limit>
  <Limit Cancel-Jobs>
    AuthType Default
    Require user @SYSTEM
    Order deny,allow
  </Limit>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""
FILES = """
ServerRoot {folder}
ServerBin {folder}/programs
CacheDir {folder}/cache
StateDir {folder}/state
RequestRoot {folder}/spool
TempDir {folder}/temp
AccessLog {folder}/access_log
ErrorLog {folder}/error_log
PageLog {folder}/page_log
Sandboxing relaxed
"""
OUT_OF_PAPER = """#!/bin/sh
# A printer that has no paper until there is a file at the path in its address.
[ $# -eq 0 ] && exit 0
echo "STATE: +media-empty-error" >&2
while [ ! -e "${DEVICE_URI#*:}" ]; do sleep 0.05; done
echo "STATE: -media-empty-error" >&2
"""


class PrivateCups:
    def __init__(self, folder: Path, port: int, process: subprocess.Popen[bytes]) -> None:
        self.folder = folder
        self.server = f"127.0.0.1:{port}"
        self.process = process

    def run(self, *command: str, data: bytes = b"") -> str:
        """A command of CUPS on this server."""
        name, *words = command
        done = subprocess.run(
            [str(shutil.which(name, path=PATH)), "-h", self.server, *words],
            input=data,
            capture_output=True,
            timeout=20,
            check=False,
            env=os.environ | {"LC_ALL": "C.UTF-8"},
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.decode()

    def queue(self, name: str, device: str) -> str:
        """A new one without a driver; its address in our settings."""
        self.run("lpadmin", "-p", name, "-E", "-v", device)
        return f"cups:{name}@{self.server}"

    def waiting(self, queue: str) -> list[str]:
        return self.run("lpstat", "-o", queue).splitlines()

    def take_out(self, queue: str, owner: str) -> None:
        """Every job of this queue, all of them this owner's."""
        for line in self.waiting(queue):
            self.run("cancel", "-U", owner, line.split()[0])

    def is_up(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            return True
        return False

    @property
    def port(self) -> int:
        return int(self.server.rpartition(":")[2])

    def end(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)


@contextmanager
def private_cups() -> Iterator[PrivateCups]:
    # Not below pytest's folder: started as root, CUPS lets another user look after the printer.
    with tempfile.TemporaryDirectory(prefix="jiaohao-cups-") as kept:
        folder = Path(kept)
        folder.chmod(0o755)
        for name in ("cache", "state", "spool", "temp", "programs/backend"):
            (folder / name).mkdir(parents=True)
        for one in SERVER_PROGRAMS.iterdir():
            if one.name != "backend":
                (folder / "programs" / one.name).symlink_to(one)
        (folder / "programs/backend/socket").symlink_to(SERVER_PROGRAMS / "backend/socket")
        out_of_paper = folder / "programs/backend/outofpaper"
        out_of_paper.write_text(OUT_OF_PAPER)
        out_of_paper.chmod(0o755)
        with socket.create_server(("127.0.0.1", 0)) as reserved:
            port = reserved.getsockname()[1]
        (folder / "cupsd.conf").write_text(DAEMON.format(port=port))
        (folder / "cups-files.conf").write_text(FILES.format(folder=folder))
        process = subprocess.Popen(
            [
                *(str(shutil.which("cupsd", path=PATH)), "-f"),
                *("-c", str(folder / "cupsd.conf"), "-s", str(folder / "cups-files.conf")),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        cups = PrivateCups(folder, port, process)
        try:
            until(cups.is_up)
            yield cups
        finally:
            cups.end()
