"""A queue of CUPS: lp, cancel and lpstat do things, IPP answers questions.

lpstat alone cannot tell a job that was printed from one that CUPS gave up.
"""

from __future__ import annotations

import errno
import http.client
import os
import re
import socket
import struct
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

USER = "jiaohao"
"""Under which the jobs are sent: what an earlier run left can be told from other people's."""
COMMAND_S = 10.0
GET_JOB, GET_JOBS, GET_PRINTER = 0x0009, 0x000A, 0x000B
NOT_FOUND = 0x0406
SUCCESSES = 0x00FF
LONGEST_ANSWER = 1 << 20
GROUP_TAGS_END = 0x0F
WHOLE, BOOLEAN, ENUM = 0x21, 0x22, 0x23
NAME, KEYWORD, URI, CHARSET, LANGUAGE = 0x42, 0x44, 0x45, 0x47, 0x48
NO_VALUE = frozenset(range(0x10, 0x20))
STOPPED_QUEUE = 5
ABORTED, CANCELED, COMPLETED = 8, 7, 9
ANNOUNCES_PAPER = frozenset({"socket", "usb", "serial", "parallel"})
"""Ways to a printer that CUPS counts a sheet for just before the first byte goes out."""

Answer = Mapping[str, Sequence[int | str]]


@dataclass(frozen=True)
class QueueState:
    runs: bool
    accepts: bool
    message: str
    reasons: frozenset[str]
    """As the printer gave them during its last job, without -error, -warning, -report."""
    announces_paper: bool


@dataclass(frozen=True)
class JobState:
    ended: bool
    printed: bool
    """CUPS has handed it over to the printer; more it does not know."""
    given: bool
    """CUPS has begun with it."""
    sheets: int
    message: str


class CupsQueue:
    """Every question and command raises OSError, with a sentence, and ends within a time."""

    def __init__(self, name: str, server: str, question_s: float) -> None:
        self.name = name
        self.question_s = question_s
        self.server_option = ["-h", server] if server else []
        self.server = server or self.run("lpstat", "-H").strip()

    def hold(self, data: bytes, title: str) -> int:
        """Hand it over without letting it out yet; its number."""
        said = self.run(
            *("lp", *self.server_option, "-U", USER, "-d", self.name),
            *("-o", "raw", "-H", "hold", "-t", title, "--", "-"),
            data=data,
        )
        found = re.search(r"-(\d+)\D*\(", said)
        if found is None:
            raise OSError(errno.EPROTO, f"lp said: {said.strip()}")
        return int(found[1])

    def release(self, job: int) -> None:
        self.run("lp", *self.server_option, "-U", USER, "-i", f"{self.name}-{job}", "-H", "resume")

    def cancel(self, *jobs: int) -> None:
        self.run("cancel", *self.server_option, "-U", USER, *(f"{self.name}-{job}" for job in jobs))

    def cancel_ours(self) -> None:
        """What waits of this program; other people's jobs stay."""
        try:
            if jobs := self.ours():
                self.cancel(*jobs)  # one by one: "all of a user" is for administrators only
        except OSError:
            if self.ours():  # else one of them was just over
                raise

    def ours(self) -> list[int]:
        found = self.ask(GET_JOBS, ["job-id"], attribute(BOOLEAN, "my-jobs", b"\1")) or {}
        return [int(one) for one in found.get("job-id", ())]

    def run(self, *command: str, data: bytes = b"") -> str:
        try:
            done = subprocess.run(
                command,
                input=data,
                capture_output=True,
                timeout=COMMAND_S,
                check=False,
                env=os.environ | {"LC_ALL": "C.UTF-8"},
                start_new_session=True,  # without a terminal nobody can be asked for a password
            )
        except FileNotFoundError as error:
            raise OSError(errno.ENOENT, f"no CUPS client: {command[0]} is not installed") from error
        except subprocess.TimeoutExpired as error:
            raise OSError(errno.ETIMEDOUT, f"{command[0]} does not come back") from error
        if done.returncode:
            told = " ".join(done.stderr.decode(errors="replace").split())
            raise OSError(errno.EIO, told or f"{command[0]} failed ({done.returncode})")
        return done.stdout.decode(errors="replace")

    def state(self) -> QueueState:
        names = ("state", "is-accepting-jobs", "state-message", "state-reasons")
        found = self.ask(GET_PRINTER, [*(f"printer-{one}" for one in names), "device-uri"])
        if found is None:
            raise OSError(errno.ENOENT, f"CUPS has no queue {self.name}")
        reasons = {
            re.sub(r"-(error|warning|report)$", "", str(one))
            for one in found.get("printer-state-reasons", ())
        }
        scheme = str(first(found, "device-uri", "")).partition(":")[0]
        return QueueState(
            runs=first(found, "printer-state", 0) != STOPPED_QUEUE,
            accepts=bool(first(found, "printer-is-accepting-jobs", 1)),
            message=str(first(found, "printer-state-message", "")),
            reasons=frozenset(reasons),
            announces_paper=scheme in ANNOUNCES_PAPER,
        )

    def job(self, number: int) -> JobState | None:
        """None when CUPS does not know it any more."""
        names = ("state", "media-sheets-completed", "printer-state-message")
        asked = attribute(WHOLE, "job-id", struct.pack(">i", number))
        found = self.ask(GET_JOB, [*(f"job-{one}" for one in names), "time-at-processing"], asked)
        if found is None:
            return None
        state = first(found, "job-state", 0)
        return JobState(
            ended=state in (CANCELED, ABORTED, COMPLETED),
            printed=state == COMPLETED,
            given=first(found, "time-at-processing", None) is not None,
            sheets=int(first(found, "job-media-sheets-completed", 0) or 0),
            message=str(first(found, "job-printer-state-message", "")),
        )

    def ask(self, operation: int, wanted: list[str], about: bytes = b"") -> Answer | None:
        """None when there is no such queue or job; the values of several jobs are one list."""
        path = f"/printers/{quote(self.name)}"
        asked = struct.pack(">HHIB", 0x0101, operation, 1, 0x01)
        asked += attribute(CHARSET, "attributes-charset", b"utf-8")
        asked += attribute(LANGUAGE, "attributes-natural-language", b"en")
        asked += attribute(URI, "printer-uri", f"ipp://localhost{path}".encode())
        asked += about + attribute(NAME, "requesting-user-name", USER.encode())
        for number, one in enumerate(wanted):
            asked += attribute(KEYWORD, "" if number else "requested-attributes", one.encode())
        try:
            answer = self.post(path, asked + b"\x03")
            (status,) = struct.unpack(">H", answer[2:4])
            found = attributes(answer[8:])
        except (http.client.HTTPException, struct.error, IndexError, UnicodeError) as error:
            raise OSError(errno.EPROTO, f"CUPS at {self.server}: {error!r}") from error
        except OSError as error:
            why = error.strerror or str(error)
            raise OSError(error.errno, f"CUPS at {self.server}: {why}") from error
        if status == NOT_FOUND:
            return None
        if status > SUCCESSES:
            raise OSError(errno.EPROTO, f"CUPS at {self.server} refused: 0x{status:04x}")
        return found

    def post(self, path: str, body: bytes) -> bytes:
        connection = ToCups(self.server, self.question_s)
        try:
            connection.request("POST", path, body, {"Content-Type": "application/ipp"})
            answer = connection.getresponse()
            if answer.status != http.client.OK:
                raise OSError(errno.EPROTO, f"{answer.status} {answer.reason}")
            return answer.read(LONGEST_ANSWER)
        finally:
            connection.close()


class ToCups(http.client.HTTPConnection):
    """To HOST:PORT, or to the socket file through which CUPS serves its own machine."""

    def __init__(self, server: str, wait_s: float) -> None:
        self.file = Path(server) if server.startswith("/") else None
        super().__init__("localhost" if self.file else server, timeout=wait_s)

    def connect(self) -> None:
        if self.file is None:
            super().connect()
            return
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self.file))


def attribute(tag: int, name: str, value: bytes) -> bytes:
    """Without a name it is one more value of the one before."""
    return struct.pack(f">BH{len(name)}sH", tag, len(name), name.encode(), len(value)) + value


def attributes(data: bytes) -> Answer:
    """Of all groups. Raises struct.error and IndexError."""
    found: dict[str, list[int | str]] = {}
    at, name = 0, ""
    while (tag := data[at]) != 0x03:
        at += 1
        if tag <= GROUP_TAGS_END:
            continue
        (length,) = struct.unpack_from(">H", data, at)
        name = data[at + 2 : at + 2 + length].decode("utf-8", "replace") or name
        at += 2 + length
        (length,) = struct.unpack_from(">H", data, at)
        value = data[at + 2 : at + 2 + length]
        at += 2 + length
        if tag in NO_VALUE:
            continue
        kept = found.setdefault(name, [])
        if tag in (WHOLE, ENUM):
            kept.append(struct.unpack(">i", value)[0])
        elif tag == BOOLEAN:
            kept.append(value[0])
        else:
            kept.append(value.decode("utf-8", "replace"))
    return found


def first(found: Answer, name: str, otherwise: int | str | None) -> int | str | None:
    return next(iter(found.get(name, ())), otherwise)
