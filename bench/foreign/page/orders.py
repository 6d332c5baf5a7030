"""The order of lists, and their pages."""


def both_ways(ask, path, wanted, usual="asc", **query):
    ask.ordered(path, wanted if usual == "asc" else wanted[::-1], **query)
    ask.ordered(path, wanted, **query, dir="asc")
    ask.ordered(path, wanted[::-1], **query, dir="desc")


def depots(ask):
    path = "/v2/depots"
    a = ask.depot(name="b", capacity=100, openedOn="2026-02-01")
    b = ask.depot(name="Z", capacity=9)
    c = ask.depot(name="a", capacity=20, openedOn="2026-01-01")
    d = ask.depot(name="10", capacity=20)
    e = ask.depot(name="9", capacity=3, openedOn="2026-03-01")
    ask.says(39, 78)
    ask.ordered(path, [a, b, c, d, e])
    both_ways(ask, path, [a, b, c, d, e], sort="createdAt")
    ask.says(39, 40, 78)
    both_ways(ask, path, [d, e, b, c, a], sort="name")
    both_ways(ask, path, [e, b, c, d, a], sort="capacity")
    both_ways(ask, path, [c, a, e, b, d], sort="openedOn")
    ask.says(39, 78, 130)
    ask.ordered(path, [d, e], sort="name", page=1, per_page=2)
    ask.ordered(path, [b, c], sort="name", page=2, per_page=2)


def parcels(ask):
    depot = ask.depot()
    path = f"/v2/depots/{depot['id']}/parcels"
    a = ask.parcel(depot, barcode="b00010", grams=100, status="stored", dueOn="2026-02-01")
    b = ask.parcel(depot, barcode="b0009x", grams=9, status="announced")
    c = ask.parcel(depot, barcode="b00009", grams=20, status="stored", dueOn="2026-01-01")
    d = ask.parcel(depot, barcode="b0000z10", grams=3, status="delivered")
    e = ask.parcel(depot, barcode="b0000z9", grams=20, status="out")
    ask.says(130)
    ask.ordered(path, [e, d, c, b, a])
    ask.ordered(path, [a, b, c, d, e], dir="asc")
    ask.says(130, 39, 40)
    both_ways(ask, path, [a, b, c, d, e], "desc", sort="createdAt")
    both_ways(ask, path, [c, d, e, a, b], "desc", sort="barcode")
    both_ways(ask, path, [d, b, c, e, a], "desc", sort="grams")
    both_ways(ask, path, [b, d, e, a, c], "desc", sort="status")
    both_ways(ask, path, [c, a, b, d, e], "desc", sort="dueOn")
    ask.says(130, 39, 78)
    ask.ordered(path, [c, e], sort="grams", dir="asc", limit=2, offset=2)


def numbered(ask):
    made = [ask.depot() for _ in range(25)]
    path = "/v2/depots"
    for size in (3, 10, 25, 100):
        pages = -(-25 // size)
        for number in range(1, pages + 2):
            ask.says(75, 76, 77)
            answer = ask.get(path, page=number, per_page=size)
            found = [one["id"] for one in answer["items"]]
            ask.expect(found, [one["id"] for one in made[(number - 1) * size:number * size]], f"page {number} of {size}")
            ask.says(75)
            ask.expect((answer["total"], answer["pages"], answer["page"]), (25, pages, number), "the counts")
    ask.says(77)
    ask.ordered(path, made)
    ask.ordered(path, made[:20], page=1)
    ask.ordered(path, made[:20], per_page=20)
    ask.says(76)
    ask.ordered(path, [], page=9)


def offsets(ask):
    depot = ask.depot()
    path = f"/v2/depots/{depot['id']}/parcels"
    made = [ask.parcel(depot) for _ in range(27)][::-1]
    ask.says(128, 129)
    ask.ordered(path, made[:25])
    for limit, offset in ((1, 0), (5, 0), (5, 5), (100, 26), (100, 0), (7, 24)):
        ask.ordered(path, made[offset:offset + limit], limit=limit, offset=offset)
    ask.says(129)
    ask.ordered(path, [], offset=27)
    ask.says(127)
    ask.expect(ask.get(path, limit=2)["total"], 27, "total")


PARTS = [depots, parcels, numbered, offsets]
