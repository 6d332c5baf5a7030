"""Pages and their counts."""

from ..lists import BadParameter
from .registry import around, defect


def cut_of(way, resource, change):
    """Another place or size of pages."""

    def other(method, kind, parameters):
        cut = method(kind, parameters)
        return change(cut, parameters) if kind is resource else cut

    around(way, "cut", other)


def envelope_of(way, resource, change):
    """Other members around the items of a page."""

    def other(method, kind, rows, offset, size, number):
        answer = method(kind, rows, offset, size, number)
        if kind is resource:
            change(answer, rows, size)
        return answer

    around(way, "page", other)


@defect
def page_one_twice(way):
    cut_of(way, way.depots, lambda cut, _: (max(cut[0] - 1, 0), cut[1], cut[2]))


@defect
def page_one_missing(way):
    cut_of(way, way.depots, lambda cut, _: (cut[0] + (cut[2] > 1), cut[1], cut[2]))


@defect
def offset_one_missing(way):
    cut_of(way, way.parcels, lambda cut, _: (cut[0] + (cut[0] > 0), *cut[1:]))


@defect
def offset_ignored(way):
    cut_of(way, way.parcels, lambda cut, _: (0, *cut[1:]))


@defect
def page_end_repeats(way):
    def other(method, resource, rows, offset, size, number):
        if resource is way.depots and size and offset >= len(rows):
            offset = (len(rows) - 1) // size * size
        return method(resource, rows, max(offset, 0), size, number)

    around(way, "page", other)


@defect
def page_size_ignored(way):
    cut_of(way, way.depots, lambda cut, _: ((cut[2] - 1) * 20, cut[1] and 20, cut[2]))


@defect
def page_size_default(way):
    def change(cut, parameters):
        small = cut[1] and parameters.first("per_page") is None
        return ((cut[2] - 1) * 10, 10, cut[2]) if small else cut

    cut_of(way, way.depots, change)


@defect
def limit_default(way):
    cut_of(way, way.parcels, lambda cut, parameters: (cut[0], cut[1] if parameters.first("limit") else 20, None))


@defect
def limit_too_large_taken(way):
    def cut(method, resource, parameters):
        try:
            return method(resource, parameters)
        except BadParameter as bad:
            if str(bad) != "limit" or parameters.first("limit").strip("0123456789"):
                raise
            return 0, 100, None

    around(way, "cut", cut)


@defect
def limit_counts_one_less(way):
    cut_of(way, way.parcels, lambda cut, _: (cut[0], max(cut[1] - 1, 1), None))


@defect
def total_of_page(way):
    way.total = lambda resource, rows, items: len(items)


@defect
def total_without_filter(way):
    def other(method, resource, rows, parameters):
        answer = method(resource, rows, parameters)
        if resource is way.depots:
            answer["total"] = len(rows)
        return answer

    around(way, "listed", other)


@defect
def pages_cut_off(way):
    around(way, "pages", lambda method, count, size: count // size if size else method(count, size))


@defect
def page_from_zero(way):
    envelope_of(way, way.depots, lambda answer, rows, size: answer.update(page=answer["page"] - 1))


@defect
def envelope_missing(way):
    around(way, "page", lambda method, resource, *given: method(resource, *given)["items"]
           if resource is way.parcels else method(resource, *given))


@defect
def page_before_filter(way):
    def other(method, resource, rows, parameters):
        if resource is not way.parcels:
            return method(resource, rows, parameters)
        tests = way.tests(resource, parameters)
        offset, size, _ = way.cut(resource, parameters)
        ordered = way.sort(resource, rows, *way.order(resource, parameters))
        items = way.select(ordered[offset:offset + size], tests)
        return {"items": [way.item(resource, row) for row in items], "total": len(way.select(rows, tests))}

    around(way, "listed", other)


@defect
def page_zero_taken(way):
    def cut(method, resource, parameters):
        if resource is way.depots and parameters.first("page") == "0":
            return 0, 20, 1
        return method(resource, parameters)

    around(way, "cut", cut)
