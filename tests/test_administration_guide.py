"""The guide for administrators: every command in it works as it stands, in both languages alike."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.identity_cards import card
from tests.postgresql_server import Server

ROOT = Path(__file__).parent.parent
GUIDE, IN_CHINESE = ROOT / "docs/administration.md", ROOT / "docs/administration.zh-CN.md"
OF_THE_SYSTEM = ("python3", "/opt/jiaohao/bin/pip", "ln", "apt-get")
"""Installing is what `.ci/run` does with the wheel."""
TYPED = {
    "user": "a-long-pass-word-1\na-long-pass-word-1\n",
    "privacy": card(date(1970, 5, 17)) + "\n",
}
A_FILE = "sqlite:////var/lib/jiaohao/hall.db"
A_SERVER = "postgresql+psycopg://USER@HOST/halls?schema=NAME"
WITHOUT_DEVICE = {("voice", "devices"), ("voice", "test"), ("say",), ("doctor",)}
"""Here there is no loudspeaker; they say so and end with 3."""


def commands_in(guide: Path) -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", guide.read_text(), re.S)
    return [line for block in blocks for line in block.splitlines() if line.strip()]


def test_both_languages_say_the_same_commands_in_the_same_order() -> None:
    assert commands_in(GUIDE) == commands_in(IN_CHINESE)


@pytest.mark.timeout(600)
def test_every_command_of_the_guide_works_in_the_order_of_the_guide(
    tmp_path: Path, server: Server
) -> None:
    with server.empty() as url:
        work_through(tmp_path, f"{url}&schema=lincang")


def work_through(tmp_path: Path, on_server: str) -> None:
    shutil.copyfile(ROOT / "assets/demo-hall.xlsx", tmp_path / "hall.xlsx")
    environment = {key: text for key, text in os.environ.items() if not key.startswith("JIAOHAO_")}
    environment |= {
        "JIAOHAO_DATABASE_URL": f"sqlite:///{tmp_path / 'hall.db'}",
        "PYTHONPATH": str(ROOT),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "XDG_DATA_HOME": str(tmp_path / "data"),
    }
    tried = 0
    for line in commands_in(GUIDE):
        # What is the administrator's to fill in.
        line = line.replace(A_FILE, f"sqlite:///{tmp_path / 'hall.db'}")
        program, *words = shlex.split(line.replace(A_SERVER, on_server))
        if program != "jiaohao":
            assert program in OF_THE_SYSTEM, line
            continue
        if words[0] == "run":  # it would stay; whether it takes these words is asked
            words.append("--help")
        done = subprocess.run(
            [sys.executable, "-m", "jiaohao", *words],
            cwd=tmp_path,
            env=environment,
            input=TYPED.get(words[0], ""),
            capture_output=True,
            text=True,
            check=False,
        )
        may_lack = tuple(words[:2]) in WITHOUT_DEVICE or tuple(words[:1]) in WITHOUT_DEVICE
        assert done.returncode == 0 or (may_lack and done.returncode == 3), f"{line}: {done.stderr}"
        assert "Traceback" not in done.stderr, line
        tried += 1
    assert tried > 30
