"""What programs without a screen tell of their work: a line a fact, for people or for programs.

It names printers, zones and files, never a person: what is told is made of codes and counts.
"""

import logging

AT, LEVEL, BY = "at", "level", "logger"


def log_to_stderr(form: str) -> None:
    """`form`: "text", or "json" for an object a line, with the facts of each as fields."""
    handler = logging.StreamHandler()
    if form == "json":
        # Imported where it is asked for: a spooler starts sooner without it.
        from pythonjsonlogger.json import JsonFormatter

        handler.setFormatter(
            JsonFormatter(
                "{levelname}{name}{message}",
                style="{",
                rename_fields={"levelname": LEVEL, "name": BY},
                timestamp=AT,  # UTC
                json_ensure_ascii=False,
            )
        )
    else:
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.INFO)
