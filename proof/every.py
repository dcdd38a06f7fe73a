"""All proofs one after the other, and each guard taken away once."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from proof import clocks, crash, damage, month, race, twins
from proof.disk import faults, power_cut
from proof.guards import GUARDS
from proof.proof import SHORT, Found, Proof, Size

PROOFS = (
    race.PROOF,
    crash.PROOF,
    power_cut.PROOF,
    faults.PROOF,
    damage.PROOF,
    clocks.PROOF,
    twins.PROOF,
    month.PROOF,
)

WITHOUT = replace(SHORT, kills=150, visitors=40)
"""Large enough that the want of a guard is noticed."""


MOST_TOLD = 20
"""Broken promises of one proof; the rest follows from them."""


@dataclass(frozen=True)
class Result:
    proof: Proof
    guard: str
    """Taken away; "" where all stood."""
    found: Found
    seconds: float

    @property
    def kept(self) -> bool:
        return not self.found.broken and not self.found.not_done

    @property
    def as_it_should_be(self) -> bool:
        """Kept with every guard; broken without one."""
        return self.kept if not self.guard else bool(self.found.broken)


def prove(size: Size, names: Iterable[str], tell: Callable[[Result], object]) -> list[Result]:
    """Those of these names, in folders that are gone afterwards; `tell` hears of each at its end.

    What a proof raises is a mistake of the product, and found as one.
    """
    wanted = [proof for proof in PROOFS if proof.name in set(names)]
    tries = [(proof, "") for proof in wanted]
    tries += [(proof, guard) for guard in GUARDS for proof in wanted if guard in proof.guards]
    results = []
    for proof, guard in tries:
        folder = Path(tempfile.mkdtemp(prefix="jiaohao-proof-"))
        begun = time.monotonic()
        try:
            found = proof.run(folder / "hall", WITHOUT if guard else size, guard)
            found.broken[MOST_TOLD:] = found.broken[MOST_TOLD:] and ["and more"]
        except Exception as error:
            found = Found(broken=[f"the proof ended in {error!r}"])
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        results.append(Result(proof, guard, found, time.monotonic() - begun))
        tell(results[-1])
    return results
