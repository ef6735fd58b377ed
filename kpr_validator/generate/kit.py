"""Every fault at once: those that can stand together in one delivery, each other in its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kpr_validator.generate.faults.plan import Chosen, apart, documented, together
from kpr_validator.generate.files import put_json
from kpr_validator.generate.manifest import MANIFEST, about
from kpr_validator.generate.national import write_one

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kpr_validator.generate.delivery import Extras
    from kpr_validator.generate.files import Made
    from kpr_validator.generate.submission import Wish

TOGETHER = "sammen"
_AROUND = 20  # persons without a fault, at least


def write_kit(wish: Wish, folder: Path, extras: Extras) -> Iterator[tuple[str, list[Made]]]:
    """Write a folder for each, named by its fault; yield each as it is done.

    A delivery has as many persons as wished, or as its faults need.
    """
    alone = [*apart(wish.year), *documented(wish.year)]
    kits: dict[str, Sequence[Chosen]] = {
        TOGETHER: [Chosen(fault, 1) for fault in together(wish.year)],
        **{fault.id: [Chosen(fault, 1)] for fault in alone},
    }
    for name, picked in kits.items():
        needed = sum(one.persons for one in picked) + _AROUND
        fewest = max(one.fault.fewest for one in picked)
        own = replace(wish, persons=max(wish.persons, needed, fewest))
        yield name, write_one(own, folder / name, extras, picked)
    put_json(folder / MANIFEST, {**about(), "faults": list(kits)})
