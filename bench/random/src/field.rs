//! One field: a type, the keys that go with it, and now and then one that does not.

use serde_json::{Map, Value, json};

use crate::source::Source;

/// What else the spec has that a field may name.
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

/// Expressions, and some that not every engine reads alike.
const PATTERNS: &[&str] = &[
    "^[A-Z]{2}-[0-9]{3,}$",
    "^\\d+(?:\\.\\d{1,2})?$",
    "[aeiou]",
    "^$",
    "^(?:a|b)?.{0,4}$",
    "^[^,;]*$",
    "^\\s",
    "x\\b",
];

const WORDS: &[&str] = &[
    "on", "off", "red", "BLUE", "", "a b", "null", "1", "é", "yes", "None", "type", "x,y", "<a>",
];

/// A field among siblings called `names`.
pub(crate) fn field(source: &mut Source, scene: &Scene, names: &[String]) -> Value {
    let mut row = Map::new();
    let (ty, base) = of_type(source, scene, names);
    row.insert("type".to_owned(), ty);
    by_type(source, &base, &mut row);
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

/// Keys that the type gives a meaning to.
fn by_type(source: &mut Source, base: &str, row: &mut Map<String, Value>) {
    let mut put = |key: &str, value: Value| {
        row.insert(key.to_owned(), value);
    };
    match base {
        "string" if source.chance(35) => {
            let words = source.some(WORDS, 5);
            put("values", json!(words));
            if source.chance(30) {
                put("folded", json!(true));
            }
            if source.chance(40) {
                put("default", json!(source.pick(&words)));
            }
        }
        "string" | "password" | "secret" | "email" => {
            let least = source.within(0, 6);
            if source.chance(40) {
                put("min", json!(least));
            }
            if source.chance(60) {
                let most = *source.pick(&[1, 2, 3, 5, 8, 12, 40, 255]);
                put("max", json!(most.max(least)));
            }
            if base == "string" && source.chance(25) {
                put(
                    "default",
                    json!(*source.pick(&["", "none", "x", "long default text"])),
                );
            }
            if source.chance(12) {
                put("reserved", json!(["none", "x"]));
            }
            if base == "string" && source.chance(20) {
                put("pattern", json!(*source.pick(PATTERNS)));
            }
        }
        "integer" | "decimal" => {
            let least = *source.pick(&[i64::MIN, -1_000_000, -10, -1, 0, 0, 1, 5]);
            if source.chance(50) && (base == "integer" || least != i64::MIN) {
                put("min", json!(least));
            }
            if source.chance(50) {
                put(
                    "max",
                    json!(*source.pick(&[5_i64, 9, 100, 65_535, 4_000_000_000])),
                );
            }
            if base == "decimal" && source.chance(20) {
                put("min", json!(*source.pick(&[0.01, 0.5, -1.25])));
            }
            if source.chance(30) {
                put("default", json!(*source.pick(&[0, 1, 5, -3])));
            }
        }
        "boolean" if source.chance(40) => {
            let word = source.chance(50);
            put("default", json!(word));
        }
        "date-time" => {
            if source.chance(40) {
                put(
                    "form",
                    json!(*source.pick(&["seconds-offset", "millis-z", "local"])),
                );
            }
            if source.chance(15) {
                put("default", json!("2020-02-29T00:00:00Z"));
            }
        }
        "number" => {
            if source.chance(40) {
                put("min", json!(*source.pick(&[-1.5, 0.0, 0.1, 1e-7, 3.0])));
            }
            if source.chance(40) {
                put("max", json!(*source.pick(&[0.5, 9.0, 1e6, 1e300])));
            }
            if source.chance(30) {
                put("default", json!(*source.pick(&[0.0, 0.25, 1.0, 7.5])));
            }
        }
        "date" if source.chance(25) => put("default", json!("2020-02-29")),
        "uuid" if source.chance(15) => {
            put("default", json!("6f9619ff-8b86-4011-b42d-00cf4fc964ff"));
        }
        "color" if source.chance(25) => put("default", json!("#00ff7f")),
        "language" if source.chance(25) => put("default", json!("pt-BR")),
        "time-zone" if source.chance(25) => put("default", json!("Europe/Berlin")),
        "map" if source.chance(20) => put("default", json!({ "a": 1 })),
        "token" => {
            put("mode", json!("read-only"));
            put("scope", json!("extra"));
        }
        _ => {}
    }
    if base == "password" {
        row.insert("mode".to_owned(), json!("write-only"));
    }
}

/// Keys that nearly every field can have.
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

/// Keys of lists.
fn listed(source: &mut Source, row: &mut Map<String, Value>) {
    if source.chance(60) {
        row.insert(
            "max-items".to_owned(),
            json!(*source.pick(&[1, 2, 3, 8, 100])),
        );
    }
    for key in ["lone", "set"] {
        if source.chance(25) {
            row.insert(key.to_owned(), json!(true));
        }
    }
    if let Some(one) = row.shift_remove("default") {
        row.insert("default".to_owned(), json!([one]));
    }
}

/// A key that may not fit.
fn stray(source: &mut Source, names: &[String], row: &mut Map<String, Value>) {
    let other = source.pick(names).clone();
    let (key, value) = match source.below(12) {
        0 => ("only-if", json!({ other: "on" })),
        1 => ("required-if", json!({ other: "on" })),
        2 => ("also", json!(["other_name", "x y"])),
        3 => ("unwrap", json!("name")),
        4 => ("split", json!({ "by": ":", "into": [other, "word"] })),
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
