"""The browser that the pages are met in: the Chromium of the machine, driven by Playwright."""

from __future__ import annotations

import json
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, CDPSession, Page

Scheme = Literal["light", "dark"]

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
)  # fmt: skip
MISSING = (
    "No Chromium to look at the pages with. Debian and Ubuntu: sudo apt-get install chromium. "
    "Elsewhere: python -m playwright install chromium"
)
VIOLATIONS = {"resultTypes": ["violations"]}
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
# Everything is looked at: what is folded away, and what is not yet scrolled to.
UNFOLD = "document.querySelectorAll('details').forEach(one => { one.open = true; })"
SHOW_ALL = ".result, .indicator, section section { content-visibility: visible !important; }"


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the machine's Chromium, or the one that Playwright has installed.

    Without any the test fails and says what to install: nothing is skipped.
    """
    with sync_playwright() as playwright:
        found = next(filter(None, map(shutil.which, NAMES)), playwright.chromium.executable_path)
        if not Path(found).exists():
            pytest.fail(MISSING, pytrace=False)
        with playwright.chromium.launch(executable_path=found, args=[*QUIET]) as browser:
            yield browser


@dataclass(frozen=True)
class Meeting:
    """A page met by a reader, who may change the window and the text; everything is unfolded."""

    page: Page
    session: CDPSession

    def resize(self, width: int, text: int) -> None:
        """Make the window so wide, in pixels, and text so large: 32 is 200 %."""
        self.page.set_viewport_size({"width": width, "height": 900})
        sizes = {"standard": text, "fixed": text}
        self.session.send("Page.setFontSizes", {"fontSizes": sizes})

    def faults(self, **options: object) -> list[str]:
        """Return what axe-core finds: the rule, and the first element that breaks it."""
        found = self.page.evaluate(f"axe.run({json.dumps(VIOLATIONS | options)})")
        return [
            f"{one['id']}: {one['nodes'][0]['html'][:200]} ({len(one['nodes'])})"
            for one in found["violations"]
        ]


@contextmanager
def meeting(browser: Browser, file: Path, scheme: Scheme = "light") -> Iterator[Meeting]:
    """Open a page; scripts of the test are let in, which the page itself never does."""
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    try:
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Page.enable")
        page.goto(file.as_uri())
        page.add_style_tag(content=SHOW_ALL)
        page.evaluate(UNFOLD)
        page.evaluate(AXE)
        yield Meeting(page, session)
    finally:
        context.close()
