"""What removals take away."""

from ..store import Refusal
from .registry import around, defect


def removal_of(way, resource, other):
    """Another way to remove objects."""
    around(way, "remove", lambda method, kind, row: other(method, row) if kind is resource else method(kind, row))


@defect
def removed_stays_in_list(way):
    ghosts = []

    def other(method, row):
        ghosts.append(row)
        return method(way.couriers, row)

    def rows(method, resource, account, parent):
        found = method(resource, account, parent)
        return found + [row for row in ghosts if resource is way.couriers and row.account == account]

    removal_of(way, way.couriers, other)
    around(way, "rows", rows)


@defect
def removed_can_be_read(way):
    def other(method, row):
        answer = method(way.parcels, row)
        way.gone[row.values["id"]] = row
        return answer

    def find(method, resource, account, parent, text):
        row = way.gone.get(text)
        return row if row and way.seen(resource, row, account, parent) else method(resource, account, parent, text)

    way.gone = {}
    removal_of(way, way.parcels, other)
    around(way, "find", find)


@defect
def removal_does_nothing(way):
    removal_of(way, way.parcels, lambda method, row: (204, None))


@defect
def removal_takes_siblings(way):
    def other(method, row):
        for one in way.rows(way.parcels, row.account, row.parent):
            if one is not row:
                del way.parcels.rows[one.values["id"]]
        return method(way.parcels, row)

    removal_of(way, way.parcels, other)


@defect
def removal_takes_next(way):
    def other(method, row):
        later = [one for one in way.rows(way.couriers, row.account, None) if one.values["id"] > row.values["id"]]
        if later:
            del way.couriers.rows[later[0].values["id"]]
        return method(way.couriers, row)

    removal_of(way, way.couriers, other)


@defect
def removal_keeps_children(way):
    way.remove_parcels = lambda depot: None


@defect
def removal_refused_with_children(way):
    def other(method, row):
        if way.rows(way.parcels, row.account, row.values["id"]):
            raise Refusal(409, "conflict", "There are parcels.")
        return method(way.depots, row)

    removal_of(way, way.depots, other)


@defect
def removal_twice(way):
    def other(method, verb, resource, account, parent, text, raw):
        gone = verb == "DELETE" and resource is way.parcels and text not in resource.rows
        return (204, None) if gone else method(verb, resource, account, parent, text, raw)

    around(way, "single", other)


@defect
def removal_status(way):
    way.depots.removed = 200


@defect
def removal_of_courier_status(way):
    way.couriers.removed = 204


@defect
def id_used_again(way):
    around(way, "new_id", lambda method, resource: max((one.values["id"] for one in resource.rows.values()), default=0) + 1
           if resource is way.depots else method(resource))
