//! Generates a resource: alone, as a child or as a parent.

use fieldproof_spec::model::IdKind;
use serde_json::{Map, Value, json};

use crate::field::Scene;
use crate::name;
use crate::object::fields;
use crate::operation;
use crate::source::Source;

/// The relations of a resource to others.
pub(crate) struct Place<'a> {
    pub(crate) path: String,
    /// The parent, and the member in which it embeds this one.
    pub(crate) parent: Option<(&'a str, Option<&'a str>)>,
    /// The children, each with the member that embeds it.
    pub(crate) children: &'a [(String, Option<String>)],
}

/// Generates a resource with these relations.
pub(crate) fn resource(source: &mut Source, scene: &Scene, place: &Place<'_>, id: &str) -> Value {
    let count = 1 + source.below(8);
    let names: Vec<String> = name::members(source, count);
    let names: Vec<String> = names.into_iter().filter(|name| name != id).collect();
    let mut members = json!({ id: { "type": "id", "mode": "read-only" } });
    let all = if names.is_empty() {
        vec![id.to_owned()]
    } else {
        names
    };
    for (name, field) in fields(source, scene, &all) {
        members[name.as_str()] = if name == id {
            members[id].clone()
        } else {
            field
        };
    }
    for (child, shown) in place.children {
        if let Some(shown) = shown {
            let mut field = json!({ "type": [child] });
            if source.chance(70) {
                field["on"] = json!("create");
            }
            if source.chance(60) {
                field["max-items"] = json!(*source.pick(&[1, 3, 50]));
            }
            members[shown.as_str()] = field;
        }
    }
    let mut row = Map::new();
    row.insert("path".to_owned(), json!(place.path));
    let kind = *source.pick(&IdKind::ALL);
    row.insert("id".to_owned(), json!({ "field": id, "kind": kind }));
    if source.chance(50) {
        let (made, changed) = *source.pick(&[("madeAt", "changedAt"), ("created", "updated")]);
        row.insert(
            "times".to_owned(),
            json!({ "created": made, "updated": changed }),
        );
        for name in [made, changed] {
            members[name] = json!({ "type": "date-time", "mode": "read-only" });
        }
    }
    if let Some((parent, embed)) = place.parent {
        let mut above = json!({ "resource": parent });
        if let Some(embed) = embed {
            above["embed"] = json!({ "field": embed, "touch": source.chance(50) });
        }
        row.insert("parent".to_owned(), above);
    }
    let listed: Vec<String> = members
        .as_object()
        .map(|all| all.keys().cloned().collect())
        .unwrap_or_default();
    row.insert("fields".to_owned(), members);
    rules(source, &all, id, &mut row);
    if source.chance(90) {
        row.insert("list".to_owned(), operation::list(source, &listed, id));
    }
    let children: Vec<String> = place
        .children
        .iter()
        .map(|(name, _)| name.clone())
        .collect();
    operation::others(source, &all, &children, &mut row);
    row.into()
}

/// Adds rules over several members.
fn rules(source: &mut Source, names: &[String], id: &str, row: &mut Map<String, Value>) {
    if source.chance(15) {
        let fields = source.some(names, 2);
        row.insert("exclusive".to_owned(), json!([{ "fields": fields }]));
    }
    if source.chance(12) {
        let within = *source.pick(&["tenant", "parent"]);
        let fields = source.some(names, 2);
        row.insert(
            "unique".to_owned(),
            json!([{ "fields": fields, "within": within }]),
        );
    }
    if source.chance(6) {
        let mut fields = source.some(names, 2);
        fields.insert(0, id.to_owned());
        row.insert("distinct".to_owned(), json!({ "fields": fields }));
    }
    if source.chance(4) {
        row.insert(
            "bound".to_owned(),
            json!({ "fields": source.some(names, 2) }),
        );
    }
}
