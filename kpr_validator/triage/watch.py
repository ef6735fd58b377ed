"""An inbox that is followed: gone through again whenever something in it has changed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS = 10.0


def watch(
    look: Callable[[], object], run: Callable[[], int], sleep: Callable[[float], None] = time.sleep
) -> int:
    """Run once, and again after each change, until interrupted; return the last exit code.

    A run that did not finish is tried again at the next look.
    """
    seen: object = None
    code = 0
    try:
        while True:
            now = look()
            if now != seen or code:
                code = run()
                seen = now
            sleep(SECONDS)
    except KeyboardInterrupt:
        return code
