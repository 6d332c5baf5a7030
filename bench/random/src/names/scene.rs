//! A spec that uses each of several names in every role.

use std::collections::BTreeSet;

use fieldproof_spec::model::{Api, Field, Type};
use serde_json::{Map, Value, json};

/// The first of the names that can be used for an API and is not taken.
pub(super) fn api(names: &[String], number: usize, taken: &BTreeSet<String>) -> String {
    let mut all = names.iter().filter_map(|name| api_name(name));
    let free = all.find(|name| !taken.contains(name));
    free.unwrap_or_else(|| format!("api{number}"))
}

/// Spec `number` of a campaign, for the API `api`, with these names.
pub(super) fn spec(api: &str, number: usize, names: &[String]) -> Value {
    let types: Vec<String> = names.iter().filter_map(|name| type_name(name)).collect();
    let (objects, resources) = types.split_at(types.len() / 2);
    let mut spec = json!({
        "fieldproof": 1,
        "api": api,
        "title": "Names",
        "date-time": "millis-z",
        "base": format!("/n{number}"),
        "auth": { "scope": format!("n{number}") },
    });
    let made = objects.iter().enumerate();
    let made = made.map(|(at, name)| (name.clone(), json!({ "fields": object(names, at) })));
    spec["objects"] = made.collect::<Map<_, _>>().into();
    let made = resources.iter().enumerate();
    let made = made.map(|(at, name)| (name.clone(), resource(names, objects, at)));
    spec["resources"] = made.collect::<Map<_, _>>().into();
    spec
}

/// Converts a name to that of a type; `None` if it contains no ASCII letter.
fn type_name(name: &str) -> Option<String> {
    let mut letters = name.chars().filter(char::is_ascii_alphanumeric);
    let first = letters
        .find(char::is_ascii_alphabetic)?
        .to_ascii_uppercase();
    Some(std::iter::once(first).chain(letters).collect())
}

/// Converts a name to that of an API; `None` if it contains no ASCII letter.
fn api_name(name: &str) -> Option<String> {
    let name = name.to_ascii_lowercase();
    let mut letters = name
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '_');
    let first = letters.find(char::is_ascii_alphabetic)?;
    Some(std::iter::once(first).chain(letters).collect())
}

/// Members of an object, one for each name; `turn` shifts their types.
fn object(names: &[String], turn: usize) -> Map<String, Value> {
    let one = |(at, name): (usize, &String)| {
        let field = match (at + turn) % 6 {
            0 => json!({ "type": "string", "values": names, "default": names[0] }),
            1 => json!({ "type": "string", "nullable": true }),
            2 => json!({ "type": ["string"] }),
            3 => json!({ "type": "boolean", "default": true }),
            4 => json!({ "type": "integer", "nullable": true }),
            _ => json!({ "type": "date-time", "nullable": true }),
        };
        (name.clone(), field)
    };
    names.iter().enumerate().map(one).collect()
}

fn resource(names: &[String], objects: &[String], turn: usize) -> Value {
    let mut fields = object(names, turn);
    let at = |at: usize| &names[(at + turn) % names.len()];
    // The first four have types that refer to other items.
    if let [first, ..] = objects {
        let own = objects.get(turn).unwrap_or(first);
        fields.insert(at(0).clone(), json!({ "type": own }));
        fields.insert(at(1).clone(), json!({ "type": [own] }));
        fields.insert(at(2).clone(), json!({ "type": own, "nullable": true }));
    }
    if names.len() > 5 {
        let of = names.iter().enumerate().map(|(at, name)| {
            let ty = ["integer", "email", "map", "string"][at % 4];
            (name.clone(), json!(ty))
        });
        let of: Map<String, Value> = of.collect();
        fields.insert(
            at(3).clone(),
            json!({ "type": "string", "values": names, "default": names[0] }),
        );
        fields.insert(
            at(4).clone(),
            json!({ "type": { "by": at(3), "of": of }, "nullable": true }),
        );
    }
    let texts = |field: &Value| field["type"] == "string" && field.get("values").is_none();
    let filters = fields.iter().filter(|(_, field)| texts(field));
    let filters = filters.map(|(name, _)| {
        (
            format!("q[{name}]"),
            json!({ "field": name, "op": "equals-folded" }),
        )
    });
    let filters: Map<String, Value> = filters.collect();
    let lists = fields
        .iter()
        .filter(|(_, field)| field["type"] == json!(["string"]));
    let lists: Vec<String> = lists.map(|(name, _)| name.clone()).collect();
    fields.insert(
        "the-id".to_owned(),
        json!({ "type": "id", "mode": "read-only" }),
    );
    let mut resource = json!({
        "path": format!("/r{turn}"),
        "id": { "field": "the-id", "kind": "hex24" },
        "fields": fields,
        "list": { "filters": filters },
        "create": {},
        "update": { "verb": "PUT" },
        "delete": {},
    });
    if !lists.is_empty() {
        resource["append"] = json!({ "verb": "PATCH", "fields": lists });
    }
    resource
}

/// The number of distinct member names in an API.
pub(super) fn members(api: &Api) -> usize {
    let names = fields(api).map(|field| &field.name);
    names.collect::<BTreeSet<_>>().len()
}

/// The number of distinct values in closed lists of an API.
pub(super) fn values(api: &Api) -> usize {
    let texts = fields(api).filter_map(|field| match &field.ty {
        Type::Values(texts) => Some(texts),
        _ => None,
    });
    texts.flatten().collect::<BTreeSet<_>>().len()
}

fn fields(api: &Api) -> impl Iterator<Item = &Field> {
    let resources = api.resources.iter().map(|one| &one.fields);
    resources
        .chain(api.objects.iter().map(|one| &one.fields))
        .flatten()
}
