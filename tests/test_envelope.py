"""A message wrapped in MsgHead is judged as if it stood alone, with its own lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kpr_validator.pipeline import Options, check_file
from tests.documents import INFO, NAMESPACE, RECORD, document, numbered

if TYPE_CHECKING:
    from pathlib import Path

    from kpr_validator.model import Finding

HEAD = "http://www.kith.no/xmlstds/msghead/2006-05-24"
_ORGANISATION = (
    "<Organisation><OrganisationName>Testkommunen</OrganisationName>"
    '<Ident><Id>1</Id><TypeId V="HER"/></Ident></Organisation>'
)
_INFO = (
    '<MsgInfo><Type V="KPR_IPL"/><MIGversion>v1.2 2006-05-24</MIGversion>'
    "<GenDate>2020-01-08T12:00:00</GenDate><MsgId>1</MsgId>"
    f"<Sender>{_ORGANISATION}</Sender><Receiver>{_ORGANISATION}</Receiver></MsgInfo>"
)


def _in_document(message: str) -> str:
    return (
        '<Document><RefDoc><MsgType V="XML"/>\n<Content>\n'
        f"{message}\n</Content></RefDoc></Document>"
    )


def _in_report(message: str) -> str:
    return f"<PatientReport><CaseNo>1</CaseNo>{_in_document(message)}</PatientReport>"


def _wrapped(inner: str, namespaces: str = "") -> str:
    return f'<MsgHead xmlns="{HEAD}"{namespaces}>\n{_INFO}\n{inner}\n</MsgHead>\n'


def _findings(text: str, folder: Path) -> tuple[list[Finding], int]:
    path = folder / "melding.xml"
    path.write_text(text, encoding="utf-8")
    with check_file(str(path), Options()) as report:
        return list(report.findings()), report.submission.persons


@pytest.mark.parametrize("wrap", [_in_document, _in_report])
def test_a_wrapped_message_has_the_findings_of_the_message_alone(
    wrap: object, tmp_path: Path
) -> None:
    """Document and PatientReport: the same findings, further down."""
    message = document(RECORD, numbered(2).replace("<peKjonn>K", "<peKjonnn>K"), numbered(3))
    message = message.replace("</peKjonn>", "</peKjonnn>", 2).replace(
        "</peKjonnn>", "</peKjonn>", 1
    )
    alone, persons = _findings(message, tmp_path)
    wrapped, wrapped_persons = _findings(_wrapped(wrap(message)), tmp_path)  # type: ignore[operator]
    down = {there.line - here.line for there, here in zip(wrapped, alone, strict=True)}
    assert [(f.rule, f.person, f.field) for f in wrapped] == [
        (f.rule, f.person, f.field) for f in alone
    ]
    assert ("XSD-01", "1002") in {(f.rule, f.person) for f in wrapped}
    assert (len(down), wrapped_persons) == (1, persons)


def test_a_prefix_declared_by_the_envelope_holds_in_the_message(tmp_path: Path) -> None:
    """The message's namespace may be declared outside it."""
    message = document().replace("<", "<i:").replace("<i:/", "</i:")
    message = message.replace(f' xmlns="{NAMESPACE}"', "")
    findings, persons = _findings(
        _wrapped(_in_document(message), f' xmlns:i="{NAMESPACE}"'), tmp_path
    )
    assert ([f.rule for f in findings if f.rule[:3] in {"XSD", "LES"}], persons) == ([], 1)


def test_two_messages_in_one_envelope_are_refused(tmp_path: Path) -> None:
    """Each message is sent by itself; which one to judge is not guessed."""
    text = _wrapped(_in_document(document()) + _in_document(document(numbered(2))))
    assert "LES-21" in {f.rule for f in _findings(text, tmp_path)[0]}


def test_an_envelope_that_breaks_its_own_schema_is_told(tmp_path: Path) -> None:
    """The message may be fine and the envelope not."""
    text = _wrapped(_in_document(document())).replace("<MsgId>1</MsgId>", "")
    assert "XSD-15" in {f.rule for f in _findings(text, tmp_path)[0]}


def test_an_envelope_without_a_message_is_told(tmp_path: Path) -> None:
    """A reference to a file is not a message."""
    text = _wrapped('<Document><RefDoc><MsgType V="XML"/></RefDoc></Document>')
    assert [f.rule for f in _findings(text, tmp_path)[0]] == ["LES-21"]


def test_a_fault_around_the_records_of_a_wrapped_message_has_its_line(tmp_path: Path) -> None:
    """INNHINFO is judged inside the envelope too."""
    text = _wrapped(_in_document(document(info=INFO.replace("<iiSysID>TEST</iiSysID>", ""))))
    line = next(at for at, words in enumerate(text.split("\n"), 1) if "<INNHINFO>" in words)
    told = [(f.rule, f.line, f.field) for f in _findings(text, tmp_path)[0] if f.rule == "XSD-02"]
    assert told == [("XSD-02", line, "iiSysID")]
