"""Answers that refuse."""

import json
import re
from contextlib import suppress

from ..lists import BadParameter, Parameters
from ..store import Refusal
from .registry import around, defect


@defect
def refused_with_200(way):
    around(way, "refused", lambda method, refusal: (200 if refusal.code == "validation_failed" else refusal.status,
                                                    method(refusal)[1]))


@defect
def refused_with_422(way):
    around(way, "refused", lambda method, refusal: (422 if refusal.code == "validation_failed" else refusal.status,
                                                    method(refusal)[1]))


@defect
def crash_on_element(way):
    def other(method, field, value, *given):
        if field.name == "tags" and isinstance(value, list):
            value = [one + "" for one in value]
        return method(field, value, *given)

    around(way, "elements", other)


@defect
def crash_on_number(way):
    around(way, "read_integer", lambda method, field, value: method(field, value + 0))


@defect
def refused_and_stored(way):
    def other(method, resource, row, body):
        try:
            return method(resource, row, body)
        except Refusal:
            for name, value in body.items():
                with suppress(Refusal):
                    method(resource, resource.rows[row.values["id"]], {name: value})
            raise

    around(way, "change", lambda method, resource, row, body: other(method, resource, row, body)
           if resource is way.parcels else method(resource, row, body))


@defect
def refused_and_created(way):
    def other(method, resource, row):
        way.put(resource, row)
        method(resource, row)

    around(way, "refuse_taken", lambda method, resource, row: other(method, resource, row)
           if resource is way.depots else method(resource, row))


@defect
def not_found_in_other_form(way):
    around(way, "refused", lambda method, refusal: (404, {"message": "not found"})
           if refusal.status == 404 else method(refusal))


@defect
def error_code_missing(way):
    def other(method, refusal):
        status, body = method(refusal)
        del body["error"]["code"]
        return status, body

    around(way, "refused", other)


@defect
def place_of_leaf_alone(way):
    around(way, "judge", lambda method, mistakes: method([(place.rpartition(".")[2], code) for place, code in mistakes]))


@defect
def place_of_top_alone(way):
    around(way, "judge", lambda method, mistakes: method([(place.partition(".")[0], code) for place, code in mistakes]))


@defect
def place_with_brackets(way):
    around(way, "judge", lambda method, mistakes: method(
        [(re.sub(r"\.([0-9]+)", r"[\1]", place), code) for place, code in mistakes]))


@defect
def place_missing(way):
    around(way, "judge", lambda method, mistakes: method([("", code) for _, code in mistakes]))


@defect
def first_mistake_alone(way):
    around(way, "judge", lambda method, mistakes: method(mistakes[:1]))


@defect
def bad_json_is_empty(way):
    def other(method, raw):
        try:
            return method(raw)
        except Refusal:
            return {}

    around(way, "body", other)


@defect
def bad_json_is_500(way):
    way.body = lambda raw: json.loads(raw)


@defect
def array_is_empty_object(way):
    def other(method, raw):
        return {} if raw.lstrip()[:1] == b"[" else method(raw)

    around(way, "body", other)


@defect
def conflict_is_400(way):
    def other(method, resource, row):
        try:
            method(resource, row)
        except Refusal as refusal:
            raise Refusal(400, refusal.code, refusal.message, refusal.mistakes) from None

    around(way, "refuse_taken", lambda method, resource, row: other(method, resource, row)
           if resource is way.depots else method(resource, row))


@defect
def conflict_without_place(way):
    def other(method, resource, row):
        try:
            method(resource, row)
        except Refusal as refusal:
            raise Refusal(409, refusal.code, refusal.message) from None

    around(way, "refuse_taken", other)


@defect
def bad_parameter_is_ignored(way):
    def other(method, resource, rows, parameters):
        while True:
            try:
                return method(resource, rows, parameters)
            except BadParameter as bad:
                kept, parameters = parameters, Parameters("")
                parameters.pairs = [pair for pair in kept.pairs if pair[0] != str(bad)]

    around(way, "listed", other)


@defect
def unknown_parameter_refused(way):
    def other(method, resource, rows, parameters):
        known = {*resource.filters, "sort", "dir", "page", "per_page", "limit", "offset"}
        for name, _ in parameters.pairs:
            if name not in known:
                raise BadParameter(name)
        return method(resource, rows, parameters)

    around(way, "listed", other)


@defect
def unknown_member_refused(way):
    def other(method, resource, row, body):
        known = {field.name for field in resource.fields}
        way.judge([(name, "unknown") for name in body if name not in known])
        return method(resource, row, body)

    around(way, "change", other)


@defect
def read_only_refused(way):
    def other(method, fields, body, how, before, place, mistakes):
        fixed = [field.name for field in fields if field.mode == "read-only"]
        mistakes += [(name, "read_only") for name in fixed if name in body]
        return method(fields, body, how, before, place, mistakes)

    around(way, "read", other)


@defect
def parameter_last_counts(way):
    def other(method, resource, rows, parameters):
        turned = Parameters("")
        turned.pairs = parameters.pairs[::-1]
        return method(resource, rows, turned)

    around(way, "listed", other)
