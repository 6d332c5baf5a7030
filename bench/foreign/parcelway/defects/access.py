"""Who may see and do what."""

import re

from ..store import Refusal, not_found
from .registry import around, defect


def open_to(way, resource, verb):
    """Paths of a resource on which another account's objects are found as well."""

    def other(method, own, kind, account, parent, text, raw):
        row = kind.rows.get(text)
        if kind is resource and own == verb and row is not None:
            account = row.account
        return method(own, kind, account, parent, text, raw)

    around(way, "single", other)


@defect
def no_key_lists(way):
    def other(method, verb, target, key):
        return "first" if verb == "GET" and key is None and target.partition("?")[0] == "/v2/depots" else method(verb, target, key)

    around(way, "account", other)


@defect
def no_key_creates(way):
    def other(method, verb, target, key):
        return way.keys.get(key, next(iter(way.keys.values()))) if verb == "POST" else method(verb, target, key)

    around(way, "account", other)


@defect
def any_key_reads(way):
    def other(method, verb, target, key):
        known = key in way.keys or key is None or verb != "GET" or "/parcels/" not in target
        return method(verb, target, key) if known else next(iter(way.keys.values()))

    around(way, "account", other)


@defect
def no_key_is_403(way):
    def other(method, verb, target, key):
        if key is None:
            raise Refusal(403, "forbidden", "Send a key.")
        return method(verb, target, key)

    around(way, "account", other)


@defect
def key_after_path(way):
    def other(method, verb, target, key, raw):
        unknown = re.fullmatch("/v2/couriers/[0-9a-f]{24}", target) and target[13:] not in way.couriers.rows
        if unknown and key not in way.keys:
            raise not_found()
        return method(verb, target, key, raw)

    around(way, "route", other)


@defect
def other_account_reads(way):
    open_to(way, way.couriers, "GET")


@defect
def other_account_changes(way):
    open_to(way, way.depots, "PATCH")


@defect
def other_account_removes(way):
    open_to(way, way.couriers, "DELETE")


@defect
def other_account_lists(way):
    around(way, "rows", lambda method, resource, account, parent: list(resource.rows.values())
           if resource is way.couriers else method(resource, account, parent))


@defect
def other_account_below(way):
    def other(account, text):
        row = way.depots.rows.get(text)
        if row is None:
            raise not_found()
        return row.values["id"]

    way.above = other


@defect
def other_account_is_403(way):
    def other(method, resource, account, parent, text):
        row = resource.rows.get(text)
        if row is not None and row.account != account:
            raise Refusal(403, "forbidden", "This belongs to somebody else.")
        return method(resource, account, parent, text)

    around(way, "find", other)


@defect
def filter_leaks(way):
    def other(method, resource, rows, parameters):
        if resource is way.depots and parameters.first("code") is not None:
            rows = list(resource.rows.values())
        return method(resource, rows, parameters)

    around(way, "listed", other)


@defect
def total_leaks(way):
    def other(method, resource, rows, parameters):
        answer = method(resource, rows, parameters)
        if resource is way.depots and parameters.first("name") is not None:
            whole = way.select(list(resource.rows.values()), way.tests(resource, parameters))
            answer["total"] = len(whole)
        return answer

    around(way, "listed", other)


@defect
def conflict_leaks(way):
    around(way, "rivals", lambda method, names, row, other: row.values["id"] != other.values["id"]
           if list(names) == ["email"] else method(names, row, other))


@defect
def child_of_other_depot(way):
    around(way, "find", lambda method, resource, account, parent, text: method(
        resource, account, resource.rows[text].parent if resource is way.parcels and text in resource.rows else parent, text))


@defect
def children_of_all_depots(way):
    around(way, "rows", lambda method, resource, account, parent: [
        row for row in resource.rows.values() if row.account == account]
        if resource is way.parcels else method(resource, account, parent))


@defect
def unknown_depot_taken(way):
    def other(method, account, text):
        try:
            return method(account, text)
        except Refusal:
            return text

    around(way, "above", other)
