"""What removals take away."""


def parcels(ask):
    depot = ask.depot()
    path = f"/v2/depots/{depot['id']}/parcels"
    a, b, c = (ask.parcel(depot) for _ in range(3))
    ask.says(143, 141)
    ask.expect(ask.send("DELETE", f"{path}/{b['id']}")[0], 204, "a removal")
    ask.says(143, 31)
    ask.refused("GET", f"{path}/{b['id']}", None, code="not_found", status=404)
    ask.refused("DELETE", f"{path}/{b['id']}", None, code="not_found", status=404)
    ask.says(143)
    ask.selected(path, [a, c])
    ask.parcel(depot, barcode=b["barcode"], trackingNo=b["trackingNo"])


def depots(ask):
    one, two = ask.depot(), ask.depot()
    parcel, other = ask.parcel(one), ask.parcel(two)
    ask.says(90)
    ask.expect(ask.send("DELETE", f"/v2/depots/{one['id']}")[0], 204, "a removal")
    ask.refused("GET", f"/v2/depots/{one['id']}/parcels", None, code="not_found", status=404)
    ask.selected("/v2/depots", [two])
    ask.selected(f"/v2/depots/{two['id']}/parcels", [other])
    ask.parcel(two, barcode=parcel["barcode"])
    ask.says(46, 90)
    ask.depot(code=one["code"])
    ask.says(45)
    last = ask.depot()
    ask.send("DELETE", f"/v2/depots/{last['id']}")
    ask.expect(ask.depot()["id"] > last["id"], True, "an id that was never used")


def couriers(ask):
    ask.says(169)
    a, b, c = (ask.courier() for _ in range(3))
    ask.selected("/v2/couriers", [a, b, c])
    ask.says(171)
    ask.expect(ask.send("DELETE", f"/v2/couriers/{a['id']}")[0], 200, "a removal")
    ask.says(171, 164)
    ask.selected("/v2/couriers", [b, c])
    ask.says(171, 31)
    ask.refused("GET", f"/v2/couriers/{a['id']}", None, code="not_found", status=404)
    ask.says(171)
    ask.courier(email=a["email"])


PARTS = [parcels, depots, couriers]
