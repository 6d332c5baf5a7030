#!/usr/bin/env python3
"""Client profiles and contacts over HTTP, written by hand from spec/profiles.yaml.

It shares no code with the generated server and its tables: the conformance suite meets
it as a stranger. Everything is kept in memory. Tokens: `main` may do everything in one
tenant and `other` in another, `reader` reads in the first, `nobody` may do nothing.

    profiles.py [--port N] [--fault NAME | all]... [--faults]
"""

import argparse
import csv
import json
import re
import secrets
import sys
import threading
import time
from collections import Counter
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, unquote, unquote_plus, urlencode

# What careless developers get wrong. Each name stands at its place in the code below.
FAULTS = """
filter-prefix filter-or filter-case filter-trims fold-lower nulls-first sort-in-page sort-raw
total-of-page total-leaks limit-capped next-past-end link-drops-filters contacts-paged
contacts-by-change unknown-parameter length-in-bytes silent-truncation null-refused number-unpadded
boolean-text boolean-strict phone-raw email-lowered update-unchecked read-only-taken echo-refused
stale-name name-gaps name-cut put-clears idle-touches frozen-update-time contact-untouched half-create
duplicate-contact uuid-case uuid-global uuid-twice orphans any-parent other-tenant-reads
lookup-before-scope reader-writes etag-ignored etag-kept if-match-star first-error-only
wrong-delete-status time-zulu unknown-shown head-bare first-tag weak-tag none-match-ignored prev-stays
uuid-lowered uuid-of-any-type any-boolean problems-unexplained key-ignored key-blind key-of-anybody
""".split()
TOKENS = {"main": ("A", "write"), "other": ("B", "write"), "reader": ("A", "read"), "nobody": ("A", None)}
CODES = {  # of refusals, each explained at /problems/CODE
    "bad_request": "The request is not HTTP as this server reads it.",
    "bad_query": "The query has a parameter that is unknown, repeated or without a legal value.",
    "malformed_body": "The body is not JSON in UTF-8, or it is nested too deeply.",
    "unauthorized": "A valid bearer token is needed.",
    "forbidden": "The token does not allow this operation.",
    "not_found": "There is nothing at this address.",
    "method_not_allowed": "The address does not take this method; Allow names those it takes.",
    "conflict": "Another object has this value already.",
    "key_reused": "The Idempotency-Key belongs to another request to this address.",
    "precondition_failed": "The object is not in the state that the condition names.",
    "body_too_large": "The body is larger than 1 MiB.",
    "unsupported_media_type": "The body has to be JSON.",
    "validation": "The body breaks a rule; each member of errors names one place.",
}
MAX_BODY, MAX_DEPTH, MAX_CONTACTS, MAX_PAGE = 1 << 20, 64, 100, 500
ACCEPT = {"Accept": "application/json"}
ACCEPT_PATCH = {"Accept-Patch": "application/json, application/merge-patch+json"}
ANSWERS = {}  # to creates that named themselves, by caller, address and key
active = set()


def fault(name):
    assert name in FAULTS, name
    return name in active


def once(pairs):
    """The members of an object, none of which stands twice."""
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("a member stands twice")
    return members


class Refusal(Exception):
    """An answer that says why nothing was done."""

    def __init__(self, status, code, errors=(), headers=()):
        self.status, self.headers = status, dict(headers)
        self.body = {"type": f"/problems/{code}", "title": code.replace("_", " "), "status": status}
        self.body |= {"detail": CODES[code]} | ({"errors": list(errors)} if errors else {})


class Bad(Exception):
    """The code of the rule that a value breaks."""


def problem(place, code, kind="pointer"):
    return {kind: place, "code": str(code), "detail": f"{place or 'the body'}: {str(code).replace('_', ' ')}"}


# Values: a rule takes a JSON value and returns what is stored ------------------------------


def text(low=0, high=sys.maxsize):
    def rule(value):
        if not isinstance(value, str):
            raise Bad("null" if value is None else "type")
        if "\0" in value:
            raise Bad("invalid_character")
        length = len(value.encode()) if fault("length-in-bytes") else len(value)
        if length > high and fault("silent-truncation"):
            return value[:high]
        if not low <= length <= high:
            raise Bad("too_short" if length < low else "too_long")
        return value

    return rule


def one_of(choices):
    def rule(value):
        if text()(value) not in choices:
            raise Bad("not_a_value")
        return value

    return rule


def optional(rule):
    return lambda value: None if value is None and not fault("null-refused") else rule(value)


def boolean(value):
    for result, spellings in {True: (True, 1, "true"), False: (False, 0, "false")}.items():
        spellings = spellings[:1] if fault("boolean-strict") else spellings
        if isinstance(value, str) and fault("any-boolean"):
            return value != "false"
        if any(type(value) is type(spelling) and value == spelling for spelling in spellings):
            return value if fault("boolean-text") else result
    raise Bad("null" if value is None else "type")


def country_code(value):
    is_number = type(value) is int and not fault("number-unpadded")
    return one_of(COUNTRIES)(f"{value:03}" if is_number else value)


def email(value):
    atom, label = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+", r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"
    if len(value) > 254 or not re.fullmatch(rf"{atom}(\.{atom})*@{label}(\.{label})*", value):
        raise Bad("format")
    return value.lower() if fault("email-lowered") else value


def phone(value):
    number = re.sub(r"[ .()-]", "", value)
    if not re.fullmatch(r"\+[1-9][0-9]{6,14}", number):
        raise Bad("format")
    return value if fault("phone-raw") else number


def fold(value):
    """Simple case folding: one character for one, unlike str.casefold."""
    if fault("fold-lower"):
        return value.lower()
    return "".join(next((f for f in (c.casefold(), c.lower()) if len(f) == 1), c) for c in value)


def uuid_key(value):
    """What external identifiers are compared by: those of RFC 9562 without their case."""
    is_uuid = value and re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", value)
    return value.lower() if is_uuid and not fault("uuid-case") else value


def full_name(members, order):
    parts = [members[name] or "" for name in order]
    name = " ".join(part for part in parts if fault("name-gaps") or part and not part.isspace())
    return name[:255] if fault("name-cut") else name


def load_countries():
    path = Path(__file__).resolve().parent / "../../../spec/reference/countries.tsv"
    with open(path, encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["numericCode"]: {name: cell or None for name, cell in row.items()} for row in rows}


COUNTRIES = load_countries()
CONTACT_VALUES = {"email": email, "phone": phone}
NAMES = ("firstName", "middleName", "lastName")  # also the order of the whole name

# Queries: a reader takes the text of a parameter; that of a filter returns a condition -----


def text_filter(*reads):
    """The whole text without its case; where an object has several texts, any of them."""

    def reader(wanted):
        wanted = wanted.strip() if fault("filter-trims") else wanted
        key = str if fault("filter-case") else fold
        matches = str.startswith if fault("filter-prefix") else str.__eq__
        return lambda row: any(matches(key(read(row)), key(wanted)) for read in reads if read(row) is not None)

    return reader


def enabled_filter(wanted):
    enabled = one_of(("1", "0", "true", "false"))(wanted.lower()) in ("1", "true")
    return lambda row: row.members["enabled"] == enabled


def uuid_filter(wanted):
    return lambda row: row.members["uuid"] is not None and uuid_key(row.members["uuid"]) == uuid_key(wanted)


def value_filter(wanted):
    try:
        wanted = phone(re.sub(r"^ (?=[0-9])", "+", wanted))  # a plus arrives as a blank
    except Bad:
        pass
    return text_filter(member("value"))(wanted)


def member(name):
    return lambda row: row.members[name]


def number(low, high):
    def reader(value):
        most = sys.maxsize if fault("limit-capped") else high
        if not re.fullmatch("[0-9]{1,18}", value) or not low <= int(value) <= most:
            raise Bad("not_a_value")
        return min(int(value), high)

    return reader


# What is stored ----------------------------------------------------------------------------


class Kind:
    """Profiles or contacts: their members in printed order, the rules of those that clients write."""

    def __init__(self, members, rules, defaults, sorts, filters, limit=None):
        self.members, self.rules, self.defaults, self.limit = members.split(), rules, defaults, limit
        self.id, self.kept = self.members[0], [name for name in self.members if name not in rules]
        self.sorts = {name: member(name) for name in sorts.split()} | {self.id: lambda row: row.id}
        self.sorts |= {"createTime": lambda row: row.made, "updateTime": lambda row: row.changed}
        self.query = {"limit": number(1, MAX_PAGE), "offset": number(0, 10**18), "sort_by": one_of(self.sorts)}
        self.query |= {"sort_order": one_of(("asc", "desc")), "filter[uuid]": uuid_filter} | filters
        self.rows = {}


name_filters = {f"filter[{name}]": text_filter(member(name)) for name in NAMES}
name_filters |= {f"filter[profile{name[0].upper()}{name[1:]}]": text_filter(member(name)) for name in NAMES}
# The printed command filters by names in another order than they are shown in.
name_filters["filter[name]"] = text_filter(
    member("name"), lambda row: full_name(row.members, ("firstName", "lastName", "middleName"))
)
PROFILE = Kind(
    "profileId contacts countryNumericCode country enabled firstName middleName lastName name tags"
    " createTime updateTime uuid",
    {name: optional(text(high=255)) for name in NAMES}
    | {"countryNumericCode": optional(country_code), "enabled": boolean, "uuid": optional(text(1, 255))},
    dict.fromkeys((*NAMES, "countryNumericCode", "uuid")) | {"enabled": True},
    "enabled firstName lastName middleName name",
    {"filter[enabled]": enabled_filter} | name_filters,
    limit=50,
)
CONTACT = Kind(
    "contactId key value createTime updateTime uuid",
    {"key": one_of(CONTACT_VALUES), "value": text(), "uuid": optional(text(1, 255))},
    {"uuid": None},
    "key value",
    {"filter[key]": text_filter(member("key")), "filter[value]": value_filter},
)
LOCK = threading.Lock()  # held by an operation from its first look to its last change
PROCESS = secrets.token_hex(5)
last = {"moment": 0, "number": 0}


def next_moment():
    """Microseconds since 1970 that never stand still, so that times tell the order."""
    last["moment"] = max(time.time_ns() // 1000, last["moment"] + 1)
    return last["moment"]


def next_number():
    last["number"] += 1
    return last["number"]


class Row:
    """A profile or a contact."""

    def __init__(self, kind, tenant, members, parent=None):
        self.kind, self.tenant, self.members, self.parent, self.contacts = kind, tenant, members, parent, []
        self.made = self.changed = next_moment()
        self.revision = next_number()
        self.id = f"{self.made // 1_000_000:08x}{PROCESS}{self.revision:06x}"  # 24 digits that grow
        self.path = f"{parent.path}/contacts/{self.id}" if parent else f"/profiles/{self.id}"

    def add(self):
        self.kind.rows[self.id] = self
        if self.parent:
            self.parent.contacts.append(self)

    def remove(self):
        del self.kind.rows[self.id]
        if self.parent:
            self.parent.contacts.remove(self)
        for contact in [] if fault("orphans") else self.contacts[:]:
            contact.remove()

    def touch(self):
        """A change, which is one of the profile as well: it shows its contacts."""
        self.changed = self.changed if fault("frozen-update-time") else next_moment()
        self.revision = self.revision if fault("etag-kept") else next_number()
        self.touch_parent()

    def touch_parent(self):
        if self.parent and not fault("contact-untouched"):
            self.parent.touch()

    @property
    def tag(self):
        return f'"{self.revision}"'

    def shown(self, members=None):
        """The object as JSON; `members` stand in for its own."""
        every = (members or self.members) | {self.kind.id: self.id, "tags": []}
        every |= {"createTime": shown_time(self.made), "updateTime": shown_time(self.changed)}
        contacts = sorted(self.contacts, key=lambda row: row.changed if fault("contacts-by-change") else row.made)
        every |= {"contacts": [contact.shown() for contact in contacts]}
        every |= {"country": COUNTRIES.get(every.get("countryNumericCode"))}
        if fault("uuid-lowered") and every["uuid"]:
            every |= {"uuid": every["uuid"].lower()}
        extra = [name for name in self.members if name not in self.kind.members]
        return {name: every[name] for name in self.kind.members + extra}

    def conflicts(self, members, at=""):
        """The places of values that another object has and this one may not have."""
        kinds = (PROFILE, CONTACT) if fault("uuid-of-any-type") else (self.kind,)
        others = [row for kind in kinds for row in kind.rows.values() if row is not self]
        near = [row for row in others if row.tenant == self.tenant or fault("uuid-global")]
        uuid = uuid_key(members["uuid"])
        if uuid is not None and uuid in [uuid_key(row.members["uuid"]) for row in near]:
            yield f"{at}/uuid"
        pairs = [pair(row.members) for row in self.parent.contacts if row is not self] if self.parent else []
        if pair(members) in pairs and not fault("duplicate-contact"):
            yield from (f"{at}/key", f"{at}/value")


def pair(members):
    return (members["key"], members["value"]) if {"key", "value"} <= members.keys() else None


def shown_time(moment):
    shown = datetime.fromtimestamp(moment // 1_000_000, timezone.utc).isoformat()
    return shown.replace("+00:00", "Z") if fault("time-zulu") else shown


def not_later(value, moment):
    try:
        return "T" in value and datetime.fromisoformat(value).timestamp() * 1_000_000 <= moment
    except (TypeError, ValueError, OverflowError):
        return False


def same(left, right):
    """Equal as JSON, where true is not 1."""
    return json.dumps(left, sort_keys=True) == json.dumps(right, sort_keys=True)


# Operations --------------------------------------------------------------------------------


class Call:
    """A request on its way: who calls, what is asked, what is wrong with it."""

    def __init__(self, method, target, headers, body):
        self.method, self.headers, self.body = method, headers, body
        target = re.sub(r"^https?://[^/?#]*", "", target, flags=re.IGNORECASE)
        self.path, _, self.query_text = target.partition("#")[0].partition("?")
        self.query, self.asked, self.errors, self.ignored = [], [], [], []

    def answer(self):
        methods = self.find_route()
        allow = {"Allow": ", ".join(sorted([*methods, "OPTIONS"]))}
        if self.method == "OPTIONS":
            return 204, allow | (ACCEPT_PATCH if "PATCH" in methods else {}), None
        if self.method not in methods:
            raise Refusal(405, "method_not_allowed", headers=allow)
        operation = methods[self.method]
        if operation is Call.explain:
            return operation(self)
        with LOCK:
            self.let_in()
            self.kind = CONTACT if "/contacts" in self.path else PROFILE
            self.read_query(self.kind.query if operation is Call.list else {})
            status, headers, body = operation(self)
            headers = dict(headers)
        if self.ignored:
            headers["Ignored-Members"] = ", ".join(quote(name, safe="/ ~!$&'()*+:;=@") for name in self.ignored)
        return status, headers, body

    def find_route(self):
        parts = [unquote(part) for part in self.path.split("/")[1:]]
        for route, methods in ROUTES.items():
            names = route.split("/")
            if len(names) == len(parts) and all(name in ("*", part) for name, part in zip(names, parts)):
                self.ids = [part.lower() for name, part in zip(names, parts) if name == "*"]
                return methods | ({"HEAD": methods["GET"]} if "GET" in methods else {})
        raise Refusal(404, "not_found")

    def let_in(self):
        scheme, _, token = self.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or token.strip() not in TOKENS:
            raise Refusal(401, "unauthorized", headers={"WWW-Authenticate": "Bearer"})
        self.tenant, rights = TOKENS[token.strip()]
        if fault("lookup-before-scope") and self.ids:
            self.find()
        reads = self.method in ("GET", "HEAD") or fault("reader-writes")
        if not (rights == "write" or rights == "read" and reads):
            raise Refusal(403, "forbidden")

    def read_query(self, readers):
        try:
            for part in filter(None, self.query_text.split("&")):
                name, _, value = (unquote_plus(piece, errors="strict") for piece in part.partition("="))
                self.query.append((name, value))
        except UnicodeDecodeError:
            raise Refusal(400, "bad_query") from None
        for name, value in self.query:
            try:
                if name in dict(self.asked):
                    raise Bad("repeated_parameter")
                if name in readers:
                    self.asked.append((name, readers[name](value)))
                elif not fault("unknown-parameter"):
                    raise Bad("unknown_parameter")
            except Bad as bad:
                self.errors.append(problem(name, bad, "parameter"))
        self.refuse_errors(400, "bad_query")

    def read_body(self):
        if self.body is None:
            raise Refusal(413, "body_too_large")
        media = self.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        # The printed commands send JSON under the label of a form.
        is_form = media == "application/x-www-form-urlencoded" and self.body.lstrip().startswith(b"{")
        # What replaces is no patch, and not a part of the whole.
        is_json = self.method != "PUT" and re.fullmatch(r"[^/\s]+/[^/\s]+\+json", media)
        if not (media in ("", "application/json") or is_form or is_json):
            more = ACCEPT_PATCH if self.method == "PATCH" else {}
            raise Refusal(415, "unsupported_media_type", headers=ACCEPT | more)
        if self.method == "PUT" and "Content-Range" in self.headers:
            raise Refusal(400, "malformed_body")
        try:
            value = json.loads(
                self.body.decode(),
                parse_constant=lambda text: float(f"{text} is not JSON"),
                object_pairs_hook=once,
            )
            json.dumps(value, ensure_ascii=False).encode()  # fails for half of a surrogate pair
            nested, depth = [value], 0
            while nested := [item for item in nested if isinstance(item, (dict, list))]:
                nested = [inner for item in nested for inner in getattr(item, "values", item.__iter__)()]
                depth += 1
        except (ValueError, RecursionError):
            raise Refusal(400, "malformed_body") from None
        if depth > MAX_DEPTH:
            raise Refusal(400, "malformed_body")
        if not isinstance(value, dict):
            raise Refusal(422, "validation", [problem("", "type")])
        return value

    def note(self, code, *places):
        self.errors += [problem(place, code) for place in places]

    def refuse_errors(self, status=422, code="validation"):
        if self.errors:
            raise Refusal(status, code, self.errors[:1] if fault("first-error-only") else self.errors)

    def read_members(self, kind, body, at="", old=None):
        """What clients write of an object, after this body; without `old` it is a new one."""
        if not isinstance(body, dict):
            self.note("type", at)
            return {}
        found = {}
        for name, value in body.items():
            try:
                if value is None and old is not None and kind.defaults.get(name) is not None:
                    found[name] = kind.defaults[name]  # a change resets what is never null
                elif name in kind.rules:
                    found[name] = kind.rules[name](value)
            except Bad as bad:
                self.note(bad, f"{at}/{name}")
            if name not in kind.members:
                self.ignored.append(f"{at}/{name}"[1:])
                found |= {name: value} if fault("unknown-shown") else {}
        cleared = kind.defaults if fault("put-clears") and self.method == "PUT" else {}
        members = kind.defaults | (old or {}) | cleared | found
        self.note("required", *(f"{at}/{name}" for name in kind.rules if name not in members and name not in body))
        if kind is PROFILE:
            members["name"] = members["name"] if old and fault("stale-name") else full_name(members, NAMES)
        # A value has to fit its key also where only one of the two is sent.
        elif all(name in members and (name in found or name not in body) for name in ("key", "value")):
            try:
                if not (old and fault("update-unchecked")):
                    members["value"] = CONTACT_VALUES[members["key"]](members["value"])
            except Bad as bad:
                self.note(bad, f"{at}/value")
        if old is None and not fault("read-only-taken"):  # contacts are written by a create alone
            self.note("read_only", *(f"{at}/{name}" for name in kind.kept if name in body and name != "contacts"))
        return members

    def read_contacts(self, items):
        """The contacts of a new profile, which must not be the same twice."""
        if not isinstance(items, list):
            self.note("null" if items is None else "type", "/contacts")
            return []
        if len(items) > MAX_CONTACTS:
            self.note("too_many_items", "/contacts")
        contacts = [self.read_members(CONTACT, item, f"/contacts/{index}") for index, item in enumerate(items)]
        pairs = [None if fault("duplicate-contact") else pair(contact) for contact in contacts]
        uuids = [None if fault("uuid-twice") else uuid_key(contact.get("uuid")) for contact in contacts]
        for keys, names in ((pairs, ("key", "value")), (uuids, ("uuid",))):
            again = [index for index, key in enumerate(keys) if key is not None and Counter(keys)[key] > 1]
            self.note("duplicate", *(f"/contacts/{index}/{name}" for index in again for name in names))
        return contacts

    def check_kept(self, row, body, members):
        """What the server keeps may only come back as it is, or as the change makes it."""
        before, after = row.shown(), row.shown(members)
        times = {"createTime": row.made, "updateTime": row.changed}
        for name in row.kind.kept if not fault("read-only-taken") else ():
            shown = [] if fault("echo-refused") else [before[name], after[name]]
            if name not in body or any(same(body[name], value) for value in shown):
                continue
            # Who read it before another change still has the earlier time.
            if name not in times or not not_later(body[name], times[name]):
                self.note("read_only", f"/{name}")

    def check_condition(self, row):
        """If-Match takes strong tags alone; If-None-Match finds a read unchanged."""
        for header in ("If-Match", "If-None-Match"):
            tags = re.findall(r'(W/)?("[^"]*")', self.headers.get(header, ""))
            tags = tags[:1] if fault("first-tag") else tags
            weakly = header == "If-None-Match" or fault("weak-tag")
            is_named = any(tag == row.tag and (weakly or not weak) for weak, tag in tags)
            is_any = self.headers.get(header, "").strip() == "*" and not fault("if-match-star")
            matches = is_named or is_any
            if header not in self.headers or matches == (header == "If-Match") or fault("etag-ignored"):
                continue
            is_read = header == "If-None-Match" and self.method in ("GET", "HEAD")
            if header == "If-None-Match" and not is_read and fault("none-match-ignored"):
                continue
            raise Refusal(304 if is_read else 412, "precondition_failed", headers={"ETag": row.tag})

    def find(self):
        """The object of the path; of a path to a list, the profile above it."""
        row = profile = PROFILE.rows.get(self.ids[0])
        if profile and len(self.ids) == 2:
            contact = CONTACT.rows.get(self.ids[1])
            row = contact if contact and (contact.parent is profile or fault("any-parent")) else None
        if not row or row.tenant != self.tenant and not fault("other-tenant-reads"):
            raise Refusal(404, "not_found")
        return row

    def explain(self):
        code = self.path.rpartition("/")[2]
        if code not in CODES or fault("problems-unexplained"):
            raise Refusal(404, "not_found")
        return 200, {}, {"type": f"/problems/{code}", "detail": CODES[code]}

    def list(self):
        everything = self.find().contacts if self.ids else PROFILE.rows.values()
        rows = [row for row in everything if row.tenant == self.tenant]
        asked = dict(self.asked)
        conditions = [value for name, value in self.asked if name.startswith("filter[")]
        holds = any if fault("filter-or") and conditions else all
        found = [row for row in rows if holds(condition(row) for condition in conditions)]
        read = self.kind.sorts[asked.get("sort_by", "createTime")]

        def place(row):
            value = read(row)
            key = fold(value) if isinstance(value, str) and not fault("sort-raw") else value
            is_last = (value is None) != fault("nulls-first")
            return (is_last, "", "", row.id) if value is None else (is_last, key, value, row.id)

        limit = asked.get("limit", 50 if fault("contacts-paged") else self.kind.limit)
        offset = asked.get("offset", 0)
        end, backwards = offset + (limit or len(found)), asked.get("sort_order") == "desc"
        if fault("sort-in-page"):
            page = sorted(found[offset:end], key=place, reverse=backwards)
        else:
            page = sorted(found, key=place, reverse=backwards)[offset:end]
        total = len(page) if fault("total-of-page") else len(found)
        if fault("total-leaks"):
            total = sum(all(condition(row) for condition in conditions) for row in everything)
        headers = {"X-Total-Count": str(total)}
        is_more = end < len(found) or fault("next-past-end") and end == len(found) and limit
        ways = {"next": end} if is_more else {}
        before = offset if fault("prev-stays") else max(0, offset - (limit or 0))
        ways |= {"prev": before, "first": 0} if limit and offset else {}
        if ways:
            kept = [(name, text) for name, text in self.query if name not in ("limit", "offset")]
            kept = [] if fault("link-drops-filters") else kept
            links = {way: urlencode([*kept, ("limit", limit), ("offset", start)]) for way, start in ways.items()}
            headers["Link"] = ", ".join(f'<{self.path}?{query}>; rel="{way}"' for way, query in links.items())
        headers = {} if self.method == "HEAD" and fault("head-bare") else headers
        return 200, headers, [row.shown() for row in page]

    def read(self):
        row = self.find()
        self.check_condition(row)
        return 200, {"ETag": row.tag}, row.shown()

    def create_once(self):
        key, sent = self.headers.get("Idempotency-Key"), (self.query_text, self.body)
        if key is None or fault("key-ignored"):
            return self.create()
        caller = None if fault("key-of-anybody") else self.headers["Authorization"]
        before, answer, ignored = ANSWERS.get((caller, self.path, key), (sent, None, []))
        if before != sent and not fault("key-blind"):
            raise Refusal(422, "key_reused")
        if answer is None:
            answer, ignored = self.create(), self.ignored
            ANSWERS[caller, self.path, key] = sent, answer, ignored
        self.ignored = ignored
        return answer

    def create(self):
        parent, body = self.find() if self.ids else None, self.read_body()
        row = Row(self.kind, self.tenant, self.read_members(self.kind, body), parent)
        if fault("half-create") and not parent and not self.errors:
            row.add()  # before anybody has looked at its contacts
        contacts = [] if parent else self.read_contacts(body.get("contacts", []))
        if parent and len(parent.contacts) >= MAX_CONTACTS:
            self.note("too_many_items", "")
        self.refuse_errors()
        children = [Row(CONTACT, self.tenant, contact, row) for contact in contacts]
        self.note("duplicate", *row.conflicts(row.members))
        for index, child in enumerate(children):
            self.note("duplicate", *child.conflicts(child.members, f"/contacts/{index}"))
        self.refuse_errors(409, "conflict")
        for new in (row, *children):
            new.add()
        row.touch_parent()
        return 201, {"Location": row.path, "ETag": row.tag}, row.shown()

    def update(self):
        row, body = self.find(), self.read_body()
        members = self.read_members(row.kind, body, old=row.members)
        self.check_kept(row, body, members)
        self.refuse_errors()
        self.check_condition(row)
        self.note("duplicate", *row.conflicts(members))
        self.refuse_errors(409, "conflict")
        if members != row.members or fault("idle-touches"):
            row.members = members
            row.touch()
        elsewhere = {} if self.path.startswith("/profiles/") else {"Content-Location": row.path}
        return 200, {"ETag": row.tag} | elsewhere, row.shown()

    def delete(self):
        row = self.find()
        self.check_condition(row)
        row.remove()
        row.touch_parent()
        return 200 if fault("wrong-delete-status") else 204, {}, None


CHANGES = {"PUT": Call.update, "PATCH": Call.update}
ROUTES = {
    "profiles": {"GET": Call.list, "POST": Call.create_once},
    "profiles/*": {"GET": Call.read, "DELETE": Call.delete} | CHANGES,
    "profile/*": CHANGES,
    "profiles/*/contacts": {"GET": Call.list, "POST": Call.create_once},
    "profiles/*/contacts/*": {"GET": Call.read, "DELETE": Call.delete} | CHANGES,
    "problems/*": {"GET": Call.explain},
}

# HTTP --------------------------------------------------------------------------------------


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def __getattr__(self, name):
        if name.startswith("do_"):  # http.server asks for do_GET and the like
            return self.serve
        raise AttributeError(name)

    def serve(self):
        try:
            # The body is read before anything is refused: the next request begins behind it.
            self.send(*Call(self.command, self.path, self.headers, self.take_body()).answer())
        except Refusal as refusal:
            self.send(refusal.status, refusal.headers, refusal.body)

    def take_body(self):
        """The bytes of the body, or None where they are too many."""
        body, size = bytearray(), 0
        for piece in self.pieces():
            size += len(piece)
            body += piece if size <= MAX_BODY else b""
            if size > 16 * MAX_BODY:  # who only ever writes gets no answer
                break
        self.close_connection |= size > MAX_BODY
        return bytes(body) if size <= MAX_BODY else None

    def pieces(self):
        if "chunked" not in self.headers.get("Transfer-Encoding", "").lower():
            yield from self.read_exactly(self.headers.get("Content-Length", "0"), 10)
            return
        while (line := self.rfile.readline(1000).partition(b";")[0].decode("latin-1").strip()).strip("0"):
            yield from self.read_exactly(line, 16)
            self.rfile.readline(1000)
        while self.rfile.readline(1 << 16).strip():
            pass

    def read_exactly(self, size, base):
        if not re.fullmatch("[0-9]{1,18}" if base == 10 else "[0-9a-fA-F]{1,15}", size):
            self.close_connection = True
            raise Refusal(400, "bad_request")
        rest = int(size, base)
        while rest and (piece := self.rfile.read(min(rest, 1 << 16))):
            rest -= len(piece)
            yield piece

    def send(self, status, headers, body):
        data = b"" if body is None or status == 304 else json.dumps(body, ensure_ascii=False).encode()
        media = {"Content-Type": f"application/{'problem+' if status >= 400 else ''}json"} if data else {}
        self.send_response_only(status)
        self.send_header("Date", self.date_time_string())
        for name, value in (headers | media).items():
            self.send_header(name, value)
        if status not in (204, 304):
            self.send_header("Content-Length", str(len(data)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(b"" if self.command == "HEAD" else data)

    def send_error(self, code, message=None, explain=None):
        """What http.server refuses by itself: lines that are no request."""
        self.request_version = self.protocol_version
        self.close_connection, refusal = True, Refusal(code, "bad_request")
        self.send(code, refusal.headers, refusal.body)

    def log_message(self, *args):
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 128

    def handle_error(self, request, client_address):
        if not isinstance(sys.exception(), ConnectionError):  # a client that left is its own affair
            super().handle_error(request, client_address)


def main():
    arguments = argparse.ArgumentParser(description="Client profiles and contacts, for the conformance suite.")
    arguments.add_argument("--port", type=int, default=0)
    arguments.add_argument("--fault", action="append", default=[], choices=[*FAULTS, "all"], metavar="NAME")
    arguments.add_argument("--faults", action="store_true", help="print the names of the faults")
    options = arguments.parse_args()
    if options.faults:
        return print("\n".join(FAULTS))
    active.update(FAULTS if "all" in options.fault else options.fault)
    server = Server(("127.0.0.1", options.port), Handler)
    print(f"listening on http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
