#!/usr/bin/env python3
"""Breaks `runtime` in one place at a time and sees whether anything notices.

The places are those of cargo-mutants; `--seed` orders them and `--sample` takes
the first. Each is judged in a clone of the last commit: by the tests of
`runtime` and of `fieldproof-e2e`, and when those pass by `prove --quick`. A line
per mutant is appended to the results, and what has a line is not tried again.

    cargo install cargo-mutants --version 27.1.0 --locked
    nice bench/runtime-mutants.py --seed 1 --sample 250
"""

import argparse
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench/runtime-mutants.tsv"
COLUMNS = "mutant\toutcome\tstep\tfirst failure\tseconds\n"
PACKAGES = ["-p", "fieldproof-runtime", "-p", "fieldproof-e2e"]

# A mutant that waits for ever is ended after so many seconds; a whole runtime needs about a tenth.
PATIENCE = {"build": 600, "tests": 150, "conformance": 200}

# What a step prints about the first thing that failed.
FAILED = {
    "build": re.compile(r"^error(\S*)"),
    "tests": re.compile(r"^test (?!result:)(\S+) .*FAILED|^    (\w+::\S+)$|^error: (.*)"),
    "conformance": re.compile(r"^(?:fail|inconclusive) (\S+)|^error: (.*)"),
}


def run(step, command, tree, env):
    """The exit code, or None when it took too long, and the first thing that failed."""
    process = subprocess.Popen(
        command, cwd=tree, env=env, text=True, errors="replace", start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )
    late = []

    def end(*_):
        late.append(True)
        os.killpg(process.pid, signal.SIGKILL)

    signal.signal(signal.SIGALRM, end)
    signal.alarm(PATIENCE[step])
    first = ""
    for line in process.stdout:
        found = FAILED[step].search(line)
        if found and not first:
            first = next((group for group in found.groups() if group), "")
            # One row that does not hold is enough; the others would take their time.
            if step == "conformance":
                os.killpg(process.pid, signal.SIGKILL)
    code = process.wait()
    signal.alarm(0)
    return (None if late else code), first


def judge(tree, suite, env):
    """Outcome, step and first failure of the tree as it stands."""
    tests = ["cargo", "test", "--lib", "--tests", *PACKAGES]
    steps = {
        "build": [*tests, "--no-run"],
        "tests": tests,
        "conformance": [suite, "prove", "--quick", "--frozen"],
    }
    for step, command in steps.items():
        code, first = run(step, command, tree, env)
        if code is None:
            return "timeout", step, first
        if code != 0:
            return "unviable" if step == "build" else "caught", step, first
    return "survived", "", ""


def sample(tree, seed, count, only):
    """The first mutants of a random order, in files whose path fits."""
    command = ["cargo", "mutants", "--list", "--json", "--diff", "--package", "fieldproof-runtime"]
    mutants = json.loads(subprocess.check_output(command, cwd=tree))
    mutants = [mutant for mutant in mutants if re.search(only, mutant["file"])]
    random.Random(seed).shuffle(mutants)
    return mutants[:count]


def prepare(work):
    """A clone of the last commit in a folder of its own."""
    tree = work / "tree"
    if not tree.exists():
        subprocess.check_call(["git", "clone", "-q", ROOT, tree])
    subprocess.check_call(["git", "fetch", "-q", ROOT, "HEAD"], cwd=tree)
    subprocess.check_call(["git", "reset", "-q", "--hard", "FETCH_HEAD"], cwd=tree)
    return tree


def build(target):
    """The suite that judges, built once from what is not broken.

    `prove` builds the server the way it was built itself, so it is no release.
    """
    env = os.environ | {"CARGO_TARGET_DIR": str(target), "CARGO_PROFILE_DEV_OPT_LEVEL": "2"}
    subprocess.check_call(["cargo", "build", "-q", "-p", "fieldproof"], cwd=ROOT, env=env)
    return target / "debug/fieldproof"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sample", type=int, default=250)
    parser.add_argument("--only", default="", help="a regular expression for paths of files")
    parser.add_argument("--shard", default="0/1", help="K/N: every Nth mutant of the sample, from the Kth")
    parser.add_argument("--work", type=Path, default=ROOT / "target/runtime-mutants", help="folder for what is built")
    args = parser.parse_args()
    shard, shards = map(int, args.shard.split("/"))
    os.environ["CARGO_PROFILE_DEV_DEBUG"] = "0"
    work = args.work.resolve()
    suite = build(work / "suite")
    tree = prepare(work / str(shard))
    env = os.environ | {"CARGO_TARGET_DIR": str(work / str(shard) / "target"), "INSTA_UPDATE": "no"}
    started = time.time()
    outcome = judge(tree, suite, env)
    if outcome[0] != "survived":
        sys.exit(f"without a mutant: {outcome}")
    print(f"without a mutant: {time.time() - started:.0f} s", flush=True)
    if not RESULTS.exists():
        RESULTS.write_text(COLUMNS)
    done = {line.split("\t")[0] for line in RESULTS.read_text().splitlines()}
    for mutant in sample(tree, args.seed, args.sample, args.only)[shard::shards]:
        place, what = mutant["name"].split(": ", 1)
        key = f"{place} {what}"
        if key in done:
            continue
        # The diff of cargo-mutants has no name of a file in its second line.
        body = mutant["diff"].split("\n", 2)[2]
        diff = f"--- a/{mutant['file']}\n+++ b/{mutant['file']}\n{body}"
        subprocess.run(["git", "apply", "-"], input=diff, text=True, cwd=tree, check=True)
        started = time.time()
        outcome, step, first = judge(tree, suite, env)
        # Failing tests leave files that would make later ones stronger.
        subprocess.check_call(["git", "checkout", "-q", "."], cwd=tree)
        subprocess.check_call(["git", "clean", "-fdq"], cwd=tree)
        line = "\t".join([key, outcome, step, first, f"{time.time() - started:.0f}"])
        with RESULTS.open("a") as file:
            file.write(line + "\n")
        print(line, flush=True)


if __name__ == "__main__":
    main()
