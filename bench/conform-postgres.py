"""Judges APIs over PostgreSQL: several servers over one throw-away database, and the suite in
front of a proxy that sprays requests over all. The APIs are the neutral ones of `runtime/e2e`, or
with `--generated` those of `spec`.

    cargo build -p fieldproof -p fieldproof-e2e -p fieldproof-server
    python3 bench/conform-postgres.py [--servers N] [--generated] [arguments of `fieldproof conform`]

Debian's package `postgresql` has the programs. Nothing is left behind.
"""

import argparse
import glob
import itertools
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent

# A package with a server, its specs, and its scopes; what a scope reveals is asked for apart.
NEUTRAL = ("fieldproof-e2e", "runtime/e2e/spec",
           ["shelves", "agents", "agents.pass", "loans", "depots", "members"])
GENERATED = ("fieldproof-server", "spec",
             ["myaccount", "profiles", "accounts", "resellers", "resellers.sso"])

# Lists of what documents print and the suite asks for; a mock has the objects.
PRINTED = [("accounts", "Account", "/accounts"), ("profiles", "Profile", "/profiles")]

FIELDPROOF = ROOT / "target/debug/fieldproof"
KEY = "00112233445566778899aabbccddeeff" * 2
NOBODY = 65534


def programs():
    """The folder with PostgreSQL's programs."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"))
    found = found[-1] if found else shutil.which("initdb")
    if not found:
        sys.exit("`initdb` is nowhere; install `postgresql`")
    return pathlib.Path(found).parent


class Cluster:
    """A PostgreSQL server in a folder of its own."""

    def __init__(self, folder):
        self.folder, self.programs = folder, programs()
        self.as_other = {"user": NOBODY, "group": NOBODY} if os.geteuid() == 0 else {}
        if self.as_other:
            os.chown(folder, NOBODY, NOBODY)
        self.run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C",
                 "--no-sync", "-D", "data")
        self.process = subprocess.Popen(
            [self.programs / "postgres", "-D", "data", "-c", "listen_addresses=", "-k", folder,
             "-c", "max_connections=400"],
            cwd=folder, stderr=subprocess.DEVNULL, **self.as_other)
        state = pathlib.Path(folder, "data/postmaster.pid")
        while not (state.exists() and state.read_text().rstrip().endswith("ready")):
            time.sleep(0.05)
        self.url = f"postgres://postgres@/postgres?host={folder}"

    def run(self, name, *arguments):
        subprocess.run([self.programs / name, *arguments], cwd=self.folder, check=True,
                       stdout=subprocess.DEVNULL, **self.as_other)

    def end(self):
        self.process.send_signal(2)
        self.process.wait()


def environment(url, folder):
    """What servers and their commands are told."""
    return {
        **os.environ,
        "FIELDPROOF_DATABASE": url,
        "FIELDPROOF_SECRET_KEY": KEY,
        "FIELDPROOF_BOOTSTRAP_TOKEN": "unused",
        "FIELDPROOF_MAIL": f"file:{folder}/mails",
        "FIELDPROOF_SIGNUP_URL": "http://127.0.0.1/signup",
        "FIELDPROOF_ALLOW_PRIVATE_WEBHOOKS": "127.0.0.0/8",
        "FIELDPROOF_WEBHOOK_SCHEDULE": "50ms,100ms,200ms,400ms,1s,2s",
        "FIELDPROOF_WEBHOOK_TIME_OUT": "2s",
        "FIELDPROOF_LOG": "warn",
    }


def spray(addresses):
    """Listens, and gives each connection to the next server."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=256)
    turns = itertools.cycle(addresses)

    def copy(source, target):
        try:
            while data := source.recv(65536):
                target.sendall(data)
        except OSError:
            pass
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def serve():
        while True:
            client, _ = listener.accept()
            host, port = next(turns).rsplit(":", 1)
            server = socket.create_connection((host, int(port)))
            for pair in ((client, server), (server, client)):
                threading.Thread(target=copy, args=pair, daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    return f"127.0.0.1:{listener.getsockname()[1]}"


def tokens(program, env, scopes):
    """A token for each role."""
    def token(tenant, user, scope, what="token"):
        command = [program, what, "create", "--tenant", tenant, "--scope", scope]
        command += ["--user", user] if user else []
        return subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE,
                              text=True).stdout.strip()
    every, read = ",".join(scopes), ",".join(f"{one.split('.')[0]}:read" for one in scopes)
    main, other = "main@example.org", "other@example.org"
    return {
        "main": token("main", main, every),
        "user": main,
        "other-tenant": token("other", main, every),
        "read-only": token("main", main, read),
        "no-scope": token("main", main, "none"),
        "other-user": token("main", other, every),
        "no-user": token("main", None, every),
        "client": token("main", main, every, "client").replace("\t", ":"),
        "no-secret": token("main", main, ",".join(one for one in scopes if "." not in one)),
    }


def load(program, env):
    """Imports for two users what documents print."""
    for api, resource, path in PRINTED:
        mock = subprocess.Popen([FIELDPROOF, "mock", ROOT / f"spec/{api}.yaml"],
                                stdout=subprocess.PIPE, text=True)
        try:
            url = mock.stdout.readline().split()[-1]
            for role, user in [("main", "main@example.org"), ("other_user", "other@example.org")]:
                request = urllib.request.Request(url + path)
                request.add_header("Authorization", f"Bearer {role}")
                with urllib.request.urlopen(request) as answer:
                    objects = answer.read()
                command = [program, "import", "--api", api, "--resource", resource,
                           "--tenant", "main", "--user", user, "-"]
                subprocess.run(command, env=env, check=True, input=objects,
                               stdout=subprocess.DEVNULL)
        finally:
            mock.kill()
            mock.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--servers", type=int, default=3)
    parser.add_argument("--generated", action="store_true")
    own, conform = parser.parse_known_args()
    package, spec, scopes = GENERATED if own.generated else NEUTRAL
    program = ROOT / "target/debug" / package
    folder = tempfile.mkdtemp(prefix="fieldproof-pg-")
    cluster, servers = Cluster(folder), []
    try:
        env = environment(cluster.url, folder)
        addresses = []
        for _ in range(own.servers):
            server = subprocess.Popen([program, "--listen", "127.0.0.1:0"], env=env,
                                      stdout=subprocess.PIPE, text=True)
            servers.append(server)
            line = server.stdout.readline().strip()
            addresses.append(line.removeprefix("listening on http://"))
        given = []
        for role, token in tokens(program, env, scopes).items():
            given += ["--token", f"{role}={token}"]
        if own.generated:
            load(program, env)
            given += ["--fixtures", "printed"]
        judged = subprocess.run(
            [FIELDPROOF, "conform", f"http://{spray(addresses)}", "--spec",
             ROOT / spec, *given, "--mails", f"{folder}/mails", *conform], cwd=ROOT)
        sys.exit(judged.returncode)
    finally:
        for server in servers:
            server.kill()
            server.wait()
        cluster.end()
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
