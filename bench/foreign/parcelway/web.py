"""Requests and answers: paths, keys, bodies and refusals."""

import json
import re
import threading
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

from . import tables
from .lists import BadParameter, Lists, Parameters
from .rules import Rules
from .store import Refusal, Store, not_found

MOST = 1 << 20
PATH = re.compile(r"/v2/(?:depots/([^/]+)/(parcels)|(depots|couriers))(?:/([^/]+))?")


class Parcelway(Rules, Lists, Store):
    """The whole service, without the network."""

    def __init__(self, keys):
        super().__init__()
        self.keys = keys
        self.depots, self.parcels, self.couriers = tables.depots(), tables.parcels(), tables.couriers()
        self.lock = threading.RLock()

    def guard(self, method):
        """What keeps requests one after the other."""
        return self.lock

    def answer(self, method, target, key, raw):
        """The status and the body of an answer."""
        try:
            with self.guard(method):
                return self.route(method, target, key, raw)
        except Refusal as refusal:
            return self.refused(refusal)
        except BadParameter as bad:
            mistakes = [(str(bad), "not_allowed")]
            return self.refused(Refusal(400, "bad_parameter", "A value is not allowed.", mistakes))
        except Exception:
            traceback.print_exc()
            return self.refused(Refusal(500, "internal", "Something went wrong here."))

    def refused(self, refusal):
        fields = [{"field": place, "code": code, "message": code.replace("_", " ")} for place, code in refusal.mistakes]
        return refusal.status, {"error": {"code": refusal.code, "message": refusal.message, "fields": fields}}

    def account(self, method, target, key):
        if key not in self.keys:
            raise Refusal(401, "unauthorized", "Send a key that we know in X-Api-Key.")
        return self.keys[key]

    def route(self, method, target, key, raw):
        account = self.account(method, target, key)
        path, _, query = target.partition("?")
        parts = PATH.fullmatch(path)
        if not parts:
            raise not_found()
        depot, below, top, text = parts.groups()
        resource, parent = getattr(self, below or top), None
        if depot:
            parent = self.above(account, unquote(depot))
        if text is None:
            return self.collection(method, resource, account, parent, query, raw)
        return self.single(method, resource, account, parent, unquote(text), raw)

    def above(self, account, text):
        """The id of the depot that a path names."""
        return self.find(self.depots, account, None, text).values["id"]

    def collection(self, method, resource, account, parent, query, raw):
        if method == "GET":
            return 200, self.listed(resource, self.rows(resource, account, parent), Parameters(query))
        if method == "POST":
            return self.create(resource, account, parent, self.body(raw))
        raise self.wrong_method()

    def single(self, method, resource, account, parent, text, raw):
        if method not in ("GET", resource.verb, "DELETE"):
            raise self.wrong_method()
        row = self.find(resource, account, parent, text)
        if method == "GET":
            return 200, self.show(resource, row)
        if method == "DELETE":
            return self.remove(resource, row)
        return self.change(resource, row, self.body(raw))

    def wrong_method(self):
        return Refusal(405, "method_not_allowed", "This path does not take the method.")

    def body(self, raw):
        def constant(name):
            raise ValueError(name)

        try:
            body = json.loads(raw.decode(), parse_constant=constant)
            json.dumps(body, ensure_ascii=False).encode()
        except (ValueError, RecursionError):
            raise Refusal(400, "bad_json", "The body is not JSON.") from None
        if not isinstance(body, dict):
            raise Refusal(400, "bad_json", "The body is not a JSON object.")
        return body


class Handler(BaseHTTPRequestHandler):
    """Speaks HTTP/1.1 and keeps connections."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    way = None

    def serve(self):
        length = self.headers.get("Content-Length", "0")
        if self.headers.get("Transfer-Encoding") or not length.isascii() or not length.isdigit():
            return self.give_up(Refusal(411, "length_required", "Send a Content-Length."))
        if len(length) > 18 or int(length) > MOST:
            # Who still writes does not read: most of it is taken in.
            for _ in range(min(int(length[:18]), 16 * MOST) // MOST):
                self.rfile.read(MOST)
            return self.give_up(Refusal(413, "too_large", "The body is too large."))
        raw = self.rfile.read(int(length))
        self.send(*self.way.answer(self.command, self.path, self.headers.get("X-Api-Key"), raw))

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = serve

    def give_up(self, refusal):
        """Refuses what cannot be read; the rest of the connection is of no use."""
        self.close_connection = True
        self.send(*self.way.refused(refusal))

    def send_error(self, code, message=None, explain=None):
        self.give_up(Refusal(code, "http_error", message or "This is not understood."))

    def send(self, status, body):
        text = b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        if body is not None:
            self.send_header("Content-Type", "application/json")
        if status != 204:
            self.send_header("Content-Length", str(len(text)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text)

    def log_message(self, *_):
        """Nobody reads it."""


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


def serve(way, port):
    """A server that listens; `serve_forever` begins."""
    return Server(("127.0.0.1", port), type("Bound", (Handler,), {"way": way}))
