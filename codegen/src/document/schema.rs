//! Schemas of objects.

use fieldproof_spec::model::{Field, Form, IdKind, Resource, Table, Type};
use serde_json::{Map, Value, json};

use super::source;
use crate::plan::{Plan, is_option};

/// Text without U+0000, which no store can keep.
pub(super) const TEXT: &str = "^[^\\u0000]*$";

/// Every schema of the API by name.
pub(super) fn all(plan: &Plan<'_>) -> Map<String, Value> {
    let mut all = Map::new();
    let mut add = |name: String, schema| {
        all.insert(name, schema);
    };
    for resource in &plan.api.resources {
        add(resource.name.clone(), shown(resource));
        if resource.create.is_some() {
            add(
                format!("Create{}", resource.name),
                written(resource, "Create", Field::on_create, true),
            );
        }
        if let Some(append) = &resource.append {
            let takes = |field: &Field| append.fields.contains(&field.name);
            add(
                format!("Append{}", resource.name),
                written(resource, "Update", takes, false),
            );
        }
        if resource.update.is_some() {
            add(
                format!("Update{}", resource.name),
                written(resource, "Update", Field::on_update, false),
            );
        }
    }
    for object in &plan.api.objects {
        add(
            object.name.clone(),
            fields(
                object.fields.iter(),
                None,
                "",
                true,
                object.about.as_deref(),
            ),
        );
    }
    for object in plan.api.objects.iter().filter(|one| one.shared.is_some()) {
        let named = fields(
            object.fields.iter(),
            None,
            "",
            false,
            object.about.as_deref(),
        );
        add(format!("Named{}", object.name), named);
    }
    for table in &plan.api.tables {
        let properties: Map<String, Value> = table
            .columns
            .iter()
            .map(|column| {
                let ty = if column.nullable {
                    json!(["string", "null"])
                } else {
                    json!("string")
                };
                let mut schema = json!({ "type": ty, "description": column.about });
                if let Some(keys) = keys(plan, table, &column.name) {
                    schema["enum"] = keys;
                }
                (column.name.clone(), schema)
            })
            .collect();
        let required: Vec<&String> = properties.keys().collect();
        let schema = json!({ "type": "object", "description": table.about, "required": required, "properties": properties });
        add(table.name.clone(), schema);
    }
    add("Problem".to_owned(), problem());
    all
}

/// The values of a column that fields name rows by, unless the deployment has
/// others.
fn keys(plan: &Plan<'_>, table: &Table, column: &str) -> Option<Value> {
    let resources = plan.api.resources.iter().flat_map(|one| &one.fields);
    let mut fields = resources.chain(plan.api.objects.iter().flat_map(|one| &one.fields));
    let named = fields.any(|field| match &field.ty {
        Type::Key {
            table: of,
            column: by,
        } => *of == table.name && by == column,
        _ => false,
    });
    let values = table.rows.iter().filter_map(|row| row.get(column));
    (named && table.path.is_none()).then(|| values.cloned().collect())
}

fn shown(resource: &Resource) -> Value {
    let shown = resource.fields.iter().filter(|field| field.is_shown());
    let everybody = shown.clone().filter(|field| field.is_plain());
    let names: Vec<&String> = everybody.map(|field| &field.name).collect();
    let mut schema = fields(
        shown,
        Some(resource.id_kind),
        "",
        false,
        resource.about.as_deref(),
    );
    schema["required"] = json!(names);
    schema
}

fn written(
    resource: &Resource,
    prefix: &str,
    takes: impl Fn(&Field) -> bool,
    required: bool,
) -> Value {
    let taken = resource.fields.iter().filter(|field| takes(field));
    fields(taken, None, prefix, required, resource.about.as_deref())
}

fn fields<'a>(
    fields: impl Iterator<Item = &'a Field>,
    id: Option<IdKind>,
    prefix: &str,
    required: bool,
    about: Option<&str>,
) -> Value {
    let mut properties = Map::new();
    let mut names = Vec::new();
    for field in fields {
        properties.insert(field.name.clone(), property(field, id, prefix));
        if required && field.required {
            names.push(field.name.clone());
        }
    }
    let mut schema = json!({ "type": "object", "description": about, "properties": properties });
    if !names.is_empty() {
        schema["required"] = json!(names);
    }
    schema
}

fn property(field: &Field, id: Option<IdKind>, prefix: &str) -> Value {
    let one = one(&field.ty, id, prefix);
    let mut schema = match field.list {
        true => match field.max_items {
            Some(most) => json!({ "type": "array", "items": one, "maxItems": most }),
            None => json!({ "type": "array", "items": one }),
        },
        false => one,
    };
    if is_option(field) {
        schema = nullable(schema);
    }
    if let Value::Object(map) = &mut schema {
        let mut set = |key: &str, value: Option<Value>| {
            if let Some(value) = value {
                map.insert(key.to_owned(), value);
            }
        };
        set("title", field.title.clone().map(Value::from));
        set("description", field.about.clone().map(Value::from));
        set("default", field.default.clone());
        set(
            "readOnly",
            (!field.on_create()).then_some(Value::Bool(true)),
        );
        set(
            "writeOnly",
            (!field.is_shown()).then_some(Value::Bool(true)),
        );
        set("x-scope", field.scope.clone().map(Value::from));
        set("x-source", source(&field.row));
    }
    schema
}

fn nullable(schema: Value) -> Value {
    match schema {
        Value::Object(mut map) if map.contains_key("type") => {
            let mut types = match map["type"].take() {
                Value::Array(types) => types,
                one => vec![one],
            };
            types.push("null".into());
            map["type"] = types.into();
            if let Some(Value::Array(values)) = map.get_mut("enum") {
                values.push(Value::Null);
            }
            Value::Object(map)
        }
        other => json!({ "anyOf": [other, { "type": "null" }] }),
    }
}

fn one(ty: &Type, id: Option<IdKind>, prefix: &str) -> Value {
    match ty {
        Type::Id => match id {
            Some(IdKind::Hex24) => json!({ "type": "string", "pattern": "^[0-9a-f]{24}$" }),
            Some(IdKind::Increasing) => json!({ "type": "string", "pattern": "^[1-9][0-9]*$" }),
            Some(IdKind::Digits) => json!({ "type": "string", "pattern": "^[0-9]+$" }),
            None => json!({ "type": "string" }),
        },
        Type::Text { min, max } => json!({ "type": "string", "minLength": min, "maxLength": max }),
        Type::Values(values) => json!({ "type": "string", "enum": values }),
        Type::Boolean => json!({ "type": "boolean" }),
        Type::Integer { min, max } => json!({ "type": "integer", "minimum": min, "maximum": max }),
        Type::Decimal { min, max } => {
            json!({ "type": "number", "minimum": min, "maximum": max, "multipleOf": 0.0001 })
        }
        Type::DateTime(Form::Local) => {
            json!({ "type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}$" })
        }
        Type::DateTime(_) => json!({ "type": "string", "format": "date-time" }),
        Type::Email { max } => json!({ "type": "string", "format": "email", "maxLength": max }),
        Type::Color => json!({ "type": "string", "pattern": "^#[0-9a-fA-F]{6}$" }),
        Type::Password { min, max } => {
            json!({ "type": "string", "format": "password", "minLength": min, "maxLength": max })
        }
        Type::TimeZone | Type::Language | Type::Token => json!({ "type": "string" }),
        Type::Phone => json!({ "type": "string", "pattern": "^\\+[1-9][0-9]{6,14}$" }),
        Type::Name => {
            json!({ "type": "string", "pattern": "^[A-Za-z][A-Za-z0-9._-]*$", "maxLength": 255 })
        }
        Type::ExternalId => json!({ "type": "string", "minLength": 1, "maxLength": 255 }),
        Type::Key { table, column } => {
            json!({ "$ref": format!("#/components/schemas/{table}/properties/{column}") })
        }
        // What its sibling says is more than a schema can tell.
        Type::Choice { .. } => json!({ "type": "string", "minLength": 1 }),
        Type::Preset(_) => json!({ "type": "string" }),
        Type::ZonedTime { object: name, .. }
        | Type::TableRow(name)
        | Type::Entry(name)
        | Type::Object(name) => reference(name, ""),
        // A change does not take children, so only a create has drafts of them.
        Type::Child(name) => reference(name, prefix),
        // A body names it by its id or its key, an answer shows all of it.
        Type::Shared(name) if prefix.is_empty() => reference(name, ""),
        Type::Shared(name) => reference(name, "Named"),
        // Sent as text, shown as whether there is one.
        Type::Secret { .. } => json!({ "type": ["string", "boolean"] }),
        Type::Url => json!({ "type": "string", "format": "uri", "maxLength": 2000 }),
        Type::Template => json!({ "type": ["object", "string"] }),
        Type::Headers => json!({ "type": "object", "additionalProperties": { "type": "string" } }),
        Type::Map => json!({ "type": "object" }),
    }
}

fn reference(name: &str, prefix: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{prefix}{name}") })
}

/// The shape of an answer that refuses.
fn problem() -> Value {
    json!({
        "type": "object",
        "description": "Problem details (RFC 9457).",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": { "type": "string" },
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "detail": { "type": "string" },
            "errors": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["code", "detail"],
                    "properties": {
                        "pointer": { "type": "string", "description": "JSON Pointer (RFC 6901) into the body." },
                        "parameter": { "type": "string" },
                        "header": { "type": "string" },
                        "code": { "type": "string" },
                        "detail": { "type": "string" },
                    },
                },
            },
        },
    })
}
