"""What filters select."""

from ..lists import BadParameter
from ..rules import Mistake, moment
from .registry import around, defect


def asked_of(way, resource, name, fits):
    """Another comparison for one filter."""
    way.__dict__["fits_other"] = fits
    how, names = resource.filters[name]
    resource.filters[name] = ("other", names)
    if how in ("has all", "words"):
        raise ValueError(f"{name} asks for several")


@defect
def filter_prefix(way):
    asked_of(way, way.parcels, "barcode", lambda values, asked: values[0].startswith(asked))


@defect
def filter_part(way):
    asked_of(way, way.parcels, "tracking", lambda values, asked: asked in values[0])


@defect
def filter_ignored(way):
    del way.depots.filters["kind"]


@defect
def filter_case(way):
    asked_of(way, way.depots, "name", lambda values, asked: values[0] == asked)


@defect
def filter_any_case(way):
    asked_of(way, way.depots, "code", lambda values, asked: values[0].lower() == asked.lower())


@defect
def filter_email_case(way):
    asked_of(way, way.couriers, "email", lambda values, asked: values[0] == asked)


@defect
def filter_any_of(way):
    way.select = lambda rows, tests: [row for row in rows if not tests or any(test(row) for test in tests)]


@defect
def filter_last_alone(way):
    around(way, "select", lambda method, rows, tests: method(rows, tests[-1:]))


@defect
def filter_null_fits(way):
    asked_of(way, way.depots, "opened_before", lambda values, asked: values[0] is None or values[0] < asked)


@defect
def filter_at_least_is_more(way):
    asked_of(way, way.parcels, "due_from", lambda values, asked: values[0] is not None and values[0] > asked)


@defect
def filter_number_at_least_is_more(way):
    asked_of(way, way.depots, "capacity_min", lambda values, asked: values[0] > asked)


@defect
def filter_more_is_at_least(way):
    asked_of(way, way.parcels, "heavier", lambda values, asked: values[0] >= asked)


@defect
def filter_less_is_at_most(way):
    asked_of(way, way.parcels, "lighter", lambda values, asked: values[0] <= asked)


@defect
def filter_turned_round(way):
    asked_of(way, way.couriers, "hired_from", lambda values, asked: values[0] is not None and values[0] <= asked)


@defect
def filter_has_any(way):
    way.fits_has_all = lambda values, asked: any(one in values[0] for one in asked)


@defect
def filter_has_first(way):
    way.fits_has_all = lambda values, asked: asked[0] in values[0]


@defect
def filter_words_any(way):
    around(way, "fits_words", lambda method, values, asked: any(method(values, [word]) for word in asked))


@defect
def filter_words_first_member(way):
    way.depots.filters["q"] = ("words", ["name"])


@defect
def filter_words_whole(way):
    way.fits_words = lambda values, asked: all(
        any(word in (value or "").casefold().split() for value in values) for word in asked)


@defect
def filter_false_ignored(way):
    asked_of(way, way.parcels, "fragile", lambda values, asked: not asked or values[0])


@defect
def filter_wrong_member(way):
    way.parcels.filters["updated_since"] = ("at least", ["createdAt"])


@defect
def filter_offset_ignored(way):
    def asked_moment(text):
        return moment(text[:19] + "Z" if len(text) > 10 else text + "T00:00:00Z")

    way.asked_moment = asked_moment


@defect
def filter_bad_value_selects_nothing(way):
    def other(method, *given):
        try:
            return method(*given)
        except BadParameter:
            return lambda row: False

    around(way, "test", other)


@defect
def filter_bad_flag_is_false(way):
    def other(method, field, text):
        try:
            return method(field, text)
        except Mistake:
            if field.kind == "flag":
                return False
            raise

    around(way, "asked", other)
