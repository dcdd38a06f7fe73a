"""The language of this machine, known before the settings are: it costs no heavy import.

A screen's first words and a sentence about settings that cannot be used need it.
"""

import argparse
import os
import tomllib
from pathlib import Path

from platformdirs import user_config_path

DEFAULT = "zh"


def first_language(arguments: argparse.Namespace) -> str:
    """As `hall.settings` would find it; the default when the file cannot be read."""
    told = os.environ.get("JIAOHAO_LANGUAGE")
    if told:
        return told
    file: Path = arguments.config or user_config_path("jiaohao") / "jiaohao.toml"
    try:
        language = tomllib.loads(file.read_text("utf-8")).get("language", DEFAULT)
    except (OSError, ValueError):
        return DEFAULT
    return str(language)
