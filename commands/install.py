"""jiaohao install: what systemd needs to run the programs of the hall on this machine."""

import argparse
import sys
from pathlib import Path

from commands.context import DONE, WRONG_USAGE, answer, refuse, wording_of, write
from commands.units import FOLDER, WHAT, File, files


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "programs", nargs="+", metavar="PROGRAM", help=f"{', '.join(WHAT)}; sign:3, board:ZONE"
    )
    how = parser.add_mutually_exclusive_group(required=True)
    how.add_argument("--print", action="store_true", help="show the files, write nothing")
    how.add_argument(
        "--root", type=Path, metavar="FOLDER", help="write them below it; / is this machine"
    )
    parser.add_argument("--tty", type=int, default=7, metavar="N", help="of the first screen")
    parser.add_argument("--folder", default=FOLDER, metavar="FOLDER", help="of the hall")


def run(arguments: argparse.Namespace) -> int:
    wording = wording_of(arguments)
    try:
        made = files(arguments.programs, executable(), arguments.tty, arguments.folder)
    except ValueError as error:
        message = wording.say("“{program}” is no program of the hall.", program=str(error))
        return refuse(arguments, "no_such_program", message, WRONG_USAGE)
    if arguments.print:
        if arguments.json:
            return answer(arguments, {"files": {one.path: one.text for one in made}}, "")
        write("\n".join(f"# {one.path}\n{one.text}" for one in made))
        return DONE
    for one in made:
        put(one, arguments.root)
    units = [Path(one.path).name for one in made if one.path.endswith(".service")]
    sentence = wording.say(
        "Written. Now: systemd-sysusers && systemd-tmpfiles --create && systemctl daemon-reload && "
        "systemctl enable --now {units}",
        units=" ".join(units),
    )
    return answer(arguments, {"files": [one.path for one in made], "units": units}, sentence)


def put(file: File, root: Path) -> None:
    """Raises OSError. What an administrator added belongs into a drop-in, so it is not lost."""
    target = root / file.path.lstrip("/")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(file.text)


def executable() -> str:
    """As it was started, or through Python where it is not on the path."""
    started = Path(sys.argv[0]).resolve()
    if started.name == "jiaohao":
        return str(started)
    return f"{sys.executable} -m jiaohao"
