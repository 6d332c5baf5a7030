"""What bodies may say: every rule of a field table, and a mistake for each that is broken."""

import copy
import re
from datetime import date, datetime, timedelta, timezone

MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


class Mistake(Exception):
    """A value that a field does not take; the text is its code."""


def fold(text):
    """Simple case folding: what would become several characters stays as it is."""
    one = (c.casefold() if len(c.casefold()) == 1 else c.lower() for c in text)
    return "".join(new if len(new) == 1 else old for old, new in zip(text, one))


def moment(text):
    """The moment of an RFC 3339 text, to the second."""
    parts = MOMENT.fullmatch(text)
    if not parts:
        raise Mistake("format")
    day, time, zone = parts.groups()
    try:
        read = datetime.fromisoformat(f"{day}T{time}{zone.upper()}")
        return read.astimezone(timezone.utc)
    except (ValueError, OverflowError):
        raise Mistake("format") from None


def day(text):
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise Mistake("format")
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Mistake("format") from None


class Rules:
    """Reads bodies by the tables."""

    def read(self, fields, body, how, before, place, mistakes):
        """The values of an object after a body: `how` is create, change or replace."""
        values = {}
        for field in fields:
            at = f"{place}.{field.name}" if place else field.name
            kept = before.get(field.name) if before else None
            if field.mode == "read-only" or (field.mode == "create-only" and how != "create"):
                values[field.name] = kept
            elif field.name in body:
                values[field.name] = self.sent(field, body[field.name], how, kept, at, mistakes)
            elif how == "change":
                values[field.name] = kept
            else:
                values[field.name] = self.unsent(field, how, at, mistakes)
        return values

    def unsent(self, field, how, place, mistakes):
        """What a member becomes that is not sent."""
        if field.required:
            mistakes.append((place, "required"))
        return self.default(field)

    def default(self, field):
        if field.kind == "object" and not field.nullable:
            return {one.name: self.default(one) for one in field.members}
        return copy.copy(field.default)

    def sent(self, field, value, how, kept, place, mistakes):
        """What a member becomes that is sent."""
        if value is None:
            return self.null(field, how, place, mistakes)
        if field.items is not None:
            return self.elements(field, value, how, place, mistakes)
        return self.one(field, value, how, kept, place, mistakes)

    def null(self, field, how, place, mistakes):
        if field.nullable:
            return None
        if how == "create" or field.required:
            mistakes.append((place, "null"))
            return None
        return self.default(field)

    def elements(self, field, value, how, place, mistakes):
        if not isinstance(value, list):
            mistakes.append((place, "type"))
            return []
        if len(value) > field.items:
            mistakes.append((place, "too_many"))
        return [self.one(field, one, how, None, f"{place}.{at}", mistakes) for at, one in enumerate(value)]

    def one(self, field, value, how, kept, place, mistakes):
        try:
            if field.kind == "object":
                return self.inside(field, value, how, kept, place, mistakes)
            return getattr(self, "read_" + field.kind)(field, value)
        except Mistake as mistake:
            mistakes.append((place, str(mistake)))
            return None

    def inside(self, field, value, how, kept, place, mistakes):
        """A nested object: one that is never null changes member by member."""
        if not isinstance(value, dict):
            raise Mistake("type")
        if field.nullable and how == "change":
            how, kept = "replace", None
        return self.read(field.members, value, how, kept, place, mistakes)

    def length(self, text):
        return len(text)

    def read_text(self, field, value):
        if not isinstance(value, str):
            raise Mistake("type")
        if field.most is not None and self.length(value) > field.most:
            raise Mistake("too_long")
        if field.least is not None and self.length(value) < field.least:
            raise Mistake("too_short")
        return value

    def read_choice(self, field, value):
        if self.read_text(field, value) not in field.choices:
            raise Mistake("not_allowed")
        return value

    def read_flag(self, field, value):
        if not isinstance(value, bool):
            raise Mistake("type")
        return value

    def read_integer(self, field, value):
        # JSON has one kind of number: 3.0 is 3.
        if isinstance(value, bool) or not isinstance(value, (int, float)) or value % 1:
            raise Mistake("type")
        return int(self.within(field, value))

    def read_decimal(self, field, value):
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise Mistake("type")
        if round(self.within(field, value), 4) != value:
            raise Mistake("format")
        return value

    def within(self, field, number):
        if number < field.least:
            raise Mistake("too_small")
        if number > field.most:
            raise Mistake("too_large")
        return number

    def read_date(self, field, value):
        return day(self.read_text(field, value))

    def read_moment(self, field, value):
        return moment(self.read_text(field, value))

    def read_email(self, field, value):
        if not re.fullmatch(r"[^@\s]+@[^@\s]+", self.read_text(field, value)):
            raise Mistake("format")
        return value

    def read_phone(self, field, value):
        number = re.sub(r"[ .()-]", "", self.read_text(field, value))
        if not re.fullmatch(r"\+[0-9]{7,15}", number):
            raise Mistake("format")
        return number

    def read_url(self, field, value):
        if not re.fullmatch(r"https?://[^\s/?#]+\S*", self.read_text(field, value)):
            raise Mistake("format")
        return value

    def read_uuid(self, field, value):
        if not UUID.fullmatch(self.read_text(field, value)):
            raise Mistake("format")
        return value.lower()

    def asked(self, field, text):
        """A value of a field as a parameter writes it."""
        if field.kind == "flag":
            if text.lower() not in ("true", "false", "1", "0"):
                raise Mistake("type")
            return text.lower() in ("true", "1")
        if field.kind in ("integer", "decimal"):
            if not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,15})?", text):
                raise Mistake("type")
            return float(text)
        if field.kind == "moment":
            return self.asked_moment(text)
        if field.kind == "date":
            return day(text)
        if field.kind == "choice" and text not in field.choices:
            raise Mistake("not_allowed")
        return text

    def asked_moment(self, text):
        """A date alone is its midnight; without an offset it is UTC."""
        if len(text) == 10:
            return moment(f"{day(text)}T00:00:00Z")
        bare = re.fullmatch(r".{10}[Tt][0-9:.]+", text)
        at = moment(text + "Z" if bare else text)
        # What is asked for may be finer than what is kept.
        fraction = re.search(r"\.([0-9]+)", text)
        return at + timedelta(seconds=float("0." + fraction[1]) if fraction else 0)
