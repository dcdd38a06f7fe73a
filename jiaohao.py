"""The front door: one command, a sub-command per room, imported only when it is asked for."""

import argparse
import importlib
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

COMMANDS = {
    "demo": ("commands.demo", "a whole hall in one terminal"),
    "init": ("commands.init", "make a hall from the office's spreadsheet"),
    "run": ("commands.run", "kiosk, counter N, board, spooler or speaker"),
    "ticket": ("commands.ticket", "issue, show and list tickets"),
    "counter": ("commands.counter", "open, call, serve, pause, close"),
    "notice": ("commands.notice", "the one-time notice: issue, correct, find, count"),
    "inquiry": ("commands.inquiry", "questions, who answers for them, what came of them"),
    "suggestion": ("commands.suggestion", "the suggestion box: make, list, answer"),
    "hall": ("commands.hall_command", "how the hall stands; the duty manager's verbs"),
    "catalogue": ("commands.catalogue", "what the hall does, and its versions"),
    "user": ("commands.user", "who works here, their roles and passwords"),
    "journal": ("commands.journal", "verify, follow, the life of a ticket"),
    "privacy": ("commands.privacy", "tell, erase, forget what is kept of a person"),
    "db": ("commands.database", "upgrade, check, copy and restore the database"),
    "printer": ("commands.printer", "test page and state of the printers"),
    "slip": ("commands.slip", "preview, show and prove what was printed"),
    "say": ("commands.say", "speak a text in the hall"),
    "voice": ("commands.voice", "the clips of the calls, and the hall's own recordings"),
    "prove": ("commands.prove", "put every promise to the test, in a hall of its own"),
    "install": ("commands.install", "units of systemd for the programs of this machine"),
    "health": ("commands.health", "how the hall is, for a monitoring system"),
    "doctor": ("commands.doctor", "what works here and what does not"),
}


def shared_options() -> argparse.ArgumentParser:
    """May stand before or after the sub-command."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument(
        "--database", metavar="URL", help="of the hall: sqlite:///FILE or postgresql+psycopg://…"
    )
    parser.add_argument("--config", metavar="FILE", type=Path, help="settings, as TOML")
    parser.add_argument("--json", action="store_true", help="answer with one JSON object")
    return parser


def usage() -> str:
    rows = "\n".join(f"  {word:<10} {summary}" for word, (_, summary) in COMMANDS.items())
    return (
        "usage: jiaohao [--database URL] [--config FILE] [--json] COMMAND …\n\n"
        f"{rows}\n\njiaohao COMMAND --help tells more. Exit codes: 0 done, 1 refused by a rule,\n"
        "2 wrong usage, 3 the environment is at fault, 70 a mistake in the program.\n"
    )


def main(argv: Sequence[str] | None = None) -> int:
    for stream in (sys.stdout, sys.stderr):
        # What a terminal of another encoding cannot show is shown as its code, not as a failure.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    options = shared_options()
    shared, rest = options.parse_known_args(argv)
    if not rest or rest[0] in ("-h", "--help"):
        sys.stdout.write(usage())
        return 0 if rest else 2
    if rest[0] == "--version":
        from importlib.metadata import version

        sys.stdout.write(f"jiaohao {version('jiaohao')}\n")
        return 0
    if rest[0] not in COMMANDS:
        sys.stderr.write(f"jiaohao: no command {rest[0]!r}\n{usage()}")
        return 2
    module = importlib.import_module(COMMANDS[rest[0]][0])
    parser = argparse.ArgumentParser(
        prog=f"jiaohao {rest[0]}",
        description=COMMANDS[rest[0]][1],
        parents=[options],
        allow_abbrev=False,
    )
    module.add_arguments(parser)
    arguments = parser.parse_args(rest[1:], namespace=shared)
    arguments.settings = None
    make_plain(arguments)
    try:
        return int(module.run(arguments))
    except BrokenPipeError:
        # Whoever read has left; Python would complain once more while it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        from commands.failure import answer_failure

        return answer_failure(arguments, error)


def make_plain(arguments: argparse.Namespace) -> None:
    """Text from people is text: control characters are removed at the door."""
    from hall.names import plain

    for name, typed in vars(arguments).items():
        if isinstance(typed, str) and name != "database":
            setattr(arguments, name, plain(typed))
        elif isinstance(typed, list):
            setattr(arguments, name, [plain(one) for one in typed])


if __name__ == "__main__":
    sys.exit(main())
