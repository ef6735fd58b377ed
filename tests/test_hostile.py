"""Hostile and broken input: a finding in plain words, never a traceback, nothing lost."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from kpr_validator.model import Verdict
from kpr_validator.pipeline import Options, check_file
from tests.documents import NAMESPACE, RECORD, document, numbered

EXAMPLE = document(RECORD, numbered(2), numbered(3))
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE IPLOS [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
EXTERNAL = '<!DOCTYPE IPLOS [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def _told(data: bytes, folder: Path, **options: str) -> tuple[Verdict, list[tuple[str, int]]]:
    """Return the verdict, and rule and line of all findings about reading and schema."""
    path = folder / "fil.xml"
    path.write_bytes(data)
    with check_file(str(path), Options(**options)) as report:  # type: ignore[arg-type]
        findings = [(f.rule, f.line) for f in report.findings() if f.rule[:3] in {"LES", "XSD"}]
        return report.verdict, findings


def _zip(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return file.getvalue()


def _encrypted() -> bytes:
    data = bytearray(_zip(("a.xml", EXAMPLE.encode()), method=zipfile.ZIP_STORED))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def _with_root(text: str) -> str:
    return EXAMPLE.replace(f' xmlns="{NAMESPACE}"', text)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(b"", ("LES-01", 1), id="empty"),
        pytest.param(b"\xef\xbb\xbf \n", ("LES-01", 1), id="only a byte order mark"),
        pytest.param(b"Dette er ikke XML", ("LES-02", 1), id="not XML"),
        pytest.param(b"PK", ("LES-02", 1), id="two letters"),
        pytest.param((BOMB + EXAMPLE).encode(), ("LES-04", 1), id="entity bomb"),
        pytest.param((EXTERNAL + EXAMPLE).encode(), ("LES-04", 1), id="external entity"),
        pytest.param(
            EXAMPLE.replace(">A01<", ">&x;<", 1).encode(), ("LES-02", 32), id="unknown entity"
        ),
        pytest.param(EXAMPLE.encode().replace(b"A01", b"A\x00", 1), ("LES-06", 32), id="NUL"),
        pytest.param(EXAMPLE.encode().replace(b"A01", b"A\x1b", 1), ("LES-06", 32), id="control"),
        pytest.param(EXAMPLE.encode().replace(b"A01", b"A\xff", 1), ("LES-05", 32), id="not UTF-8"),
        pytest.param(
            EXAMPLE.replace('pePeID="1001"', 'pePeID="1001" pePeID="1"', 1).encode(),
            ("LES-02", 10),
            id="doubled attribute",
        ),
        pytest.param(b"<IPLOS/>", ("LES-22", 1), id="no namespace"),
        pytest.param(
            _with_root(' xmlns="http://example.invalid/"').encode(),
            ("LES-08", 1),
            id="wrong namespace",
        ),
        pytest.param(b"<rot/>", ("LES-08", 1), id="wrong root"),
        pytest.param(
            b'<?xml version="1.0" encoding="x-fantasi"?><a/>', ("LES-05", 1), id="unknown encoding"
        ),
        pytest.param(
            b'<?xml version="1.0" encoding="utf-16"?><a/>',
            ("LES-05", 1),
            id="not the declared encoding",
        ),
        pytest.param(gzip.compress(EXAMPLE.encode())[:-9], ("LES-07", 1), id="cut gzip"),
        pytest.param(gzip.compress(gzip.compress(b"x")), ("LES-18", 1), id="gzip in gzip"),
        pytest.param(gzip.compress(b" " * 90_000_000), ("LES-19", 1), id="bomb of 1000 to 1"),
        pytest.param(_zip(("a.xml", b" " * 90_000_000)), ("LES-19", 1), id="zip bomb"),
        pytest.param(_zip(("a.zip", _zip(("b.xml", b"<a/>")))), ("LES-18", 1), id="zip in zip"),
        pytest.param(_zip(("a.xml", b"<a/>"), ("b.xml", b"<a/>")), ("LES-16", 1), id="two files"),
        pytest.param(_zip(), ("LES-16", 1), id="empty zip"),
        pytest.param(_zip(("../../a.xml", b"<a/>")), ("LES-20", 1), id="path traversal"),
        pytest.param(_zip(("C:\\a.xml", b"<a/>")), ("LES-20", 1), id="drive letter"),
        pytest.param(_encrypted(), ("LES-17", 1), id="encrypted"),
        pytest.param(_zip(("a.xml", EXAMPLE.encode()))[:-30], ("LES-07", 1), id="cut zip"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_finding(
    data: bytes, expected: tuple[str, int], tmp_path: Path
) -> None:
    """One finding on its line, and the message is rejected."""
    assert _told(data, tmp_path) == (Verdict.REJECTED, [expected])


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(EXAMPLE.encode("utf-8-sig"), id="utf-8 with mark"),
        pytest.param(EXAMPLE.encode("utf-16"), id="utf-16 with mark"),
        pytest.param(EXAMPLE.encode("utf-16-be"), id="utf-16 without mark"),
        pytest.param(
            (
                '<?xml version="1.0" encoding="ISO-8859-1"?>\n'
                + EXAMPLE.replace("Testperson A", "Åse Ø")
            ).encode("latin-1"),
            id="latin-1",
        ),
        pytest.param(EXAMPLE.replace("\n", "\r\n").encode(), id="CRLF"),
        pytest.param(EXAMPLE.replace("\n", "").encode(), id="minified"),
        pytest.param(gzip.compress(EXAMPLE.encode()), id="gzip"),
        pytest.param(_zip(("a.xml", EXAMPLE.encode()), ("__MACOSX/a", b"x")), id="zip"),
    ],
)
def test_every_ordinary_way_of_packing_and_coding_is_read(data: bytes, tmp_path: Path) -> None:
    """No finding about reading or schema, and three persons."""
    path = tmp_path / "fil.xml"
    path.write_bytes(data)
    with check_file(str(path), Options()) as report:
        told = [f.rule for f in report.findings() if f.rule[:3] in {"LES", "XSD"}]
        assert (told, report.submission.persons) == ([], 3)


def test_utf_8_declared_as_latin_1_is_a_warning(tmp_path: Path) -> None:
    """The file can be read, but names and texts are wrong."""
    text = EXAMPLE.replace("Testperson A", "Åse Ørn")
    data = b'<?xml version="1.0" encoding="ISO-8859-1"?>\n' + text.encode()
    assert ("LES-12", 1) in _told(data, tmp_path)[1]


def test_every_thousandth_cut_of_an_example_has_a_finding(tmp_path: Path) -> None:
    """A file that ends too early is never accepted, wherever it ends."""
    data = (Path(__file__).parent.parent / "examples" / "feilfri.xml").read_bytes()
    told = {cut: _told(data[:cut], tmp_path)[0] for cut in range(1, len(data.rstrip()), 1_000)}
    assert {cut for cut, verdict in told.items() if verdict is not Verdict.REJECTED} == set()


def test_eleven_megabytes_in_one_value_is_told(tmp_path: Path) -> None:
    """A value of absurd length has its own finding, with its line."""
    data = EXAMPLE.replace(">TEST<", ">TEST<", 1).replace("ICPC-2", "x" * 11_000_000, 1).encode()
    assert ("LES-10", 31) in _told(data, tmp_path)[1]


def test_300_000_levels_do_not_stop_us(tmp_path: Path) -> None:
    """Deep nesting is one unknown element."""
    deep = "<a>" * 300_000 + "</a>" * 300_000
    data = EXAMPLE.replace("<peAlder>", f"{deep}<peAlder>", 1).encode()
    assert _told(data, tmp_path) == (Verdict.REJECTED, [("XSD-01", 11)])


def test_200_000_attributes_do_not_stop_us(tmp_path: Path) -> None:
    """Every unknown attribute is told."""
    many = "".join(f' a{number}="1"' for number in range(200_000))
    data = EXAMPLE.replace('pePeID="1002"', f'pePeID="1002"{many}', 1).encode()
    verdict, findings = _told(data, tmp_path)
    assert (verdict, set(findings), len(findings)) == (Verdict.REJECTED, {("XSD-07", 37)}, 200_000)


def test_a_record_over_64_mb_is_told_and_the_next_is_read(tmp_path: Path) -> None:
    """What is too large to hold is passed over, and nothing after it is lost."""
    row = '<DOGNTILBUD dgPeID="1001" dgDgID="1"><dgInstOrgnr>x</dgInstOrgnr></DOGNTILBUD>'
    large = RECORD.replace("</PERSON>", row * 1_000_000 + "</PERSON>")
    path = tmp_path / "fil.xml"
    path.write_text(document(large, numbered(2)), encoding="utf-8")
    with check_file(str(path), Options()) as report:
        told = [(f.rule, f.line) for f in report.findings() if f.rule.startswith("LES")]
        assert (told, report.submission.persons) == ([("LES-11", 10)], 1)


def test_xinclude_is_only_an_unknown_element(tmp_path: Path) -> None:
    """No other file is ever fetched."""
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'
    data = EXAMPLE.replace("<peAlder>", f"{include}<peAlder>", 1).encode()
    assert _told(data, tmp_path) == (Verdict.REJECTED, [("XSD-01", 11)])


def test_a_value_that_is_a_person_number_is_never_shown(tmp_path: Path) -> None:
    """A synthetic identity number in a value is masked wherever the finding tells the value."""
    number = "01888000050"  # a series that is never given to a person (month + 80)
    data = EXAMPLE.replace(">A01<", f">{number}<", 1).encode()
    path = tmp_path / "fil.xml"
    path.write_bytes(data)
    with check_file(str(path), Options()) as report:
        told = [finding for finding in report.findings() if number in repr(finding)]
        assert (told, any(f.observed == "‹personnummer, linje 32›" for f in report.findings())) == (
            [],
            True,
        )
