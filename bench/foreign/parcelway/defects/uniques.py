"""Values that may occur only once, and requests at one time."""

import time
from contextlib import nullcontext

from ..store import Row
from .registry import around, defect


def rivals_of(way, names, other):
    """Another opinion on which rows may not have the same."""
    around(way, "rivals", lambda method, own, row, one: other(method, row, one)
           if list(own) == names else method(own, row, one))


@defect
def unique_ignored(way):
    way.couriers.field("email").unique = False


@defect
def unique_unchecked_on_change(way):
    around(way, "refuse_taken", lambda method, resource, row: None
           if str(row.values["id"]) in way.parcels.rows else method(resource, row))


@defect
def unique_across_accounts(way):
    rivals_of(way, ["code"], lambda method, row, other: row.values["id"] != other.values["id"])


@defect
def unique_in_depot(way):
    rivals_of(way, ["barcode"], lambda method, row, other: method(["barcode"], row, other) and row.parent == other.parent)


@defect
def unique_case(way):
    way.key = lambda resource, name, row: row.values[name]


@defect
def unique_any_case(way):
    around(way, "key", lambda method, resource, name, row: method(resource, name, row).lower())


@defect
def unique_with_itself(way):
    def other(method, row, one):
        return method(["barcode"], row, one) or row.values["id"] == one.values["id"]

    rivals_of(way, ["barcode"], other)


@defect
def unique_stays_taken(way):
    taken = []

    def remove(method, resource, row):
        if resource is way.depots:
            taken.append(row)
        return method(resource, row)

    def refuse(method, resource, row):
        if resource is way.depots:
            kept, way.depots.rows = way.depots.rows, {**{id(one): one for one in taken}, **way.depots.rows}
            try:
                return method(resource, row)
            finally:
                way.depots.rows = kept
        return method(resource, row)

    around(way, "remove", remove)
    around(way, "refuse_taken", refuse)


@defect
def combination_ignored(way):
    way.parcels.combination = ()


@defect
def combination_by_one(way):
    way.parcels.combination = ("trackingNo",)
    rivals_of(way, ["trackingNo"], lambda method, row, other: method(["trackingNo"], row, other) and row.parent == other.parent)


@defect
def combination_everywhere(way):
    rivals_of(way, ["carrier", "trackingNo"], lambda method, row, other: method(["barcode"], row, other))


@defect
def combination_unchecked_on_change(way):
    def other(method, row, one):
        return str(row.values["id"]) not in way.parcels.rows and method(["carrier", "trackingNo"], row, one)

    rivals_of(way, ["carrier", "trackingNo"], other)


@defect
def race_unique(way):
    def put(method, resource, row):
        time.sleep(0.02)
        method(resource, row)

    way.guard = lambda method: nullcontext() if method == "POST" else way.lock
    around(way, "put", put)


@defect
def race_lost_create(way):
    def put(resource, row):
        rows = dict(resource.rows)
        time.sleep(0.01)
        rows[str(row.values["id"])] = row
        resource.rows = rows

    way.guard = lambda method: nullcontext() if method == "POST" else way.lock
    way.put = put


@defect
def race_lost_change(way):
    def put(method, resource, row):
        time.sleep(0.02)
        method(resource, row)

    way.guard = lambda method: nullcontext() if method == "PATCH" else way.lock
    around(way, "put", put)


@defect
def create_twice(way):
    def put(method, resource, row):
        method(resource, row)
        if resource is way.couriers and row.values["createdAt"] is row.values["updatedAt"]:
            method(resource, Row(row.account, row.parent, {**row.values, "id": way.new_id(resource)}))

    around(way, "put", put)
