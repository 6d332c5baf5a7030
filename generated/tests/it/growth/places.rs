//! What a request can have more of, from an OpenAPI document.

use std::collections::BTreeSet;
use std::fmt;

use serde_json::Value;

use super::client::Ask;

/// Longest query string and header in bytes.
const HEAD: usize = 48 << 10;

/// How deep bodies are looked into.
const DEPTH: usize = 4;

/// Something that a request can have more of.
pub(super) struct Growth {
    method: String,
    path: String,
    place: Place,
    more: &'static More,
}

/// Where it is.
enum Place {
    /// In the body: text around it.
    Body { before: String, after: String },
    /// In the value of a parameter: a value that it takes.
    Parameter { name: String, value: String },
    /// In a header.
    Header(&'static str),
}

/// A way to write more of something: a start, parts by number, an end.
struct More {
    name: &'static str,
    start: &'static str,
    part: fn(usize, &str) -> String,
    end: &'static str,
}

macro_rules! more {
    ($name:literal, $start:literal, $part:expr, $end:literal) => {
        More {
            name: $name,
            start: $start,
            part: $part,
            end: $end,
        }
    };
}

/// In arrays, and where one is none: in front of each part but the first
/// stands a comma.
static ELEMENTS: &[More] = &[
    more!("empty objects", "[", |at, _| comma(at, "{}"), "]"),
    more!("objects", "[", |at, _| comma(at, r#"{"x":1}"#), "]"),
    more!("the same text", "[", |at, _| comma(at, r#""x""#), "]"),
    more!("texts", "[", |at, _| comma(at, &format!("\"x{at}\"")), "]"),
    more!("numbers", "[", |at, _| comma(at, &at.to_string()), "]"),
];

/// In objects.
static MEMBERS: &[More] = &[
    more!(
        "names",
        "{",
        |at, _| comma(at, &format!("\"x{at}\":\"a\"")),
        "}"
    ),
    more!("one name", "{", |at, _| comma(at, r#""x":"a""#), "}"),
    more!(
        "values U+0000",
        "{\"x\":[",
        |at, _| comma(at, r#""\u0000""#),
        "]}"
    ),
];

/// In texts.
static CHARACTERS: &[More] = &[
    more!("characters", "\"", |_, _| "x".repeat(64), "\""),
    more!("characters U+0000", "\"", |_, _| r"\u0000".to_owned(), "\""),
    more!("expressions", "\"", |_, _| "${$.x}".to_owned(), "\""),
];

/// Around the whole body.
static WHOLE: &[More] = &[
    more!("arrays in arrays", "", |_, _| "[".to_owned(), ""),
    more!("blanks", "", |_, _| " ".repeat(64), "{}"),
];

/// In the value of a parameter; the first part follows `name=`.
static VALUES: &[More] = &[
    more!("characters", "", |_, _| "x".repeat(64), ""),
    more!("words", "", |at, _| format!("w{at}+"), ""),
    more!("values", "", |at, value| comma(at, value), ""),
];

/// Parameters, one behind the other.
static PAIRS: &[More] = &[
    more!("times", "", |_, pair| format!("{pair}&"), ""),
    more!("names", "", |at, _| format!("x{at}=1&"), ""),
];

/// In a header with a list.
static TAGS: &[More] = &[
    more!("tags", "\"a\"", |at, _| format!(",\"{at}\""), ""),
    more!("characters", "\"", |_, _| "a".repeat(64), "\""),
];

fn comma(at: usize, part: &str) -> String {
    match at {
        0 => part.to_owned(),
        _ => format!(",{part}"),
    }
}

impl More {
    /// About `size` bytes of it.
    fn text(&self, size: usize, value: &str) -> String {
        let mut text = self.start.to_owned();
        let mut at = 0;
        while text.len() < size.saturating_sub(64) {
            text.push_str(&(self.part)(at, value));
            at += 1;
        }
        text + self.end
    }
}

impl Growth {
    /// A request of about `size` bytes; heads are shorter than bodies.
    pub(super) fn ask(&self, size: usize) -> Ask {
        let head = size.min(HEAD);
        let mut ask = Ask {
            method: self.method.clone(),
            path: self.path.clone(),
            header: None,
            body: None,
        };
        match &self.place {
            Place::Body { before, after } => {
                let more = self.more.text(size - before.len() - after.len(), "");
                ask.body = Some(format!("{before}{more}{after}"));
            }
            Place::Parameter { name, value } if std::ptr::eq(self.more, &PAIRS[0]) => {
                let pair = format!("{name}={value}");
                ask.path = format!("{}?{}", self.path, self.more.text(head, &pair));
            }
            Place::Parameter { .. } if std::ptr::eq(self.more, &PAIRS[1]) => {
                ask.path = format!("{}?{}", self.path, self.more.text(head, ""));
            }
            Place::Parameter { name, value } => {
                let more = self.more.text(head, value);
                ask.path = format!("{}?{name}={more}", self.path);
            }
            Place::Header(name) => ask.header = Some((name, self.more.text(head, ""))),
        }
        ask
    }
}

impl fmt::Display for Growth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = match &self.place {
            Place::Body { before, .. } => before.as_str(),
            Place::Parameter { name, .. } => name,
            Place::Header(name) => name,
        };
        write!(
            f,
            "{} {} {place} {}",
            self.method, self.path, self.more.name
        )
    }
}

/// Everything that requests of a document can have more of.
pub(super) fn growths(document: &Value) -> Vec<Growth> {
    let (mut all, mut shapes) = (Vec::new(), BTreeSet::new());
    for (template, operations) in document["paths"].as_object().unwrap() {
        let operations = operations.as_object().unwrap();
        for (method, operation) in operations.iter().filter(|(_, one)| one.is_object()) {
            let method = method.to_uppercase();
            let path = filled(template);
            let mut add = |place: Place, more: &'static More| {
                all.push(Growth {
                    method: method.clone(),
                    path: path.clone(),
                    place,
                    more,
                });
            };
            let contents = operation["requestBody"]["content"].as_object();
            let content = contents.and_then(|contents| contents.values().next());
            // Two operations that take the same read it the same way.
            let fresh = |content: &&Value| shapes.insert(content["schema"].to_string());
            if let Some(content) = content.filter(fresh) {
                let mut seen = BTreeSet::new();
                places(document, &content["schema"], "", "", 0, &mut seen);
                for (before, after, kind) in seen {
                    for more in kind {
                        let (before, after) = (before.clone(), after.clone());
                        add(Place::Body { before, after }, more);
                    }
                }
            }
            parameters(document, operation, &mut add);
            if method == "GET" && template.ends_with('}') {
                TAGS.iter()
                    .for_each(|more| add(Place::Header("if-none-match"), more));
            }
        }
    }
    all
}

fn parameters(document: &Value, operation: &Value, add: &mut impl FnMut(Place, &'static More)) {
    let all = operation["parameters"].as_array().into_iter().flatten();
    let query = all.filter(|one| one["in"] == "query");
    for (at, parameter) in query.enumerate() {
        let name = parameter["name"].as_str().unwrap();
        let value = legal(document, name, &parameter["schema"]);
        let ways = VALUES.iter().chain(PAIRS).take(if at == 0 { 5 } else { 4 });
        for more in ways {
            let (name, value) = (name.to_owned(), value.clone());
            add(Place::Parameter { name, value }, more);
        }
    }
}

/// A value that a parameter takes, as far as the document tells: of its own, or
/// of a member of the same name.
fn legal(document: &Value, name: &str, schema: &Value) -> String {
    let text = |value: &Value| value["enum"][0].as_str().map(str::to_owned);
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let member = |one: &Value| {
        let member = &one["properties"][name];
        text(member).or_else(|| text(&member["items"]))
    };
    let own = text(schema).or_else(|| schemas.values().find_map(member));
    own.unwrap_or_else(|| "1".to_owned())
}

fn filled(template: &str) -> String {
    let segment = |part: &str| match part.starts_with('{') {
        true => "1".to_owned(),
        false => part.to_owned(),
    };
    let all: Vec<String> = template.split('/').map(segment).collect();
    all.join("/")
}

type Seen = BTreeSet<(String, String, Ways)>;

/// What there can be more of at a place.
#[derive(PartialEq, Eq, PartialOrd, Ord, Clone, Copy)]
enum Ways {
    Elements,
    Members,
    Characters,
    Whole,
}

impl IntoIterator for Ways {
    type Item = &'static More;
    type IntoIter = std::slice::Iter<'static, More>;

    fn into_iter(self) -> Self::IntoIter {
        match self {
            Self::Elements => ELEMENTS.iter(),
            Self::Members => MEMBERS.iter(),
            Self::Characters => CHARACTERS.iter(),
            Self::Whole => WHOLE.iter(),
        }
    }
}

/// Collects the places of a schema, each with the text around it.
fn places(
    document: &Value,
    schema: &Value,
    before: &str,
    after: &str,
    depth: usize,
    seen: &mut Seen,
) {
    let mut add = |ways: Ways| seen.insert((before.to_owned(), after.to_owned(), ways));
    if depth == 0 {
        add(Ways::Whole);
    }
    if let Some(name) = schema["$ref"].as_str() {
        let place = name.trim_start_matches('#');
        let target = document.pointer(place).unwrap();
        if depth <= DEPTH {
            places(document, target, before, after, depth + 1, seen);
        }
        return;
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::Array(types) => types.iter().filter_map(Value::as_str).collect(),
        one => one.as_str().into_iter().collect(),
    };
    for ty in types {
        match ty {
            "array" => drop(add(Ways::Elements)),
            "object" => drop(add(Ways::Members)),
            "string" => drop(add(Ways::Characters)),
            _ => {}
        }
    }
    if depth > DEPTH {
        return;
    }
    for choice in ["anyOf", "oneOf", "allOf"] {
        for one in schema[choice].as_array().into_iter().flatten() {
            places(document, one, before, after, depth + 1, seen);
        }
    }
    if schema["items"].is_object() {
        let (before, after) = (format!("{before}["), format!("]{after}"));
        places(document, &schema["items"], &before, &after, depth + 1, seen);
    }
    for (name, member) in schema["properties"].as_object().into_iter().flatten() {
        let (before, after) = (format!("{before}{{\"{name}\":"), format!("}}{after}"));
        places(document, member, &before, &after, depth + 1, seen);
    }
}
