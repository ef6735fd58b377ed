"""What a desk can't do, in words for the one who sits at it."""

from __future__ import annotations

from kpr_validator.report.texts import texts


class CancelledError(Exception):
    """The user wants no more of it."""


class DeskError(Exception):
    """Something that can't be done; `word` is the key of the text that says why."""

    def __init__(self, word: str, **values: object) -> None:
        super().__init__(word)
        self.word = word
        self.values = values

    def told(self, language: str) -> str:
        """Return why not."""
        return texts(language)(f"desk.error.{self.word}", **self.values)
