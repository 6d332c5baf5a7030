"""Keys, accounts and the form of errors."""

from .client import FIRST, SECOND


def keys(ask):
    depot, courier = ask.depot(), ask.courier()
    parcel = ask.parcel(depot)
    below = f"/v2/depots/{depot['id']}/parcels"
    ask.says(8, 30, 25)
    for key in (None, "nobody"):
        for path in ("/v2/depots", "/v2/couriers", below):
            ask.refused("GET", path, None, code="unauthorized", status=401, key=key)
            ask.refused("POST", path, {"name": "x"}, code="unauthorized", status=401, key=key)
        for path in (f"/v2/depots/{depot['id']}", f"{below}/{parcel['id']}", f"/v2/couriers/{courier['id']}", f"/v2/couriers/{'0' * 24}"):
            for method in ("GET", "PATCH", "PUT", "DELETE"):
                ask.refused(method, path, {}, code="unauthorized", status=401, key=key)


def accounts(ask):
    depot, courier = ask.depot(code="ABC", name="Same"), ask.courier(email="own@a.example")
    parcel = ask.parcel(depot)
    below = f"/v2/depots/{depot['id']}/parcels"
    ask.says(9, 31)
    for path in (f"/v2/depots/{depot['id']}", f"{below}/{parcel['id']}", f"/v2/couriers/{courier['id']}"):
        for method in ("GET", "PUT" if "couriers" in path else "PATCH", "DELETE"):
            ask.refused(method, path, {}, code="not_found", status=404, key=SECOND)
    for method in ("GET", "POST"):
        ask.refused(method, below, {}, code="not_found", status=404, key=SECOND)
    ask.says(9)
    ask.expect(ask.get("/v2/couriers", key=SECOND), [], "couriers of nobody")
    for query in ({}, {"code": "ABC"}, {"name": "same"}, {"kind": "shop"}):
        answer = ask.get("/v2/depots", key=SECOND, **query)
        ask.expect((answer["items"], answer["total"]), ([], 0), f"depots of nobody with {query}")
    ask.says(9, 46)
    ask.depot(key=SECOND, code="ABC")
    ask.says(9, 148)
    ask.courier(key=SECOND, email="own@a.example")


def parents(ask):
    one, other = ask.depot(), ask.depot()
    parcel = ask.parcel(one)
    ask.says(93, 31)
    wrong = f"/v2/depots/{other['id']}/parcels/{parcel['id']}"
    for method in ("GET", "PATCH", "DELETE"):
        ask.refused(method, wrong, {}, code="not_found", status=404)
    ask.says(93, 126)
    ask.selected(f"/v2/depots/{other['id']}/parcels", [])
    ask.says(31, 93)
    ask.refused("GET", "/v2/depots/9999/parcels", None, code="not_found", status=404)
    ask.refused("POST", "/v2/depots/9999/parcels", {"barcode": "123456", "carrier": "road", "trackingNo": "1", "grams": 1,
                                                   "recipient": {"name": "x"}}, code="not_found", status=404)


def bodies(ask):
    depot = ask.depot()
    ask.says(28, 25)
    for raw in (b"", b"{", b"nothing", b"[]", b"null", b"1", b"{} {}", b"\xff"):
        for method, path in (("POST", "/v2/depots"), ("PATCH", f"/v2/depots/{depot['id']}")):
            status, answer = ask.send(method, path, raw=raw)
            ask.expect((status, answer["error"].get("code")), (400, "bad_json"), f"{method} with {raw}")
    ask.says(26, 27)
    wrong = {"code": 1, "name": [], "kind": "x", "capacity": -1, "tags": ["a", 2], "address": {"country": "XX"}}
    places = ["code", "name", "kind", "capacity", "tags.1", "address.country"]
    ask.refused("POST", "/v2/depots", wrong, *places)
    ask.refused("PATCH", f"/v2/depots/{depot['id']}", {**wrong, "code": 1}, *places[1:])
    ask.says(27)
    ask.expect(ask.get(f"/v2/depots/{depot['id']}"), depot, "a depot after a refusal")
    parcel = ask.parcel(depot)
    at = f"/v2/depots/{depot['id']}/parcels/{parcel['id']}"
    ask.refused("PATCH", at, {"note": "new", "grams": 0}, "grams")
    ask.expect(ask.get(at), parcel, "a parcel after a refusal")


def parameters(ask):
    depot = ask.depot(kind="hub")
    ask.depot(kind="shop")
    below = f"/v2/depots/{depot['id']}/parcels"
    bad = {"/v2/depots": "page=0 page=x per_page=0 per_page=101 sort=note dir=up kind=x active=maybe capacity_min=x "
                         "opened_before=2026-02-30 services=x kind=",
           below: "limit=0 limit=101 limit=-1 offset=-1 offset=x sort=note dir=up status=x fragile=maybe heavier=x "
                  "lighter= due_from=x updated_since=x handling=x",
           "/v2/couriers": "team=x hired_from=2026-13-01"}
    lines = {"page": 76, "per_page": 77, "sort": 78, "limit": 128, "offset": 129, "active": 37, "fragile": 37}
    for path, pairs in bad.items():
        for pair in pairs.split():
            name = pair.partition("=")[0]
            ask.says(29, lines.get(name, 29), *[130] * (name == "sort"))
            ask.refused("GET", f"{path}?{pair}", None, name, code="bad_parameter")
    ask.says(36)
    ask.selected("/v2/depots", [depot], kind="hub", colour="red", KIND="shop")
    ask.expect([one["id"] for one in ask.done("GET", "/v2/depots?kind=hub&kind=shop")["items"]], [depot["id"]], "the first kind")


PARTS = [keys, accounts, parents, bodies, parameters]
