//! Valid bodies with every member that a client can send.

use serde_json::{Value, json};

/// A shelf with a book.
pub(crate) fn shelf() -> Value {
    json!({
        "type": "steel", "label": "ab", "code": "c", "open": true, "capacity": 3, "load": 1.5, "language": "de",
        "size": { "height": 3, "width": 1.5, "note": "n" }, "keywords": ["a"], "extra": { "a": { "b": ["c"] } },
        "dusted": "2020-01-02T03:04:05Z", "origin": "o", "pin": "1",
        "books": [{ "medium": "mail", "contact": "a@b.c" }],
    })
}

/// A book whose author is reached by mail.
pub(crate) fn mail() -> Value {
    json!({ "medium": "mail", "contact": "d@b.c", "publisher": "a@b.c", "hotline": "+15550109999", "isbn": "i", "pages": 3 })
}

/// A book whose author is called.
pub(crate) fn call() -> Value {
    json!({ "medium": "call", "contact": "+15550109999" })
}

/// An agent without a phrase.
pub(crate) fn agent() -> Value {
    json!({
        "mail": "a@b.c", "first": "a", "last": "b", "badge": "x", "taste": { "zone": "UTC", "speaks": "en", "alias": "a" },
        "coin": "EUR", "host": "h", "grade": { "code": "x", "label": "Chief" }, "skills": ["save"], "firm": "f",
        "color": "#aabbcc", "badges": [{ "motto": "m", "shade": "#aabbcc" }], "invited": true, "state": "on",
    })
}

/// An agent with little else.
pub(crate) fn phrase() -> Value {
    json!({ "mail": "a@b.c", "grade": { "code": "1" }, "phrase": "12345678" })
}

/// A courier with a grant.
pub(crate) fn courier() -> Value {
    json!({
        "to": "https://a.example/b", "login": { "name": "u", "word": "p" },
        "grant": { "kind": "refresh_token", "who": "w", "from": "https://a.example", "stock": "s" }, "head": { "x-a": "b" },
        "shape": { "a": "${$.b}" }, "prior": true, "way": "POST", "seal": { "on": true, "keys": ["k"] },
    })
}

/// A depot of several tenants.
pub(crate) fn depot() -> Value {
    json!({
        "name": "n", "tenants": ["t"], "zone": "North", "goods": ["Wood"], "days": ["mon"], "heated": true, "gates": 3,
    })
}

/// A depot of one owner.
pub(crate) fn owned() -> Value {
    json!({ "name": "n", "owner": "o" })
}
