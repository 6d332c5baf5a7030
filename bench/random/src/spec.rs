//! Generates a whole spec, as wild as the language allows and slightly beyond.

use serde_json::{Map, Value, json};

use crate::field::Scene;
use crate::name;
use crate::object::object;
use crate::resource::{Place, resource};
use crate::source::Source;
use crate::watch::watch;

/// Generates spec `number` of a campaign with `seed`. [`sound`](crate::sound) removes what
/// `check` reports.
#[must_use]
pub fn spec(seed: u64, number: u64) -> Value {
    let source = &mut Source::new(seed, number);
    let api = name::api(source, number);
    let mut spec = json!({
        "fieldproof": 1,
        "api": api,
        "title": "Made up: number, name",
        "conventions": "house",
        "date-time": *source.pick(&["millis-z", "seconds-offset", "seconds-z", "local"]),
        "auth": { "scope": api },
    });
    // Specs of one campaign can be served together.
    let base = match source.chance(70) {
        true => format!(
            "{}{number}",
            source.pick(&["/v", "/api/2.0/", "/a-b_c.d/", "/x~"])
        ),
        false => String::new(),
    };
    if !base.is_empty() {
        spec["base"] = json!(base);
    }
    if source.chance(15) {
        spec["auth"]["headers"] = json!({ "token": "x-token", "client": "x-client" });
    }
    let scene = surroundings(source, &mut spec, number);
    if source.chance(15) {
        spec["switches"] = switches(source);
    }
    spec["resources"] = resources(source, &scene, number).into();
    spec
}

/// Adds objects, tables, lists and settings to which fields can refer.
fn surroundings(source: &mut Source, spec: &mut Value, number: u64) -> Scene {
    let mut scene = Scene {
        objects: Vec::new(),
        tables: Vec::new(),
        presets: Vec::new(),
    };
    if source.chance(25) {
        scene.presets = vec!["goods".to_owned(), "type".to_owned()];
        spec["presets"] = json!({ "path": format!("/lists{number}"), "lists": {
            "goods": { "values": ["Wood", "Coal", "Iron ore"] },
            "type": { "values": ["a", "A", "é"] },
        } });
    }
    if source.chance(30) {
        spec["settings"] = json!({ "currency": { "about": "Currency of new objects." } });
    }
    if source.chance(25) {
        scene.tables = vec!["Grade".to_owned()];
        let mut table = json!({ "file": "grades.tsv", "fields": {
            "code": { "type": "string" }, "label": { "type": "string", "nullable": true },
        } });
        if source.chance(40) {
            table["path"] = json!(format!("/grades{number}"));
        }
        spec["tables"] = json!({ "Grade": table });
    }
    let count = source.below(4);
    scene.objects = name::types(source, count)
        .into_iter()
        .map(|name| format!("{name}O"))
        .collect();
    if source.chance(50) {
        scene.objects = scene
            .objects
            .iter()
            .map(|name| name.trim_end_matches('O').to_owned())
            .collect();
    }
    let objects = objects(source, &scene);
    if !objects.is_empty() {
        spec["objects"] = objects.into();
    }
    scene
}

/// Generates objects that contain earlier ones and occasionally any, including themselves.
fn objects(source: &mut Source, scene: &Scene) -> Map<String, Value> {
    let mut all = Map::new();
    let mut before = Scene {
        objects: Vec::new(),
        tables: scene.tables.clone(),
        presets: scene.presets.clone(),
    };
    for name in &scene.objects {
        let recursive = source.chance(RECURSIVE);
        let one = object(source, if recursive { scene } else { &before });
        all.insert(name.clone(), one);
        before.objects.push(name.clone());
    }
    all
}

/// Percentage of objects that may contain themselves or a later one.
const RECURSIVE: u32 = 25;

fn switches(source: &mut Source) -> Value {
    let mut switches = Map::new();
    let options = json!({
        "validation_status": 400, "unknown_members": "reject", "create_status": 200,
        "delete_status": 200, "list_cap": 3, "put": "replace", "query_credentials": "accept",
        "if_match": "required",
    });
    for (key, value) in options.as_object().into_iter().flatten() {
        if source.chance(25) {
            switches.insert(key.clone(), value.clone());
        }
    }
    switches.into()
}

/// Generates one to three resources; the second may be a child of the first, the last a watch.
fn resources(source: &mut Source, scene: &Scene, number: u64) -> Map<String, Value> {
    let count = 1 + source.below(3);
    let mut names = name::types(source, count);
    names.retain(|name| !scene.objects.contains(name));
    if names.is_empty() {
        names.push("Thing9".to_owned());
    }
    let ids = ["id", "thingId", "type", "_id", "key"];
    let first_id = *source.pick(&ids);
    let slash = if source.chance(15) { "/" } else { "" };
    let path = format!(
        "/{}{number}{slash}",
        source.pick(&["things", "a/b", "x-y", "Z.z"])
    );
    let below = names.len() > 1 && source.chance(60);
    let shown = source
        .chance(70)
        .then(|| (*source.pick(&["children", "type", "items"])).to_owned());
    let children: Vec<(String, Option<String>)> = match below {
        true => vec![(names[1].clone(), shown.clone())],
        false => Vec::new(),
    };
    let mut all = Map::new();
    let top = Place {
        path: path.clone(),
        parent: None,
        children: &children,
    };
    all.insert(names[0].clone(), resource(source, scene, &top, first_id));
    for (at, name) in names.iter().enumerate().skip(1) {
        let child = at == 1 && below;
        let path = match child {
            true => format!(
                "{}/{{{}}}/parts",
                path.trim_end_matches('/'),
                source.pick(&["id", "parent_id", first_id])
            ),
            false => format!("/others{at}-{number}"),
        };
        let parent = child.then(|| (names[0].as_str(), shown.as_deref()));
        let place = Place {
            path,
            parent,
            children: &[],
        };
        let id = *source.pick(&ids);
        all.insert(name.clone(), resource(source, scene, &place, id));
    }
    if source.chance(4) {
        all.insert(
            "Courier".to_owned(),
            watch(source, &names[0], &format!("/couriers{number}")),
        );
    }
    all
}
