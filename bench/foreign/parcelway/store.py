"""Objects: how they are made, shown, changed and removed."""

import itertools
import time
from dataclasses import dataclass
from datetime import datetime, timezone

from .rules import fold


class Refusal(Exception):
    """An answer that refuses, with the places and codes of mistakes."""

    def __init__(self, status, code, message, mistakes=()):
        super().__init__(message)
        self.status, self.code, self.message, self.mistakes = status, code, message, list(mistakes)


@dataclass
class Row:
    """An object of an account, below another one or below none."""

    account: str
    parent: object
    values: dict


def not_found():
    return Refusal(404, "not_found", "There is no such object or path.")


class Store:
    """Everything that is kept."""

    def __init__(self):
        self.numbers = itertools.count(1)
        self.many = itertools.count(1)

    def new_id(self, resource):
        if resource.name == "depots":
            return next(self.numbers)
        many = next(self.many)
        if resource.name == "couriers":
            return f"{int(time.time()):08x}{many:016x}"
        # Version 7: milliseconds, then a counter that goes on.
        text = f"{time.time_ns() // 1_000_000:012x}7{many >> 62 & 0xfff:03x}{1 << 63 | many & (1 << 62) - 1:016x}"
        return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))

    def now(self):
        return datetime.now(timezone.utc).replace(microsecond=0)

    def rows(self, resource, account, parent):
        return [row for row in resource.rows.values() if self.seen(resource, row, account, parent)]

    def seen(self, resource, row, account, parent):
        return row.account == account and self.below(row, parent)

    def below(self, row, parent):
        return row.parent == parent

    def find(self, resource, account, parent, text):
        row = resource.rows.get(text)
        if row is None or not self.seen(resource, row, account, parent):
            raise not_found()
        return row

    def create(self, resource, account, parent, body):
        mistakes = []
        values = self.read(resource.fields, body, "create", None, "", mistakes)
        self.judge(mistakes)
        values["id"] = self.new_id(resource)
        values["createdAt"] = values["updatedAt"] = self.now()
        row = Row(account, parent, self.joined(resource, values))
        self.refuse_taken(resource, row)
        self.put(resource, row)
        return resource.created, self.show(resource, row)

    def change(self, resource, row, body):
        how = "change" if resource.verb == "PATCH" else "replace"
        mistakes = []
        values = self.read(resource.fields, body, how, row.values, "", mistakes)
        self.judge(mistakes)
        values["updatedAt"] = self.now()
        after = Row(row.account, row.parent, self.joined(resource, values))
        self.refuse_taken(resource, after)
        self.put(resource, after)
        return 200, self.show(resource, after)

    def judge(self, mistakes):
        if mistakes:
            raise Refusal(400, "validation_failed", "The body breaks a rule.", mistakes)

    def joined(self, resource, values):
        """The values with the members that are computed."""
        for field in resource.fields:
            if field.kind == "join":
                values[field.name] = " ".join(values[part] for part in field.parts)
        return values

    def put(self, resource, row):
        resource.rows[str(row.values["id"])] = row

    def refuse_taken(self, resource, row):
        names = [[field.name] for field in resource.fields if field.unique]
        names += [resource.combination] if resource.combination else []
        for one in names:
            others = (other for other in resource.rows.values() if self.rivals(one, row, other))
            if any(self.same(resource, one, row, other) for other in others):
                raise Refusal(409, "conflict", "Another object has this value already.", [(name, "taken") for name in one])

    def rivals(self, names, row, other):
        """Whether two rows may not have the same: a combination occurs once in a depot."""
        if row.values["id"] == other.values["id"] or row.account != other.account:
            return False
        return len(names) == 1 or row.parent == other.parent

    def same(self, resource, names, row, other):
        return all(self.key(resource, name, row) == self.key(resource, name, other) for name in names)

    def key(self, resource, name, row):
        value = row.values[name]
        return fold(value) if resource.field(name).kind == "email" else value

    def remove(self, resource, row):
        del resource.rows[str(row.values["id"])]
        if resource.name == "depots":
            self.remove_parcels(row)
        return resource.removed, {"deleted": True} if resource.removed == 200 else None

    def remove_parcels(self, depot):
        below = self.rows(self.parcels, depot.account, depot.values["id"])
        for row in below:
            del self.parcels.rows[row.values["id"]]

    def show(self, resource, row):
        """An object as answers show it."""
        shown = {}
        for field in resource.fields:
            if field.mode != "hidden":
                shown[field.name] = self.printed(field, row.values[field.name])
        return shown

    def item(self, resource, row):
        """An object as lists show it."""
        return self.show(resource, row)

    def printed(self, field, value):
        if field.kind == "moment" and value is not None:
            return value.isoformat().replace("+00:00", "Z")
        return value
