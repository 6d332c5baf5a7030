"""What lists show and select."""


def whole(ask):
    depot = ask.depot(note="n", address={"city": "C"})
    parcel = ask.parcel(depot, note="x", pin="1234")
    one, two = ask.courier(name="One"), ask.courier(name="Two", password="secret-secret")
    ask.says(18, 50, 49, 12, 74)
    ask.expect(ask.get("/v2/depots"), {"items": [depot], "total": 1, "pages": 1, "page": 1}, "depots")
    ask.says(18, 17, 112, 127, 116)
    ask.expect(ask.get(f"/v2/depots/{depot['id']}/parcels"), {"items": [parcel], "total": 1}, "parcels")
    ask.says(164, 149, 147)
    ask.expect(ask.get("/v2/couriers"), [one, two], "couriers")
    ask.says(164, 170)
    changed = ask.done("PUT", f"/v2/couriers/{one['id']}", {"name": "New", "email": "n@a.example", "password": "12345678"})
    ask.expect(ask.get("/v2/couriers"), [changed, two], "couriers after a change")


def depots(ask):
    a = ask.depot(code="Ab1", name="Straße", kind="hub", active=True, capacity=10, openedOn="2026-01-01", services=["pickup"])
    b = ask.depot(code="AB1", name="STRASSE x", kind="shop", active=False, capacity=11, note="left Ünit", services=["pickup", "return"])
    c = ask.depot(code="Ab12", name="straße", kind="shop", capacity=9, openedOn="2025-12-31", services=["customs", "return"], note="x")
    path = "/v2/depots"
    for line, query, wanted in (
            (79, {"kind": "hub"}, [a]), (79, {"kind": "locker"}, []), (80, {"active": "false"}, [b]), (80, {"active": "true"}, [a, c]),
            (37, {"active": "1"}, [a, c]), (37, {"active": "0"}, [b]), (81, {"code": "Ab1"}, [a]), (81, {"code": "ab"}, []),
            (82, {"name": "STRAßE"}, [a, c]), (82, {"name": "strasse"}, []), (82, {"name": "straß"}, []),
            (83, {"capacity_min": "10"}, [a, b]), (83, {"capacity_min": "12"}, []), (84, {"opened_before": "2026-01-01"}, [c]),
            (84, {"opened_before": "2026-01-02"}, [a, c]), (85, {"services": "return"}, [b, c]), (85, {"services": "return,pickup"}, [b]),
            (85, {"services": "pickup,customs"}, []), (86, {"q": "STRASSE"}, [b]), (86, {"q": "traß"}, [a, c]), (86, {"q": "x ünit"}, [b]),
            (86, {"q": "left zzz"}, []), (86, {"q": "nit"}, [b])):
        ask.says(line, 35, *[38] * (line in (82, 86)), *[85] * (line == 85))
        ask.selected(path, wanted, **query)
    ask.says(85)
    ask.expect([one["id"] for one in ask.done("GET", path + "?services=pickup&services=return")["items"]], [b["id"]], "services")
    ask.says(35)
    ask.selected(path, [], kind="hub", active="0")
    ask.selected(path, [c], kind="shop", active="1", services="return")
    ask.selected(path, [c], code="Ab12", services="return")
    ask.says(75)
    for query in ({"kind": "shop"}, {"kind": "shop", "page": 1, "per_page": 1}):
        ask.expect(ask.get(path, **query)["total"], 2, f"total with {query}")


def parcels(ask):
    depot = ask.depot()
    a = ask.parcel(depot, barcode="ABC123", trackingNo="T1", grams=10, fragile=True, dueOn="2026-05-01", handling=["dry", "cold"])
    b = ask.parcel(depot, barcode="ABC1234", trackingNo="T12", grams=20, status="out", handling=["cold", "upright"], dueOn="2026-05-02")
    c = ask.parcel(depot, barcode="abc123", trackingNo="t1", grams=30, status="out")
    path = f"/v2/depots/{depot['id']}/parcels"
    for line, query, wanted in (
            (131, {"status": "out"}, [b, c]), (132, {"barcode": "ABC123"}, [a]), (132, {"barcode": "ABC"}, []), (133, {"tracking": "T1"}, [a]),
            (133, {"tracking": "1"}, []), (134, {"fragile": "true"}, [a]), (134, {"fragile": "false"}, [b, c]),
            (135, {"heavier": "20"}, [c]), (135, {"heavier": "19"}, [b, c]), (136, {"lighter": "20"}, [a]), (136, {"lighter": "21"}, [a, b]),
            (137, {"due_from": "2026-05-01"}, [a, b]), (137, {"due_from": "2026-05-02"}, [b]), (139, {"handling": "cold"}, [a, b]),
            (139, {"handling": "cold,dry"}, [a]), (139, {"handling": "dry,upright"}, [])):
        ask.says(line, 35)
        ask.selected(path, wanted, **query)
    ask.says(35)
    ask.selected(path, [b], status="out", lighter="25")
    ask.says(127)
    for query in ({"status": "out"}, {"status": "out", "limit": 1}):
        ask.expect(ask.get(path, **query)["total"], 2, f"total with {query}")
    ask.says(127, 129)
    ask.ordered(path, [b], status="out", limit=1, offset=1)
    ask.ordered(path, [a], status="announced", limit=1)


def couriers(ask):
    a = ask.courier(email="A@b.example", team="north", hiredOn="2026-01-01")
    b = ask.courier(email="aa@b.example", team="night", hiredOn="2026-01-02")
    c = ask.courier()
    ask.says(164)
    ask.ordered("/v2/couriers", [a, b, c])
    ask.says(165)
    ask.selected("/v2/couriers", [b], team="night")
    ask.says(166, 38)
    ask.selected("/v2/couriers", [a], email="a@B.example")
    ask.says(167, 35)
    ask.selected("/v2/couriers", [b], hired_from="2026-01-02")
    ask.selected("/v2/couriers", [a, b], hired_from="2025-01-02")


PARTS = [whole, depots, parcels, couriers]
