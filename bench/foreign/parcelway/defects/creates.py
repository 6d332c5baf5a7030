"""What creates read and keep."""

import re
import unicodedata

from ..rules import Mistake
from .registry import around, defect, member, spoil_reading


@defect
def default_wrong(way):
    way.depots.field("capacity").default = 10


@defect
def default_flag_wrong(way):
    way.depots.field("active").default = False


@defect
def default_nested_missing(way):
    member(way.parcels, "recipient.language").default = None


@defect
def list_deduplicated(way):
    around(way, "elements", lambda method, *given: list(dict.fromkeys(method(*given))))


@defect
def list_sorted(way):
    around(way, "elements", lambda method, field, *given: sorted(method(field, *given), key=str)
           if field.name == "handling" else method(field, *given))


@defect
def list_elements_lowered(way):
    spoil_reading(way, "read_text", way.couriers.field("areas"), lambda read, field, value: read(field, value).lower())


@defect
def text_trimmed(way):
    spoil_reading(way, "read_text", way.couriers.field("name"), lambda read, field, value: read(field, value).strip())


@defect
def text_cut(way):
    spoil_reading(way, "read_text", way.depots.field("name"), lambda read, field, value: read(field, value)[:40])


@defect
def text_normalised(way):
    spoil_reading(way, "read_text", way.depots.field("note"),
                  lambda read, field, value: unicodedata.normalize("NFC", read(field, value)))


@defect
def text_escaped(way):
    spoil_reading(way, "read_text", way.parcels.field("note"),
                  lambda read, field, value: read(field, value).replace("&", "&amp;").replace("<", "&lt;"))


@defect
def text_without_emoji(way):
    spoil_reading(way, "read_text", way.parcels.field("trackingNo"),
                  lambda read, field, value: re.sub("[\U00010000-\U0010ffff]", "\ufffd", read(field, value)))


@defect
def digits_become_number(way):
    def read(method, field, value):
        value = method(field, value)
        return int(value) if value.isascii() and value.isdigit() else value

    spoil_reading(way, "read_text", way.depots.field("tags"), read)


@defect
def emoji_counted_twice(way):
    way.length = lambda text: len(text.encode("utf-16-le")) // 2


@defect
def length_in_bytes(way):
    way.length = lambda text: len(text.encode())


@defect
def most_one_more(way):
    way.parcels.field("trackingNo").most += 1


@defect
def most_one_less(way):
    way.depots.field("note").most -= 1


@defect
def least_unchecked(way):
    way.parcels.field("barcode").least = 0


@defect
def password_least_unchecked(way):
    way.couriers.field("password").least = 0


@defect
def nested_most_unchecked(way):
    member(way.depots, "address.street").most = 10_000


@defect
def number_most_one_more(way):
    way.depots.field("capacity").most += 1


@defect
def number_least_unchecked(way):
    way.parcels.field("grams").least = -(10 ** 9)


@defect
def decimal_bound_open(way):
    def read(method, field, value):
        value = method(field, value)
        if value == field.most:
            raise Mistake("too_large")
        return value

    spoil_reading(way, "read_decimal", way.couriers.field("rating"), read)


@defect
def decimal_rounded(way):
    spoil_reading(way, "read_decimal", way.depots.field("surcharge"), lambda read, field, value: round(read(field, value), 2))


@defect
def decimal_digits_unchecked(way):
    def read(method, field, value):
        return method(field, round(value, 4) if isinstance(value, float) else value)

    spoil_reading(way, "read_decimal", way.parcels.field("declaredValue"), read)


@defect
def choice_any_case(way):
    def read(method, field, value):
        return method(field, value.lower() if isinstance(value, str) else value)

    spoil_reading(way, "read_choice", way.couriers.field("team"), read)


@defect
def choice_unchecked(way):
    spoil_reading(way, "read_choice", way.parcels.field("status"), lambda read, field, value: way.read_text(field, value))


@defect
def choice_list_unchecked(way):
    spoil_reading(way, "read_choice", way.depots.field("services"), lambda read, field, value: way.read_text(field, value))


@defect
def choice_one_missing(way):
    way.parcels.field("carrier").choices = ("road", "rail")


@defect
def items_unchecked(way):
    way.depots.field("tags").items = 1000


@defect
def items_one_less(way):
    way.parcels.field("photos").items = 2


@defect
def required_unchecked(way):
    field = way.parcels.field("grams")
    field.required, field.default = False, 1


@defect
def nested_required_unchecked(way):
    member(way.parcels, "customs.contents").required = False


@defect
def flag_from_text(way):
    spoil_reading(way, "read_flag", way.parcels.field("fragile"),
                  lambda read, field, value: read(field, value in ("yes", "true", "1") if isinstance(value, str) else value))


@defect
def number_from_text(way):
    def read(method, field, value):
        return method(field, int(value) if isinstance(value, str) and value.isdigit() else value)

    spoil_reading(way, "read_integer", way.depots.field("capacity"), read)


@defect
def text_from_number(way):
    spoil_reading(way, "read_text", way.couriers.field("name"), lambda read, field, value: read(field, str(value)))


@defect
def fraction_cut_off(way):
    spoil_reading(way, "read_integer", way.parcels.field("grams"),
                  lambda read, field, value: read(field, int(value) if isinstance(value, float) else value))


@defect
def null_taken(way):
    around(way, "null", lambda method, field, *given: None if field.name == "kind" else method(field, *given))


@defect
def null_is_default(way):
    around(way, "null", lambda method, field, how, *given: method(
        field, "change" if field.name == "active" else how, *given))


@defect
def date_of_no_calendar(way):
    def read(field, value):
        if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", way.read_text(field, value)):
            raise Mistake("format")
        return value

    way.read_date = read


@defect
def moment_offset_dropped(way):
    spoil_reading(way, "read_moment", way.parcels.field("collectedAt"),
                  lambda read, field, value: read(field, value[:19] + "Z" if isinstance(value, str) else value))


@defect
def email_unchecked(way):
    way.read_email = way.read_text


@defect
def url_unchecked(way):
    spoil_reading(way, "read_url", way.depots.field("website"), lambda read, field, value: way.read_text(field, value))


@defect
def url_scheme_unchecked(way):
    def read(method, field, value):
        method(field, re.sub("^[a-z]+:", "https:", way.read_text(field, value)))
        return value

    spoil_reading(way, "read_url", way.parcels.field("photos"), read)


@defect
def phone_kept_as_sent(way):
    def other(method, field, value):
        method(field, value)
        return value

    around(way, "read_phone", other)


@defect
def uuid_case_kept(way):
    def other(method, field, value):
        method(field, value)
        return value

    around(way, "read_uuid", other)


@defect
def join_without_blank(way):
    def other(method, resource, values):
        values = method(resource, values)
        if resource is way.depots:
            values["label"] = values["code"] + values["name"]
        return values

    around(way, "joined", other)


@defect
def create_answers_what_was_sent(way):
    def other(method, resource, account, parent, body):
        status, shown = method(resource, account, parent, body)
        return status, {**shown, **body} if resource is way.depots else shown

    around(way, "create", other)


@defect
def create_status(way):
    way.parcels.created = 200
