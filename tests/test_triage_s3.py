"""The register's triage of an inbox on S3: a server on this machine that speaks it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import fsspec
import pytest
from pyarrow import parquet
from typer.testing import CliRunner

from kpr_validator import assets
from kpr_validator.cli import app
from kpr_validator.triage.inbox import InboxError, glimpse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

INBOX = "s3://register/2019"
EXAMPLES = assets.schemas().parent / "examples"


@pytest.fixture(autouse=True)
def _own_connection() -> Iterator[None]:
    """Let no connection of another test be used."""
    kind = fsspec.get_filesystem_class("s3")
    kind.clear_instance_cache()
    yield
    kind.clear_instance_cache()


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Return the client of a server with one bucket; the program finds it by the environment."""
    import boto3  # noqa: PLC0415  slow to import, as the next
    from moto.server import ThreadedMotoServer  # noqa: PLC0415

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    client = boto3.client("s3")
    client.create_bucket(Bucket="register")
    yield client
    server.stop()


def _triage(output: Path, inbox: str = INBOX) -> tuple[int, str]:
    words = ["triage", inbox, "--year", "2019", "--workers", "1", "--test-data"]
    run = CliRunner().invoke(app, [*words, "--output", str(output)])
    return run.exit_code, run.output


@pytest.mark.slow
def test_an_inbox_on_s3_is_gone_through_and_followed(bucket: Any, tmp_path: Path) -> None:  # noqa: ANN401
    """What is new there is seen at the next look, and what can't be reached is told in a line."""
    kari = (EXAMPLES / "brev-2015" / "kari-2019.xml").read_bytes()
    bucket.put_object(Bucket="register", Key="2019/1820/iplos å.xml", Body=kari)
    before = glimpse(INBOX, tmp_path)
    assert _triage(tmp_path / "ut")[0] == 0
    again = kari.replace(b"<iiLopenr>1<", b"<iiLopenr>2<")
    bucket.put_object(Bucket="register", Key="2019/1820/iplos 2.xml", Body=again)
    bucket.put_object(Bucket="register", Key="2018/x.xml", Body=b"<IPLOS/>")
    assert glimpse(INBOX, tmp_path) != before
    code, said = _triage(tmp_path / "ut")
    assert (code, said.splitlines()[0][0]) == (0, "1")  # the other is known from before
    told = parquet.read_table(tmp_path / "ut" / "parquet" / "deliveries.parquet").to_pylist()
    assert {one["file"]: one["role"] for one in told} == {
        "1820/iplos 2.xml": "stands", "1820/iplos å.xml": "history",
    }  # fmt: skip
    for inbox in ("s3://finnes-ikke/2019", "ukjent://register"):
        code, said = _triage(tmp_path / "ut", inbox)
        assert (code, said.count("\n"), "Traceback" in said) == (2, 1, False)


@pytest.mark.slow
def test_an_address_without_access_is_refused_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody answers at the address."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    with pytest.raises(InboxError):
        glimpse("s3://nobody/here", tmp_path)
