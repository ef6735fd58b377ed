"""The register's triage when things go wrong, over a cluster, and on a whole planted country."""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyarrow import parquet
from typer.testing import CliRunner

from kpr_validator import assets
from kpr_validator.cli import app
from kpr_validator.feedback import Wish
from kpr_validator.generate.delivery import Delivery, Extras
from kpr_validator.generate.submission import Wish as Wanted
from kpr_validator.pipeline import Run
from kpr_validator.read import open_source
from kpr_validator.triage import work
from kpr_validator.triage.board import board
from kpr_validator.triage.ruleset import RuleSet
from kpr_validator.triage.run import Order, triage
from kpr_validator.triage.supplied import Supplied
from kpr_validator.triage.work import CHANGED, Job
from tests import country

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kpr_validator.model import Report
    from kpr_validator.triage.model import Settled

TABLES = ("deliveries", "findings", "indicators", "tallies")
PLACES = ("0101", "0301", "1103", "1820", "5001", "5061")
KILLS = 20


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return six municipalities' deliveries, with ident messages."""
    folder = tmp_path_factory.mktemp("inbox")
    for number in PLACES:
        wish = Wanted(number, country.YEAR, 20, 1, "3.7", gaps=True)
        Delivery(wish, folder / number).write(Extras(ident=True))
    return folder


def _command(inbox: Path, output: Path, *options: str) -> list[str]:
    return [
        sys.executable, "-m", "kpr_validator", "triage", str(inbox), "--year", str(country.YEAR),
        "--output", str(output), "--test-data", "--workers", "2", *options,
    ]  # fmt: skip


def _left(output: Path) -> list[object]:
    """Return everything that a reader sees of a board and its tables."""
    tables = [parquet.read_table(output / "parquet" / f"{name}.parquet") for name in TABLES]
    files = [(output / name).read_bytes() for name in ("tavle.html", "tavle.xlsx")]
    return [*files, *(table.to_pylist() for table in tables)]


@pytest.fixture(scope="module")
def undisturbed(inbox: Path, tmp_path_factory: pytest.TempPathFactory) -> list[object]:
    """Return what an undisturbed run leaves."""
    output = tmp_path_factory.mktemp("undisturbed") / "tavle"
    subprocess.run(_command(inbox, output), check=True, capture_output=True)
    return _left(output)


@pytest.mark.slow
def test_a_run_that_is_killed_at_any_moment_goes_on(
    inbox: Path, undisturbed: list[object], tmp_path: Path
) -> None:
    """Twenty times, with every process gone each time, and the board is the undisturbed one."""
    output = tmp_path / "tavle"
    drawn = random.Random(7)  # noqa: S311  a test's own
    began = time.monotonic()
    subprocess.run(_command(inbox, output), check=True, capture_output=True)
    whole = time.monotonic() - began
    for kill in range(KILLS):
        if kill % 5 == 0:
            shutil.rmtree(output)
        run = subprocess.Popen(
            _command(inbox, output),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            run.wait(timeout=drawn.uniform(0.05, 1.0) * whole)
        except subprocess.TimeoutExpired:
            run.send_signal(signal.SIGKILL)
            run.wait()
        assert _is_gone(run.pid)
    subprocess.run(_command(inbox, output), check=True, capture_output=True)
    assert _left(output) == undisturbed


def _is_gone(group: int) -> bool:
    """Tell whether every process of a group has ended, within half a minute."""
    for _ in range(300):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.slow
@pytest.mark.parametrize("blocks", [8, 40, 200])
def test_a_full_disk_is_told_of_and_the_next_run_goes_on(
    blocks: int, inbox: Path, undisturbed: list[object], tmp_path: Path
) -> None:
    """No file may be larger than the limit (512 bytes each): state, tables or board."""
    output = tmp_path / "tavle"
    limited = ["/bin/sh", "-c", f'ulimit -f {blocks}; exec "$@"', "sh", *_command(inbox, output)]
    run = subprocess.run(limited, check=False, capture_output=True, text=True)
    assert (run.returncode, run.stderr.count("\n"), "Traceback" in run.stderr) == (3, 1, False)
    subprocess.run(_command(inbox, output), check=True, capture_output=True)
    assert _left(output) == undisturbed


@pytest.mark.slow
def test_a_disk_that_grows_is_gone_on_with_each_time(
    inbox: Path, undisturbed: list[object], tmp_path: Path
) -> None:
    """A small one of its own where mounting is allowed, else no file larger than the limit."""
    disk, seen = tmp_path / "disk", tmp_path / "seen"
    disk.mkdir()
    seen.mkdir()
    way = next((way for way in _APART if _may_mount(way, disk)), None)
    script, begun = (_ON_TMPFS, way) if way else (_BELOW_LIMIT, [])
    words = ["sh", "-c", script, "sh", str(disk), str(seen), *_command(inbox, disk / "tavle")]
    subprocess.run([*begun, *words], check=True, capture_output=True)
    assert (seen / "codes").read_text().split() == ["3", "3", "3", "0"]
    said = (seen / "said").read_text().splitlines()
    assert (len(said), {"kjør en gang til" in line for line in said}) == (3, {True})
    assert _left(seen / "disk" / "tavle") == undisturbed
    names = {path.name for path in (seen / "disk" / "tavle").iterdir()}
    assert names == {"tilstand", "parquet", "tavle.html", "tavle.xlsx"}


_APART = (["unshare", "--mount"], ["unshare", "--mount", "--map-root-user"])
_RUN_ONCE = '"$@" >"$seen/out" 2>>"$seen/said"; echo $? >>"$seen/codes"'
_ON_TMPFS = f"""
disk=$1 seen=$2; shift 2
mount -t tmpfs -o size=16k none "$disk"
for size in 16k 100k 330k 64m; do mount -o remount,size=$size "$disk"; {_RUN_ONCE}; done
cp -r "$disk" "$seen/disk"
"""
_BELOW_LIMIT = f"""
disk=$1 seen=$2; shift 2
for blocks in 8 40 200 unlimited; do (ulimit -f $blocks; {_RUN_ONCE}); done
cp -r "$disk" "$seen/disk"
"""


def _may_mount(way: list[str], place: Path) -> bool:
    """Tell whether a file system may be mounted there, by a process that sees it alone."""
    mount = [*way, "mount", "-t", "tmpfs", "-o", "size=16k", "none", str(place)]
    try:
        return subprocess.run(mount, check=False, capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


@pytest.mark.slow
def test_what_a_process_was_at_when_it_died_is_done_by_another(
    inbox: Path, undisturbed: list[object], tmp_path: Path
) -> None:
    """Killed from outside, as by a machine that runs out of memory."""
    output = tmp_path / "tavle"
    run = subprocess.Popen(_command(inbox, output), stdout=subprocess.DEVNULL)
    children = Path(f"/proc/{run.pid}/task/{run.pid}/children")
    while run.poll() is None and not _kept(output / "tilstand" / "tilstand.sqlite3"):
        time.sleep(0.02)
    for child in children.read_text().split():
        os.kill(int(child), signal.SIGKILL)
    assert run.wait(timeout=240) == 0
    assert _left(output) == undisturbed


@pytest.mark.slow
def test_two_runs_at_once_do_each_other_no_harm(
    inbox: Path, undisturbed: list[object], tmp_path: Path
) -> None:
    """They share one state and one board."""
    output = tmp_path / "tavle"
    runs = [subprocess.Popen(_command(inbox, output), stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [run.wait() for run in runs] == [0, 0]
    assert _left(output) == undisturbed


def test_a_file_that_is_replaced_while_it_is_read_is_not_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told of (exit code 3), and the next run takes what is there."""
    folder = tmp_path / "inn"
    folder.mkdir()
    example = assets.schemas().parent / "examples" / "brev-2015" / "kari-2019.xml"
    path = folder / "a.xml"
    shutil.copy(example, path)
    words = ["triage", str(folder), "--year", "2019", "--workers", "1", "--test-data", "--output"]

    class Replaced(Run):
        def judge(self, path: str) -> Report:
            made = super().judge(path)
            Path(path).write_text(Path(path).read_text("utf-8") + "\n", "utf-8")
            return made

    with monkeypatch.context() as patched:
        patched.setattr(work, "Run", Replaced)
        run = CliRunner().invoke(app, [*words, str(tmp_path / "ut")])
        assert (run.exit_code, "1 filer kunne ikke kontrolleres" in run.output) == (3, True)
    assert CliRunner().invoke(app, [*words, str(tmp_path / "ut")]).exit_code == 0
    assert CliRunner().invoke(app, [*words, str(tmp_path / "rolig")]).exit_code == 0
    assert _left(tmp_path / "ut") == _left(tmp_path / "rolig")


def test_another_file_of_the_same_size_and_time_is_not_the_one_that_was_read(
    tmp_path: Path,
) -> None:
    """The place and the name are not enough."""
    path, other = tmp_path / "a.xml", tmp_path / "b.xml"
    path.write_text("<IPLOS/>", "utf-8")
    shutil.copy2(path, other)
    with closing(open_source(str(path), io.BytesIO())) as source:
        assert source.is_still_at(str(path))
        other.replace(path)
        assert not source.is_still_at(str(path))


def test_a_file_of_another_content_than_was_found_gives_no_result(tmp_path: Path) -> None:
    """Whenever it was exchanged."""
    path = tmp_path / "a.xml"
    path.write_text("<IPLOS/>", "utf-8")
    job = Job("k", str(path), "0" * 64, None, None, None, (), RuleSet(), b"", None, Wish())
    assert work.judge(job) == ("k", None, b"", CHANGED)


@pytest.mark.slow
def test_a_clock_that_is_set_back_changes_nothing(
    inbox: Path, undisturbed: list[object], tmp_path: Path
) -> None:
    """A delivery that comes later with an earlier time is still the later one."""
    own, output = tmp_path / "inn", tmp_path / "tavle"
    shutil.copytree(inbox, own)
    last = own / "0101" / "iplos-0101-2019.xml"
    kept = last.read_bytes()
    last.write_bytes(kept.replace(b"<iiLopenr>1<", b"<iiLopenr>0<"))
    first = subprocess.run(_command(own, output), check=True, capture_output=True)
    last.write_bytes(kept)
    os.utime(last, (10**9, 10**9))
    subprocess.run(_command(own, output), check=True, capture_output=True)
    assert (_left(output) == undisturbed, first.returncode) == (True, 0)


@contextmanager
def _cluster(folder: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Yield the address of a scheduler, and its two workers, each a process of its own."""
    told = folder / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    dask = [sys.executable, "-m", "dask"]
    where = ["--scheduler-file", str(told), "--no-dashboard"]
    scheduler = subprocess.Popen(
        [*dask, "scheduler", "--host", "127.0.0.1", "--port", "0", *where], **quiet
    )  # type: ignore[call-overload]
    worker = [*dask, "worker", "--nthreads", "1", "--no-nanny", "--memory-limit", "0", *where]
    workers = []
    try:
        while not told.exists() or not told.stat().st_size:
            assert scheduler.poll() is None
            time.sleep(0.1)
        workers = [subprocess.Popen(worker, **quiet) for _ in range(2)]  # type: ignore[call-overload]
        yield json.loads(told.read_text())["address"], workers
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()


@pytest.mark.slow
def test_a_cluster_gives_the_same_also_when_a_worker_is_killed(
    inbox: Path, undisturbed: list[object], tmp_path: Path
) -> None:
    """Nothing is lost and nothing counted twice."""
    output = tmp_path / "tavle"
    state = output / "tilstand" / "tilstand.sqlite3"
    with _cluster(tmp_path) as (address, workers):
        run = subprocess.Popen(_command(inbox, output, "--scheduler", address))
        while run.poll() is None and not _kept(state):
            time.sleep(0.02)
        workers[0].send_signal(signal.SIGKILL)
        assert run.wait(timeout=240) == 0
    assert _left(output) == undisturbed


def _kept(state: Path) -> int:
    """Return how many results are kept so far."""
    if not state.exists():
        return 0
    try:
        with sqlite3.connect(state, timeout=5) as con:
            return int(con.execute("SELECT count(*) FROM result").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


# A whole country ------------------------------------------------------------------------------


@pytest.mark.slow
def test_what_is_planted_in_a_country_is_on_the_board_and_nothing_else(tmp_path: Path) -> None:
    """13 that don't deliver, 5 corrupt, 2 double, 209 silent, 41 with a fault, 15 suspects."""
    planted = country.plan()
    country.write(tmp_path / "inn", planted, persons=60)
    order = Order(
        str(tmp_path / "inn"), country.YEAR, tmp_path / "ut", rules=RuleSet(test_data=True)
    )
    shown: list[Settled] = []
    triage(order, shown.append)
    found = board(shown[0], Supplied())

    missing = {one.place.municipality: bool(one.tried) for one in found.missing}
    assert missing == dict.fromkeys(planted.missing, False) | dict.fromkeys(planted.corrupt, True)
    assert [one.district for one in found.missing if one.district] == []
    assert {row.municipality for row in found.rows} == planted.delivered
    assert [row.municipality for row in found.rows if row.is_late] == []
    assert {one.found.name for one in found.doubles()} == {
        f"{planted.copied}/iplos-{planted.copied}-2019.xml", f"{planted.same_number}/a-foer.xml",
    }  # fmt: skip
    warned = {row.municipality: row.warnings for row in found.rows if row.warnings}
    assert warned == {planted.same_number: ("same_number",)}
    (fault,) = found.shared
    assert (fault.rule, fault.system, fault.version) == (
        country.FAULT, country.SYSTEM, country.VERSION,
    )  # fmt: skip
    assert (frozenset(fault.municipalities), fault.elsewhere) == (planted.with_fault, 0)
    (service,) = [one for one in found.services if one.is_surprising]
    assert service.id == "rehabilitering"
    assert {zero.municipality for zero in service.zeros} == planted.silent
    assert found.funnels == ()
    places = sorted(sorted(place for place, _ in one) for one in found.suspects)
    assert places == sorted(map(sorted, planted.suspects))
    rules = {one.rule for one in found.spread}
    assert {rule for rule in rules if not rule.startswith("IDT")} == {country.FAULT, "REH-09"}
    assert [row.lost for row in found.rows if row.lost] == []
