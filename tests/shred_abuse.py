"""What nobody would ask of the compiled shredder, run under the sanitizers by its test."""

from __future__ import annotations

import random
import sys
from typing import TYPE_CHECKING, Any

import kpr_validator._shred
from kpr_validator import catalogue, database, store
from kpr_validator._shred import Shredder
from kpr_validator.explain import Explainer
from kpr_validator.opening import open_message
from kpr_validator.scan import Slice
from tests.documents import RECORD, document
from tests.test_differential import mutant

if TYPE_CHECKING:
    from collections.abc import Callable

_ROW = RECORD[RECORD.index("<FUNKSJON") : RECORD.index("<TJENESTE")]
_DESCRIPTIONS: tuple[Any, ...] = (
    (),
    ((),),
    ((1, 2),),
    (("a", "b", 0, ((),), (True,), ()),),
    (("a", "b", 0, (), (), (5,)),),
    (("a", "b", 0, (), (), (0,) * 500),),
)


def main() -> None:
    """Take mutants cut anywhere, records above all measure, and what is no description."""
    tables = store.Tables(database.connect(), "main", catalogue.annual()[0])
    taker = tables.taker("PERSON", "")
    if taker is None:
        sys.exit("not built")
    take, shrink = taker
    explainer = Explainer(open_message(iter([document()]))[0], "PERSON")
    chance = random.Random(7)  # noqa: S311  mutants, not secrets
    for _ in range(60_000):
        text = mutant(chance, RECORD)
        take(text[: chance.randrange(len(text) + 1)], 0, 0, 1)
        take(text, chance.choice((0, chance.randrange(len(text) + 1), len(text))), 0, 1)
        shrink(text[: chance.randrange(len(text) + 1)], 0)
        shrink(text, chance.randrange(len(text) + 1))
        if found := shrink(text, 0):
            cut = Slice(0, found[0], 1, text[: found[0]], shrunk=found[1])
            tables.add_explained(explainer.record(cut), 0, found[0], 1)
    end, *_ = take(RECORD.replace(_ROW, _ROW * 60_000) + RECORD, 0, 0, 1)
    expect(end == 0, "a record above all measure is left")
    for _ in range(400):
        take(RECORD.replace(_ROW, _ROW * 400), 0, 0, 1)
    tables.finish()
    told = tables.con.execute("PRAGMA integrity_check").fetchall()
    expect(told == [("ok",)], str(told))
    refuse()


def refuse() -> None:
    """See that what makes no sense raises."""
    nothing = (-1, -1, -1, -1, -1)
    one = (("<a", "</a>", 0, (), (), ()),)
    plain = Shredder(one, nothing)
    calls: tuple[Callable[[], object], ...] = (
        *((lambda told=told: Shredder(told, nothing)) for told in _DESCRIPTIONS),
        lambda: Shredder(one, (0, 0, 0, 0, 0)),
        lambda: Shredder(one, (1, -1, -1, -1, -1)),
        lambda: Shredder(one, (-2, -1, -1, -1, -1)),
        lambda: plain.take("<a></a>", 9, 1, 1),
        lambda: plain.take("<a></a>", -1, 1, 1),
        lambda: plain.shrink("<a></a>", 9),
        lambda: plain.keep(1),
        lambda: plain.image(b"", (2,)),
        lambda: plain.image(b"x" * 32_768, (2,)),
        lambda: plain.counts(1, 0),
        lambda: plain.counts(0, 0),
    )
    for number, call in enumerate(calls):
        try:
            call()
        except (TypeError, ValueError, IndexError, SystemError):
            continue
        expect(told=False, message=f"call {number} was taken")


def expect(told: bool, message: str) -> None:  # noqa: FBT001  a claim
    """End the process when a claim doesn't hold."""
    if not told:
        sys.exit(message)


if __name__ == "__main__":
    expect(kpr_validator._shred.__file__ == sys.argv[1], "another build")  # noqa: SLF001
    main()
    sys.stdout.write("unharmed\n")
