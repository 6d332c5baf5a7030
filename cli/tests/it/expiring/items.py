"""A small service whose tokens end: each is good for some requests, then it is unknown.

    items.py REQUESTS    serves /items and the token endpoint /token of the client ci:s3cret
    items.py URL         prints a token of such a service
"""

import base64
import json
import sys
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CLIENT = "Basic " + base64.b64encode(b"ci:s3cret").decode()
TOKENS, ITEMS = {}, {}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, value=None):
        body = b"" if value is None else json.dumps(value).encode()
        self.send_response(status)
        if value is not None:
            self.send_header("Content-Type", "application/json")
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def body(self):
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def serve(self):
        body = self.body()
        if self.command == "POST" and self.path == "/token":
            if self.headers.get("Authorization") != CLIENT or b"grant_type=client_credentials" not in body:
                return self.answer(401, {"error": "invalid_client"})
            token = f"token-{len(TOKENS)}"
            TOKENS[token] = int(sys.argv[1])
            return self.answer(200, {"access_token": token, "token_type": "Bearer"})
        if self.path == "/tokens":
            return self.answer(200, len(TOKENS))
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if TOKENS.get(token, 0) == 0:
            return self.answer(401, {"error": "invalid_token"})
        TOKENS[token] -= 1
        path, _, name = self.path.partition("?")[0].removeprefix("/").partition("/")
        if path != "items":
            return self.answer(404, {"error": "not_found"})
        if not name and self.command == "GET":
            return self.answer(200, list(ITEMS.values()))
        if not name and self.command == "POST":
            item = json.loads(body)
            number = max(ITEMS, default=0) + 1
            ITEMS[number] = {"id": number, "name": item["name"], "price": item.get("price")}
            return self.answer(201, ITEMS[number])
        number = int(name) if name.isdigit() else 0
        if number not in ITEMS:
            return self.answer(404, {"error": "not_found"})
        if self.command == "GET":
            return self.answer(200, ITEMS[number])
        return self.answer(204, ITEMS.pop(number) and None)

    do_GET = do_POST = do_DELETE = serve


if sys.argv[1].isdigit():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(f"listening on http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()
else:
    head = {"Authorization": CLIENT}
    request = urllib.request.Request(sys.argv[1] + "/token", b"grant_type=client_credentials", head)
    print(json.load(urllib.request.urlopen(request))["access_token"])
