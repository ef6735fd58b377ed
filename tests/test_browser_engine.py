"""The validator in a browser says what the command says of every file, and asks nobody."""

from __future__ import annotations

import hashlib
import random
import re
import subprocess
import sys
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pytest

from kpr_validator.pipeline import Options, check_file
from kpr_validator.receipt import rule_set
from kpr_validator.report.as_json import as_json
from tests.browser import chromium
from tests.browser_page import built, judged, opened
from tests.served import Client, served
from tests.test_differential import mutant
from tools.browser.__main__ import build
from tools.browser.assemble import own_hash
from tools.browser.carry import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow

EXAMPLES = sorted(ROOT.glob("examples/**/*.xml"))
LARGEST_PAGE = 20_000_000
MUTANTS = 200
SECONDS = re.compile(r'("seconds": ?)[0-9.e-]+')
# Every way out that a script has, tried in the page and in its worker.
WAYS_OUT = """(url) => {
  const tried = [];
  const attempt = (way) => { try { way(); } catch (error) { tried.push(String(error)); } };
  attempt(() => fetch(url + "fetch").catch(() => {}));
  attempt(() => { const x = new XMLHttpRequest(); x.open("GET", url + "xhr"); x.send(); });
  attempt(() => new WebSocket(url.replace("http", "ws") + "socket"));
  attempt(() => new EventSource(url + "events"));
  attempt(() => import(url + "module.js").catch(() => {}));
  attempt(() => navigator.sendBeacon(url + "beacon", "x"));
  const own = Object.getPrototypeOf(Object.getPrototypeOf(self));
  attempt(() => own.importScripts?.call(self, url + "script.js"));
  if (self.document) {
    for (const tag of ["img", "iframe", "script", "link"]) {
      const one = document.createElement(tag);
      one.rel = "stylesheet";
      one[tag === "link" ? "href" : "src"] = url + tag;
      document.body.append(one);
    }
    document.body.style.backgroundImage = `url(${url}style)`;
  }
  return tried.length;
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return one browser for all."""
    with chromium() as started:
        yield started


def _timeless(report: str) -> str:
    """Return a report as JSON without what it took to make it."""
    return SECONDS.sub(r"\g<1>0", report)


def _by_line(path: Path) -> str:
    """Return the report that the command writes, without starting a command."""
    with check_file(str(path), Options()) as report:
        return _timeless("".join(as_json(report, "nb")))


def test_the_command_writes_what_the_pages_are_held_to() -> None:
    path = ROOT / "examples" / "typiske-feil.xml"
    command = [sys.executable, "-m", "kpr_validator", "check", str(path), "--format", "json"]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert _by_line(path) == _timeless(run.stdout)


def test_both_pages_say_of_every_file_what_the_command_says(
    browser: Browser, tmp_path: Path
) -> None:
    """Of the examples, and of files damaged at text and tag level, byte for byte."""
    chance = random.Random(6)  # noqa: S311  mutants, not secrets
    with opened(browser) as page, served() as address:
        shells = (Client(address).judged, partial(judged, page))
        for number in range(-len(EXAMPLES), MUTANTS):
            path = EXAMPLES[number] if number < 0 else tmp_path / "fil.xml"
            if number >= 0:
                text = mutant(chance, chance.choice(EXAMPLES).read_text(encoding="utf-8"))
                path.write_bytes(text.encode("utf-8", "surrogatepass"))
            said = _by_line(path)
            for shell in shells:
                told = _timeless(shell(path.name, path.read_bytes()))
                assert (number, path.name, said) == (number, path.name, told)


def test_no_way_out_of_the_page_or_its_worker_reaches_a_server(browser: Browser) -> None:
    heard: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.path)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/"
    with opened(browser) as page:
        page.locator("#pick:enabled").wait_for()
        page.evaluate(WAYS_OUT, url)
        for worker in page.workers:
            worker.evaluate(WAYS_OUT, url)
        page.wait_for_timeout(1500)
        assert len(page.workers) == 1
    server.shutdown()
    server.server_close()
    assert [] == heard


def test_the_page_tells_its_hash_and_its_rules_and_is_small_enough(browser: Browser) -> None:
    whole = built().read_bytes()
    with opened(browser) as page:
        page.locator("#pick:enabled").wait_for()
        told = page.inner_text("footer")

    assert own_hash(whole.decode()) in told
    assert rule_set()[:12] in told
    assert len(whole) <= LARGEST_PAGE


def test_the_same_sources_give_the_same_bytes(tmp_path: Path) -> None:
    build(tmp_path / "again.html", tmp_path / "another" / "place")

    first, second = (hashlib.sha256(f.read_bytes()) for f in (built(), tmp_path / "again.html"))
    assert first.hexdigest() == second.hexdigest()
