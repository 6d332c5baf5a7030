//! Generates names: plain ones, and those that careless code stumbles over.

use crate::source::Source;

/// Plain words.
const PLAIN: &[&str] = &[
    "name", "title", "email", "city", "note", "amount", "rank", "kind", "state", "colour", "owner",
    "price", "weight", "since", "until", "label", "code", "phone", "country", "active", "score",
];

/// Members that are keywords or names of Rust, its libraries or generated code, or not words at
/// all.
const ODD: &[&str] = &[
    "type",
    "self",
    "fn",
    "gen",
    "match",
    "async",
    "await",
    "dyn",
    "crate",
    "super",
    "try",
    "union",
    "id",
    "_id",
    "ref",
    "$ref",
    "host-fqdn",
    "host_fqdn",
    "hostFqdn",
    "2fa",
    "é",
    "日本",
    "members",
    "update",
    "value",
    "create",
    "default",
    "option",
    "o_auth2",
    "OAuth2Auth",
    "x",
    "X",
    "a.b",
    "with space",
    "a/b",
    "a~b",
    "null",
    "true",
    "Self",
    "body",
    "path",
    "query",
    "table",
    "row",
    "limit",
    "offset",
    "raw",
    "it's",
    "\"q\"",
    "object",
    "context",
    "presence",
    "violations",
    "macro",
    "abstract",
    "become",
    "box",
    "do",
    "final",
    "priv",
    "typeof",
    "unsized",
    "virtual",
    "yield",
    "static",
    "move",
    "in",
    "items",
    "total",
    "len",
    "clone",
    "new",
    "from",
    "into",
    "as_str",
    "serde",
    "std",
    "core",
    "alloc",
    "field",
    "errors",
    "i64",
    "str",
    "bool",
    "string",
    "__proto__",
    "constructor",
    "toString",
    "a_1",
    "a1",
    "1",
    "-",
    "ß",
    "İ",
    "😀",
    "ﬀ",
    "a,b",
    "a=b",
    "a&b",
    "%41",
];

/// Names of resources, objects and tables that other items have as well.
const TYPES: &[&str] = &[
    "Relations",
    "Role",
    "Child",
    "Parent",
    "Watch",
    "Login",
    "Invite",
    "Distinct",
    "Envelope",
    "Visibility",
    "Vec",
    "Option",
    "String",
    "Result",
    "Default",
    "Box",
    "Some",
    "Ok",
    "Err",
    "None",
    "Table",
    "Column",
    "Map",
    "Value",
    "Type",
    "Async",
    "Fn",
    "Gen",
    "Geo",
    "Address",
    "Node",
    "Api",
    "Hooks",
    "Create",
    "Update",
    "Append",
    "Id",
    "List",
    "Page",
    "Filter",
    "Sort",
    "Problem",
    "Router",
    "Json",
    "Body",
    "State",
    "Error",
    "OAuth2Auth",
    "A",
    "X1",
    "Http",
    "Patch",
    "Delete",
    "Get",
    "Query",
    "Context",
    "Field",
    "Order",
    "Unique",
    "Op",
    "Managed",
    "ManagedBy",
    "Serialize",
    "Clone",
    "Debug",
    "PartialEq",
    "Self1",
    "Resource",
    "Handler",
    "Member",
    "Presence",
    "Draft",
    "Rule",
    "Instant",
    "Cow",
    "Arc",
    "Static",
    "Send",
    "Sync",
    "Sized",
    "Iterator",
    "Into",
    "From",
    "Any",
    "Refresh",
    "Thing",
    "Shelf",
    "Invoice",
    "Device",
    "Booking",
    "Person",
    "Ticket",
    "Tag",
    "Plan",
    "Site",
];

/// Names of APIs that crates and modules have as well.
const APIS: &[&str] = &[
    "gen",
    "std",
    "core",
    "serde",
    "alloc",
    "axum",
    "main",
    "lib",
    "tests",
    "test",
    "self_",
    "r",
    "x_1",
    "type",
    "async",
    "mod",
    "crate",
    "super",
    "api",
    "apis",
    "runtime",
    "proc_macro",
    "shop",
    "dns",
];

/// All names that are known to cause trouble.
pub(crate) fn known() -> impl Iterator<Item = &'static str> {
    [ODD, TYPES, APIS, PLAIN].into_iter().flatten().copied()
}

/// Generates distinct names of members.
pub(crate) fn members(source: &mut Source, count: usize) -> Vec<String> {
    distinct(source, count, |source| {
        let odd = source.chance(35);
        (*source.pick(if odd { ODD } else { PLAIN })).to_owned()
    })
}

/// Generates distinct names of types.
pub(crate) fn types(source: &mut Source, count: usize) -> Vec<String> {
    distinct(source, count, |source| (*source.pick(TYPES)).to_owned())
}

fn distinct(source: &mut Source, count: usize, one: fn(&mut Source) -> String) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for _ in 0..count * 4 {
        let name = one(source);
        if names.len() < count && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Generates the name of an API; `number` distinguishes it from others in the same server.
pub(crate) fn api(source: &mut Source, number: u64) -> String {
    match source.chance(50) {
        // Neighbours in a campaign never have the same remainder.
        true => APIS[(number % APIS.len() as u64) as usize].to_owned(),
        false => format!("api{number}"),
    }
}
