from typing import Self, TypeAlias

DescribedItem: TypeAlias = tuple[str, str, int, int, str | None, int, bool, str]
DescribedElement: TypeAlias = tuple[
    str, str, int, tuple[DescribedItem, ...], tuple[bool, ...], tuple[int, ...]
]

PAGE: int

class Shredder:
    pages: int
    def __new__(cls, description: tuple[DescribedElement, ...]) -> Self: ...
    def take(
        self, text: str, at: int, rad: int, line: int
    ) -> tuple[int, int, int, bool, list[tuple[int, int, int, int]]]: ...
    def image(self, template: bytes, roots: tuple[int, ...]) -> tuple[bytes, tuple[int, ...]]: ...
    def counts(self, element: int, item: int) -> dict[str | None, int]: ...
