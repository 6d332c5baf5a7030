//! Generates keys that depend on the type of a field.

use serde_json::{Map, Value, json};

use crate::source::Source;

/// Regular expressions, including some that engines interpret differently.
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

/// Adds keys for a field of the type `base`.
pub(crate) fn keys(source: &mut Source, base: &str, row: &mut Map<String, Value>) {
    match base {
        "string" if source.chance(35) => closed_list(source, row),
        "string" | "password" | "secret" | "email" => text(source, base, row),
        "integer" | "decimal" => exact(source, base, row),
        "number" => number(source, row),
        _ => formed(source, base, row),
    }
    if base == "password" {
        put(row, "mode", json!("write-only"));
    }
}

fn put(row: &mut Map<String, Value>, key: &str, value: Value) {
    row.insert(key.to_owned(), value);
}

fn closed_list(source: &mut Source, row: &mut Map<String, Value>) {
    let words = source.some(WORDS, 5);
    put(row, "values", json!(words));
    if source.chance(30) {
        put(row, "folded", json!(true));
    }
    if source.chance(40) {
        put(row, "default", json!(source.pick(&words)));
    }
}

fn text(source: &mut Source, base: &str, row: &mut Map<String, Value>) {
    let least = source.within(0, 6);
    if source.chance(40) {
        put(row, "min", json!(least));
    }
    if source.chance(60) {
        let most = *source.pick(&[1, 2, 3, 5, 8, 12, 40, 255]);
        put(row, "max", json!(most.max(least)));
    }
    if base == "string" && source.chance(25) {
        let text = *source.pick(&["", "none", "x", "long default text"]);
        put(row, "default", json!(text));
    }
    if source.chance(12) {
        put(row, "reserved", json!(["none", "x"]));
    }
    if base == "string" && source.chance(20) {
        put(row, "pattern", json!(*source.pick(PATTERNS)));
    }
}

/// Adds keys of numbers with a fixed number of decimal places.
fn exact(source: &mut Source, base: &str, row: &mut Map<String, Value>) {
    let least = *source.pick(&[i64::MIN, -1_000_000, -10, -1, 0, 0, 1, 5]);
    if source.chance(50) && (base == "integer" || least != i64::MIN) {
        put(row, "min", json!(least));
    }
    if source.chance(50) {
        let most = *source.pick(&[5_i64, 9, 100, 65_535, 4_000_000_000]);
        put(row, "max", json!(most));
    }
    if base == "decimal" && source.chance(20) {
        put(row, "min", json!(*source.pick(&[0.01, 0.5, -1.25])));
    }
    if source.chance(30) {
        put(row, "default", json!(*source.pick(&[0, 1, 5, -3])));
    }
}

fn number(source: &mut Source, row: &mut Map<String, Value>) {
    if source.chance(40) {
        let least = *source.pick(&[-1.5, 0.0, 0.1, 1e-7, 3.0]);
        put(row, "min", json!(least));
    }
    if source.chance(40) {
        let most = *source.pick(&[0.5, 9.0, 1e6, 1e300]);
        put(row, "max", json!(most));
    }
    if source.chance(30) {
        put(row, "default", json!(*source.pick(&[0.0, 0.25, 1.0, 7.5])));
    }
}

/// Adds keys of types whose values have a format of their own.
fn formed(source: &mut Source, base: &str, row: &mut Map<String, Value>) {
    match base {
        "boolean" if source.chance(40) => {
            let word = source.chance(50);
            put(row, "default", json!(word));
        }
        "date-time" => {
            if source.chance(40) {
                let form = *source.pick(&["seconds-offset", "seconds-z", "millis-z", "local"]);
                put(row, "form", json!(form));
            }
            if source.chance(15) {
                put(row, "default", json!("2020-02-29T00:00:00Z"));
            }
        }
        "date" if source.chance(25) => put(row, "default", json!("2020-02-29")),
        "uuid" if source.chance(15) => {
            let uuid = "6f9619ff-8b86-4011-b42d-00cf4fc964ff";
            put(row, "default", json!(uuid));
        }
        "color" if source.chance(25) => put(row, "default", json!("#00ff7f")),
        "language" if source.chance(25) => put(row, "default", json!("pt-BR")),
        "time-zone" if source.chance(25) => put(row, "default", json!("Europe/Berlin")),
        "map" if source.chance(20) => put(row, "default", json!({ "a": 1 })),
        "token" => {
            put(row, "mode", json!("read-only"));
            put(row, "scope", json!("extra"));
        }
        _ => {}
    }
}
