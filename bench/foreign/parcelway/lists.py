"""Lists: what parameters select, in which order, and in which pages."""

import re
from urllib.parse import parse_qsl

from .rules import Mistake, fold


class BadParameter(Exception):
    """A parameter with a value that is not allowed."""


class Parameters:
    """A query string; of what is sent twice the first counts."""

    def __init__(self, query):
        self.pairs = parse_qsl(query, keep_blank_values=True)

    def first(self, name):
        return next((value for key, value in self.pairs if key == name), None)

    def every(self, name):
        return [value for key, value in self.pairs if key == name]

    def number(self, name, least, most=None):
        text = self.first(name)
        if text is None:
            return None
        if not re.fullmatch("[0-9]{1,18}", text):
            raise BadParameter(name)
        if int(text) < least or (most is not None and int(text) > most):
            raise BadParameter(name)
        return int(text)


class Lists:
    """Answers lists of records."""

    def listed(self, resource, rows, parameters):
        tests = self.tests(resource, parameters)
        key, falling = self.order(resource, parameters)
        cut = self.cut(resource, parameters)
        rows = self.select(rows, tests)
        rows = self.sort(resource, rows, key, falling)
        return self.page(resource, rows, *cut)

    def tests(self, resource, parameters):
        """A test for each filter that is asked for."""
        tests = []
        for name, (how, names) in resource.filters.items():
            asked = parameters.every(name)
            if asked:
                tests.append(self.test(resource, name, how, names, asked))
        return tests

    def test(self, resource, name, how, names, texts):
        field = resource.field(names[0])
        try:
            if how == "has all":
                asked = [self.asked(field, one.strip()) for text in texts for one in text.split(",")]
            elif how == "words":
                asked = fold(texts[0]).split()
            else:
                asked = self.asked(field, texts[0])
        except Mistake:
            raise BadParameter(name) from None
        compare = getattr(self, "fits_" + how.replace(" ", "_"))
        return lambda row: compare([row.values[one] for one in names], asked)

    def fits_equals(self, values, asked):
        return values[0] is not None and values[0] == asked

    def fits_folded(self, values, asked):
        return values[0] is not None and fold(values[0]) == fold(asked)

    def fits_at_least(self, values, asked):
        return values[0] is not None and values[0] >= asked

    def fits_greater(self, values, asked):
        return values[0] is not None and values[0] > asked

    def fits_less(self, values, asked):
        return values[0] is not None and values[0] < asked

    def fits_has_all(self, values, asked):
        return all(one in values[0] for one in asked)

    def fits_words(self, values, asked):
        texts = [fold(value) for value in values if value is not None]
        return all(any(word in text for text in texts) for word in asked)

    def select(self, rows, tests):
        return [row for row in rows if all(test(row) for test in tests)]

    def order(self, resource, parameters):
        if not resource.sorts:
            return None, False
        key, way = parameters.first("sort"), parameters.first("dir")
        if key is not None and key not in resource.sorts:
            raise BadParameter("sort")
        if way not in (None, "asc", "desc"):
            raise BadParameter("dir")
        return key or "createdAt", way == "desc" or (way is None and resource.falling)

    def place(self, resource, row, key):
        """Where a row stands: null is last, the same values by id."""
        value = row.values[key]
        return (value is None, "" if value is None else value, row.values["id"])

    def sort(self, resource, rows, key, falling):
        if key is None:
            return rows
        places = [(self.place(resource, row, key), row) for row in rows]
        none = [one for one in places if one[0][0]]
        some = [one for one in places if not one[0][0]]
        ordered = sorted(some, key=lambda one: one[0]) + sorted(none, key=lambda one: one[0])
        rows = [row for _, row in ordered]
        return rows[::-1] if falling else rows

    def cut(self, resource, parameters):
        """How many rows to leave out, and how many to show; none where that is all."""
        if resource.pages == "offset":
            size = parameters.number("limit", 1, 100)
            return parameters.number("offset", 0) or 0, size or 25, None
        number, size = parameters.number("page", 1), parameters.number("per_page", 1, 100)
        if resource.pages != "numbers" or (number is None and size is None):
            return 0, None, 1
        number, size = number or 1, size or 20
        return (number - 1) * size, size, number

    def page(self, resource, rows, offset, size, number):
        items = rows[offset:offset + size] if size else rows
        shown = [self.item(resource, row) for row in items]
        if not resource.pages:
            return shown
        envelope = {"items": shown, "total": self.total(resource, rows, items)}
        if resource.pages == "numbers":
            envelope |= {"pages": self.pages(len(rows), size), "page": number}
        return envelope

    def total(self, resource, rows, items):
        return len(rows)

    def pages(self, count, size):
        return -(-count // size) if size else min(count, 1)
