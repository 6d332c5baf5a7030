"""What answers show."""

from .registry import around, defect, spoil


@defect
def item_member_missing(way):
    spoil(way, "item", way.depots, lambda shown, row: shown.pop("capacity"))


@defect
def item_password_shown(way):
    spoil(way, "item", way.couriers, lambda shown, row: shown.update(password=row.values["password"]))


@defect
def item_flag_as_number(way):
    spoil(way, "item", way.depots, lambda shown, row: shown.update(active=int(shown["active"])))


@defect
def item_time_broken(way):
    spoil(way, "item", way.parcels, lambda shown, row: shown.update(createdAt=shown["createdAt"].replace("T", " ")))


@defect
def item_name_of_other(way):
    names = ["Nobody"]

    def change(shown, row):
        names.append(shown["name"])
        shown["name"] = names[-2]

    spoil(way, "item", way.couriers, change)


@defect
def item_nested_cut(way):
    spoil(way, "item", way.parcels, lambda shown, row: shown.update(recipient={"name": shown["recipient"]["name"]}))


@defect
def item_stale(way):
    old = {}

    def other(method, resource, row):
        shown = method(resource, row)
        return old.setdefault(row.values["id"], shown) if resource is way.couriers else shown

    around(way, "item", other)


@defect
def secret_shown(way):
    spoil(way, "show", way.parcels, lambda shown, row: shown.update(pin=row.values["pin"]))


@defect
def member_unknown(way):
    spoil(way, "show", way.depots, lambda shown, row: shown.update(account=row.account))


@defect
def null_left_out(way):
    def change(shown, row):
        for name in [name for name, value in shown.items() if value is None]:
            del shown[name]

    spoil(way, "show", way.depots, change)


@defect
def null_as_empty_text(way):
    spoil(way, "show", way.couriers, lambda shown, row: shown.update(phone=shown["phone"] or ""))


@defect
def number_as_text(way):
    spoil(way, "show", way.parcels, lambda shown, row: shown.update(grams=str(shown["grams"])))


@defect
def time_with_fraction(way):
    spoil(way, "show", way.couriers, lambda shown, row: shown.update(updatedAt=shown["updatedAt"].replace("Z", ".000Z")))


@defect
def time_with_offset(way):
    spoil(way, "show", way.depots, lambda shown, row: shown.update(createdAt=shown["createdAt"].replace("Z", "+00:00")))


@defect
def id_as_text(way):
    spoil(way, "show", way.depots, lambda shown, row: shown.update(id=str(shown["id"])))


@defect
def empty_list_as_null(way):
    spoil(way, "show", way.parcels, lambda shown, row: shown.update(photos=shown["photos"] or None))
