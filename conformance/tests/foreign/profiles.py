#!/usr/bin/env python3
"""Client profiles and contacts over HTTP, written by hand from spec/profiles.yaml.

Shares no code with the generated server: what the conformance suite says about it was
learnt from the documents alone. Everything is kept in memory.

    profiles.py [--port N] [--fault NAME]... [--faults]

Tokens: `main` may do everything in one tenant and `other` in another one, `reader` only
reads in the first, `nobody` is known and may do nothing.
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

# What a careless developer gets wrong. Each name stands at its one place in the code below.
FAULTS = """
filter-prefix filter-or filter-case filter-trims nulls-first sort-in-page sort-raw total-of-page
limit-capped link-drops-filters unknown-parameter length-in-bytes silent-truncation null-refused
number-unpadded boolean-text phone-raw email-lowered read-only-taken echo-refused stale-name
name-gaps put-clears idle-touches frozen-update-time contact-untouched half-create
duplicate-contact uuid-case uuid-global orphans any-parent other-tenant-reads lookup-before-scope
reader-writes etag-ignored etag-kept first-error-only wrong-delete-status wrong-create-status
time-zulu unknown-shown
""".split()
active = set()


def fault(name):
    assert name in FAULTS, name
    return name in active


# The codes of refusals, each explained at /problems/CODE.
CODES = {
    "bad_request": "The request is not HTTP as this server reads it.",
    "bad_query": "The query has a parameter that is unknown, repeated or without a legal value.",
    "malformed_body": "The body is not JSON in UTF-8, or is nested too deeply.",
    "unauthorized": "A valid bearer token is needed.",
    "forbidden": "The token does not allow this operation.",
    "not_found": "There is nothing at this address.",
    "method_not_allowed": "The address does not take this method; Allow names those it takes.",
    "conflict": "Another object has this value already.",
    "length_required": "The body has to come with its length.",
    "precondition_failed": "The object is not in the state that the condition names.",
    "body_too_large": "The body is larger than 1 MiB.",
    "unsupported_media_type": "The body has to be JSON.",
    "validation": "The body breaks a rule; each member of errors names one place.",
}
MAX_BODY = 1 << 20
MAX_DEPTH = 64
MAX_CONTACTS = 100
PATCH_TYPES = {"Accept-Patch": "application/json, application/merge-patch+json"}


class Refusal(Exception):
    """An answer that says why nothing was done."""

    def __init__(self, status, code, errors=(), **headers):
        self.status = status
        self.headers = {name.replace("_", "-"): text for name, text in headers.items()}
        self.headers["Content-Type"] = "application/problem+json"
        self.body = {"type": f"/problems/{code}", "title": code.replace("_", " ").capitalize(), "status": status, "detail": CODES[code]}
        if fault("first-error-only"):
            errors = errors[:1]
        if errors:
            self.body["errors"] = list(errors)


class Bad(Exception):
    """A value that breaks the rule of its member."""

    def __init__(self, code):
        self.code = code


def problem(pointer, code):
    return {"pointer": pointer, "code": code, "detail": f"{pointer or 'The body'}: {code.replace('_', ' ')}."}


# Texts ------------------------------------------------------------------------------------


def fold(text):
    """Simple case folding: one character for one, unlike str.casefold."""
    return "".join(next((f for f in (c.casefold(), c.lower()) if len(f) == 1), c) for c in text)


def uuid_key(text):
    """What two external ids are compared by: UUIDs of RFC 9562 without their case."""
    is_uuid = text and re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", text)
    return text.lower() if is_uuid and not fault("uuid-case") else text


def phone_number(text):
    """A number without its punctuation, or None."""
    number = re.sub(r"[ .()-]", "", text)
    return number if re.fullmatch(r"\+[1-9][0-9]{6,14}", number) else None


def full_name(first, second, third):
    parts = [first, second, third]
    if fault("name-gaps"):
        return " ".join(part or "" for part in parts)
    return " ".join(part for part in parts if part and not part.isspace())


# Rules of members: a function that takes a JSON value and returns what is stored ------------


def optional(rule):
    def check(value):
        if value is None and not fault("null-refused"):
            return None
        return rule(value)

    return check


def text(low=0, high=None):
    def check(value):
        if value is None:
            raise Bad("null")
        if not isinstance(value, str):
            raise Bad("type")
        if "\0" in value:
            raise Bad("invalid_character")
        length = len(value.encode()) if fault("length-in-bytes") else len(value)
        if length < low:
            raise Bad("too_short")
        if high and length > high and fault("silent-truncation"):
            return value[:high]
        if high and length > high:
            raise Bad("too_long")
        return value

    return check


def boolean(value):
    if value is None:
        raise Bad("null")
    for result, spellings in ((True, (True, 1, "true")), (False, (False, 0, "false"))):
        if any(value == s and type(value) is type(s) for s in spellings):
            return value if fault("boolean-text") else result
    raise Bad("type")


def country_code(value):
    if type(value) is int:
        value = str(value) if fault("number-unpadded") else f"{value:03}"
    if text()(value) not in COUNTRIES:
        raise Bad("not_a_value")
    return value


def kind(value):
    if text()(value) not in CONTACT_VALUES:
        raise Bad("not_a_value")
    return value


def email(value):
    atom = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
    label = r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"
    if len(value) > 254 or not re.fullmatch(rf"{atom}(\.{atom})*@{label}(\.{label})*", value):
        raise Bad("format")
    return value.lower() if fault("email-lowered") else value


def phone(value):
    number = phone_number(value)
    if number is None:
        raise Bad("format")
    return value if fault("phone-raw") else number


def load_countries():
    path = Path(__file__).parent / "../../../spec/reference/countries.tsv"
    with open(path, encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["numericCode"]: {name: cell or None for name, cell in row.items()} for row in rows}


COUNTRIES = load_countries()
CONTACT_VALUES = {"email": email, "phone": phone}
NAMES = ("firstName", "middleName", "lastName")
PROFILE_RULES = {
    "countryNumericCode": optional(country_code),
    "enabled": boolean,
    **{name: optional(text(high=255)) for name in NAMES},
    "uuid": optional(text(1, 255)),
}
PROFILE_KEPT = ("profileId", "contacts", "country", "name", "tags", "createTime", "updateTime")
PROFILE_DEFAULTS = {name: None for name in PROFILE_RULES} | {"enabled": True}
CONTACT_RULES = {"key": kind, "value": text(), "uuid": optional(text(1, 255))}
CONTACT_KEPT = ("contactId", "createTime", "updateTime")


# Reading bodies. Every violation is noted in `call.errors` -----------------------------------


def read_members(call, body, rules, kept, at=""):
    """The legal members of `rules`; members that are neither in them nor kept are ignored."""
    found = {}
    for name, value in body.items():
        if name in rules:
            try:
                found[name] = rules[name](value)
            except Bad as bad:
                call.errors.append(problem(f"{at}/{name}", bad.code))
        elif name not in kept:
            call.ignored.append(f"{at}/{name}"[1:])
            if fault("unknown-shown"):
                found[name] = value
    return found


def read_contact(call, body, at="", old=None):
    """The members of a contact after the body; `old` is what they were, without it they are new."""
    if not isinstance(body, dict):
        call.errors.append(problem(at, "type"))
        return None
    found = read_members(call, body, CONTACT_RULES, CONTACT_KEPT, at)
    if old is None:
        call.errors += [problem(f"{at}/{name}", "required") for name in ("key", "value") if name not in body]
        check_kept(call, body, CONTACT_KEPT, at=at)
    members = {"uuid": None} | (old or {}) | found
    # The value has to fit the key also when only one of them was sent.
    if all(name in members and (name in found or name not in body) for name in ("key", "value")):
        try:
            members["value"] = CONTACT_VALUES[members["key"]](members["value"])
        except Bad as bad:
            call.errors.append(problem(f"{at}/value", bad.code))
    return members


def check_kept(call, body, kept, before=None, after=None, moments=None, at=""):
    """Members that the server keeps: they may only come back as they are, and never to a create."""
    for name in kept:
        if name not in body or fault("read-only-taken"):
            continue
        shown = [] if before is None or fault("echo-refused") else [before[name], after[name]]
        if any(same(body[name], value) for value in shown):
            continue
        # What was read before another change still has the earlier time.
        if moments and name in moments and not_later(body[name], moments[name]):
            continue
        call.errors.append(problem(f"{at}/{name}", "read_only"))


def same(left, right):
    """Equal as JSON, where true is not 1."""
    return json.dumps(left, sort_keys=True) == json.dumps(right, sort_keys=True)


def not_later(value, moment):
    try:
        return datetime.fromisoformat(value).timestamp() * 1_000_000 <= moment and "T" in value
    except (TypeError, ValueError, OverflowError):
        return False


def repeated(keys):
    """The places of keys that stand more than once."""
    counts = Counter(keys)
    return [index for index, key in enumerate(keys) if key is not None and counts[key] > 1]


# What is stored ------------------------------------------------------------------------------


class Row:
    """A stored profile or contact: the members that clients write, and what the server knows."""

    def __init__(self, tenant, members, parent=None):
        self.tenant, self.members, self.parent = tenant, members, parent
        self.made = self.changed = tick()
        # Seconds, this process, a counter: 24 digits that grow.
        self.id = f"{self.made // 1_000_000:08x}{PROCESS}{next_number():06x}"
        self.revision = next_number()
        self.contacts = []

    def touch(self):
        if not fault("frozen-update-time"):
            self.changed = tick()
        if not fault("etag-kept"):
            self.revision = next_number()

    @property
    def etag(self):
        return f'"{self.revision}"'


PROCESS = secrets.token_hex(5)
LOCK = threading.Lock()  # held by every operation from its first look to its last change
PROFILES = {}  # by tenant and identifier, in the order of their creation
CONTACTS = {}
last = {"tick": 0, "number": 0}


def tick():
    """Microseconds since 1970 that never stand still, so that times tell the order."""
    last["tick"] = max(time.time_ns() // 1000, last["tick"] + 1)
    return last["tick"]


def next_number():
    last["number"] += 1
    return last["number"]


def shown_time(moment):
    shown = datetime.fromtimestamp(moment // 1_000_000, timezone.utc).isoformat()
    return shown.replace("+00:00", "Z") if fault("time-zulu") else shown


def shown_contact(row):
    times = {"createTime": shown_time(row.made), "updateTime": shown_time(row.changed)}
    return {"contactId": row.id} | row.members | times


def shown_profile(row):
    return {
        "profileId": row.id,
        "contacts": [shown_contact(contact) for contact in row.contacts],
        "country": COUNTRIES.get(row.members["countryNumericCode"]),
        "tags": [],
        "createTime": shown_time(row.made),
        "updateTime": shown_time(row.changed),
    } | row.members


def named(members):
    """The members of a profile with the name that they make."""
    return members | {"name": full_name(*(members[name] for name in NAMES))}


def taken(rows, tenant, uuid, but=None):
    return uuid is not None and any(
        uuid_key(row.members["uuid"]) == uuid_key(uuid)
        for row in rows.values()
        if row is not but and (row.tenant == tenant or fault("uuid-global"))
    )


# Lists ---------------------------------------------------------------------------------------


def text_filter(*reads):
    """The whole text without its case; with several texts of an object any of them."""

    def make(wanted):
        wanted = wanted.strip() if fault("filter-trims") else wanted

        def holds(row):
            texts = [value for value in (read(row) for read in reads) if value is not None]
            if fault("filter-prefix"):
                return any(fold(value).startswith(fold(wanted)) for value in texts)
            if fault("filter-case"):
                return wanted in texts
            return any(fold(value) == fold(wanted) for value in texts)

        return holds

    return make


def boolean_filter(wanted):
    if wanted.lower() not in ("1", "0", "true", "false"):
        raise Bad("not_a_value")
    return lambda row: row.members["enabled"] == (wanted.lower() in ("1", "true"))


def uuid_filter(wanted):
    return lambda row: row.members["uuid"] is not None and uuid_key(row.members["uuid"]) == uuid_key(wanted)


def value_filter(wanted):
    # A plus sign of a query arrives as a blank.
    number = phone_number(re.sub(r"^ (?=[0-9])", "+", wanted))
    by_text = text_filter(member("value"))(wanted)
    return lambda row: by_text(row) or (number is not None and row.members["value"] == number)


def member(name):
    return lambda row: row.members[name]


def name_as_filtered(row):
    """The other order of names, which the printed command has."""
    return full_name(*(row.members[name] for name in ("firstName", "lastName", "middleName")))


TIMES = {"createTime": lambda row: row.made, "updateTime": lambda row: row.changed}
PROFILE_SORTS = TIMES | {"profileId": lambda row: row.id} | {name: member(name) for name in ("enabled", "name", *NAMES)}
PROFILE_FILTERS = {
    "filter[enabled]": boolean_filter,
    "filter[name]": text_filter(member("name"), name_as_filtered),
    "filter[uuid]": uuid_filter,
}
for _name in NAMES:  # both spellings of the document
    PROFILE_FILTERS[f"filter[{_name}]"] = text_filter(member(_name))
    PROFILE_FILTERS[f"filter[profile{_name[0].upper()}{_name[1:]}]"] = text_filter(member(_name))
CONTACT_SORTS = TIMES | {"contactId": lambda row: row.id} | {name: member(name) for name in ("key", "value")}
CONTACT_FILTERS = {"filter[key]": text_filter(member("key")), "filter[value]": value_filter, "filter[uuid]": uuid_filter}


def number_of(value, low, high=10**18):
    if not re.fullmatch("[0-9]{1,18}", value) or int(value) < low:
        raise Bad("not_a_value")
    if int(value) > high and not fault("limit-capped"):
        raise Bad("not_a_value")
    return min(int(value), high)


def choice_of(value, choices):
    if value not in choices:
        raise Bad("not_a_value")
    return value


def list_answer(call, rows, shown, filters, sorts, limit=None):
    asked, conditions, errors = {}, [], []
    readers = {
        "limit": lambda value: number_of(value, 1, 500),
        "offset": lambda value: number_of(value, 0),
        "sort_by": lambda value: choice_of(value, sorts),
        "sort_order": lambda value: choice_of(value, ("asc", "desc")),
    } | filters
    for name, value in call.query:
        try:
            if name in asked:
                raise Bad("repeated_parameter")
            if name not in readers and fault("unknown-parameter"):
                continue
            if name not in readers:
                raise Bad("unknown_parameter")
            asked[name] = readers[name](value)
            if name in filters:
                conditions.append(asked[name])
        except Bad as bad:
            errors.append({"parameter": name, "code": bad.code, "detail": f"Known are {', '.join(readers)}."})
    if errors:
        raise Refusal(400, "bad_query", errors)

    all_or_any = any if fault("filter-or") and conditions else all
    found = [row for row in rows if all_or_any(holds(row) for holds in conditions)]
    read = sorts[asked.get("sort_by", "createTime")]

    def place(row):
        value = read(row)
        folded = fold(value) if isinstance(value, str) and not fault("sort-raw") else value
        is_last = (value is None) != fault("nulls-first")
        return (is_last, "", "", row.id) if value is None else (is_last, folded, value, row.id)

    limit, offset = asked.get("limit", limit), asked.get("offset", 0)
    end = len(found) if limit is None else offset + limit
    backwards = asked.get("sort_order") == "desc"
    if fault("sort-in-page"):
        page = sorted(found[offset:end], key=place, reverse=backwards)
    else:
        page = sorted(found, key=place, reverse=backwards)[offset:end]

    links = []
    if limit is not None and end < len(found):
        links.append(call.link("next", limit, end))
    if limit is not None and offset > 0:
        links += [call.link("prev", limit, max(0, offset - limit)), call.link("first", limit, 0)]
    total = len(page) if fault("total-of-page") else len(found)
    return 200, {"X-Total-Count": str(total)} | ({"Link": ", ".join(links)} if links else {}), [shown(row) for row in page]


# Operations ----------------------------------------------------------------------------------


class Call:
    """One request on its way through an operation."""

    def __init__(self, command, target, headers, body):
        self.command, self.headers, self.body = command, headers, body
        self.path, _, self.raw_query = target.partition("#")[0].partition("?")
        self.path = re.sub(r"^https?://[^/]*", "", self.path, flags=re.I)
        self.errors, self.ignored, self.tenant, self.query = [], [], None, []

    def answer(self):
        methods = self.find_route()
        allow = ", ".join(sorted([*methods, "OPTIONS"]))
        if self.command == "OPTIONS":
            return 204, {"Allow": allow} | (PATCH_TYPES if "PATCH" in methods else {}), None
        if self.command not in methods:
            raise Refusal(405, "method_not_allowed", Allow=allow)
        with LOCK:
            self.let_in()
            self.read_query(methods[self.command])
            status, headers, body = methods[self.command](self)
        if self.ignored:
            headers["Ignored-Members"] = ", ".join(quote(name, safe="/ ~!$&'()*+:;=@") for name in self.ignored)
        return status, headers, body

    def find_route(self):
        try:
            parts = [unquote(part, errors="strict") for part in self.path.split("/")[1:]]
        except UnicodeDecodeError:
            parts = []
        for route, methods in ROUTES.items():
            names = route.split("/")
            if len(names) == len(parts) and all(name in ("*", part) for name, part in zip(names, parts)):
                self.ids = [part.lower() for name, part in zip(names, parts) if name == "*"]
                return methods | ({"HEAD": methods["GET"]} if "GET" in methods else {})
        raise Refusal(404, "not_found")

    def let_in(self):
        scheme, _, token = self.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or token.strip() not in TOKENS:
            raise Refusal(401, "unauthorized", WWW_Authenticate="Bearer")
        self.tenant, rights = TOKENS[token.strip()]
        if fault("lookup-before-scope") and self.ids:
            self.profile()
        reads = self.command in ("GET", "HEAD") or fault("reader-writes")
        if not (rights == "write" or rights == "read" and reads):
            raise Refusal(403, "forbidden")

    def read_query(self, operation):
        pairs = (pair.partition("=") for pair in self.raw_query.split("&") if pair)
        try:
            self.query = [(unquote_plus(name, errors="strict"), unquote_plus(text, errors="strict")) for name, _, text in pairs]
        except UnicodeDecodeError:
            raise Refusal(400, "bad_query") from None
        if self.query and operation not in (Call.list_profiles, Call.list_contacts) and not fault("unknown-parameter"):
            unknown = [{"parameter": name, "code": "unknown_parameter", "detail": "Known are none."} for name, _ in self.query]
            raise Refusal(400, "bad_query", unknown)

    def link(self, relation, limit, offset):
        kept = [(name, text) for name, text in self.query if name not in ("limit", "offset")]
        kept = [] if fault("link-drops-filters") else kept
        query = urlencode([*kept, ("limit", limit), ("offset", offset)])
        return f'<{self.path}?{query}>; rel="{relation}"'

    def read_body(self):
        if self.body is None:
            raise Refusal(413, "body_too_large")
        media = self.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        as_form = media == "application/x-www-form-urlencoded" and self.body.lstrip().startswith(b"{")
        if not (media in ("", "application/json") or as_form or re.fullmatch(r"[^/ ]+/[^/ ]+\+json", media)):
            raise Refusal(415, "unsupported_media_type", **(PATCH_TYPES if self.command == "PATCH" else {}))
        try:
            value = json.loads(self.body.decode(), parse_constant=lambda text: int("no JSON"))
            json.dumps(value, ensure_ascii=False).encode()  # fails for a surrogate without its other half
            level, depth = [value], 0
            while level:
                inner = [item.values() if isinstance(item, dict) else item for item in level if isinstance(item, (dict, list))]
                level, depth = [item for items in inner for item in items], depth + bool(inner)
        except (ValueError, RecursionError):
            raise Refusal(400, "malformed_body") from None
        if depth > MAX_DEPTH:
            raise Refusal(400, "malformed_body")
        if not isinstance(value, dict):
            raise Refusal(422, "validation", [problem("", "type")])
        return value

    def refuse_errors(self):
        if self.errors:
            raise Refusal(422, "validation", self.errors)

    def refuse_conflicts(self, *pointers):
        if pointers:
            raise Refusal(409, "conflict", [problem(pointer, "duplicate") for pointer in pointers])

    def check_condition(self, row):
        """If-Match and If-None-Match of a change."""
        if fault("etag-ignored"):
            return
        if "If-Match" in self.headers and not self.names_tag("If-Match", row, weak=False):
            raise Refusal(412, "precondition_failed")
        if "If-None-Match" in self.headers and self.names_tag("If-None-Match", row, weak=True):
            raise Refusal(412, "precondition_failed")

    def names_tag(self, header, row, weak):
        text = self.headers[header].strip()
        tags = re.findall(r'(W/)?("[^"]*")', text)
        return text == "*" or any(tag == row.etag and (weak or not prefix) for prefix, tag in tags)

    def read_answer(self, row, shown):
        if "If-None-Match" in self.headers and not fault("etag-ignored") and self.names_tag("If-None-Match", row, weak=True):
            return 304, {"ETag": row.etag}, None
        return 200, {"ETag": row.etag}, shown(row)

    # Profiles

    def profile(self):
        row = PROFILES.get(self.ids[0])
        if row is None or row.tenant != self.tenant and not fault("other-tenant-reads"):
            raise Refusal(404, "not_found")
        return row

    def list_profiles(self):
        rows = [row for row in PROFILES.values() if row.tenant == self.tenant]
        return list_answer(self, rows, shown_profile, PROFILE_FILTERS, PROFILE_SORTS, limit=50)

    def read_profile(self):
        return self.read_answer(self.profile(), shown_profile)

    def create_profile(self):
        body = self.read_body()
        members = PROFILE_DEFAULTS | read_members(self, body, PROFILE_RULES, PROFILE_KEPT)
        check_kept(self, body, [name for name in PROFILE_KEPT if name != "contacts"])
        row = Row(self.tenant, named(members))
        if fault("half-create") and not self.errors:
            PROFILES[row.id] = row  # before anybody has looked at its contacts
        children = self.read_children(body.get("contacts", []))
        self.refuse_errors()
        conflicts = ["/uuid"] if taken(PROFILES, self.tenant, members["uuid"]) else []
        conflicts += [f"/contacts/{i}/uuid" for i, child in enumerate(children) if taken(CONTACTS, self.tenant, child["uuid"])]
        self.refuse_conflicts(*conflicts)
        PROFILES[row.id] = row
        for child in children:
            self.add_contact(row, child)
        status = 200 if fault("wrong-create-status") else 201
        return status, {"Location": f"/profiles/{row.id}", "ETag": row.etag}, shown_profile(row)

    def read_children(self, value):
        if not isinstance(value, list):
            self.errors.append(problem("/contacts", "null" if value is None else "type"))
            return []
        if len(value) > MAX_CONTACTS:
            self.errors.append(problem("/contacts", "too_many_items"))
        children = [read_contact(self, item, f"/contacts/{i}") for i, item in enumerate(value)]
        whole = [child or {} for child in children]
        pairs = [(child["key"], child["value"]) if {"key", "value"} <= child.keys() else None for child in whole]
        if not fault("duplicate-contact"):
            self.errors += [problem(f"/contacts/{i}/{name}", "duplicate") for i in repeated(pairs) for name in ("key", "value")]
        uuids = [uuid_key(child.get("uuid")) for child in whole]
        self.errors += [problem(f"/contacts/{i}/uuid", "duplicate") for i in repeated(uuids)]
        return children

    def update_profile(self):
        row, body = self.profile(), self.read_body()
        found = read_members(self, body, PROFILE_RULES, PROFILE_KEPT)
        members = (PROFILE_DEFAULTS if fault("put-clears") and self.command == "PUT" else row.members) | found
        if not fault("stale-name"):
            members = named(members)
        before = shown_profile(row)
        after = before | members | {"country": COUNTRIES.get(members["countryNumericCode"])}
        check_kept(self, body, PROFILE_KEPT, before, after, {"createTime": row.made, "updateTime": row.changed})
        self.refuse_errors()
        self.check_condition(row)
        self.refuse_conflicts(*["/uuid"] * taken(PROFILES, self.tenant, members["uuid"], but=row))
        if members != row.members or fault("idle-touches"):
            row.members = row.members | members
            row.touch()
        here = {"Content-Location": f"/profiles/{row.id}"} if self.path.startswith("/profile/") else {}
        return 200, {"ETag": row.etag} | here, shown_profile(row)

    def delete_profile(self):
        row = self.profile()
        self.check_condition(row)
        del PROFILES[row.id]
        for contact in [] if fault("orphans") else row.contacts:
            del CONTACTS[contact.id]
        return 200 if fault("wrong-delete-status") else 204, {}, None

    # Contacts

    def contact(self):
        profile, row = self.profile(), CONTACTS.get(self.ids[1])
        if row is None or row.tenant != self.tenant or row.parent is not profile and not fault("any-parent"):
            raise Refusal(404, "not_found")
        return row

    def add_contact(self, profile, members):
        row = Row(self.tenant, members, profile)
        CONTACTS[row.id] = row
        profile.contacts.append(row)
        return row

    def check_contact(self, profile, members, but=None):
        """What a new or changed contact must not share with another one."""
        others = [(row.members["key"], row.members["value"]) for row in profile.contacts if row is not but]
        conflicts = ["/key", "/value"] if (members["key"], members["value"]) in others and not fault("duplicate-contact") else []
        conflicts += ["/uuid"] if taken(CONTACTS, self.tenant, members["uuid"], but) else []
        self.refuse_conflicts(*conflicts)

    def touch_parent(self, profile):
        if not fault("contact-untouched"):
            profile.touch()

    def list_contacts(self):
        return list_answer(self, self.profile().contacts, shown_contact, CONTACT_FILTERS, CONTACT_SORTS)

    def read_contact(self):
        return self.read_answer(self.contact(), shown_contact)

    def create_contact(self):
        profile, body = self.profile(), self.read_body()
        members = read_contact(self, body)
        if len(profile.contacts) >= MAX_CONTACTS:
            self.errors.append(problem("", "too_many_items"))
        self.refuse_errors()
        self.check_contact(profile, members)
        row = self.add_contact(profile, members)
        self.touch_parent(profile)
        where = f"/profiles/{profile.id}/contacts/{row.id}"
        status = 200 if fault("wrong-create-status") else 201
        return status, {"Location": where, "ETag": row.etag}, shown_contact(row)

    def update_contact(self):
        row, body = self.contact(), self.read_body()
        members = read_contact(self, body, old=row.members)
        before = shown_contact(row)
        check_kept(self, body, CONTACT_KEPT, before, before, {"createTime": row.made, "updateTime": row.changed})
        self.refuse_errors()
        self.check_condition(row)
        self.check_contact(row.parent, members, but=row)
        if members != row.members or fault("idle-touches"):
            row.members = members
            row.touch()
            self.touch_parent(row.parent)
        return 200, {"ETag": row.etag}, shown_contact(row)

    def delete_contact(self):
        row = self.contact()
        self.check_condition(row)
        del CONTACTS[row.id]
        row.parent.contacts.remove(row)
        self.touch_parent(row.parent)
        return 200 if fault("wrong-delete-status") else 204, {}, None


_PROFILE_CHANGES = {"PUT": Call.update_profile, "PATCH": Call.update_profile}
_CONTACT_CHANGES = {"PUT": Call.update_contact, "PATCH": Call.update_contact}
ROUTES = {
    "profiles": {"GET": Call.list_profiles, "POST": Call.create_profile},
    "profiles/*": {"GET": Call.read_profile, "DELETE": Call.delete_profile} | _PROFILE_CHANGES,
    "profile/*": _PROFILE_CHANGES,
    "profiles/*/contacts": {"GET": Call.list_contacts, "POST": Call.create_contact},
    "profiles/*/contacts/*": {"GET": Call.read_contact, "DELETE": Call.delete_contact} | _CONTACT_CHANGES,
}
TOKENS = {"main": ("A", "write"), "other": ("B", "write"), "reader": ("A", "read"), "nobody": ("A", None)}


# HTTP ----------------------------------------------------------------------------------------


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def __getattr__(self, name):
        # http.server asks for do_GET and the like; every method is answered in one place.
        if name.startswith("do_"):
            return self.serve
        raise AttributeError(name)

    def serve(self):
        try:
            self.send(*Call(self.command, self.path, self.headers, self.take_body()).answer())
        except Refusal as refusal:
            self.send(refusal.status, refusal.headers, refusal.body)

    def take_body(self):
        """The bytes of the body, None if they are too many. Read before anything is refused,
        because the next request of the connection begins behind them."""
        if "Transfer-Encoding" in self.headers:
            self.close_connection = True
            raise Refusal(411, "length_required")
        length = self.headers.get("Content-Length", "0")
        if not re.fullmatch("[0-9]{1,18}", length):
            self.close_connection = True
            raise Refusal(400, "bad_request")
        if int(length) <= MAX_BODY:
            return self.rfile.read(int(length))
        self.close_connection = True
        rest = min(int(length), 16 * MAX_BODY)  # a client that still writes would miss the answer
        while rest > 0 and (chunk := self.rfile.read(min(rest, 1 << 16))):
            rest -= len(chunk)
        return None

    def send(self, status, headers, body):
        data = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
        self.send_response_only(status)
        self.send_header("Date", self.date_time_string())
        for name, text in ({} if body is None else {"Content-Type": "application/json"} | headers).items() or headers.items():
            self.send_header(name, text)
        if status not in (204, 304):
            self.send_header("Content-Length", str(len(data)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def send_error(self, code, message=None, explain=None):
        """What http.server itself refuses: a request line or header fields that are none."""
        self.close_connection = True
        refusal = Refusal(code, "bad_request")
        self.send(code, refusal.headers, refusal.body)

    def log_message(self, *args):
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 128

    def handle_error(self, request, client_address):
        # A client that went away is its own affair.
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def main():
    arguments = argparse.ArgumentParser(description="Client profiles and contacts, for the conformance suite.")
    arguments.add_argument("--port", type=int, default=0)
    arguments.add_argument("--fault", action="append", default=[], choices=[*FAULTS, "all"], metavar="NAME")
    arguments.add_argument("--faults", action="store_true", help="print the names of all faults")
    options = arguments.parse_args()
    if options.faults:
        print("\n".join(FAULTS))
        return
    active.update(FAULTS if "all" in options.fault else options.fault)
    server = Server(("127.0.0.1", options.port), Handler)
    print(f"listening on http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
