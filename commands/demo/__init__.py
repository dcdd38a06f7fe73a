"""jiaohao demo: a whole hall in one terminal, of real programs over one temporary database."""

import argparse
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--plain", action="store_true", help="print a transcript, then exit")


def run(arguments: argparse.Namespace) -> int:
    from commands.demo.demo_hall import DemoHall

    if arguments.plain or not (sys.stdin.isatty() and sys.stdout.isatty()):
        from commands.demo.transcript import tell

        with DemoHall() as hall:
            return tell(hall)

    from commands.demo.one_terminal import OneTerminal

    with DemoHall() as hall:
        app = OneTerminal(hall)
        app.run()
        return app.return_code or 0
