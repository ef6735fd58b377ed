"""`generate` on the command line, and the whole country in parallel."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from kpr_validator import validate
from kpr_validator.cli import app
from kpr_validator.generate import national
from kpr_validator.generate.delivery import Extras
from kpr_validator.generate.municipalities import persons
from kpr_validator.model import Severity
from kpr_validator.succession import in_use

if TYPE_CHECKING:
    from pathlib import Path

SMALL = {"0301": 30, "1201": 12, "1820": 20}


def _generate(folder: Path, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["generate", "--output", str(folder), *arguments])
    return done.exit_code, done.output


def _files(folder: Path) -> dict[str, str]:
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(p.relative_to(folder)): sha256(p.read_bytes()).hexdigest() for p in found}


def test_what_is_asked_for_is_there_and_nothing_is_found_in_it(tmp_path: Path) -> None:
    asked = ["--municipality", "1820", "--year", "2019", "--persons", "40", "--seed", "7"]
    code, said = _generate(tmp_path, *asked, "--with-ident", "--last-year")
    names = {
        "iplos-1820-2019.xml", "iplos-1820-2018.xml", "ident-1820-2019.xml",
        "enheter-1820.csv", "manifest.json",
    }  # fmt: skip
    assert (code, {*_files(tmp_path)}) == (0, names)
    assert "iplos-1820-2019.xml: innsending, 40 personer" in said
    with validate(
        tmp_path / "iplos-1820-2019.xml",
        ident=tmp_path / "ident-1820-2019.xml",
        last_year=tmp_path / "iplos-1820-2018.xml",
        units=tmp_path / "enheter-1820.csv",
        test_data=True,
    ) as report:
        assert report.ok(Severity.INFO)
        assert report.submission.persons == 40
        assert report.submission.municipality == "1820"


def test_the_manifest_says_what_each_file_is(tmp_path: Path) -> None:
    _generate(tmp_path, "--municipality", "1820", "--persons", "15", "--with-ident")
    told = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    digests = {file["name"]: file["sha256"] for file in told["files"]}
    assert told["test_data"] is True
    assert digests == {n: d for n, d in _files(tmp_path).items() if n != "manifest.json"}


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--municipality", "9999"], "9999 er ikke nummeret til en kommune i 2019"),
        (["--municipality", "1201", "--year", "2021"], "1201 er ikke nummeret"),
        ([], "--municipality eller --national"),
        (["--municipality", "1820", "--national"], "--municipality eller --national"),
    ],
)
def test_what_can_not_be_generated_is_said_and_nothing_written(
    tmp_path: Path, arguments: list[str], why: str
) -> None:
    code, said = _generate(tmp_path / "ut", *arguments)
    assert (code, why in said, (tmp_path / "ut").exists()) == (2, True, False)


def test_the_country_has_every_municipality_and_the_published_number_of_persons() -> None:
    shares = persons(2019)
    assert sorted(shares) == sorted(in_use(2019))
    assert min(shares.values()) > 0
    assert shares["0301"] == max(shares.values())


def test_the_country_is_the_same_however_it_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(national, "persons", lambda _year: SMALL)
    for name, workers in (("one", 1), ("two", 2)):
        made = [
            *national.write_national(
                national.wishes(2019, 7), tmp_path / name, Extras(), workers=workers
            )
        ]
        assert [files[0].persons for files in made] == [30, 20, 12]
    assert _files(tmp_path / "one") == _files(tmp_path / "two")
    told = json.loads((tmp_path / "one" / "manifest.json").read_text(encoding="utf-8"))
    assert told["municipalities"] == len(SMALL)


def test_a_stopped_run_goes_on_and_makes_only_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(national, "persons", lambda _year: SMALL)
    [*_] = national.write_national(national.wishes(2019, 7), tmp_path, Extras(), workers=1)
    whole = _files(tmp_path)
    kept = (tmp_path / "0301" / "iplos-0301-2019.xml").stat().st_mtime_ns
    (tmp_path / "1201" / "iplos-1201-2019.xml").write_text("<IPLOS>", encoding="utf-8")
    (tmp_path / "1820" / "manifest.json").unlink()
    [*_] = national.write_national(national.wishes(2019, 7), tmp_path, Extras(), workers=1)
    assert _files(tmp_path) == whole
    assert (tmp_path / "0301" / "iplos-0301-2019.xml").stat().st_mtime_ns == kept
