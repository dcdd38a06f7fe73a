"""Compile the translations into the wheel; what is kept in the repository is their text."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileTranslations(BuildHookInterface[Any]):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        for text in Path(self.root, "assets", "locale").glob("*/LC_MESSAGES/*.po"):
            with text.open("rb") as source, text.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, read_po(source))
