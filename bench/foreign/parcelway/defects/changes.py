"""What updates change, and what they leave alone."""

from .registry import around, defect, member


def change_of(way, resource, other):
    """Another way to change objects: `other` gets the method, the row and the body."""
    around(way, "change", lambda method, kind, row, body: other(method, row, body)
           if kind is resource else method(kind, row, body))


@defect
def patch_clears_others(way):
    def other(method, fields, body, how, before, place, mistakes):
        if how == "change" and not place and fields is way.parcels.fields:
            body = {"note": None, "handling": [], **body}
        return method(fields, body, how, before, place, mistakes)

    around(way, "read", other)


@defect
def patch_null_ignored(way):
    def other(method, row, body):
        return method(way.parcels, row, {name: value for name, value in body.items() if value is not None})

    change_of(way, way.parcels, other)


@defect
def patch_null_of_flag_taken(way):
    around(way, "null", lambda method, field, how, *given: None
           if field.name == "fragile" and how == "change" else method(field, how, *given))


@defect
def patch_null_of_required_taken(way):
    around(way, "null", lambda method, field, how, *given: ""
           if field.name == "name" and how == "change" else method(field, how, *given))


@defect
def put_keeps(way):
    around(way, "read", lambda method, fields, body, how, before, *given: method(
        fields, body, "change" if fields is way.couriers.fields and how == "replace" else how, before, *given))


@defect
def put_required_unchecked(way):
    def other(method, row, body):
        return method(way.couriers, row, {"name": row.values["name"], "password": row.values["password"], **body})

    change_of(way, way.couriers, other)


@defect
def put_default_wrong(way):
    def other(method, row, body):
        return method(way.couriers, row, {"rating": 0, **body})

    change_of(way, way.couriers, other)


@defect
def immutable_changes(way):
    def other(method, row, body):
        status, shown = method(way.depots, row, body)
        if isinstance(body.get("code"), str):
            row = way.depots.rows[str(row.values["id"])]
            row.values["code"] = body["code"]
            way.joined(way.depots, row.values)
            shown = way.show(way.depots, row)
        return status, shown

    change_of(way, way.depots, other)


@defect
def nested_replaced(way):
    def other(method, field, value, how, *given):
        return method(field, value, "replace" if field.name == "address" and how == "change" else how, *given)

    around(way, "inside", other)


@defect
def nested_merged(way):
    def other(method, field, value, how, kept, place, mistakes):
        if field.name == "geo" and how == "change" and kept and isinstance(value, dict):
            value = {**kept, **value}
        return method(field, value, how, kept, place, mistakes)

    around(way, "inside", other)


@defect
def updated_time_stays(way):
    def other(method, row, body):
        before = row.values["updatedAt"]
        status, shown = method(way.depots, row, body)
        way.depots.rows[str(row.values["id"])].values["updatedAt"] = before
        return status, {**shown, "updatedAt": way.printed(way.depots.field("updatedAt"), before)}

    change_of(way, way.depots, other)


@defect
def created_time_moves(way):
    def other(method, row, body):
        status, shown = method(way.couriers, row, body)
        values = way.couriers.rows[row.values["id"]].values
        values["createdAt"] = values["updatedAt"]
        return status, {**shown, "createdAt": shown["updatedAt"]}

    change_of(way, way.couriers, other)


def lenient_change(way, field, **loose):
    """A rule that only creates check."""

    def other(method, one, value, how, *given):
        if one is not field or how == "create":
            return method(one, value, how, *given)
        strict = dict(vars(field))
        vars(field).update(loose)
        try:
            return method(one, value, how, *given)
        finally:
            vars(field).update(strict)

    around(way, "sent", other)


@defect
def patch_most_unchecked(way):
    lenient_change(way, way.depots.field("name"), most=None)


@defect
def patch_number_most_unchecked(way):
    lenient_change(way, way.parcels.field("grams"), most=10 ** 9)


@defect
def patch_items_unchecked(way):
    lenient_change(way, way.parcels.field("handling"), items=10 ** 6)


@defect
def patch_choice_unchecked(way):
    lenient_change(way, way.parcels.field("carrier"), kind="text")


@defect
def put_choice_unchecked(way):
    lenient_change(way, way.couriers.field("team"), kind="text")


@defect
def put_least_unchecked(way):
    lenient_change(way, way.couriers.field("name"), least=0)


@defect
def patch_format_unchecked(way):
    lenient_change(way, way.depots.field("website"), kind="text")


@defect
def patch_nested_unchecked(way):
    lenient_change(way, member(way.depots, "address.country"), kind="text")


@defect
def join_stale(way):
    around(way, "joined", lambda method, resource, values: values
           if values.get("label") is not None else method(resource, values))


@defect
def change_answers_before(way):
    def other(method, row, body):
        status, _ = method(way.parcels, row, body)
        return status, way.show(way.parcels, row)

    change_of(way, way.parcels, other)


@defect
def change_not_stored(way):
    def other(method, row, body):
        answer = method(way.couriers, row, body)
        way.couriers.rows[row.values["id"]] = row
        return answer

    change_of(way, way.couriers, other)


@defect
def change_of_all(way):
    def other(method, row, body):
        answer = method(way.depots, row, body)
        note = way.depots.rows[str(row.values["id"])].values["note"]
        if "note" in body:
            for one in way.rows(way.depots, row.account, None):
                one.values["note"] = note
        return answer

    change_of(way, way.depots, other)


@defect
def read_only_taken(way):
    def other(method, fields, body, *given):
        values = method(fields, body, *given)
        if fields is way.parcels.fields and isinstance(body.get("summary"), str):
            values["written"] = body["summary"]
        return values

    def joined(method, resource, values):
        values = method(resource, values)
        values["summary"] = values.pop("written", values.get("summary"))
        return values

    around(way, "read", other)
    around(way, "joined", lambda method, resource, values: joined(method, resource, values)
           if resource is way.parcels else method(resource, values))


@defect
def unknown_member_shown(way):
    def other(method, row, body):
        status, shown = method(way.depots, row, body)
        known = {field.name for field in way.depots.fields}
        return status, {**shown, **{name: value for name, value in body.items() if name not in known}}

    change_of(way, way.depots, other)
