"""The order of lists."""

from ..rules import fold
from .registry import around, defect


def place_of(way, key, value):
    """Another value to stand by, for one sort key."""

    def other(method, resource, row, by):
        none, own, tie = method(resource, row, by)
        return (none, value(own, row) if by == key and not none else own, tie)

    around(way, "place", other)


@defect
def sort_desc_ignored(way):
    around(way, "sort", lambda method, resource, rows, key, falling: method(resource, rows, key, False))


@defect
def sort_key_ignored(way):
    around(way, "sort", lambda method, resource, rows, key, falling: method(resource, rows, key and "createdAt", falling))


@defect
def sort_wrong_key(way):
    place_of(way, "capacity", lambda own, row: len(row.values["name"]))


@defect
def sort_null_first(way):
    around(way, "place", lambda method, resource, row, key: (not method(resource, row, key)[0], *method(resource, row, key)[1:]))


@defect
def sort_null_last_both_ways(way):
    def other(method, resource, rows, key, falling):
        rows = method(resource, rows, key, falling)
        return [row for row in rows if row.values.get(key) is not None] + [row for row in rows if row.values.get(key) is None]

    around(way, "sort", other)


@defect
def sort_texts_as_numbers(way):
    def value(own, row):
        digits = own[-2:] if own[-2:].isdigit() and own[-2:].isascii() else own[-1:]
        return (own[:-len(digits)], int(digits), "") if digits.isdigit() and digits.isascii() else (own, -1, own)

    place_of(way, "barcode", value)


@defect
def sort_folded(way):
    place_of(way, "name", lambda own, row: fold(own))


@defect
def sort_numbers_as_texts(way):
    place_of(way, "grams", lambda own, row: str(own))


@defect
def sort_choices_by_place(way):
    place_of(way, "status", lambda own, row: way.parcels.field("status").choices.index(own))


@defect
def sort_ties_backwards(way):
    def other(method, resource, rows, key, falling):
        ordered = method(resource, rows, key, falling)
        if key != "status":
            return ordered
        return sorted(ordered[::-1], key=lambda row: row.values[key], reverse=falling)

    around(way, "sort", other)


@defect
def sort_default_ascending(way):
    way.parcels.falling = False


@defect
def sort_default_by_name(way):
    around(way, "order", lambda method, resource, parameters: ("name", False)
           if resource is way.depots and not parameters.first("sort") else method(resource, parameters))


@defect
def sort_within_page(way):
    def page(method, resource, rows, offset, size, number):
        rows = sorted(rows, key=lambda row: row.values["id"])
        items = way.sort(resource, rows[offset:offset + size] if size else rows, *way.asked_order)
        answer = method(resource, rows, offset, size, number)
        if isinstance(answer, dict):
            answer["items"] = [way.item(resource, row) for row in items]
        return answer

    def order(method, resource, parameters):
        way.asked_order = method(resource, parameters)
        return way.asked_order

    around(way, "order", order)
    around(way, "page", page)


@defect
def sort_bad_key_ignored(way):
    def other(method, resource, parameters):
        known = parameters.first("sort") in (None, *resource.sorts)
        return method(resource, parameters) if known else ("createdAt", False)

    around(way, "order", other)


@defect
def list_newest_first(way):
    around(way, "page", lambda method, resource, rows, *cut: method(
        resource, rows[::-1] if resource is way.couriers else rows, *cut))
