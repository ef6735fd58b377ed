"""What the page that is the validator is made of, and how it is put together."""

from __future__ import annotations

import hashlib
from importlib.metadata import PackagePath
from pathlib import PurePosixPath

import pytest

from tools.browser import carry
from tools.browser.assemble import own_hash, page

PARTS = {
    "index.html": (
        '<!DOCTYPE html>\n<html><head>\n<meta charset="utf-8">\n'
        '<link rel="stylesheet" href="app.css">\n</head><body>\n'
        '<script src="app.js"></script>\n</body></html>\n'
    ),
    "app.css": "p{color:red}",
    "app.js": "alert(1)",
    "start.js": "start()",
    "worker.js": "work()",
}
FACTS = {"parts": [["memory", 16]]}


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """Return what is carried."""
    return carry.carried()


def test_nothing_that_only_one_kind_of_machine_understands_is_carried(
    files: dict[str, bytes],
) -> None:
    assert {PurePosixPath(path).suffix for path in files} <= carry.CODE_OR_DATA | {".xml"}


def test_only_the_locales_of_our_languages_are_carried(files: dict[str, bytes]) -> None:
    locales = {PurePosixPath(path).stem for path in files if path.endswith(".dat")} - {"global"}

    assert locales == carry.LOCALES


def test_a_package_that_has_been_changed_is_not_carried(monkeypatch: pytest.MonkeyPatch) -> None:
    read = PackagePath.read_binary
    monkeypatch.setattr(PackagePath, "read_binary", lambda file: read(file) + b" ")

    with pytest.raises(carry.ChangedPackageError):
        carry.carried()


def test_the_page_tells_the_hash_of_itself() -> None:
    whole = page(PARTS, b"packed", FACTS)

    assert f'data-sha256="{own_hash(whole)}"' in whole
    assert own_hash(whole) != own_hash(whole.replace("alert(1)", "alert(2)"))


def test_the_hash_is_of_the_file_with_zeros_where_it_is_told() -> None:
    whole = page(PARTS, b"packed", FACTS)
    told = own_hash(whole)

    assert told == hashlib.sha256(whole.replace(told, "0" * 64).encode()).hexdigest()


def test_the_page_names_no_other_file_and_may_connect_to_nothing() -> None:
    whole = page(PARTS, b"packed", FACTS)

    assert "src=" not in whole
    assert "href=" not in whole
    assert "default-src 'none'" in whole
    assert "connect-src 'none'" in whole
    assert "'unsafe-eval'" not in whole


def test_a_script_that_would_end_too_early_is_refused() -> None:
    with pytest.raises(ValueError, match="end where it should not"):
        page({**PARTS, "app.js": "'</SCRIPT>'"}, b"packed", FACTS)


def test_a_page_without_a_place_for_the_script_is_refused() -> None:
    with pytest.raises(ValueError, match=r"index\.html"):
        page({**PARTS, "index.html": "<p>"}, b"packed", FACTS)
