"""The report as a tagged PDF, made of the same page as the HTML by WeasyPrint (extra `pdf`).

The engine and the libraries that it needs of the system are imported here only, and
only when a PDF is asked for.
"""

from __future__ import annotations

import re
from contextlib import redirect_stdout
from importlib.resources import files
from io import StringIO
from typing import TYPE_CHECKING

from kpr_validator.report.as_html import as_html
from kpr_validator.report.texts import texts

if TYPE_CHECKING:
    from kpr_validator.figures import Figures
    from kpr_validator.model import Report

ROWS_SHOWN = 10

_SHEET = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_COLOUR = re.compile(r"--([a-z-]+): ([^;]+);")
_USE = re.compile(r"var\(--([a-z-]+)\)")
_RULE = re.compile(r"^([^{}@\n]+)\{([^{}]*)\}$", re.MULTILINE)
_CHART = re.compile(r"<svg[^>]*>")
_SPOKEN = re.compile(r"(<title\b[^>]*>[^<]*)(</title>\s*<desc\b[^>]*>)([^<]*)")


class NoEngineError(Exception):
    """A PDF can't be made here: `key` is «no_engine» or «no_libraries»."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key

    def told(self, language: str) -> str:
        """Return in one line what is missing and what to do about it."""
        return texts(language)(f"pdf.{self.key}")


def require_engine() -> None:
    """Raise NoEngineError where WeasyPrint, or the Pango that it draws text with, is missing."""
    try:
        with redirect_stdout(StringIO()):  # it prints a notice of its own when Pango is missing
            import weasyprint  # noqa: F401, PLC0415  an extra, and slow to import
    except ImportError as error:
        raise NoEngineError("no_engine") from error
    except OSError as error:
        raise NoEngineError("no_libraries") from error


def as_pdf(report: Report, language: str, figures: Figures | None = None) -> bytes:
    """Return the report as PDF/UA-1; at most 10 findings are listed for each rule.

    Nothing is fetched: the engine is refused every address. Raises NoEngineError.
    """
    require_engine()
    from weasyprint import HTML, URLFetcher  # noqa: PLC0415

    page = _for_paper("".join(as_html(report, language, figures, ROWS_SHOWN)))
    note = f"<p>{texts(language)('pdf.left_out', n=ROWS_SHOWN)}</p>"
    page = page.replace("</footer>", f"{note}</footer>")
    closed = URLFetcher(allowed_protocols=())
    document = HTML(string=page, url_fetcher=closed)
    made: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return made


def _for_paper(page: str) -> str:
    """Return the page with what only the PDF needs: our own style, and charts that stand alone.

    The engine draws a chart as a picture: the page's style does not reach into it, and
    its title is all that is read aloud.
    """
    found = _SHEET.search(page)
    drawn = f"<style>{_of_charts(found[1])}</style>" if found else ""
    own = files("kpr_validator.report").joinpath("pdf.css").read_text("utf-8")
    page = page.replace("</style>", f"{own}</style>", 1)
    return _CHART.sub(lambda chart: chart[0] + drawn, _SPOKEN.sub(r"\1: \3\2\3", page))


def _of_charts(sheet: str) -> str:
    """Return the rules of a sheet that colour charts, with the colours of paper written out."""
    light = sheet.partition("@media")[0]
    colours = dict(_COLOUR.findall(light))
    return "text{font-family:Arial,sans-serif}" + "".join(
        f"{selector}{{{_USE.sub(lambda use: colours[use[1]], rule)}}}"
        for selector, rule in _RULE.findall(sheet)
        if "fill:" in rule or "stroke:" in rule
    )
