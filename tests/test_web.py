"""The page's server: what it answers its own page, and that it answers nobody else."""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, urlsplit

import pytest
import uvicorn
from typer.testing import CliRunner

from kpr_validator.cli import app as cli
from kpr_validator.model import LANGUAGES
from kpr_validator.pipeline import Options, check_file
from kpr_validator.report.as_json import as_json
from kpr_validator.web import uploads
from kpr_validator.web.app import app
from kpr_validator.web.folder import PREFIX, private_folder
from kpr_validator.web.guard import HEADERS, Place
from kpr_validator.web.seats import LOOKS_UNHEARD, MOST_SEATS, Seats
from kpr_validator.web.serve import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
TYPICAL = EXAMPLES / "typiske-feil.xml"
IDENT = EXAMPLES / "feilfri-ident.xml"
LARGEST = 8_000_000
THREE_GB = 3 << 30
SECONDS = re.compile(r'"seconds": [0-9.]+')


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def told(self) -> Any:  # noqa: ANN401  whatever was told
        """Return the body as JSON."""
        return json.loads(self.body)


class Page:
    """A page as the server sees it: its headers, and a desk when it has opened one."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.headers = {"X-Kpr-Token": place.token, "Origin": f"http://127.0.0.1:{place.port}"}

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,  # noqa: ANN401  bytes, a generator, or what JSON has
        **changed: str | None,
    ) -> Answer:
        """Send one request; headers that are None are left out."""
        connection = http.client.HTTPConnection("127.0.0.1", self.place.port, timeout=120)
        headers = {**self.headers, **{n.replace("_", "-"): v for n, v in changed.items()}}
        sent = json.dumps(body).encode() if isinstance(body, dict) else body
        try:
            connection.putrequest(method, path, skip_host="Host" in headers)
            for name, value in headers.items():
                if value is not None:
                    connection.putheader(name, value)
            if isinstance(sent, bytes):
                connection.putheader("Content-Length", str(len(sent)))
            connection.endheaders()
            if isinstance(sent, bytes):
                connection.send(sent)
            elif sent is not None:
                for block in sent:
                    connection.send(block)
            got = connection.getresponse()
            return Answer(got.status, {k.lower(): v for k, v in got.getheaders()}, got.read())
        finally:
            connection.close()

    def call(self, method: str, **named: object) -> Any:  # noqa: ANN401  whatever the desk tells
        """Return what a method of the desk answers."""
        answer = self.ask("POST", f"/api/{method}", named)
        assert answer.status == 200, answer.body
        return answer.told

    def open(self) -> Page:
        """Get a desk."""
        self.headers["X-Kpr-Desk"] = self.call("open")["desk"]
        return self

    def put(self, content: Path | bytes, name: str | None = None) -> Answer:
        """Give it a file."""
        named = name or (content.name if isinstance(content, Path) else "fil")
        data = content if isinstance(content, bytes) else content.read_bytes()
        return self.ask("PUT", f"/api/files?name={quote(named)}", data)


@contextmanager
def _served(folder: Path, largest: int) -> Iterator[Place]:
    """Serve from a thread, at a free port, until the block ends."""
    listening = socket.create_server(("127.0.0.1", 0))
    place = Place("127.0.0.1", listening.getsockname()[1], "a-token-of-the-test")
    server = uvicorn.Server(settings(app(place, folder, largest)))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        yield place
    finally:
        server.should_exit = True
        thread.join()
        listening.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the server keeps what it is given."""
    return tmp_path_factory.mktemp("served")


@pytest.fixture(scope="module")
def place(folder: Path) -> Iterator[Place]:
    """Return where a server is, which takes files of up to 8 MB."""
    with _served(folder, LARGEST) as served:
        yield served
    assert [*folder.iterdir()] == []


@pytest.fixture
def page(place: Place) -> Iterator[Page]:
    """Return a page with a desk, which leaves it in the end."""
    opened = Page(place).open()
    yield opened
    opened.call("leave", desk=opened.headers["X-Kpr-Desk"])


def _files(folder: Path) -> list[Path]:
    found = os.walk(folder)  # which may vanish meanwhile
    return [Path(place) / name for place, _, names in found for name in names]


def _paths(folder: Path) -> set[Path]:
    found = os.walk(folder)
    return {Path(place) / name for place, folders, names in found for name in (*folders, *names)}


# What it answers its own page.


def test_files_are_judged_and_the_answer_is_that_of_the_command(page: Page) -> None:
    for path in (TYPICAL, EXAMPLES / "fjoraaret.xml", EXAMPLES / "enheter.csv"):
        assert page.put(path).status == 200
    roles = {file["name"]: file["role"] for file in page.call("files")}
    assert roles == {
        TYPICAL.name: "submission",
        "fjoraaret.xml": "last_year",
        "enheter.csv": "units",
    }

    summary = page.call("run", language="en")
    report = page.call("report_json", language="nn")
    options = Options(
        last_year=str(EXAMPLES / "fjoraaret.xml"), units=str(EXAMPLES / "enheter.csv")
    )
    with check_file(str(TYPICAL), options) as judged:
        expected = "".join(as_json(judged, "nn"))
    assert SECONDS.sub("", expected) == SECONDS.sub("", report)
    assert summary["word"] == "Accepted with findings"
    assert page.call("findings", query={"text": "2001"})["total"]
    assert "verdict" in page.call("report_html")

    name = next(name for name in page.call("downloads") if name.endswith(".csv"))
    fetched = page.ask("GET", f"/api/download/{name}?language=nn")
    assert (200, "attachment") == (fetched.status, fetched.headers["content-disposition"][:10])
    assert fetched.body.startswith(b"\xef\xbb\xbf")
    assert "sandbox" in fetched.headers["content-security-policy"]


def test_a_run_can_be_watched_and_stopped(page: Page) -> None:
    page.put(TYPICAL)
    with ThreadPoolExecutor() as pool:
        running = pool.submit(page.ask, "POST", "/api/run", {})
        while not page.call("progress") and not running.done():
            time.sleep(0.01)
        page.call("cancel")
        stopped = running.result()
    assert (409, {"cancelled": True}) == (stopped.status, stopped.told)
    assert page.call("progress") is None
    assert page.ask("POST", "/api/summary", {}).status == 409


def test_the_page_answers_while_it_runs(page: Page) -> None:
    page.put(TYPICAL)
    with ThreadPoolExecutor() as pool:
        running = pool.submit(page.call, "run")
        slowest = 0.0
        while not running.done():
            since = time.perf_counter()
            page.ask("GET", "/app.js")
            slowest = max(slowest, time.perf_counter() - since)
        assert running.result()["verdict"]
    assert slowest < 5


def test_two_pages_know_nothing_of_each_other(place: Place, folder: Path) -> None:
    one, other = Page(place).open(), Page(place).open()
    mine = one.put(IDENT).told["id"]
    assert other.call("files") == []
    assert other.ask("POST", "/api/remove", {"id": mine}).status == 409
    other.call("leave", desk=other.headers["X-Kpr-Desk"])
    assert [IDENT.name] == [file["name"] for file in one.call("files")]
    one.call("leave", desk=one.headers["X-Kpr-Desk"])
    assert one.ask("POST", "/api/files", {}).status == 410
    assert _eventually_empty(folder)


def _eventually_empty(folder: Path) -> bool:
    """Tell whether nothing is left soon after: a desk is cleared after the answer."""
    return _eventually(lambda: not _files(folder))


def _eventually(is_so: Callable[[], bool]) -> bool:
    for _ in range(200):
        if is_so():
            return True
        time.sleep(0.05)
    return False


def test_a_page_that_closes_takes_its_files_away_by_a_beacon(place: Place, folder: Path) -> None:
    page = Page(place).open()
    page.put(IDENT)
    assert _files(folder)
    desk = page.headers.pop("X-Kpr-Desk")
    without = {"X_Kpr_Token": None}
    wrong = page.ask("POST", "/api/leave", {"desk": desk, "token": "x"}, **without)
    assert wrong.status == 401
    assert _files(folder)
    page.ask("POST", "/api/leave", {"desk": desk, "token": place.token}, **without)
    assert _eventually_empty(folder)


def test_what_is_wrong_is_told_in_the_language_asked_for(page: Page) -> None:
    told = {
        page.ask("POST", "/api/run", {"language": language}).told["error"] for language in LANGUAGES
    }
    assert len(told) == len(LANGUAGES)


def test_the_page_itself_needs_no_token_and_holds_no_script_of_its_own(place: Place) -> None:
    page = Page(place)
    page.headers.clear()
    for path in ("/", "/app.css", "/app.js"):
        answer = page.ask("GET", path)
        assert answer.status == 200
        assert not re.search(
            rb"<script>|<style|\son\w+=\"|https?://(?!www\.w3\.org)", answer.body[:3000]
        )


def test_every_answer_carries_the_policy(place: Place, page: Page) -> None:
    asked = (
        page.ask("GET", "/"),
        page.ask("GET", "/none"),
        page.ask("POST", "/api/files", {}),
        page.ask("POST", "/api/none", {}),
        page.ask("POST", "/api/files", {}, **{"X-Kpr-Token": "x"}),
        page.ask("POST", "/api/files", {}, Host=f"evil.example:{place.port}"),
    )
    for answer in asked:
        assert HEADERS.items() <= {(name, answer.headers.get(name.lower())) for name in HEADERS}
        assert not [name for name in answer.headers if name.startswith("access-control")]


# Attacks.


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "null",
        "http://127.0.0.1",
        "http://127.0.0.1:1",
        "http://localhost.evil",
    ],
)
@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/api/open"), ("GET", "/"), ("PUT", "/api/files?name=x")]
)
def test_a_foreign_origin_is_refused(page: Page, origin: str, method: str, path: str) -> None:
    assert page.ask(method, path, b"{}", Origin=origin).status == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_another_site_makes_a_browser_send_is_refused(page: Page, site: str) -> None:
    assert page.ask("POST", "/api/open", {}, Origin=None, Sec_Fetch_Site=site).status == 403


@pytest.mark.parametrize(
    "name", ["evil.example", "127.0.0.1.evil.example", "localhost.", "", "127.0.0.2"]
)
@pytest.mark.parametrize("path", ["/", "/api/open"])
def test_a_name_that_was_bound_to_this_computer_is_refused(
    page: Page, name: str, path: str
) -> None:
    for host in (name, f"{name}:{page.place.port}"):
        answer = page.ask("POST", path, {}, Host=host, Origin=f"http://{host}")
        assert answer.status in {400, 421}


@pytest.mark.parametrize(
    "token", [None, "", "x", "a-token-of-the-tesu", "a-token-of-the-test " * 2, "æ"]
)
def test_without_the_token_nothing_is_answered(page: Page, token: str | None) -> None:
    for method, path in (
        ("POST", "/api/open"),
        ("POST", "/api/files"),
        ("PUT", "/api/files?name=x"),
        ("GET", "/api/download/x"),
        ("POST", "/api/cancel"),
    ):
        assert page.ask(method, path, b"{}", X_Kpr_Token=token).status == 401


def test_another_page_is_not_given_leave_to_ask(page: Page) -> None:
    asked = {
        "Access_Control_Request_Method": "POST",
        "Access_Control_Request_Headers": "x-kpr-token",
    }
    answer = page.ask("OPTIONS", "/api/open", None, Origin="https://evil.example", **asked)
    assert answer.status == 403
    assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize(
    "name", ["../../x", "..", "/etc/passwd", "C:\\x", "..\\x", "a\0b", "a\nb", "", "%2e%2e%2fx"]
)
def test_no_name_leads_to_a_place_on_the_disk(page: Page, folder: Path, name: str) -> None:
    before = _paths(folder.parent)
    put = page.ask("PUT", f"/api/files?name={quote(name)}", b"hei")
    assert put.status == (200 if name == "%2e%2e%2fx" else 400)  # two words for a dot are two words
    new = _paths(folder.parent) - before
    assert all(re.fullmatch("[0-9a-f]{32}", path.name) for path in new)
    page.put(TYPICAL)
    for path in (f"/api/download/{quote(name, safe='')}", f"/{name}", f"/static/{name}"):
        fetched = page.ask("GET", quote(path, safe="/%"))
        assert fetched.status in {307, 400, 404, 405, 409} or path == "/"


def test_an_address_that_climbs_finds_nothing(page: Page) -> None:
    for path in (
        "/../app.py",
        "/%2e%2e/app.py",
        "/api/../../etc/passwd",
        "//etc/passwd",
        "/app.py",
    ):
        assert page.ask("GET", path).status == 404


def test_three_gigabytes_are_refused_before_they_are_sent(page: Page, folder: Path) -> None:
    answer = page.ask("PUT", "/api/files?name=x", None, Content_Length=str(THREE_GB))
    assert (413, True) == (answer.status, bool(answer.told["error"]))
    assert [] == _files(folder)


def test_three_gigabytes_without_a_length_are_refused_on_the_way(page: Page, folder: Path) -> None:
    sent = 0

    def stream() -> Iterator[bytes]:
        nonlocal sent
        block = bytes(1 << 20)
        while sent < THREE_GB:
            yield b"%x\r\n" % len(block) + block + b"\r\n"
            sent += len(block)

    try:
        answer = page.ask("PUT", "/api/files?name=x", stream(), Transfer_Encoding="chunked")
        assert answer.status == 413
    except OSError:
        pass  # it hung up on us
    assert sent < THREE_GB // 10
    assert _eventually_empty(folder)
    assert page.call("files") == []


def test_a_slow_upload_holds_nobody_up_and_arrives(page: Page, place: Place) -> None:
    content = IDENT.read_bytes()
    step = len(content) // 20 + 1

    def drips() -> Iterator[bytes]:
        for at in range(0, len(content), step):
            time.sleep(0.05)
            yield content[at : at + step]

    with ThreadPoolExecutor() as pool:
        slow = pool.submit(
            page.ask, "PUT", "/api/files?name=x", drips(), Content_Length=str(len(content))
        )
        others = 0
        while not slow.done():
            Page(place).ask("GET", "/")
            others += 1
    assert (200, "ident") == (slow.result().status, slow.result().told["kind"])
    assert others > 5


def test_an_upload_that_stops_is_let_go(
    page: Page, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "SECONDS_STILL", 0.2)
    answer = page.ask("PUT", "/api/files?name=x", iter([b"hei"]), Content_Length="100")
    assert answer.status == 408
    assert [] == _files(folder)


def test_an_upload_that_is_broken_off_leaves_nothing(page: Page, folder: Path) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", page.place.port)
    connection.putrequest("PUT", "/api/files?name=x")
    for name, value in {**page.headers, "Content-Length": "5000000"}.items():
        connection.putheader(name, value)
    connection.endheaders()
    connection.send(bytes(2_000_000))
    assert _eventually(lambda: bool(_files(folder)))
    connection.close()
    assert _eventually_empty(folder)
    assert page.call("files") == []


def test_a_full_disk_is_told(page: Page, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "ROOM_LEFT", 1 << 60)
    assert page.put(IDENT).status == 507
    assert [] == _files(folder)


def test_fifty_pages_at_once_are_all_served(place: Place, folder: Path) -> None:
    def visit(_number: int) -> str:
        page = Page(place).open()
        put = page.put(IDENT)
        kinds = [file["kind"] for file in page.call("files")]
        page.call("leave", desk=page.headers["X-Kpr-Desk"])
        return f"{put.status} {kinds}"

    with ThreadPoolExecutor(50) as pool:
        assert {"200 ['ident']"} == {*pool.map(visit, range(50))}
    assert _eventually_empty(folder)


def test_fifty_uploads_at_once_to_one_desk_all_arrive(page: Page) -> None:
    with ThreadPoolExecutor(50) as pool:
        answers = [*pool.map(lambda n: page.put(IDENT, f"{n}.xml"), range(50))]
    assert {200} == {answer.status for answer in answers}
    assert {f"{n}.xml" for n in range(50)} == {file["name"] for file in page.call("files")}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"[]", 400),
        (b"{", 400),
        (b'{"language": "xx"}', 400),
        (b'{"language": "\\ud800"}', 400),
        (b'{"self": 1}', 400),
        (b"[" * 100_000, 400),
        (b'{"language": "' + bytes(2_000_000) + b'"}', 413),
    ],
)
def test_a_call_that_is_none_is_refused(page: Page, body: bytes, status: int) -> None:
    answer = page.ask("POST", "/api/summary", body)
    assert (status, ["error"]) == (answer.status, [*answer.told])


def test_no_method_can_be_asked_for_but_those_of_the_page(page: Page) -> None:
    for method in ("add", "close", "place", "download", "__init__", "_clear"):
        named = {"name": "x", "path": "/etc/passwd"} if method == "add" else {}
        assert page.ask("POST", f"/api/{method}", named).status in {400, 404, 405}


# What is kept, and for how long.


def test_desks_that_are_not_heard_of_are_taken_away_and_others_stay(tmp_path: Path) -> None:
    async def wait() -> tuple[bool, bool]:
        seats = Seats(tmp_path)
        silent, heard = seats.open(), seats.open()
        for _ in range(LOOKS_UNHEARD + 1):
            seats.get(heard)
            await seats.look()
        found = (seats.get(silent) is None, seats.get(heard) is not None)
        await seats.close()
        return found

    assert (True, True) == asyncio.run(wait())
    assert [] == [*tmp_path.iterdir()]


def test_there_is_an_end_to_the_desks(tmp_path: Path) -> None:
    with _served(tmp_path, LARGEST) as place:
        page = Page(place)
        for _ in range(MOST_SEATS):
            page.open()
        full = page.ask("POST", "/api/open", {})
        assert (503, ["error"]) == (full.status, [*full.told])
        assert page.call("files") == []


def test_the_folder_is_private_and_gone_in_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with private_folder() as folder:
        assert 0o700 == folder.stat().st_mode & 0o777
        assert folder.name.startswith(PREFIX)
    assert [] == [*tmp_path.iterdir()]


@contextmanager
def _command(temporary: Path) -> Iterator[tuple[subprocess.Popen[str], Place]]:
    """Start the command, and yield it with the place that it says."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kpr_validator", "web", "--no-browser"],
        env={**os.environ, "TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    try:
        assert process.stdout
        told = re.search(r"http://\S+", process.stdout.readline())
        assert told
        parts = urlsplit(told[0])
        token = parts.fragment.removeprefix("token=")
        yield process, Place(str(parts.hostname), int(parts.port or 0), token)
    finally:
        process.kill()
        process.communicate()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other signals")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_the_command_removes_everything_when_it_is_ended(tmp_path: Path, name: str) -> None:
    with _command(tmp_path) as (process, place):
        _knock(place).put(TYPICAL, "hemmelig.xml")
        process.send_signal(getattr(signal, name))
        said = process.communicate(timeout=30)[0]
    assert (0, []) == (process.returncode, [*tmp_path.iterdir()])
    assert "hemmelig" not in said
    assert "Traceback" not in said


def test_what_a_crash_left_is_removed_at_the_next_start_and_what_lives_is_not(
    tmp_path: Path,
) -> None:
    with _command(tmp_path) as (crashing, place):
        _knock(place).put(TYPICAL)
        crashing.kill()
        crashing.wait()
    left = [*tmp_path.glob(f"{PREFIX}*")]
    assert TYPICAL.read_bytes() in [path.read_bytes() for path in _files(tmp_path)]

    with _command(tmp_path) as (_living, place):
        page = _knock(place)
        page.put(TYPICAL)
        assert [] == [folder for folder in left if folder.exists()]
        with _command(tmp_path) as (_other, second):
            _knock(second)
            page.call("run")
            assert page.call("report_json")


def test_a_link_in_the_temporary_folder_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "lock").write_text("")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    (temporary / f"{PREFIX}x").symlink_to(mine)
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    with private_folder():
        assert (mine / "lock").exists()


def test_a_port_that_is_taken_and_a_missing_extra_are_told(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = CliRunner().invoke(cli, ["web", "--no-browser", "--port", str(place.port)])
    assert (3, True) == (asked.exit_code, str(place.port) in asked.stderr)
    monkeypatch.setitem(sys.modules, "kpr_validator.web.serve", None)
    asked = CliRunner().invoke(cli, ["web", "--lang", "en"])
    assert (2, True) == (asked.exit_code, "requirements-web.lock" in asked.stderr)


def test_only_this_computer_is_answered_unless_more_is_asked_for() -> None:
    mine, others = Place("127.0.0.1", 5000, "t"), Place("0.0.0.0", 5000, "t")  # noqa: S104  told apart
    assert (True, False) == (mine.is_loopback, others.is_loopback)
    for host in ("10.0.0.7:5000", f"{socket.gethostname()}:5000"):
        assert (False, True) == (mine.is_called(host), others.is_called(host))
    for host in ("evil.example:5000", "10.0.0.7:5001", "10.0.0.7.evil.example:5000"):
        assert not others.is_called(host)


def _knock(place: Place) -> Page:
    """Return a page with a desk as soon as the server answers."""
    for _ in range(200):
        try:
            return Page(place).open()
        except ConnectionError:
            time.sleep(0.05)
    message = "the server does not answer"
    raise AssertionError(message)
