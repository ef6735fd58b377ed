"""How far a run has come, told to the one who waits, who may stop it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kpr_validator import concepts
from kpr_validator.companions import IDENT, LAST_YEAR, PREVIOUS
from kpr_validator.desk.errors import CancelledError
from kpr_validator.read import BLOCK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpr_validator.model import Rule

Tell = Callable[[str, int, int], bool | None]
READ, RULES, FINDINGS, FIGURES = "read", "rules", "findings", "figures"
_STAGES = ("read", "schema", "rules", "consequence")
_OTHER_FILES = frozenset({IDENT, LAST_YEAR, PREVIOUS})


class Progress:
    """Turns what the line tells of itself into a stage, how much of it is done, and of how much.

    `size` is that of all files, in bytes. Raises CancelledError as soon as `tell` returns
    False.
    """

    def __init__(self, tell: Tell, size: int, rules: Mapping[str, Rule]) -> None:
        self._tell = tell
        self._size = size
        self._read = 0
        self._others = 0
        self._steps = 0
        self._stage = READ
        selects = [rule.sql for rule in rules.values() if rule.sql]
        self._all_steps = len(selects) + len(concepts.needed(selects))

    def say(self, stage: str, done: int, total: int) -> None:
        """Tell how far it is; raises CancelledError when that is far enough."""
        self._stage = stage
        if self._tell(stage, min(done, total), total) is False:
            raise CancelledError

    def read(self, count: int) -> None:
        """Take how many characters of the submission have been read."""
        self._read = count
        self.say(READ, count + self._others, self._size)

    def begun(self, name: str) -> None:
        """Take what has been begun: a stage, a block of another file, a concept or a rule."""
        if self._stage == FIGURES:  # they read last year's file again
            self.say(FIGURES, 0, 1)
        elif name in _OTHER_FILES:
            self._others += BLOCK
            self.say(READ, self._read + self._others, self._size)
        elif name not in _STAGES:
            self._steps += 1
            self.say(RULES, self._steps, self._all_steps)
