"""jiaohao prove: put the promises to the test here, in halls that are gone afterwards."""

import argparse
import sys
from pathlib import Path

from commands.context import DONE, REFUSED, answer, now, refuse, wording_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from proof.every import PROOFS

    names = [proof.name for proof in PROOFS]
    parser.add_argument("--short", action="store_true", help="the same with less of everything")
    parser.add_argument(
        "--only", action="append", choices=names, metavar="PROOF", help=", ".join(names)
    )
    parser.add_argument(
        "--report", type=Path, metavar="FOLDER", help="where the report goes; else: here"
    )


def run(arguments: argparse.Namespace) -> int:
    from proof import report
    from proof.every import PROOFS, Result, prove
    from proof.proof import FULL, SHORT

    wording = wording_of(arguments)
    names = arguments.only or [proof.name for proof in PROOFS]

    def tell(one: Result) -> None:
        mark = "✓" if one.as_it_should_be else "✗"
        without = wording.say("without its guard “{guard}”", guard=one.guard) if one.guard else ""
        told = wording.say(one.proof.name)
        name = one.proof.name if told == one.proof.name else f"{told} ({one.proof.name})"
        line = f"{mark} {name} {without}".rstrip()
        sys.stderr.write(f"{line} ({one.seconds:.0f} s)\n")
        if not one.as_it_should_be:
            why = one.found.broken or [one.found.not_done]
            sys.stderr.writelines(f"    {words}\n" for words in why)
        sys.stderr.flush()

    results = prove(SHORT if arguments.short else FULL, names, tell)
    folder = arguments.report or Path()
    readable, exact = report.write(results, arguments.short, now().date(), folder, wording.language)
    kept = all(one.as_it_should_be for one in results)
    if not kept:
        message = wording.say("Not everything is proved; see {file}.", file=readable)
        return refuse(arguments, "not_proved", message, REFUSED)
    facts = {"kept": True, "report": str(readable), "facts": str(exact)}
    answer(arguments, facts, wording.say("Every promise was kept; see {file}.", file=readable))
    return DONE
