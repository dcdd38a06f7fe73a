"""How often a screen looks at what others do, so that fifty of them leave the machine to whoever
presses a key."""

SHARE = 0.01
"""Of the time a screen spends looking and painting while others change things without a pause."""
LEAST_S, MOST_S = 0.2, 4.0


def rest_after(took_s: float) -> float:
    """Seconds in which changes are gathered, after a look that took so long, painting included.

    The slower the machine is today, the longer. What the clerk does here is shown at once.
    """
    return min(MOST_S, max(LEAST_S, took_s / SHARE))
