#!/usr/bin/env python3
"""Which mutants schemathesis kills, which `fieldproof mutants` kills, and the
requests that each sends per CPU second; on the same mock, from the exported OpenAPI.

    python3 bench/schemathesis.py kills   # goes on where it was; writes bench/schemathesis.tsv
    python3 bench/schemathesis.py rates

A finding is a check of schemathesis and an operation. A mutant is killed with a seed
when there is a finding that the mock without a mutation does not have with that seed;
surely, when the mock without a mutation has it with no seed that was tried.
"""

import argparse
import contextlib
import json
import os
import random
import shutil
import socket
import subprocess
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

# Areas of the checks that own the mutants.
AREAS = {
    "answer": "status shown command example identifier problem",
    "state": "created updated default unique combination times embedded cascade history idle "
    "read-only computed table parent",
    "input": "required null typed bounds values format characters key unknown malformed media",
    "filter": "selects spellings together encodings",
    "sort": "orders",
    "paging": "pages limits",
    "access": "token scope tenant apart",
    "protocol": "condition absent methods alias parameters",
}
AREA = {check: area for area, checks in AREAS.items() for check in checks.split()}
ROLES = "other-tenant read-only no-scope other-user no-user no-secret".split()

# A member whose name has a control character broke the head of the mock's answer when the
# figures were taken: then schemathesis waits for the rest of it and gives the operation up.
HOOK = """
import schemathesis

def plain(value):
    if isinstance(value, dict):
        return all(name.isprintable() and plain(one) for name, one in value.items())
    return not isinstance(value, list) or all(plain(one) for one in value)

@schemathesis.hook
def filter_body(context, body):
    return plain(body)
"""


@contextlib.contextmanager
def mock(args, mutant=None):
    """The mock, perhaps with one promise broken; gives its address."""
    command = [args.fieldproof, "mock", args.spec, *(["--mutant", mutant] if mutant else [])]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        yield server.stdout.readline().split()[-1]
    finally:
        server.terminate()
        server.wait()


@contextlib.contextmanager
def counted(url):
    """Stands before a server; gives an address and a list with an entry for each request,
    which is when a client speaks for the first time or after an answer."""
    port, asked = int(url.rsplit(":", 1)[1]), []
    listener = socket.create_server(("127.0.0.1", 0))

    def pump(source, sink, turn, mine):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if mine == "client" and turn[0] == "server":
                    asked.append(True)
                turn[0] = mine
                sink.sendall(data)
        with contextlib.suppress(OSError):
            sink.shutdown(socket.SHUT_WR)

    def accept():
        with contextlib.suppress(OSError):
            while True:
                client, turn = listener.accept()[0], ["server"]
                server = socket.create_connection(("127.0.0.1", port))
                for job in ((client, server, turn, "client"), (server, client, turn, "server")):
                    threading.Thread(target=pump, args=job, daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}", asked
    listener.close()


def cpu(command, **how):
    """Runs a program; gives the CPU seconds that it used."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    child = subprocess.Popen([str(one) for one in command], **quiet, **how)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        raise RuntimeError(f"{command} ended with {child.returncode}")
    return used.ru_utime + used.ru_stime


def schemathesis(args, url, seed, report=()):
    """Runs schemathesis; gives the CPU seconds."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "fieldproof_hook.py").write_text(HOOK)
        document = subprocess.check_output([args.fieldproof, "openapi", args.spec])
        Path(folder, "openapi.json").write_bytes(document)
        command = [args.schemathesis, "run", "openapi.json", "-u", url, "-H", "Authorization: Bearer main",
                   "-w", 1, "--seed", seed, "-n", args.examples, "--continue-on-failure", "--no-shrink",
                   "--request-timeout", 2, "--suppress-health-check", "all",
                   "--generation-database", "none", *report]
        env = {**os.environ, "SCHEMATHESIS_HOOKS": "fieldproof_hook", "PYTHONPATH": folder}
        return cpu(command, cwd=folder, env=env)


def conform(args, url, seed, workers):
    """Runs `fieldproof conform`; gives the CPU seconds."""
    roles = [f"--token={role}={role.replace('-', '_')}" for role in ["main", *ROLES]]
    return cpu([args.fieldproof, "conform", url, "--spec", args.spec, *roles, "--fixtures=printed",
                "--token=client=client_id:client_token", "--seed", seed, "--workers", workers])


def judge(args, mutant, seed):
    """One run of schemathesis, as a record."""
    found = set()
    with mock(args, mutant) as url, tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "report.ndjson")
        used = schemathesis(args, url, seed, ("--report", "ndjson", "--report-ndjson-path", path))
        for line in path.open():
            scenario = json.loads(line).get("ScenarioFinished")
            for case in scenario["recorder"].get("checks", {}).values() if scenario else ():
                for check in case:
                    if failure := (check.get("failure_info") or {}).get("failure"):
                        found.add(f"{check['name']} {failure['operation']}")
    return {"mutant": mutant, "seed": seed, "found": sorted(found), "cpu": round(used, 2)}


def sample(args):
    """One mutant of every way to break every check, then others until there are enough."""
    listed = subprocess.check_output([args.fieldproof, "mutants", "--list", args.spec], text=True).split()
    random.Random(args.sample_seed).shuffle(listed)
    first = {one.rsplit(":", 1)[1]: one for one in reversed(listed)}
    rest = [one for one in listed if one not in first.values()]
    return list(first.values()) + rest[:max(0, args.take - len(first))]


def survivors(args, mutants, seed):
    """What `fieldproof mutants` does not kill."""
    command = [args.fieldproof, "mutants", args.spec, f"--seed={seed}", *(f"--only={one}" for one in mutants)]
    text = subprocess.run(command, capture_output=True, text=True).stdout
    print(f"seed {seed}:", text.strip().splitlines()[-1])
    return {line.removeprefix("survived ") for line in text.splitlines()}


def kills(args):
    raw, mutants = Path(args.raw), sample(args)
    raw.parent.mkdir(parents=True, exist_ok=True)
    known = {}
    if raw.exists():
        known = {(one["mutant"], one["seed"]): one for one in map(json.loads, raw.open())}
    further = range(max(args.seeds) + 1, max(args.seeds) + 1 + args.controls)
    plain = [(None, seed) for seed in [*args.seeds, *further]]
    broken = [(mutant, seed) for seed in args.seeds for mutant in mutants]
    todo = [job for job in plain + broken if job not in known]
    with ThreadPoolExecutor(args.side_by_side) as pool, raw.open("a") as file:
        for record in pool.map(lambda job: judge(args, *job), todo):
            known[record["mutant"], record["seed"]] = record
            file.write(json.dumps(record) + "\n")
            file.flush()
    for job in plain:
        print(f"without a mutation, seed {job[1]}:", *known[job]["found"], sep="\n  ")
    ever = {one for job in plain for one in known[job]["found"]}
    survived = {seed: survivors(args, mutants, seed) for seed in args.seeds}
    rows = []
    for mutant, seed in sorted(broken):
        by = [one for one in known[mutant, seed]["found"] if one not in known[None, seed]["found"]]
        area = AREA[mutant.rsplit(":", 1)[1].split("/")[0]]
        rows.append([mutant, area, str(seed), "ny"[bool(by)], "ny"[any(one not in ever for one in by)],
                     "; ".join(by), "yn"[mutant in survived[seed]]])
    head = "mutant group seed schemathesis surely by fieldproof".split()
    Path(args.out).write_text("".join("\t".join(row) + "\n" for row in [head, *rows]))
    table(rows)


def table(rows):
    """Of each group the mutants, and how many each kills with any seed and with all."""
    columns = {"schemathesis": 3, "surely": 4, "fieldproof": 6}
    print("group", "mutants", *(f"{name} {fold}" for name in columns for fold in ("any", "all")), sep="\t")
    for area in [*AREAS, "all"]:
        own = {row[0]: [] for row in rows if area in (row[1], "all")}
        for row in rows:
            own.get(row[0], []).append(row)
        killed = [sum(fold(row[at] == "y" for row in one) for one in own.values())
                  for at in columns.values() for fold in (any, all)]
        print(area, len(own), *killed, sep="\t")
    missed = {row[0] for row in rows if row[3] == "y" and row[6] == "n"}
    print("killed by schemathesis and not by fieldproof:", *sorted(missed) or ["none"])


def rates(args):
    """Requests are counted in a run of their own, before the one that is timed."""
    runs = {"schemathesis": lambda url, seed: schemathesis(args, url, seed)}
    for workers in (8, 1):
        runs[f"conform --workers {workers}"] = lambda url, seed, by=workers: conform(args, url, seed, by)
    for name, run in runs.items():
        for seed in args.seeds:
            with mock(args) as url, counted(url) as (before, asked):
                run(before, seed)
            with mock(args) as url:
                used = run(url, seed)
            print(name, f"seed {seed}", f"{len(asked)} requests", f"{used:.2f} CPU s",
                  f"{len(asked) / used:.0f} per CPU s", sep="\t", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("what", choices=["kills", "rates"])
    parser.add_argument("--fieldproof", default="fieldproof", help="the program")
    parser.add_argument("--schemathesis", default="schemathesis", help="the program")
    parser.add_argument("--spec", type=os.path.abspath, default="spec/profiles.yaml")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--controls", type=int, default=6, help="further seeds without a mutation")
    parser.add_argument("--examples", type=int, default=15, help="--max-examples of schemathesis")
    parser.add_argument("--take", type=int, default=100, help="mutants in the sample, at least")
    parser.add_argument("--sample-seed", type=int, default=1)
    parser.add_argument("--side-by-side", type=int, default=2, help="runs of schemathesis at one time")
    parser.add_argument("--raw", default="target/schemathesis.jsonl",
                        help="what was found; to be removed when --spec or --examples change")
    parser.add_argument("--out", default="bench/schemathesis.tsv")
    args = parser.parse_args()
    for name in ("fieldproof", "schemathesis"):
        found = shutil.which(getattr(args, name)) or parser.error(f"no program {getattr(args, name)}")
        setattr(args, name, os.path.abspath(found))
    {"kills": kills, "rates": rates}[args.what](args)


if __name__ == "__main__":
    main()
