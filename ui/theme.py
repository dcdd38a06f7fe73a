"""The colours of the house: calm, high contrast, two of them.

Text on its ground has a contrast of at least 7:1 (WCAG AAA), because halls are bright and eyes old.
"""

from textual.theme import Theme

DAY = Theme(
    name="hall-day",
    dark=False,
    primary="#0b4f8a",
    secondary="#31587a",
    accent="#b34700",
    foreground="#10202e",
    background="#f4f7fa",
    surface="#ffffff",
    panel="#dde7f0",
    success="#0a6b3d",
    warning="#8a5a00",
    error="#a3161f",
)
"""Kiosk and counter."""

CONTRAST = Theme(
    name="hall-contrast",
    dark=True,
    primary="#ffffff",
    secondary="#ffff00",
    accent="#ffff00",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#262626",
    success="#ffff00",
    warning="#ffff00",
    error="#ffff00",
)
"""Large type: black, white and yellow for those who see little."""

NIGHT = Theme(
    name="hall-night",
    dark=True,
    primary="#5fb4ff",
    secondary="#9fc6e8",
    accent="#ffd24a",
    foreground="#f5f9fc",
    background="#06182a",
    surface="#0b2440",
    panel="#12355a",
    success="#6fe0a0",
    warning="#ffd24a",
    error="#ff9a94",
)
"""The board: read from afar, in a room with lamps."""
