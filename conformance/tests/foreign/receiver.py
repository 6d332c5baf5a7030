"""Receives what watches of `codegen/tests/cases/notification` send, and verifies it.

    python3 receiver.py http://127.0.0.1:PORT/notification TOKEN

Written from what the three signature schemes say, with the standard library alone, so a
service and the suite that judges it cannot be wrong in the same way. Prints what is not
as the spec says, a line each, and ends with 1 where there is any.
"""

import hashlib
import hmac
import json
import sys
import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

taken = []
came = threading.Condition()


class Inbox(BaseHTTPRequestHandler):
    """Keeps what is sent, with the names of header fields in lower case."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        fields = {name.lower(): value for name, value in self.headers.items()}
        with came:
            taken.append((self.path, fields, body))
            came.notify_all()
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


def digits(secret, text):
    """HMAC-SHA256 in hexadecimal digits; the key is the text of the secret."""
    return hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()


def of_body(secret, header, body, prefix="sha256="):
    """One header of hexadecimal digits over the body as it came."""
    expected = prefix + digits(secret, body)
    return any(hmac.compare_digest(one, expected) for one in header.split(","))


def of_moment(secret, header, body, now, tolerance=300):
    """`t=SECONDS,v1=DIGITS` over `SECONDS.BODY`."""
    pairs = [part.split("=", 1) for part in header.split(",")]
    moment = next(value for name, value in pairs if name == "t")
    expected = digits(secret, moment.encode() + b"." + body)
    signed = any(n == "v1" and hmac.compare_digest(v, expected) for n, v in pairs)
    return signed and abs(now - int(moment)) <= tolerance


def vectors():
    """Examples that others have printed: RFC 4231 test case 2, and the manual of GitHub."""
    jefe = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    assert digits("Jefe", b"what do ya want for nothing?") == jefe
    secret = "It's a Secret to Everybody"
    header = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
    assert of_body(secret, header, b"Hello, World!")
    assert not of_body(secret, header, b"Hello, World?")
    at = f"t=1492774577,v1={digits('whsec_a', b'1492774577.{}')}"
    assert of_moment("whsec_a", f"{at},v0=00", b"{}", 1492774577)
    assert not of_moment("whsec_a", at, b"{}", 1492775577)
    assert not of_moment("whsec_b", at, b"{}", 1492774577)


def main(base, token):
    vectors()
    wrong = []

    def ensure(holds, what):
        if not holds:
            wrong.append(what)

    def call(method, path, body=None):
        fields = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        text = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(base + path, text, fields, method=method)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                text = answer.read()
                return answer.status, json.loads(text) if text else None
        except urllib.error.HTTPError as error:
            return error.code, None

    server = ThreadingHTTPServer(("127.0.0.1", 0), Inbox)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    inbox = f"http://127.0.0.1:{server.server_address[1]}"

    def key(path):
        return call("POST", path, {"name": "a key", "algorithm": "hmac-sha256"})[1]

    pair = {"name": "a pair", "algorithm": "ed25519"}
    for path in ["/secrets", "/seals"]:
        ensure(call("POST", path, pair)[0] == 422, f"{path} makes pairs that sign nothing")
    old, new, seal = key("/secrets"), key("/secrets"), key("/seals")
    proof = {"on": True, "by": [old["id"], new["id"]]}
    hook = call("POST", "/hooks", {"url": f"{inbox}/hook", "proof": proof})[1]
    proof = {"on": True, "by": [seal["id"]]}
    body = {"url": f"{inbox}/beacon", "before": True, "proof": proof}
    beacon = call("POST", "/beacons", body)[1]
    wire = call("POST", "/wires", {"url": f"{inbox}/wire"})[1]

    first = call("POST", "/parcels", {"label": "a \u20ac \"b\""})[1]
    own = f"/parcels/{first['parcelId']}"
    second = call("PUT", own, {"label": "c"})[1]
    call("DELETE", own)
    for path in [f"/hooks/{hook['id']}", f"/beacons/{beacon['id']}", f"/wires/{wire['id']}"]:
        call("POST", f"{path}/ping")
    with came:
        came.wait_for(lambda: len(taken) >= 12, 20)
    time.sleep(0.2)
    ensure(len(taken) == 12, f"12 notifications come, not {len(taken)}")

    changes = [(first, None), (second, first), (second, second)]
    sent = [one for one in taken if one[0] == "/hook"]
    order = ["parcel.created", "parcel.changed", "parcel.gone", "hook.test"]
    names = [fields.get("x-parcel-event") for _, fields, _ in sent]
    # Only what is about one object has an order.
    ensure([one for one in names if one != order[3]] == order[:3], f"/hook is told {names}")
    ensure(set(names) == set(order), f"/hook is told {names}")
    for _, fields, body in sent:
        told, name = json.loads(body), fields.get("x-parcel-event")
        members = ["id", "type", "created", "data", "previous"]
        ensure(sorted(told) == sorted(members), f"an envelope has {list(told)}")
        ensure(told.get("type") == name, f"{name} is {told.get('type')} in the envelope")
        moment = told.get("created")
        near = isinstance(moment, int) and abs(time.time() - moment) < 60
        ensure(near, f"{name} happened at {moment}")
        signature = fields.get("x-parcel-signature-256", "")
        for secret in [old["secret"], new["secret"]]:
            ensure(of_body(secret, signature, body), f"{name} is signed by {signature!r}")
        ensure(len(signature.split(",")) == 2, f"two keys sign as {signature!r}")
        if name in order[:3]:
            at = order.index(name)
            pair = (told.get("data"), told.get("previous"))
            ensure(pair == changes[at], f"{name} brings {pair}, not {changes[at]}")
        else:
            ensure(told["data"]["id"] == hook["id"], f"a ping brings {told['data']}")
        others = [one for one in fields if one.startswith(("webhook-", "x-watch-"))]
        ensure(not others, f"{name} has {others}")
    ids = {json.loads(body).get("id") for _, _, body in sent}
    ensure(len(ids) == 4, f"four notifications have the identifiers {ids}")

    sent = [one for one in taken if one[0] == "/beacon"]
    order = ["created", "modified", "deleted"]
    names = [fields.get("x-event") for _, fields, _ in sent]
    ensure([one for one in names if one != "ping"] == order, f"/beacon is told {names}")
    ensure("ping" in names, f"/beacon is told {names}")
    for _, fields, body in sent:
        told, name = json.loads(body), fields.get("x-event")
        signature = fields.get("x-signature", "t=0")
        signed = of_moment(seal["secret"], signature, body, time.time())
        ensure(signed, f"{name} is signed by {signature!r}")
        ensure(fields.get("x-moment") == signature.split(",")[0][2:], f"{name} has two moments")
        if name in order:
            now, before = changes[order.index(name)]
            ensure(told == {**now, "before": before}, f"{name} brings {told}")
            ensure(fields.get("x-parcel") == first["parcelId"], f"{name} is about another one")
    ids = {fields.get("x-delivery") for _, fields, _ in sent}
    ensure(len(ids) == 4 and None not in ids, f"four notifications have the identifiers {ids}")

    sent = [json.loads(body) for path, _, body in taken if path == "/wire"]
    names = {told.get("kind") for told in sent}
    ensure(names == {"created", "updated", "deleted", "hello"}, f"/wire is told {names}")
    for told in sent:
        ensure(sorted(told) == ["at", "kind", "parcel"], f"an envelope has {list(told)}")
        ensure(len(told.get("at", "")) == 24, f"it happened at {told.get('at')}")
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
