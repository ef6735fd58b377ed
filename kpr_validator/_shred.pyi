from typing import Self, TypeAlias

from kpr_validator.folding import Fold

DescribedItem: TypeAlias = tuple[str, str, int, int, str | None, int, bool, str]
DescribedElement: TypeAlias = tuple[
    str, str, int, tuple[DescribedItem, ...], tuple[bool, ...], tuple[int, ...]
]
Taken: TypeAlias = tuple[int, int, int, int, bool]

PAGE: int

class Shredder:
    pages: int
    def __new__(
        cls, description: tuple[DescribedElement, ...], fold: tuple[int, int, int, int, int]
    ) -> Self: ...
    def take(
        self, text: str, at: int, rad: int, line: int
    ) -> tuple[int, int, int, bool, list[Taken], list[Fold]]: ...
    def shrink(
        self, text: str, at: int
    ) -> tuple[int, str, int, list[tuple[int, int]], int] | None: ...
    def keep(self, rad: int) -> tuple[bool, list[Fold]]: ...
    def image(self, template: bytes, roots: tuple[int, ...]) -> tuple[bytes, tuple[int, ...]]: ...
    def counts(self, element: int, item: int) -> dict[str | None, int]: ...
