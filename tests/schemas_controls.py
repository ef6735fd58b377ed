"""The authority's control rules, and ours in fields.csv, in the same words.

A field's controls are a row of the columns of fields.csv that speak of controls.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from pathlib import Path

    Controls = dict[str, dict[str, str]]

# Version: the control rules, beside the authority's schema.
CONTROLS = {
    "3.7": "iplos-3.7/iplos_2019_Annotations.xsd",
    "3.5": "iplos-3.5/iplos_2018_Annotations.xsd",
}
COLUMNS = (
    *("klasse", "nr", "monster", "datatype_konsekvens"),
    *("obligatorisk", "obligatorisk_vilkaar", "obligatorisk_konsekvens"),
    *("kodeverk", "kodeverk_konsekvens", "min", "maks", "omraade_konsekvens"),
)
ACTIONS = {"1": "melding", "2": "rad", "7": "verdi", "9": "ingen"}
NO_ACTION = "ingen"
MONTH = "(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])"

# The authority's patterns as ours: digits are ASCII, the date's alternatives are
# grouped, and hours may be whole. Any text is no check.
DATE = r"^((19\d{2}|20\d{2})((0[1-9])|(1[0-2]))((0[1-9])|([1-2][0-9])|(3[0-1])))|(99991231)$"
PATTERNS = {
    "^.*$": "",
    DATE: "(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])|99991231",
    r"^\d{1,3}\.\d{1,2}$": r"[0-9]{1,3}(?:\.[0-9]{1,2})?",
    r"^\d{1}$": "[0-9]",
}
LIMITS = {
    "2005-01-01": "20050101",
    "2019-01-01": "aar0101",
    "2019-12-31": "aar1231",
    "xpath:/IPLOS/INNHINFO/@iiTilDato": "iiTilDato",
    "xpath:./@tjFraDato": "tjFraDato",
}
NAMES = {
    "iiKontakt": "KONTAKT",
    "tjVedtaksID": "tjVeID",
    "tjVedtaksIDnummerering": "tjVeNrID",
}

# Field, column, what we say instead. The reason is in the field's merknad.
_DECISIONS_OF_BOTH = [
    ("poVurdTann", "monster", MONTH),
    ("poVurdLege", "monster", MONTH),
    ("poVurdTann", "min", "200501"),
    ("poVurdLege", "min", "200501"),
    ("Type", "kodeverk", ""),
    ("Type", "kodeverk_konsekvens", ""),
    ("diDiagKode", "kodeverk", ""),
    ("diDiagKode", "kodeverk_konsekvens", ""),
]
DECISIONS = {
    "3.7": _DECISIONS_OF_BOTH,
    "3.5": [
        *_DECISIONS_OF_BOTH,
        ("tjTjenUnderType", "kodeverk", ""),
        ("tjTjenUnderType", "kodeverk_konsekvens", ""),
        ("fnFunkType", "kodeverk", "9111"),
        ("tjInstOrgnr", "obligatorisk", "nei"),
        ("tjInstOrgnr", "obligatorisk_konsekvens", ""),
        ("dgInstOrgnr", "obligatorisk", "nei"),
        ("dgInstOrgnr", "obligatorisk_konsekvens", ""),
    ],
}


def our_controls(path: Path) -> Controls:
    """Return the controls in the fields.csv at `path`, by field."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    return {row["felt"]: {column: row[column] for column in COLUMNS} for row in rows}


def authority_controls(path: Path) -> Controls:
    """Return the controls in the annotations at `path`, by field."""
    infos = (_info(appinfo) for appinfo in etree.parse(path).iter("{*}appinfo"))
    return {
        NAMES.get(info["attributeShortName"], info["attributeShortName"]): _controls(info)
        for info in infos
        if "attributeShortName" in info
    }


def _info(appinfo: etree._Element) -> dict[str, str]:
    """Return the pieces of one annotation; a piece that is there twice is the filled one."""
    info: dict[str, str] = {}
    for piece in appinfo.iter("{*}xprAppInfo"):
        name = str(piece.get("name"))
        info[name] = info.get(name) or str(piece.get("value") or piece.text or "").strip()
    return info


def _controls(info: dict[str, str]) -> dict[str, str]:
    pattern = _pattern(info["regex"])
    obligation, condition = _obligation(info.get("merketForObligat", ""))
    lists = info["codeOID"]
    checked = info.get("merketForRangeCheck") == "1"
    return {
        "klasse": NAMES.get(info["classShortName"], info["classShortName"]),
        "nr": info["ordinal"][:-1] if info["ordinal"].endswith("0") else "",
        "monster": pattern,
        "datatype_konsekvens": ACTIONS[info["handlingTypeID"]] if pattern else "",
        "obligatorisk": obligation,
        "obligatorisk_vilkaar": condition,
        "obligatorisk_konsekvens": _action(info, "Obligat") if obligation != "nei" else "",
        "kodeverk": lists,
        "kodeverk_konsekvens": _action(info, "Kodeverk") if info["merketForKodeverk"] else "",
        "min": _limit(info.get("valueRangeFrom", "")),
        "maks": _limit(info.get("valueRangeTo", "")),
        "omraade_konsekvens": _action(info, "RangeCheck") if checked else "",
    }


def _pattern(theirs: str) -> str:
    return PATTERNS.get(theirs, theirs.removeprefix("^").removesuffix("$").replace(r"\d", "[0-9]"))


def _obligation(mark: str) -> tuple[str, str]:
    if mark.startswith("xpath:"):
        codes = sorted(int(code) for code in re.findall(r"@tjTjenType='(\d+)'", mark))
        return "betinget", "tjTjenType:" + " ".join(map(str, codes))
    return ("ja" if mark == "1" else "nei"), ""


def _action(info: dict[str, str], check: str) -> str:
    """Return what the receiver does, or that nothing is said about it."""
    return ACTIONS.get(info.get(f"handling{check}ID", ""), NO_ACTION)


def _limit(theirs: str) -> str:
    return LIMITS.get(theirs, theirs)
