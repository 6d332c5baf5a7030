"""The field tables of parcels.txt as data."""

from dataclasses import dataclass, field as member


@dataclass
class Field:
    """A row of a field table."""

    name: str
    kind: str  # text, choice, flag, integer, decimal, date, moment, email, phone, url, uuid, object, join, id
    mode: str = "open"  # or read-only, create-only, hidden
    required: bool = False
    nullable: bool = False
    default: object = None
    least: float | None = None
    most: float | None = None
    choices: tuple = ()
    items: int | None = None  # most elements, where it is a list
    unique: bool = False
    members: tuple = ()
    parts: tuple = ()


@dataclass
class Resource:
    """A kind of object, where it stands and what its list can be asked."""

    name: str
    fields: list
    filters: dict  # parameter -> (comparison, members)
    sorts: tuple = ()
    falling: bool = False  # whether the usual order is desc
    pages: str = ""  # numbers, offset, or nothing: an array of everything
    combination: tuple = ()
    created: int = 201
    removed: int = 204
    verb: str = "PATCH"
    rows: dict = member(default_factory=dict)

    def field(self, name):
        return next(one for one in self.fields if one.name == name)


def text(name, least, most, **more):
    return Field(name, "text", least=least, most=most, **more)


def choice(name, *choices, **more):
    return Field(name, "choice", choices=choices, **more)


def several(field, items):
    """A list of what a field is."""
    field.items, field.default = items, []
    return field


def stamped():
    return [Field(name, "moment", mode="read-only") for name in ("createdAt", "updatedAt")]


def depots():
    address = (
        text("street", 0, 80, nullable=True),
        text("city", 1, 40, default="Unknown"),
        text("postcode", 0, 10, nullable=True),
        choice("country", "NL", "BE", "DE", "FR", default="NL"),
    )
    geo = (
        Field("lat", "decimal", least=-90, most=90, required=True),
        Field("lng", "decimal", least=-180, most=180, required=True),
        Field("accuracy", "integer", least=0, most=10000, default=10),
    )
    fields = [
        Field("id", "id", mode="read-only"),
        text("code", 3, 12, required=True, mode="create-only", unique=True),
        text("name", 1, 60, required=True),
        choice("kind", "hub", "shop", "locker", default="shop"),
        Field("active", "flag", default=True),
        Field("capacity", "integer", least=0, most=5000, default=100),
        Field("surcharge", "decimal", least=-50, most=50, nullable=True),
        several(choice("services", "pickup", "return", "customs", "cooling"), 6),
        several(text("tags", 1, 20), 5),
        Field("address", "object", members=address),
        Field("geo", "object", members=geo, nullable=True),
        Field("website", "url", most=200, nullable=True),
        Field("openedOn", "date", nullable=True),
        text("note", 0, 200, nullable=True),
        Field("label", "join", mode="read-only", parts=("code", "name")),
        *stamped(),
    ]
    filters = {
        "kind": ("equals", ["kind"]),
        "active": ("equals", ["active"]),
        "code": ("equals", ["code"]),
        "name": ("folded", ["name"]),
        "capacity_min": ("at least", ["capacity"]),
        "opened_before": ("less", ["openedOn"]),
        "services": ("has all", ["services"]),
        "q": ("words", ["name", "note"]),
    }
    sorts = ("createdAt", "name", "capacity", "openedOn")
    return Resource("depots", fields, filters, sorts=sorts, pages="numbers")


def parcels():
    recipient = (
        text("name", 1, 80, required=True),
        Field("email", "email", most=120, nullable=True),
        choice("language", "nl", "fr", "de", "en", default="nl"),
        Field("leaveOutside", "flag", default=False),
    )
    customs = (
        text("contents", 1, 100, required=True),
        Field("value", "decimal", least=0, most=100000, nullable=True),
        several(text("codes", 4, 10), 4),
    )
    fields = [
        Field("id", "id", mode="read-only"),
        text("barcode", 6, 20, required=True, unique=True),
        choice("carrier", "road", "rail", "air", required=True),
        text("trackingNo", 1, 30, required=True),
        choice("status", "announced", "stored", "out", "delivered", default="announced"),
        Field("grams", "integer", least=1, most=70000, required=True),
        Field("declaredValue", "decimal", least=0, most=10000, default=0),
        Field("fragile", "flag", default=False),
        several(choice("handling", "upright", "dry", "cold", "signature"), 8),
        Field("recipient", "object", members=recipient, required=True),
        Field("customs", "object", members=customs, nullable=True),
        several(Field("photos", "url", most=200), 3),
        Field("partnerId", "uuid", nullable=True),
        Field("dueOn", "date", nullable=True),
        Field("collectedAt", "moment", nullable=True),
        text("note", 0, 100, nullable=True),
        text("pin", 4, 8, nullable=True, mode="hidden"),
        Field("summary", "join", mode="read-only", parts=("carrier", "trackingNo")),
        *stamped(),
    ]
    filters = {
        "status": ("equals", ["status"]),
        "barcode": ("equals", ["barcode"]),
        "tracking": ("equals", ["trackingNo"]),
        "fragile": ("equals", ["fragile"]),
        "heavier": ("greater", ["grams"]),
        "lighter": ("less", ["grams"]),
        "due_from": ("at least", ["dueOn"]),
        "updated_since": ("at least", ["updatedAt"]),
        "handling": ("has all", ["handling"]),
    }
    sorts = ("createdAt", "updatedAt", "barcode", "status", "grams", "dueOn")
    return Resource("parcels", fields, filters, sorts=sorts, falling=True, pages="offset",
                    combination=("carrier", "trackingNo"))


def couriers():
    vehicle = (
        choice("kind", "bike", "van", "truck", required=True),
        text("plate", 1, 10, nullable=True),
        Field("electric", "flag", default=False),
    )
    fields = [
        Field("id", "id", mode="read-only"),
        text("name", 2, 50, required=True),
        Field("email", "email", most=120, required=True, unique=True),
        text("password", 8, 64, required=True, mode="hidden"),
        Field("phone", "phone", nullable=True),
        choice("team", "north", "south", "night", nullable=True),
        Field("hiredOn", "date", nullable=True),
        Field("rating", "decimal", least=0, most=5, default=5),
        several(text("areas", 1, 12), 10),
        Field("vehicle", "object", members=vehicle, nullable=True),
        *stamped(),
    ]
    filters = {
        "team": ("equals", ["team"]),
        "email": ("folded", ["email"]),
        "hired_from": ("at least", ["hiredOn"]),
    }
    return Resource("couriers", fields, filters, created=200, removed=200, verb="PUT")
