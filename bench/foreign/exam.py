#!/usr/bin/env python3
"""Does the suite find nothing in the sample service, and everything that is wrong with it?

    cargo build
    python3 bench/foreign/exam.py                       # 20 seeds, then each defect
    python3 bench/foreign/exam.py --seeds 3 --only 'sort-*' --jobs 2

Writes bench/foreign/exam.tsv, a row for each defect. A defect is noticed when `conform`
has a finding that the sound service has with none of the seeds; by its owner, when one of
the obligations that its row names is among those findings. Ends with 1 when a seed has a
finding on the sound service, or when less than 98 % are noticed, each by its owner.
"""

import argparse
import contextlib
import json
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from fnmatch import fnmatch
from pathlib import Path

from parcelway import defects

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
KEYS = {"main": "key-of-first", "other-tenant": "key-of-second"}
LEAST = 0.98
# Stands for a run that ended without a report, which notices nothing.
BROKEN = "no report"


@contextlib.contextmanager
def service(defect=None):
    """The sample service, sound or with a defect; gives its address."""
    command = [sys.executable, HERE / "service.py", "--port", "0"]
    command += ["--defect", defect] if defect else []
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        yield server.stdout.readline().split()[-1]
    finally:
        server.terminate()
        server.wait()


def judged(args, seed, defect=None, only=()):
    """The findings of one run by the id of their obligation, and the seconds it took."""
    with service(defect) as url, tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        command = [args.fieldproof, "conform", url, "--spec", HERE / "spec", "--seed", str(seed),
                   "--workers", str(args.workers), "--report", f"json={report}", "--journal", Path(folder, "journal")]
        for role, key in KEYS.items():
            command += ["--token", f"{role}={key}"]
        for pattern in only:
            command += ["--only", pattern]
        began = time.monotonic()
        try:
            run = subprocess.run(command, capture_output=True, text=True, timeout=args.patience)
        except subprocess.TimeoutExpired:
            return {BROKEN: f"no end after {args.patience} s"}, args.patience
        seconds = time.monotonic() - began
        if not report.exists():
            last = (run.stderr.strip() or f"ended with {run.returncode}").splitlines()[-1]
            return {BROKEN: last}, seconds
        outcomes = json.loads(report.read_text())["outcomes"]
    wrong = [one for one in outcomes if one["verdict"] in ("fail", "unstable", "inconclusive")]
    return {one["obligation"]["id"]: one["message"] or "" for one in wrong}, seconds


def owned(pattern, name):
    """Whether a pattern names an obligation; `*` is any text and nothing else is special."""
    return fnmatch(name, pattern.replace("[", "[[]").replace("?", "[?]"))


def sound(args):
    """The findings on the sound service with all seeds."""
    found = {}
    for seed in range(1, args.seeds + 1):
        findings, seconds = judged(args, seed)
        print(f"seed {seed}: {len(findings)} findings, {seconds:.0f} s", flush=True)
        for name, message in findings.items():
            if name not in found:
                print(f"  {name}: {' '.join(message.split())[:200]}", flush=True)
            found.setdefault(name, message)
    return found


def examine(args, row, known):
    """The verdict on one defect."""
    only = row["owners"].split() if args.owners else ()
    findings, seconds = judged(args, args.seed, row["name"], only)
    new = sorted(set(findings) - known - {BROKEN})
    owners = [one for one in new if any(owned(pattern, one) for pattern in row["owners"].split())]
    verdict = "owner" if owners else "noticed" if new else "broken" if BROKEN in findings else "missed"
    first = (owners or new or [*findings, ""])[0]
    print(f"{verdict:8} {row['name']}: {len(new)} findings, {first or row['owners']}", flush=True)
    return {"defect": row["name"], "verdict": verdict, "findings": str(len(new)), "owners": str(len(owners)),
            "first": first, "message": " ".join(findings.get(first, "").split())[:160], "seconds": f"{seconds:.0f}"}


def written(path):
    """The rows of an earlier exam, by defect."""
    if not path.exists():
        return {}
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    return {line.split("\t")[0]: dict(zip(head.split("\t"), line.split("\t"))) for line in lines}


def write(path, rows):
    head = ["defect", "verdict", "findings", "owners", "first", "message", "seconds"]
    lines = ["\t".join(head)] + ["\t".join(re.sub(r"\s", " ", row[name]) for name in head) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fieldproof", default=ROOT / "target/debug/fieldproof", help="the program")
    parser.add_argument("--seeds", type=int, default=20, help="seeds for the sound service; at least 1")
    parser.add_argument("--seed", type=int, default=1, help="the seed for defects")
    parser.add_argument("--only", action="append", metavar="PATTERN", help="only these defects")
    parser.add_argument("--jobs", type=int, default=2, help="defects that are judged at one time")
    parser.add_argument("--workers", type=int, default=4, help="workers of each run")
    parser.add_argument("--patience", type=int, default=600, help="seconds that a run may take")
    parser.add_argument("--owners", action="store_true", help="judge each defect by its owners alone, which is quick")
    parser.add_argument("--skip-defects", action="store_true", help="only the sound service")
    args = parser.parse_args()
    known = sound(args)
    rows = [] if args.skip_defects else defects.rows()
    rows = [row for row in rows if not args.only or any(fnmatch(row["name"], one) for one in args.only)]
    with ThreadPoolExecutor(args.jobs) as pool:
        found = list(pool.map(lambda row: examine(args, row, set(known)), rows))
    table = HERE / "exam.tsv"
    if found:
        before = written(table) if args.only else {}
        after = {**before, **{row["defect"]: row for row in found}}
        write(table, [after[row["name"]] for row in defects.rows() if row["name"] in after])
    count = {verdict: sum(row["verdict"] == verdict for row in found) for verdict in ("owner", "noticed", "missed", "broken")}
    print(f"sound: {len(known)} findings in {args.seeds} seeds; of {len(found)} defects {count['owner']} noticed by their "
          f"owner, {count['noticed']} by others, {count['missed']} missed, {count['broken']} runs without a report")
    sys.exit(bool(known) or count["owner"] < LEAST * len(found))


if __name__ == "__main__":
    main()
