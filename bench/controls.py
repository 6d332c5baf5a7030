#!/usr/bin/env python3
"""Breaks one promise at a time, in a copy, and demands that its test fails.

A campaign that finds nothing says little unless it can find something. Each patch in
`controls` breaks what a campaign is about; the test of the campaign has to fail, and to
say why. The working tree stays as it is.

    bench/controls.py [NAME…]
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# The patch, the package and its tests, the one that has to fail, its size, and what it has to say.
CONTROLS = [
    (
        "outbox-in-a-second-transaction",
        ("fieldproof-e2e", "it"),
        "campaign::kills",
        {"FIELDPROOF_DELIVERIES": "4000", "FIELDPROOF_KILL_EVERY": "150"},
        r" [1-9]\d* never told",
    ),
    (
        "secrets-as-they-are",
        ("fieldproof-e2e", "it"),
        "campaign::canaries",
        {},
        r" [1-9]\d* hits",
    ),
    (
        "commits-that-do-not-wait",
        ("fieldproof-power", "cuts"),
        "nothing_acknowledged_is_lost_and_nothing_is_corrupt",
        {},
        r"[1-9]\d* lost, \d+ corrupt",
    ),
]


def copy(folder):
    """Copies what belongs to the project, as it is in the working tree."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)


def run(name, tests, test, size, says):
    """Whether the test fails in a patched copy, and says why."""
    with tempfile.TemporaryDirectory(prefix="fieldproof-control-") as folder:
        folder = Path(folder)
        copy(folder)
        patch = ROOT / "bench" / "controls" / f"{name}.patch"
        subprocess.run(["git", "apply", str(patch)], cwd=folder, check=True)
        target = os.environ.get("CARGO_TARGET_DIR", ROOT / "target" / "controls")
        package, tests = tests
        command = ["cargo", "test", "--locked", "-p", package, "--test", tests]
        built = subprocess.run(
            [*command, "--no-run"], cwd=folder, env={**os.environ, "CARGO_TARGET_DIR": str(target)}
        )
        if built.returncode != 0:
            return "is not built"
        done = subprocess.run(
            [*command, test, "--", "--nocapture"],
            cwd=folder,
            env={**os.environ, **size, "CARGO_TARGET_DIR": str(target)},
            capture_output=True,
            text=True,
        )
    said = re.search(f"^.*{says}.*$", done.stdout, re.MULTILINE)
    if done.returncode == 0:
        return "is not noticed"
    if not said:
        print(done.stdout, done.stderr)
        return "fails for another reason"
    print(f"{name}: {said.group(0).strip()}")
    return None


def main():
    wanted = sys.argv[1:]
    known = [control[0] for control in CONTROLS]
    if not set(wanted) <= set(known):
        sys.exit(f"there are {', '.join(known)}")
    failures = 0
    for name, tests, test, size, says in CONTROLS:
        if wanted and name not in wanted:
            continue
        wrong = run(name, tests, test, size, says)
        if wrong:
            failures += 1
            print(f"{name}: {wrong}")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
