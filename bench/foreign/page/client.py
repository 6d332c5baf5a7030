"""A plain client that notes what it did not expect."""

import itertools
import json
from urllib.parse import urlencode

FIRST, SECOND = "key-of-first", "key-of-second"


class Client:
    """Asks a service, in this process, and notes what is not as the page says."""

    def __init__(self, way):
        self.way, self.missed, self.lines = way, [], set()
        self.numbers = itertools.count(100000)

    def says(self, *lines):
        """The lines that what follows rests on."""
        self.lines = set(lines)
        return self

    def expect(self, found, wanted, text=""):
        # 1 is not true.
        if json.dumps(found, sort_keys=True) != json.dumps(wanted, sort_keys=True):
            self.missed.append((self.lines, f"{text} is {wanted!r}, got {found!r}"))

    def send(self, method, path, body=None, key=FIRST, raw=None):
        raw = raw if raw is not None else b"" if body is None else json.dumps(body).encode()
        status, answer = self.way.answer(method, path, key, raw)
        return status, json.loads(json.dumps(answer))

    def done(self, method, path, body=None, status=200, key=FIRST):
        """The answer of a request that has to have this status."""
        found, answer = self.send(method, path, body, key)
        self.expect(found, status, f"{method} {path} {body}")
        return answer

    def get(self, path, key=FIRST, **query):
        return self.done("GET", f"{path}?{urlencode(query)}" if query else path, key=key)

    def refused(self, method, path, body, *places, code="validation_failed", status=400, key=FIRST):
        """A refusal in the one form of all errors, which names these places."""
        found, answer = self.send(method, path, body, key)
        error = answer.get("error", {}) if isinstance(answer, dict) else {}
        self.expect(found, status, f"{method} {path} {body}")
        self.expect(error.get("code"), code, f"the code of {method} {path} {body}")
        self.expect(isinstance(error.get("message"), str), True, "the message of an error")
        named = sorted({one["field"] for one in error.get("fields", [])})
        self.expect(named, sorted(places), f"the fields of {method} {path} {body}")

    def depot(self, key=FIRST, **values):
        body = {"code": f"D{next(self.numbers)}", "name": "Depot", **values}
        return self.done("POST", "/v2/depots", body, 201, key)

    def parcel(self, depot, **values):
        number = next(self.numbers)
        body = {"barcode": f"B{number}", "carrier": "road", "trackingNo": f"T{number}", "grams": 10,
                "recipient": {"name": "Ada"}, **values}
        return self.done("POST", f"/v2/depots/{depot['id']}/parcels", body, 201)

    def courier(self, key=FIRST, **values):
        body = {"name": "Bo", "email": f"c{next(self.numbers)}@a.example", "password": "12345678", **values}
        return self.done("POST", "/v2/couriers", body, 200, key)

    def selected(self, path, wanted, **query):
        """A list has these objects, in any order."""
        answer = self.get(path, **query)
        items = answer["items"] if isinstance(answer, dict) else answer
        found, ids = [one["id"] for one in items], [one["id"] for one in wanted]
        self.expect(sorted(found, key=str), sorted(ids, key=str), f"{path} {query}")

    def ordered(self, path, wanted, **query):
        """A list has these objects, in this order."""
        answer = self.get(path, **query)
        items = answer["items"] if isinstance(answer, dict) else answer
        self.expect([one["id"] for one in items], [one["id"] for one in wanted], f"{path} {query}")
