"""What creates take, refuse, keep and show."""

import re

SAME = " Ünïcode e\u0301 & <b> \U0001f600 "


def at(path, value):
    """A body with a value at a place with dots."""
    for name in reversed(path.split(".")):
        value = {name: value}
    return value


class Makes:
    """Creates of one kind of object, with what it needs."""

    def __init__(self, ask, kind):
        self.ask, self.kind = ask, kind
        self.below = ask.depot() if kind == "parcel" else None

    def whole(self, body):
        extra = {"recipient": {"name": "Ada", **body["recipient"]}} if "recipient" in body and isinstance(body["recipient"], dict) else {}
        nested = {"geo": {"lat": 1, "lng": 2}, "customs": {"contents": "x"}, "vehicle": {"kind": "bike"}}
        for name, needs in nested.items():
            if isinstance(body.get(name), dict):
                extra[name] = {**needs, **body[name]}
        return {**body, **extra}

    def taken(self, path, value, shown="same"):
        body = self.whole(at(path, value))
        made = self.ask.parcel(self.below, **body) if self.below else getattr(self.ask, self.kind)(**body)
        for name in path.split("."):
            made = made[name]
        self.ask.expect(made, value if isinstance(shown, str) and shown == "same" else shown, f"{self.kind} {path}")

    def refused(self, path, value, place=None):
        needs = {"depot": {"code": f"X{next(self.ask.numbers)}", "name": "x"},
                 "courier": {"name": "xy", "email": f"x{next(self.ask.numbers)}@a.example", "password": "12345678"},
                 "parcel": {"barcode": f"X{next(self.ask.numbers)}", "carrier": "road", "trackingNo": f"x{next(self.ask.numbers)}",
                            "grams": 1, "recipient": {"name": "x"}}}[self.kind]
        where = f"/v2/depots/{self.below['id']}/parcels" if self.below else f"/v2/{self.kind}s"
        self.ask.refused("POST", where, {**needs, **self.whole(at(path, value))}, place or path)


TEXTS = [("depot", "name", 47, 1, 60), ("depot", "note", 58, 0, 200), ("depot", "address.street", 64, 0, 80),
         ("depot", "address.city", 65, 1, 40), ("depot", "address.postcode", 66, 0, 10), ("depot", "code", 46, 3, 12),
         ("parcel", "barcode", 95, 6, 20), ("parcel", "trackingNo", 97, 1, 30), ("parcel", "note", 109, 0, 100),
         ("parcel", "recipient.name", 116, 1, 80), ("parcel", "customs.contents", 122, 1, 100),
         ("courier", "name", 147, 2, 50), ("courier", "vehicle.plate", 161, 1, 10)]


def texts(ask):
    for kind, path, line, least, most in TEXTS:
        makes = Makes(ask, kind)
        ask.says(line, 14)
        for letter in "xé\U0001f600":
            makes.taken(path, letter * most)
            makes.refused(path, letter * (most + 1))
            if least:
                makes.taken(path, letter * least)
                makes.refused(path, letter * (least - 1))
        ask.says(line, 14)
        room = SAME[:most]
        makes.taken(path, room if least <= len(room) else room * least)
        makes.taken(path, "000123"[:most].zfill(least))
        ask.says(12, line)
        for wrong in (1, True, [], {}):
            makes.refused(path, wrong)
    makes = Makes(ask, "courier")
    ask.says(149)
    makes.refused("password", "1234567")
    makes.refused("password", "x" * 65)
    ask.courier(password="x" * 64)
    makes = Makes(ask, "parcel")
    ask.says(110)
    makes.refused("pin", "123")
    makes.refused("pin", "123456789")


NUMBERS = [("depot", "capacity", 50, 0, 5000, True), ("depot", "geo.accuracy", 72, 0, 10000, True),
           ("parcel", "grams", 99, 1, 70000, True), ("depot", "surcharge", 51, -50, 50, False),
           ("depot", "geo.lat", 70, -90, 90, False), ("depot", "geo.lng", 71, -180, 180, False),
           ("parcel", "declaredValue", 100, 0, 10000, False), ("parcel", "customs.value", 123, 0, 100000, False),
           ("courier", "rating", 153, 0, 5, False)]


def numbers(ask):
    for kind, path, line, least, most, whole in NUMBERS:
        makes = Makes(ask, kind)
        ask.says(line)
        for value in (least, most, least + 1):
            makes.taken(path, value)
        for value in (least - 1, most + 1):
            makes.refused(path, value)
        ask.says(12, line)
        for wrong in ("1", True, [1], {"x": 1}):
            makes.refused(path, wrong)
        if whole:
            ask.says(line)
            makes.refused(path, 1.5)
        else:
            ask.says(15, line)
            makes.taken(path, 1.2345)
            makes.refused(path, 1.23456)


CHOICES = [("depot", "kind", 48, "hub shop locker"), ("depot", "address.country", 67, "NL BE DE FR"),
           ("parcel", "carrier", 96, "road rail air"), ("parcel", "status", 98, "announced stored out delivered"),
           ("parcel", "recipient.language", 118, "nl fr de en"), ("courier", "team", 151, "north south night"),
           ("courier", "vehicle.kind", 160, "bike van truck")]


def choices(ask):
    for kind, path, line, words in CHOICES:
        makes = Makes(ask, kind)
        ask.says(line)
        for word in words.split():
            makes.taken(path, word)
            makes.refused(path, word.swapcase())
        for wrong in ("", "other", 1):
            makes.refused(path, wrong)


LISTS = [("depot", "services", 52, 6, ["return", "pickup", "pickup"], "x"), ("depot", "tags", 53, 5, ["b", "A", "b", "12"], ""),
         ("parcel", "handling", 102, 8, ["dry", "cold", "dry"], "x"), ("courier", "areas", 154, 10, ["Z", "a", "Z"], "x" * 13),
         ("parcel", "photos", 105, 3, ["https://b.example", "http://a.example", "https://b.example"], "ftp://a.example"),
         ("parcel", "customs.codes", 124, 4, ["1234", "0123", "1234"], "123")]


def several(ask):
    for kind, path, line, most, good, bad in LISTS:
        makes = Makes(ask, kind)
        ask.says(line, 14)
        makes.taken(path, good)
        makes.taken(path, [])
        ask.says(line)
        makes.taken(path, [good[0]] * most)
        makes.refused(path, [good[0]] * (most + 1))
        ask.says(line, 26)
        makes.refused(path, [good[0], bad], f"{path}.1")
        ask.says(line, 12, 26, 27)
        makes.refused(path, [good[0], 1], f"{path}.1")
        ask.says(line, 12)
        makes.refused(path, good[0])


def formats(ask):
    depot, parcel, courier = (Makes(ask, kind) for kind in ("depot", "parcel", "courier"))
    for makes, path, line in ((depot, "openedOn", 57), (parcel, "dueOn", 107), (courier, "hiredOn", 152)):
        ask.says(16, line)
        makes.taken(path, "2024-02-29")
        for wrong in ("2026-02-30", "31.03.2026", "", "2026-3-1", 20260331):
            makes.refused(path, wrong)
    ask.says(17, 108)
    parcel.taken("collectedAt", "2026-03-31T08:15:00Z")
    parcel.taken("collectedAt", "2026-03-31T10:15:00.75+02:00", "2026-03-31T08:15:00Z")
    for wrong in ("2026-03-31", "now", "2026-02-30T00:00:00Z", 5):
        parcel.refused("collectedAt", wrong)
    ask.says(148, 117)
    for wrong in ("nobody", "", "a@b@c"):
        courier.refused("email", wrong)
        parcel.refused("recipient.email", wrong)
    ask.says(150)
    courier.taken("phone", "+31 (20) 123-45.67", "+31201234567")
    for wrong in ("123", "+123456", "+1234567890123456", "+12a45678"):
        courier.refused("phone", wrong)
    ask.says(56)
    depot.taken("website", "https://a.example/b?c=d")
    for wrong in ("a.example", "ftp://a.example", "", "https://" + "a" * 200):
        depot.refused("website", wrong)
    ask.says(106)
    parcel.taken("partnerId", "6F9619FF-8B86-D011-B42D-00CF4FC964FF", "6f9619ff-8b86-d011-b42d-00cf4fc964ff")
    parcel.refused("partnerId", "6f9619ff")


FLAGS = [("depot", "active", 49), ("parcel", "fragile", 101), ("parcel", "recipient.leaveOutside", 119),
         ("courier", "vehicle.electric", 162)]


def flags(ask):
    for kind, path, line in FLAGS:
        makes = Makes(ask, kind)
        ask.says(line, 12)
        for value in (True, False):
            makes.taken(path, value)
        for wrong in ("true", "yes", 1, 0, "1"):
            makes.refused(path, wrong)


def needed(ask):
    needs = {"depot": {"code": 46, "name": 47}, "courier": {"name": 147, "email": 148, "password": 149},
             "parcel": {"barcode": 95, "carrier": 96, "trackingNo": 97, "grams": 99, "recipient": 103}}
    depot = ask.depot()
    bodies = {"depot": {"code": "QQQ", "name": "x"}, "courier": {"name": "xy", "email": "q@a.example", "password": "12345678"},
              "parcel": {"barcode": "QQQQQQ", "carrier": "road", "trackingNo": "q", "grams": 1, "recipient": {"name": "x"}}}
    for kind, names in needs.items():
        where = f"/v2/depots/{depot['id']}/parcels" if kind == "parcel" else f"/v2/{kind}s"
        for name, line in names.items():
            without = {key: value for key, value in bodies[kind].items() if key != name}
            ask.says(line, 27, 26)
            ask.refused("POST", where, without, name)
            ask.says(13, line)
            ask.refused("POST", where, {**without, name: None}, name)
    for kind, body, place, line in (("depot", {"geo": {"lng": 1}}, "geo.lat", 70), ("depot", {"geo": {"lat": 1}}, "geo.lng", 71),
                                    ("parcel", {"recipient": {}}, "recipient.name", 116),
                                    ("parcel", {"customs": {}}, "customs.contents", 122),
                                    ("courier", {"vehicle": {}}, "vehicle.kind", 160)):
        where = f"/v2/depots/{depot['id']}/parcels" if kind == "parcel" else f"/v2/{kind}s"
        ask.says(line, 26)
        ask.refused("POST", where, {**bodies[kind], **body}, place)
    ask.says(13)
    for name in ("kind", "active", "capacity", "services", "tags", "address"):
        ask.says(13, {"kind": 48, "active": 49}.get(name, 13))
        ask.refused("POST", "/v2/depots", {**bodies["depot"], name: None}, name)
    nothing = ("surcharge", "geo", "website", "openedOn", "note")
    ask.says(18)
    made = ask.depot(**dict.fromkeys(nothing))
    ask.expect([made.get(name, "?") for name in nothing], [None] * 5, "nullable members")


DEPOT = {"kind": "shop", "active": True, "capacity": 100, "surcharge": None, "services": [], "tags": [],
         "address": {"street": None, "city": "Unknown", "postcode": None, "country": "NL"}, "geo": None, "website": None,
         "openedOn": None, "note": None}
PARCEL = {"status": "announced", "declaredValue": 0, "fragile": False, "handling": [],
          "recipient": {"name": "Ada", "email": None, "language": "nl", "leaveOutside": False}, "customs": None,
          "photos": [], "partnerId": None, "dueOn": None, "collectedAt": None, "note": None}
COURIER = {"phone": None, "team": None, "hiredOn": None, "rating": 5, "areas": [], "vehicle": None}


def defaults(ask):
    depot, courier = ask.depot(code="ABC", name="Name"), ask.courier()
    parcel = ask.parcel(depot, trackingNo="T")
    stamps = {"id", "createdAt", "updatedAt"}
    wanted = ((depot, DEPOT, range(45, 62), {"code", "name", "label"}), (courier, COURIER, range(146, 158), {"name", "email"}),
              (parcel, PARCEL, range(94, 120), {"barcode", "carrier", "trackingNo", "grams", "summary"}))
    ask.says(59)
    ask.expect(depot["label"], "ABC Name", "label")
    ask.says(111)
    ask.expect(parcel["summary"], "road T", "summary")
    for shown, expected, lines, own in wanted:
        ask.says(18, *lines)
        ask.expect(sorted(shown), sorted(set(expected) | own | stamps), "the members of an answer")
        for name, value in expected.items():
            ask.expect(shown[name], value, name)
        ask.says(17, 60, 112, 157, 156, 113, 61)
        for name in ("createdAt", "updatedAt"):
            ask.expect(bool(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", shown[name])), True, shown[name])
        ask.expect(shown["createdAt"], shown["updatedAt"], "updatedAt at first")
    ask.says(12, 45)
    ask.expect(type(depot["id"]) is int, True, "id is a number")
    ask.says(94)
    ask.expect(parcel["id"][14], "7", "the version of an id")
    ask.says(146)
    ask.expect(bool(re.fullmatch("[0-9a-f]{24}", courier["id"])), True, "24 digits")
    ask.says(18)
    ask.expect(ask.get(f"/v2/depots/{depot['id']}"), depot, "a depot that is read")
    ask.expect(ask.get(f"/v2/couriers/{courier['id']}"), courier, "a courier that is read")
    ask.says(18, 110)
    ask.expect(ask.get(f"/v2/depots/{depot['id']}/parcels/{parcel['id']}"), parcel, "a parcel that is read")
    ask.says(12, 99)
    ask.expect(type(parcel["grams"]) is int, True, "grams is a number")
    ask.says(18, 21, 88)
    odd = ask.depot(colour="red", address={"city": "X"}, label="own", id=7)
    ask.expect("colour" in odd, False, "unknown members")
    ask.expect(odd["address"], {**DEPOT["address"], "city": "X"}, "address")


def read_only(ask):
    ask.says(22, 45, 59)
    depot = ask.depot(id=9999, label="own", createdAt="2000-01-01T00:00:00Z")
    ask.expect((depot["id"] == 9999, depot["label"] == "own"), (False, False), "read-only members of a create")
    ask.says(22, 111)
    parcel = ask.parcel(depot, summary="own", id="x")
    ask.expect(parcel["summary"], f"road {parcel['trackingNo']}", "summary")
    path = f"/v2/depots/{depot['id']}"
    changed = ask.done("PATCH", f"{path}/parcels/{parcel['id']}", {"summary": "own", "createdAt": None, "id": 5})
    ask.expect(changed["summary"], parcel["summary"], "summary")
    ask.says(22, 46)
    changed = ask.done("PATCH", path, {"code": "OTHER"})
    ask.expect(changed["code"], depot["code"], "code")


PARTS = [texts, numbers, choices, several, formats, flags, needed, defaults, read_only]
