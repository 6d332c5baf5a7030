"""What updates change, and values that occur once."""

import threading
import time


def patches(ask):
    depot = ask.depot(note="old", tags=["a"], geo={"lat": 1, "lng": 2, "accuracy": 3}, address={"street": "S", "city": "C"})
    other = ask.depot(note="other")
    path = f"/v2/depots/{depot['id']}"
    ask.says(89)
    changed = ask.done("PATCH", path, {"name": "New"})
    moved = {"updatedAt", "name", "label"}
    same = {name: value for name, value in depot.items() if name not in moved}
    ask.expect({name: value for name, value in changed.items() if name not in moved}, same, "what was not sent")
    ask.expect(changed["name"], "New", "name")
    ask.says(59)
    ask.expect(changed["label"], f"{depot['code']} New", "label")
    ask.says(19, 89)
    ask.expect(ask.done("PATCH", path, {"address": {"city": "D"}})["address"],
               {"street": "S", "city": "D", "postcode": None, "country": "NL"}, "address")
    ask.says(13, 65)
    ask.expect(ask.done("PATCH", path, {"address": {"city": None}})["address"]["city"], "Unknown", "city")
    ask.says(20)
    ask.refused("PATCH", path, {"geo": {"lat": 5}}, "geo.lng")
    ask.expect(ask.done("PATCH", path, {"geo": {"lat": 5, "lng": 6}})["geo"], {"lat": 5, "lng": 6, "accuracy": 10}, "geo")
    ask.says(13, 89)
    back = ask.done("PATCH", path, {"geo": None, "note": None, "tags": None, "capacity": None, "address": None})
    ask.expect((back["geo"], back["note"], back["tags"], back["capacity"]), (None, None, [], 100), "null")
    ask.expect(back["address"]["city"], "Unknown", "address")
    ask.says(13, 47)
    ask.refused("PATCH", path, {"name": None}, "name")
    ask.says(89)
    ask.done("PATCH", path, {"note": "mine"})
    ask.expect(ask.get(f"/v2/depots/{other['id']}")["note"], "other", "another depot")
    ask.says(18, 21)
    odd = ask.done("PATCH", path, {"colour": "red", "address": {"colour": 1}})
    ask.expect(("colour" in odd, "colour" in odd["address"]), (False, False), "unknown members")
    ask.says(47, 89)
    ask.refused("PATCH", path, {"name": "x" * 61}, "name")
    ask.says(56, 89)
    ask.refused("PATCH", path, {"website": "nowhere"}, "website")
    ask.says(67, 89)
    ask.refused("PATCH", path, {"address": {"country": "XX"}}, "address.country")


def parcels(ask):
    depot = ask.depot()
    ask.says(141)
    parcel = ask.parcel(depot, note="N", handling=["dry"], pin="1234", fragile=True, customs={"contents": "x", "value": 1})
    path = f"/v2/depots/{depot['id']}/parcels/{parcel['id']}"
    ask.says(110)
    ask.expect("pin" in parcel, False, "pin")
    ask.says(142)
    changed = ask.done("PATCH", path, {"status": "out"})
    ask.expect({**changed, "updatedAt": 0}, {**parcel, "status": "out", "updatedAt": 0}, "a changed parcel")
    ask.expect(ask.get(path), changed, "a parcel that is read")
    ask.says(13, 142, 101)
    ask.expect(ask.done("PATCH", path, {"fragile": None})["fragile"], False, "fragile")
    ask.expect(ask.done("PATCH", path, {"note": None, "customs": None})["note"], None, "note")
    ask.says(13, 116)
    ask.refused("PATCH", path, {"recipient": {"name": None}}, "recipient.name")
    ask.says(13, 95)
    ask.refused("PATCH", path, {"barcode": None}, "barcode")
    for body, place, line in (({"grams": 70001}, "grams", 99), ({"handling": ["dry"] * 9}, "handling", 102),
                              ({"carrier": "sea"}, "carrier", 96), ({"trackingNo": ""}, "trackingNo", 97)):
        ask.says(line, 142)
        ask.refused("PATCH", path, body, place)


def couriers(ask):
    courier = ask.courier(phone="+31201234567", team="north", rating=3, areas=["1"], vehicle={"kind": "van"})
    path = f"/v2/couriers/{courier['id']}"
    needs = {"name": "New", "email": courier["email"], "password": "87654321"}
    ask.says(170)
    changed = ask.done("PUT", path, needs)
    ask.expect((changed["phone"], changed["team"], changed["areas"], changed["vehicle"]), (None, None, [], None), "what was not sent")
    ask.says(153, 170)
    ask.expect(changed["rating"], 5, "rating")
    ask.says(170)
    ask.expect(ask.get(path), changed, "a courier that is read")
    for name in needs:
        ask.refused("PUT", path, {key: value for key, value in needs.items() if key != name}, name)
    ask.says(151, 170)
    ask.refused("PUT", path, {**needs, "team": "NORTH"}, "team")
    ask.says(147, 170)
    ask.refused("PUT", path, {**needs, "name": "x"}, "name")


def times(ask):
    depot, courier = ask.depot(), ask.courier()
    parcel = ask.parcel(depot)
    time.sleep(1.05)
    for path, verb, body, before in ((f"/v2/depots/{depot['id']}/parcels/{parcel['id']}", "PATCH", {"grams": 5}, parcel),
                                     (f"/v2/depots/{depot['id']}", "PATCH", {"note": "x"}, depot),
                                     (f"/v2/couriers/{courier['id']}", "PUT",
                                      {"name": "xy", "email": "t@a.example", "password": "12345678"}, courier)):
        after = ask.done(verb, path, body)
        ask.says(60, 112, 156)
        ask.expect(after["createdAt"], before["createdAt"], "createdAt")
        ask.says(61, 113, 157)
        ask.expect(after["updatedAt"] > before["updatedAt"], True, "updatedAt")
    ask.says(138)
    below = f"/v2/depots/{depot['id']}/parcels"
    since = ask.get(f"{below}/{parcel['id']}")["updatedAt"]
    ask.selected(below, [parcel], updated_since=since)
    ask.says(17, 138)
    ask.selected(below, [parcel], updated_since=since.replace("Z", "+00:00"))
    ask.selected(below, [parcel], updated_since=since.replace("Z", "+01:00"))
    ask.selected(below, [], updated_since=since.replace("Z", "-01:00"))
    ask.says(37, 138)
    ask.selected(below, [parcel], updated_since=since[:10])
    ask.selected(below, [], updated_since="2999-01-01")


def uniques(ask):
    one, two = ask.depot(code="Abc"), ask.depot()
    ask.says(46, 32)
    ask.refused("POST", "/v2/depots", {"code": "Abc", "name": "x"}, "code", code="conflict", status=409)
    ask.selected("/v2/depots", [one], code="Abc")
    ask.says(46)
    ask.depot(code="ABC")
    parcel = ask.parcel(one, barcode="Barcode", carrier="road", trackingNo="1")
    other = ask.parcel(one, barcode="Another")
    below = f"/v2/depots/{one['id']}/parcels"
    body = {"barcode": "Barcode", "carrier": "air", "trackingNo": "2", "grams": 1, "recipient": {"name": "x"}}
    ask.says(95, 32)
    ask.refused("POST", below, body, "barcode", code="conflict", status=409)
    ask.refused("POST", f"/v2/depots/{two['id']}/parcels", body, "barcode", code="conflict", status=409)
    ask.refused("PATCH", f"{below}/{other['id']}", {"barcode": "Barcode"}, "barcode", code="conflict", status=409)
    ask.says(95)
    ask.done("PATCH", f"{below}/{parcel['id']}", {"barcode": "Barcode"})
    ask.parcel(one, barcode="barcode")
    ask.says(97, 32)
    ask.refused("POST", below, {**body, "barcode": "Unused", "carrier": "road", "trackingNo": "1"}, "carrier", "trackingNo",
                code="conflict", status=409)
    ask.refused("PATCH", f"{below}/{other['id']}", {"trackingNo": "1"}, "carrier", "trackingNo", code="conflict", status=409)
    ask.says(97)
    ask.parcel(one, carrier="rail", trackingNo="1")
    ask.parcel(two, carrier="road", trackingNo="1")
    courier = ask.courier(email="Own@a.example")
    ask.says(148, 32)
    needs = {"name": "xy", "password": "12345678"}
    for email in ("Own@a.example", "own@A.example"):
        ask.refused("POST", "/v2/couriers", {**needs, "email": email}, "email", code="conflict", status=409)
    second = ask.courier()
    ask.refused("PUT", f"/v2/couriers/{second['id']}", {**needs, "email": "OWN@a.example"}, "email", code="conflict", status=409)
    ask.says(148)
    ask.done("PUT", f"/v2/couriers/{courier['id']}", {**needs, "email": "own@a.example"})


def together(jobs):
    """What functions give that run at one time."""
    answers = [None] * len(jobs)

    def run(index):
        answers[index] = jobs[index]()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def at_once(ask):
    ask.says(41, 46, 95, 148)
    body = {"name": "xy", "email": "one@a.example", "password": "12345678"}
    found = together([lambda: ask.send("POST", "/v2/couriers", body)] * 4)
    ask.expect(sorted(status for status, _ in found), [200, 409, 409, 409], "of four creates at one time")
    ask.says(41, 88, 169)
    jobs = [lambda at=at: ask.send("POST", "/v2/depots", {"code": f"R{at:03}", "name": "x"}) for at in range(6)]
    made = together(jobs)
    ask.selected("/v2/depots", [one for _, one in made])
    ask.says(41, 89)
    depot = ask.depot()
    path = f"/v2/depots/{depot['id']}"
    changes = [{"note": "N"}, {"capacity": 7}, {"tags": ["t"]}, {"active": False}]
    together([lambda one=one: ask.send("PATCH", path, one) for one in changes])
    after = ask.get(path)
    ask.expect([after["note"], after["capacity"], after["tags"], after["active"]], ["N", 7, ["t"], False], "changes at one time")


PARTS = [patches, parcels, couriers, times, uniques, at_once]
