#!/usr/bin/env python3
"""The sample service does what parcels.txt says, and each defect breaks a line that its row names.

    python3 bench/foreign/test_service.py          # everything, a few minutes
    python3 bench/foreign/test_service.py Service  # without the defects
"""

import contextlib
import http.client
import io
import json
import subprocess
import sys
import unittest
from pathlib import Path

import page
from page.client import FIRST, SECOND
from parcelway import defects
from parcelway.web import Parcelway

HERE = Path(__file__).parent
KEYS = {FIRST: "first", SECOND: "second"}


def numbers(text):
    """The lines of a citation such as `12,116-119`."""
    found = set()
    for part in text.split(","):
        first, _, last = part.partition("-")
        found |= set(range(int(first), int(last or first) + 1))
    return found


class Service(unittest.TestCase):
    def test_it_does_what_the_page_says(self):
        self.assertEqual(page.judge(lambda: Parcelway(KEYS)), [])

    def test_every_line_of_an_operation_or_a_member_is_tried(self):
        text = (HERE / "parcels.txt").read_text(encoding="utf-8").splitlines()
        for row in defects.rows():
            self.assertTrue(all(text[line - 1].strip() for line in numbers(row["lines"])), row["name"])

    def test_it_speaks_http(self):
        command = [sys.executable, HERE / "service.py", "--port", "0", "--key", "a=one"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            try:
                address = server.stdout.readline().split("//")[1].strip()
                self.converse(http.client.HTTPConnection(address, timeout=10))
            finally:
                server.terminate()

    def converse(self, line):
        key = {"X-Api-Key": "one"}

        def ask(method, path, body=None, headers=key):
            line.request(method, path, body, headers)
            answer = line.getresponse()
            return answer.status, answer.getheaders(), answer.read()

        status, headers, text = ask("POST", "/v2/depots", json.dumps({"code": "Ünï", "name": "\U0001f600"}))
        self.assertEqual((status, json.loads(text)["name"]), (201, "\U0001f600"))
        self.assertEqual(dict(headers)["Content-Type"], "application/json")
        self.assertFalse({"ETag", "Location", "Link", "X-Total-Count"} & set(dict(headers)))
        # One connection carries them all.
        socket = line.sock
        self.assertEqual(ask("GET", "/v2/depots?q=%F0%9F%98%80")[0], 200)
        self.assertEqual(ask("GET", "/v2/depots", headers={})[0], 401)
        self.assertEqual(ask("DELETE", "/v2/depots/1")[::2], (204, b""))
        self.assertEqual(ask("PUT", "/v2/depots/1", "{}")[0], 405)
        self.assertIs(line.sock, socket)
        for method in ("HEAD", "OPTIONS"):
            self.assertEqual(ask(method, "/v2/depots")[0], 501)
        self.assertEqual(ask("POST", "/v2/depots", b"x" * (1 << 21))[0], 413)


class Defects(unittest.TestCase):
    def test_the_table_has_each_of_them_once(self):
        self.assertEqual(sorted(row["name"] for row in defects.rows()), sorted(defects.ALL))

    def test_each_breaks_a_line_that_its_row_names(self):
        for row in defects.rows():
            with self.subTest(row["name"]), contextlib.redirect_stderr(io.StringIO()):
                self.assertTrue(numbers(row["lines"]) & self.broken(row["name"]))

    def broken(self, name):
        """The lines that a service with a defect does not keep."""

        def make():
            way = Parcelway(KEYS)
            defects.ALL[name](way)
            return way

        return {line for lines, _ in page.judge(make) for line in lines}


if __name__ == "__main__":
    unittest.main()
