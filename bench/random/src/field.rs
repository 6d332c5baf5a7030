//! Generates a field: a type, keys that fit it, and occasionally one that does not.

use serde_json::{Map, Value, json};

use crate::source::Source;
use crate::typed;

/// Other items of the spec to which a field may refer.
pub(crate) struct Scene {
    pub(crate) objects: Vec<String>,
    pub(crate) tables: Vec<String>,
    pub(crate) presets: Vec<String>,
}

const SCALARS: &[&str] = &[
    "string",
    "string",
    "string",
    "boolean",
    "integer",
    "decimal",
    "number",
    "date",
    "uuid",
    "date-time",
    "email",
    "phone",
    "external-id",
    "name",
    "time-zone",
    "language",
    "color",
    "url",
    "map",
    "password",
    "secret",
    "headers",
    "template",
    "token",
    "host",
    "id",
];

/// Generates a field whose siblings are called `names`.
pub(crate) fn field(source: &mut Source, scene: &Scene, names: &[String]) -> Value {
    let mut row = Map::new();
    let (ty, base) = of_type(source, scene, names);
    row.insert("type".to_owned(), ty);
    typed::keys(source, &base, &mut row);
    common(source, &base, names, &mut row);
    if row["type"].is_array() {
        listed(source, &mut row);
    }
    if source.chance(6) {
        stray(source, names, &mut row);
    }
    Value::Object(row)
}

fn of_type(source: &mut Source, scene: &Scene, names: &[String]) -> (Value, String) {
    let base = match source.below(100) {
        0..=17 if !scene.objects.is_empty() => source.pick(&scene.objects).clone(),
        18..=23 if !scene.tables.is_empty() => format!("{}.code", source.pick(&scene.tables)),
        24..=27 if !scene.tables.is_empty() => source.pick(&scene.tables).clone(),
        28..=33 if !scene.presets.is_empty() => source.pick(&scene.presets).clone(),
        34..=37 => return (choice(source, scene, names), "choice".to_owned()),
        _ => (*source.pick(SCALARS)).to_owned(),
    };
    match source.chance(22) {
        true => (json!([base]), base),
        false => (json!(base), base),
    }
}

fn choice(source: &mut Source, scene: &Scene, names: &[String]) -> Value {
    let mut of = Map::new();
    for word in source.some(&["on", "off", "red"], 3) {
        let object = !scene.objects.is_empty() && source.chance(25);
        let ty = match object {
            true => source.pick(&scene.objects).clone(),
            false => (*source.pick(SCALARS)).to_owned(),
        };
        of.insert(word.to_owned(), json!(ty));
    }
    json!({ "by": source.pick(names), "of": of })
}

/// Adds keys that nearly every field can have.
fn common(source: &mut Source, base: &str, names: &[String], row: &mut Map<String, Value>) {
    let mut put = |key: &str, value: Value| {
        row.entry(key.to_owned()).or_insert(value);
    };
    if source.chance(35) {
        put("nullable", json!(true));
    }
    if source.chance(18) {
        put("required", json!(true));
    }
    if source.chance(14) {
        put(
            "mode",
            json!(*source.pick(&["read-only", "immutable", "write-only", "read-write"])),
        );
    }
    if source.chance(8) {
        put("on", json!("create"));
    }
    if source.chance(12) {
        put("unique", json!(*source.pick(&["tenant", "parent"])));
    }
    if source.chance(18) {
        put("lenient", json!(true));
    }
    if source.chance(12) {
        put(
            "blank",
            json!(*source.pick(&["nothing", "refused", "text"])),
        );
    }
    if source.chance(6) {
        put("derive", json!({ "join": source.some(names, 3) }));
    } else if base.starts_with(char::is_uppercase) && !base.contains('.') && source.chance(30) {
        put("derive", json!({ "lookup": source.pick(names) }));
    }
    if source.chance(8) {
        let from = match source.below(4) {
            0 => json!({ "request": *source.pick(&["user", "host"]) }),
            1 => json!({ "setting": "currency" }),
            _ => json!({ "field": source.pick(names) }),
        };
        put("fallback", json!([from]));
    }
    if source.chance(10) {
        put("about", json!("What it means: said, in a few words."));
    }
}

/// Adds keys of lists.
fn listed(source: &mut Source, row: &mut Map<String, Value>) {
    if source.chance(60) {
        row.insert(
            "max-items".to_owned(),
            json!(*source.pick(&[1, 2, 3, 8, 100])),
        );
    }
    for key in ["scalar-as-list", "unique-items"] {
        if source.chance(25) {
            row.insert(key.to_owned(), json!(true));
        }
    }
    if let Some(one) = row.shift_remove("default") {
        row.insert("default".to_owned(), json!([one]));
    }
}

/// Adds a key that may not fit.
fn stray(source: &mut Source, names: &[String], row: &mut Map<String, Value>) {
    let other = source.pick(names).clone();
    let (key, value) = match source.below(12) {
        0 => ("only-if", json!({ other: "on" })),
        1 => ("required-if", json!({ other: "on" })),
        2 => ("also", json!(["other_name", "x y"])),
        3 => ("envelope", json!("name")),
        4 => ("delimited", json!({ "by": ":", "into": [other, "word"] })),
        5 => ("scope", json!("extra")),
        6 => ("max-items", json!(3)),
        7 => ("min", json!(2)),
        8 => ("default", json!(null)),
        9 => ("example", json!("as printed")),
        10 => ("values", json!(["on", "off"])),
        _ => ("folded", json!(true)),
    };
    row.insert(key.to_owned(), value);
}
