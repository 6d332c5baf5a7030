//! Nested objects, plain and of the special kinds.

use serde_json::{Map, Value, json};

use crate::field::{Scene, field};
use crate::name;
use crate::source::Source;

/// Generates an object; it may contain others and itself.
pub(crate) fn object(source: &mut Source, scene: &Scene) -> Value {
    match source.below(12) {
        0 => zoned(),
        1 => shared(source, scene),
        2 => conditional(source, scene),
        3 => split(source),
        _ => plain(source, scene),
    }
}

fn plain(source: &mut Source, scene: &Scene) -> Value {
    let count = 1 + source.below(4);
    let names = name::members(source, count);
    json!({ "fields": fields(source, scene, &names) })
}

/// Generates fields called `names`.
pub(crate) fn fields(source: &mut Source, scene: &Scene, names: &[String]) -> Map<String, Value> {
    let one = |name: &String| (name.clone(), field(source, scene, names));
    names.iter().map(one).collect()
}

/// The time of the create with its time zone.
fn zoned() -> Value {
    json!({
        "zoned": { "time": "at", "zone": "where" },
        "fields": {
            "at": { "type": "date-time", "form": "local", "required": true },
            "where": { "type": "time-zone", "required": true },
        },
    })
}

/// A shared object.
fn shared(source: &mut Source, scene: &Scene) -> Value {
    let names = name::members(source, 1);
    let mut all = json!({
        "tagId": { "type": "id", "mode": "read-only" },
        "tagName": { "type": "string", "min": 1, "max": 40, "required": true },
    });
    for (name, field) in fields(source, scene, &names) {
        all[name] = field;
    }
    json!({ "shared": { "id": "tagId", "key": "tagName" }, "fields": all })
}

/// An object with members that depend on the value of a sibling.
fn conditional(source: &mut Source, scene: &Scene) -> Value {
    let mut all = json!({
        "kind": { "type": "string", "values": ["on", "off"], "default": "on" },
    });
    let names = name::members(source, 3);
    for (name, mut field) in fields(source, scene, &names) {
        let key = *source.pick(&["only-if", "required-if"]);
        field[key] = json!({ "kind": *source.pick(&["on", "off"]) });
        field["nullable"] = json!(true);
        if name != "kind" {
            all[name] = field;
        }
    }
    json!({ "fields": all })
}

/// An object with two texts that may be sent as one.
fn split(source: &mut Source) -> Value {
    let secret = *source.pick(&["string", "secret"]);
    json!({ "fields": {
        "name": { "type": "string", "min": 1, "max": 30, "required": true },
        "word": { "type": secret, "max": 30, "required": true },
    } })
}
