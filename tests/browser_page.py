"""The page that is the validator, built once for all tests, and its worker asked directly."""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock

from tools.browser.__main__ import HERE, PYODIDE, STATIC, build
from tools.browser.carry import ROOT, carried

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

MISSING = "npm is missing: the page as one file is built with Node.js 20 or newer"
# The worker that the page starts answers to the test too: questions of ours have numbers below 0.
LISTEN = """
const waiting = new Map();
let asked = 0;
window.Worker = class extends window.Worker {
  constructor(...given) {
    super(...given);
    window.asked = this;
    this.addEventListener("message", ({ data }) => {
      if (data.progress) return;
      waiting.get(data.id)?.(data);
      waiting.delete(data.id);
    });
  }
};
window.ask = (method, named, parts) => new Promise((resolve) => {
  const id = --asked;
  waiting.set(id, resolve);
  if (parts) named = { ...named, file: new File(parts, named.name) };
  window.asked.postMessage({ id, method, named: { language: "nb", ...named } });
});
window.judged = async (name, content) => {
  const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
  const { value: file } = await ask("add", { name }, [bytes]);
  const { error } = await ask("run", {});
  const { value: report } = await ask("report_json", {});
  await ask("remove", { id: file.id });
  return error ?? report;
};
"""


def judged(page: Page, name: str, content: bytes) -> str:
    """Return the report of the page's worker on a file as JSON, and put the file away again."""
    sent = base64.b64encode(content).decode()
    return str(page.evaluate("([name, content]) => judged(name, content)", [name, sent]))


def built() -> Path:
    """Return the page of the checkout as it is; it is built when something has changed."""
    folder = ROOT / "build" / "browser-tests"
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / "lock"):
        if not PYODIDE.exists():
            _install()
        page = folder / f"{_inputs()}.html"
        if not page.exists():
            for old in folder.glob("*.html"):
                old.unlink()
            build(page.with_suffix(".tmp"), folder / "work")
            page.with_suffix(".tmp").rename(page)
    return page


def _install() -> None:
    npm = shutil.which("npm")
    if npm is None:
        pytest.fail(MISSING, pytrace=False)
    subprocess.run([npm, "ci", "--silent", "--no-audit", "--no-fund"], cwd=HERE, check=True)


def _inputs() -> str:
    """Return a hash of everything that the page is made of."""
    whole = hashlib.sha256()
    for path, content in carried().items():
        whole.update(f"{path} {len(content)}\n".encode() + content)
    for file in sorted([*HERE.glob("*.*"), *STATIC.glob("*.*")]):
        whole.update(file.read_bytes())
    return whole.hexdigest()[:32]


@contextmanager
def opened(browser: Browser) -> Iterator[Page]:
    """Open the page from the disk, as a double-click does."""
    context = browser.new_context()
    try:
        context.add_init_script(LISTEN)
        page = context.new_page()
        page.goto(built().as_uri())
        yield page
    finally:
        context.close()
