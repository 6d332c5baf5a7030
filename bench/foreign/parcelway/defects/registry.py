"""The defects by name, and how they get into the service."""

ALL = {}


def defect(change):
    """A defect: a function that spoils a service."""
    ALL[change.__name__.replace("_", "-")] = change
    return change


def around(owner, name, other):
    """Puts a function around a method: it gets the method first."""
    method = getattr(owner, name)
    setattr(owner, name, lambda *given: other(method, *given))


def member(resource, path):
    """A field of a table, also inside of a nested object."""
    first, *rest = path.split(".")
    field = resource.field(first)
    for name in rest:
        field = next(one for one in field.members if one.name == name)
    return field


def spoil(way, method, resource, change):
    """Changes what is shown of a resource: `show` everywhere, `item` in lists alone."""

    def other(before, kind, row):
        shown = before(kind, row)
        if kind is resource:
            change(shown, row)
        return shown

    around(way, method, other)


def spoil_reading(way, method, field, read):
    """Reads a field in another way: `read` gets the method, the field and the value."""

    def other(before, one, value):
        return read(before, one, value) if one is field else before(one, value)

    around(way, method, other)
