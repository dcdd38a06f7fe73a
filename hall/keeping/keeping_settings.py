"""How often the hall is copied, how long copies are kept, and what people wrote."""

from pathlib import Path

from pydantic import Field

from hall.setting_group import Group


class BackupSettings(Group):
    every_minutes: int = Field(60, ge=0, le=1440)
    """Between two copies while the keeper runs; 0: none is made by itself."""
    folder: Path | None = None
    """Where copies go, best on another disk; None: `backups` beside the database."""
    keep_days: int = Field(30, ge=1, le=3660)
    """The last copy of each of so many days."""
    keep_months: int = Field(12, ge=0, le=120)
    """And the last one of each of so many months before."""


class PrivacySettings(Group):
    words_days: int = Field(365, ge=1, le=3660)
    """What people wrote in words of their own: reasons, notes, questions, suggestions, answers."""
    contact_days: int = Field(90, ge=1, le=3660)
    """Where somebody can be reached who still waits for an answer; with the answer it goes."""
